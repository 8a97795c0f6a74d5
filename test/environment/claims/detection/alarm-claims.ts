import { logGroupName, nameOf } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import { alertsTopicArn } from '../../../../lib/environment/alerts-topic.ts'
import type { Claim } from '../claim.ts'
import { functionAlarms } from '../least-function-claims.ts'
import { tellingAlarm } from '../telling-alarm.ts'
import { exactly, type Said } from './exactly.ts'

const oneOf = (field: string, values: readonly string[]) => values.map((value) => `($.${field} = "${value}")`).join(' || ')
const pattern = (source: string, calls: readonly string[], about?: string) =>
  `{ ($.eventSource = "${source}.amazonaws.com") && (${oneOf('eventName', calls)})${about === undefined ? '' : ` && (${about})`} }`

/** Name of the alarm, what it means, and the filter of the trail behind it. */
const tampering = (config: EnvironmentConfig): readonly (readonly [what: string, meaning: string, pattern: string])[] => [
  [
    'guardduty-switched-off',
    'Somebody deleted, changed or blinded GuardDuty, or tried to.',
    pattern('guardduty', [
      'DeleteDetector',
      'UpdateDetector',
      'CreateFilter',
      'UpdateFilter',
      'CreateIPSet',
      'UpdateIPSet',
      'DisassociateFromAdministratorAccount',
      'DisassociateFromMasterAccount',
      'StopMonitoringMembers',
    ]),
  ],
  [
    'security-hub-switched-off',
    'Somebody switched off Security Hub, a standard or a control, or tried to.',
    pattern('securityhub', [
      'DisableSecurityHub',
      'BatchDisableStandards',
      'UpdateStandardsControl',
      'BatchUpdateStandardsControlAssociations',
      'DisableImportFindingsForProduct',
      'CreateAutomationRule',
      'DisassociateFromAdministratorAccount',
    ]),
  ],
  [
    'config-switched-off',
    'Somebody stopped or changed the recording of AWS Config, or tried to.',
    pattern('config', [
      'StopConfigurationRecorder',
      'DeleteConfigurationRecorder',
      'PutConfigurationRecorder',
      'DeleteDeliveryChannel',
      'PutDeliveryChannel',
      'DeleteConfigRule',
    ]),
  ],
  [
    'access-analyzer-switched-off',
    'Somebody deleted or blinded Access Analyzer, or tried to.',
    pattern('access-analyzer', ['DeleteAnalyzer', 'UpdateAnalyzer', 'CreateArchiveRule', 'UpdateArchiveRule']),
  ],
  [
    'macie-switched-off',
    'Somebody switched off or blinded Macie, or tried to.',
    pattern('macie2', [
      'DisableMacie',
      'UpdateMacieSession',
      'CreateFindingsFilter',
      'UpdateFindingsFilter',
      'CreateAllowList',
      'DisassociateFromAdministratorAccount',
    ]),
  ],
  [
    'alert-routes-changed',
    'Somebody disabled, deleted or emptied a rule that carries findings to the alert function, or tried to.',
    pattern(
      'events',
      ['DisableRule', 'DeleteRule', 'RemoveTargets'],
      `($.requestParameters.name = "${nameOf(config, '*')}") || ($.requestParameters.rule = "${nameOf(config, '*')}")`,
    ),
  ],
  [
    'alert-function-changed',
    'Somebody deleted or throttled the alert function, or tried to.',
    pattern(
      'lambda',
      ['DeleteFunction20150331', 'PutFunctionConcurrency20171031'],
      `($.requestParameters.functionName = "*${nameOf(config, 'alert')}")`,
    ),
  ],
  [
    'alerts-topic-changed',
    'Somebody deleted or changed the topic of alerts or ended a subscription, or tried to.',
    pattern(
      'sns',
      ['DeleteTopic', 'SetTopicAttributes', 'RemovePermission', 'Unsubscribe'],
      `($.requestParameters.topicArn = "${alertsTopicArn(config)}") || ($.requestParameters.subscriptionArn = "${alertsTopicArn(config)}:*")`,
    ),
  ],
  [
    'alarms-switched-off',
    'Somebody deleted, silenced or forged an alarm, or tried to.',
    pattern('monitoring', ['DeleteAlarms', 'DisableAlarmActions', 'SetAlarmState']),
  ],
  [
    'trail-filters-removed',
    'Somebody removed a filter that alarms on the trail depend on, or tried to.',
    pattern(
      'logs',
      ['DeleteMetricFilter', 'DeleteLogGroup', 'DeleteLogStream'],
      `($.requestParameters.logGroupName = "${logGroupName(config, '*')}")`,
    ),
  ],
]

const counted = (config: EnvironmentConfig, MetricName: string) => [
  { MetricName, MetricNamespace: `SafeHarbor/${config.name}`, MetricValue: '1' },
]

const sumOf = (Namespace: string, MetricName: string, Period: number): Said => ({ Namespace, MetricName, Period, Statistic: 'Sum' })

const routes = [
  'route-guardduty',
  'route-security-hub',
  'route-macie',
  'route-access-analyzer',
  'route-config-rules',
  'route-config-delivery',
  'route-tampering',
  'route-alert-tampering',
  'route-path-check',
]

const failedDeliveries = (config: EnvironmentConfig): Said => ({
  Metrics: [
    { Id: 'expr_1', Expression: 'SUM(METRICS())', Label: 'Failed invocations of all routes', ReturnData: true },
    ...routes.map((what, index) => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Events',
          MetricName: 'FailedInvocations',
          Dimensions: [{ Name: 'RuleName', Value: nameOf(config, what) }],
        },
        Period: 300,
        Stat: 'Sum',
      },
      ReturnData: false,
    })),
  ],
})

const pathOf = (config: EnvironmentConfig): readonly Said[] => [
  tellingAlarm(
    config,
    'alert-routes-failed',
    'A rule could not hand a finding to the alert function; it waits in the dead-letter queue.',
    failedDeliveries(config),
  ),
  tellingAlarm(config, 'alerts-undelivered', 'An alert or alarm did not reach a subscriber of the alerts topic.', {
    ...sumOf('AWS/SNS', 'NumberOfNotificationsFailed', 300),
    Dimensions: [{ Name: 'TopicName', Value: nameOf(config, 'alerts') }],
  }),
  tellingAlarm(
    config,
    'alert-path-silent',
    'For half an hour no path check went from its schedule through the alert function: findings may not be told.',
    {
      ...sumOf(`SafeHarbor/${config.name}`, 'alert-path-checked', 900),
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      TreatMissingData: 'breaching',
    },
  ),
]

/** Alarms on controls that are switched off or go quiet. */
export const detectionAlarmClaims: readonly Claim[] = [
  exactly(
    'The trail is searched for calls that switch a control off, and the log of the alert function for path checks',
    'AWS::Logs::MetricFilter',
    (config) => [
      ...tampering(config).map(([what, , FilterPattern]) => ({
        FilterName: nameOf(config, what),
        LogGroupName: `/safe-harbor/${config.name}/trail`,
        FilterPattern,
        MetricTransformations: counted(config, what),
      })),
      {
        FilterName: nameOf(config, 'alert-path-checked'),
        LogGroupName: `/safe-harbor/${config.name}/alert`,
        FilterPattern: '{ $.message.event = "alert-path-checked" }',
        MetricTransformations: counted(config, 'alert-path-checked'),
      },
    ],
  ),
  exactly(
    'An alarm rings for every control that is switched off, and for every part of the path of alerts',
    'AWS::CloudWatch::Alarm',
    (config) => [
      ...pathOf(config),
      ...tampering(config).map(([what, meaning]) => tellingAlarm(config, what, meaning, sumOf(`SafeHarbor/${config.name}`, what, 60))),
    ],
    (config, { AlarmName }) => functionAlarms('alert').some((what) => AlarmName === nameOf(config, what)),
  ),
]
