import { logGroupName, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { alertsTopicArn } from '../alerts-topic.ts'

/** Calls of one service's API that switch a detective control off, or blind it. */
export interface Tampering {
  /** Name of the alarm and of its runbook section. */
  readonly what: string
  /** One sentence for whoever is woken. */
  readonly meaning: string
  /** Whether it blinds a detector, or cuts what carries its findings to people. */
  readonly harms: 'detectors' | 'alerting'
  /** `eventSource` in CloudTrail. */
  readonly source: string
  /** `eventName` in CloudTrail. */
  readonly calls: readonly string[]
  /** Fields of the request that must name something of ours, with what they hold; `*` stands for anything at its place. @default any request counts */
  readonly about?: readonly (readonly [field: string, value: string])[]
}

/**
 * What an intruder does before the rest. Refused attempts count too. Each row is an alarm on the trail, and part of a route, whose alert
 * says who called. None of these calls only reads, so that the rule needs no read-only management events.
 */
export const tamperings = (config: EnvironmentConfig): readonly Tampering[] => [
  {
    what: 'guardduty-switched-off',
    meaning: 'Somebody deleted, changed or blinded GuardDuty, or tried to.',
    harms: 'detectors',
    source: 'guardduty.amazonaws.com',
    calls: [
      'DeleteDetector',
      'UpdateDetector',
      'CreateFilter',
      'UpdateFilter',
      'CreateIPSet',
      'UpdateIPSet',
      'DisassociateFromAdministratorAccount',
      'DisassociateFromMasterAccount',
      'StopMonitoringMembers',
    ],
  },
  {
    what: 'security-hub-switched-off',
    meaning: 'Somebody switched off Security Hub, a standard or a control, or tried to.',
    harms: 'detectors',
    source: 'securityhub.amazonaws.com',
    calls: [
      'DisableSecurityHub',
      'BatchDisableStandards',
      'UpdateStandardsControl',
      'BatchUpdateStandardsControlAssociations',
      'DisableImportFindingsForProduct',
      'CreateAutomationRule',
      'DisassociateFromAdministratorAccount',
    ],
  },
  {
    what: 'config-switched-off',
    meaning: 'Somebody stopped or changed the recording of AWS Config, or tried to.',
    harms: 'detectors',
    source: 'config.amazonaws.com',
    calls: [
      'StopConfigurationRecorder',
      'DeleteConfigurationRecorder',
      'PutConfigurationRecorder',
      'DeleteDeliveryChannel',
      'PutDeliveryChannel',
      'DeleteConfigRule',
    ],
  },
  {
    what: 'access-analyzer-switched-off',
    meaning: 'Somebody deleted or blinded Access Analyzer, or tried to.',
    harms: 'detectors',
    source: 'access-analyzer.amazonaws.com',
    calls: ['DeleteAnalyzer', 'UpdateAnalyzer', 'CreateArchiveRule', 'UpdateArchiveRule'],
  },
  {
    what: 'macie-switched-off',
    meaning: 'Somebody switched off or blinded Macie, or tried to.',
    harms: 'detectors',
    source: 'macie2.amazonaws.com',
    calls: [
      'DisableMacie',
      'UpdateMacieSession',
      'CreateFindingsFilter',
      'UpdateFindingsFilter',
      'CreateAllowList',
      'DisassociateFromAdministratorAccount',
    ],
  },
  {
    what: 'alert-routes-changed',
    meaning: 'Somebody disabled, deleted or emptied a rule that carries findings to the alert function, or tried to.',
    harms: 'alerting',
    source: 'events.amazonaws.com',
    calls: ['DisableRule', 'DeleteRule', 'RemoveTargets'],
    about: [
      ['name', nameOf(config, '*')],
      ['rule', nameOf(config, '*')],
    ],
  },
  {
    what: 'alert-function-changed',
    meaning: 'Somebody deleted or throttled the alert function, or tried to.',
    harms: 'alerting',
    source: 'lambda.amazonaws.com',
    calls: ['DeleteFunction20150331', 'PutFunctionConcurrency20171031'],
    about: [['functionName', `*${nameOf(config, 'alert')}`]],
  },
  {
    what: 'alerts-topic-changed',
    meaning: 'Somebody deleted or changed the topic of alerts or ended a subscription, or tried to.',
    harms: 'alerting',
    source: 'sns.amazonaws.com',
    calls: ['DeleteTopic', 'SetTopicAttributes', 'RemovePermission', 'Unsubscribe'],
    about: [
      ['topicArn', alertsTopicArn(config)],
      ['subscriptionArn', `${alertsTopicArn(config)}:*`],
    ],
  },
  {
    what: 'alarms-switched-off',
    meaning: 'Somebody deleted, silenced or forged an alarm, or tried to.',
    harms: 'alerting',
    source: 'monitoring.amazonaws.com',
    calls: ['DeleteAlarms', 'DisableAlarmActions', 'SetAlarmState'],
  },
  {
    what: 'trail-filters-removed',
    meaning: 'Somebody removed a filter that alarms on the trail depend on, or tried to.',
    harms: 'alerting',
    source: 'logs.amazonaws.com',
    calls: ['DeleteMetricFilter', 'DeleteLogGroup', 'DeleteLogStream'],
    about: [['logGroupName', logGroupName(config, '*')]],
  },
]

/** The rows as a filter of CloudTrail events in CloudWatch Logs (Amazon CloudWatch Logs User Guide, "Filter pattern syntax for metric filters"). */
export function filterPattern({ source, calls, about }: Tampering): string {
  const either = (field: string, values: readonly string[]) => values.map((value) => `($.${field} = "${value}")`).join(' || ')
  const parts = [`($.eventSource = "${source}")`, `(${either('eventName', calls)})`]
  if (about !== undefined) parts.push(`(${about.map(([field, value]) => `($.requestParameters.${field} = "${value}")`).join(' || ')})`)
  return `{ ${parts.join(' && ')} }`
}
