import { expect } from 'vitest'
import { logGroupName, nameOf } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import { alertsTopicArn } from '../../../../lib/environment/alerts-topic.ts'
import { type Claim, resourcesOf } from '../claim.ts'
import { exactly, type Said } from './exactly.ts'

const target = {
  Id: 'alert',
  Arn: 'AWS::Lambda::Function.Arn',
  DeadLetterConfig: { Arn: 'AWS::SQS::Queue.Arn' },
  RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
}

const rule = (config: EnvironmentConfig, what: string, Description: string, EventPattern: Said): Said => ({
  Name: nameOf(config, what),
  Description,
  State: 'ENABLED',
  EventPattern,
  Targets: [target],
})

const call = (service: string, eventName: readonly string[], requestParameters?: Said): Said => ({
  eventSource: [`${service}.amazonaws.com`],
  eventName,
  ...(requestParameters && { requestParameters }),
})

const detectorCalls = {
  eventSource: ['guardduty', 'securityhub', 'config', 'access-analyzer', 'macie2'].map((service) => `${service}.amazonaws.com`),
  eventName: [
    'DeleteDetector',
    'UpdateDetector',
    'CreateFilter',
    'UpdateFilter',
    'CreateIPSet',
    'UpdateIPSet',
    'DisassociateFromAdministratorAccount',
    'DisassociateFromMasterAccount',
    'StopMonitoringMembers',
    'DisableSecurityHub',
    'BatchDisableStandards',
    'UpdateStandardsControl',
    'BatchUpdateStandardsControlAssociations',
    'DisableImportFindingsForProduct',
    'CreateAutomationRule',
    'StopConfigurationRecorder',
    'DeleteConfigurationRecorder',
    'PutConfigurationRecorder',
    'DeleteDeliveryChannel',
    'PutDeliveryChannel',
    'DeleteConfigRule',
    'DeleteAnalyzer',
    'UpdateAnalyzer',
    'CreateArchiveRule',
    'UpdateArchiveRule',
    'DisableMacie',
    'UpdateMacieSession',
    'CreateFindingsFilter',
    'UpdateFindingsFilter',
    'CreateAllowList',
  ],
}

const alertingCalls = (config: EnvironmentConfig): readonly Said[] => {
  const rules = ['DisableRule', 'DeleteRule', 'RemoveTargets']
  const topic = ['DeleteTopic', 'SetTopicAttributes', 'RemovePermission', 'Unsubscribe']
  const ours = [{ wildcard: nameOf(config, '*') }]
  return [
    call('events', rules, { name: ours }),
    call('events', rules, { rule: ours }),
    call('lambda', ['DeleteFunction20150331', 'PutFunctionConcurrency20171031'], {
      functionName: [{ wildcard: `*${nameOf(config, 'alert')}` }],
    }),
    call('sns', topic, { topicArn: [alertsTopicArn(config)] }),
    call('sns', topic, { subscriptionArn: [{ wildcard: `${alertsTopicArn(config)}:*` }] }),
    call('monitoring', ['DeleteAlarms', 'DisableAlarmActions', 'SetAlarmState']),
    call('logs', ['DeleteMetricFilter', 'DeleteLogGroup', 'DeleteLogStream'], {
      logGroupName: [{ wildcard: logGroupName(config, '*') }],
    }),
  ]
}

const findings = (config: EnvironmentConfig): readonly Said[] => [
  rule(config, 'route-guardduty', 'Findings of GuardDuty, medium and above (4 and above on its scale).', {
    source: ['aws.guardduty'],
    'detail-type': ['GuardDuty Finding'],
    detail: { severity: [{ numeric: ['>=', 4] }] },
  }),
  rule(config, 'route-security-hub', 'New findings of Security Hub, high and critical, that no other route carries.', {
    source: ['aws.securityhub'],
    'detail-type': ['Security Hub Findings - Imported'],
    detail: {
      findings: {
        ProductName: [{ 'anything-but': ['Config', 'GuardDuty', 'IAM Access Analyzer', 'Macie'] }],
        RecordState: ['ACTIVE'],
        Severity: { Label: ['CRITICAL', 'HIGH'] },
        Workflow: { Status: ['NEW'] },
      },
    },
  }),
  rule(config, 'route-macie', 'Findings of Macie, medium and high.', {
    source: ['aws.macie'],
    'detail-type': ['Macie Finding'],
    detail: { severity: { description: ['High', 'Medium'] } },
  }),
  rule(config, 'route-access-analyzer', 'Active findings of Access Analyzer.', {
    source: ['aws.access-analyzer'],
    'detail-type': ['Access Analyzer Finding', 'Unused Access Finding for IAM entities'],
    detail: { status: ['ACTIVE'] },
  }),
  rule(
    config,
    'route-config-rules',
    'Resources that break a HIPAA rule of this environment, but for the table of repeats, which is in no backup plan.',
    {
      source: ['aws.config'],
      'detail-type': ['Config Rules Compliance Change'],
      detail: {
        configRuleName: [{ prefix: nameOf(config, '') }],
        newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        resourceId: [{ 'anything-but': [nameOf(config, 'alert-repeats')] }],
      },
    },
  ),
  rule(config, 'route-config-delivery', 'Failed deliveries of AWS Config to the audit account.', {
    source: ['aws.config'],
    'detail-type': ['Config Configuration History Delivery Status', 'Config Configuration Snapshot Delivery Status'],
    detail: { messageType: [{ suffix: 'Failed' }] },
  }),
]

/** The rules that carry findings to the alert function. */
export const routeClaims: readonly Claim[] = [
  exactly(
    'Findings, tampering and a check of the path go to the alert function, and undeliverable ones to its queue',
    'AWS::Events::Rule',
    (config) => [
      ...findings(config),
      rule(config, 'route-tampering', 'API calls that switch a detector off, done or refused.', {
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: detectorCalls,
      }),
      rule(config, 'route-alert-tampering', 'API calls that keep findings from being told, done or refused.', {
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { $or: alertingCalls(config) },
      }),
      {
        Name: nameOf(config, 'route-path-check'),
        Description: 'Checks the path of alerts every five minutes; the function logs that it heard.',
        State: 'ENABLED',
        ScheduleExpression: 'rate(5 minutes)',
        Targets: [{ ...target, Input: pathCheck(config) }],
      },
    ],
  ),
  exactly('Each of these rules, and nobody else, may invoke the alert function', 'AWS::Lambda::Permission', ({ accounts }) =>
    Array.from({ length: 9 }, () => ({
      Action: 'lambda:InvokeFunction',
      FunctionName: 'AWS::Lambda::Function.Arn',
      Principal: 'events.amazonaws.com',
      SourceAccount: accounts.workload,
      SourceArn: 'AWS::Events::Rule.Arn',
    })),
  ),
  {
    says: 'No rule is left out of those that may invoke the alert function',
    stack: 'detection',
    check: (template) =>
      expect(
        Object.values(resourcesOf(template, 'AWS::Lambda::Permission'))
          .map(({ Properties }) => JSON.stringify(Properties['SourceArn']))
          .sort(),
      ).toEqual(
        Object.keys(resourcesOf(template, 'AWS::Events::Rule'))
          .map((id) => JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] }))
          .sort(),
      ),
  },
]

const pathCheck = ({ accounts, regions }: EnvironmentConfig): string =>
  JSON.stringify({
    id: 'path-check',
    source: 'safe-harbor.path-check',
    'detail-type': 'Alert Path Check',
    account: accounts.workload,
    region: regions.primary,
    time: '-',
    detail: {},
  })
