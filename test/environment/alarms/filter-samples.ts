import { cloudFormationRoleArn, logGroupName, nameOf, policyArn, roleArn } from '../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { alertsTopicArn } from '../../../lib/environment/alerts-topic.ts'

/** Log events a metric filter is shown. */
export interface FilterSamples {
  /** It must count each. */
  readonly counts: readonly unknown[]
  /** It must count none. */
  readonly ignores: readonly unknown[]
}

/** A CloudTrail record, in the fields that filters read. */
const call = (service: string, eventName: string, requestParameters: object = {}, more: object = {}) => ({
  eventSource: `${service}.amazonaws.com`,
  eventName,
  requestParameters,
  userIdentity: { type: 'AssumedRole' },
  ...more,
})

const calls = (service: string, names: readonly string[], request?: object) => names.map((name) => call(service, name, request))

/** A session of a role. */
const issuedBy = (arn: string) => ({ type: 'AssumedRole', sessionContext: { sessionIssuer: { type: 'Role', arn } } })

const deployer = ({ accounts, regions }: EnvironmentConfig) => cloudFormationRoleArn(accounts.workload, regions.primary, 'foundation')

const listing = call('guardduty', 'ListDetectors')

/** Samples of a filter for one event that a function logs. */
const logged = (event: string): FilterSamples => ({
  counts: [{ timestamp: '2026-01-01T00:00:00Z', level: 'ERROR', message: { event } }],
  ignores: [
    { timestamp: '2026-01-01T00:00:00Z', level: 'INFO', message: { event: 'request-refused' } },
    { timestamp: '2026-01-01T00:00:00Z', level: 'ERROR', message: `${event}` },
  ],
})

/** Events of the service that its functions log, by the alarm that counts them. */
const serviceEvents = {
  'call-unanswered': 'call-unanswered',
  'call-without-provider': 'call-without-provider',
  'checkpoint-failed': 'ledger-checkpoint-failed',
  'checkpoint-silent': 'ledger-holds',
  'escalation-revived': 'escalation-revived',
  'escalation-silent': 'escalation-swept',
  'exchange-refused': 'exchange-refused',
  'ledger-broken': 'ledger-broken',
  'notification-failed': 'notification-failed',
  'read-budget-exceeded': 'read-budget-exceeded',
  'read-without-entry': 'read-without-entry',
  'reconcile-silent': 'ledger-reconciled',
  'session-denied': 'session-denied',
} as const

/** Samples of every metric filter, by the name of its metric. A filter without a row fails the test, and so does a row without a filter. */
export const filterSamples = (config: EnvironmentConfig): Readonly<Record<string, FilterSamples>> => ({
  ...Object.fromEntries(Object.entries(serviceEvents).map(([what, event]) => [what, logged(event)])),
  'access-analyzer-switched-off': {
    counts: calls('access-analyzer', ['DeleteAnalyzer', 'UpdateAnalyzer', 'CreateArchiveRule', 'UpdateArchiveRule']),
    ignores: [call('access-analyzer', 'ListFindingsV2'), listing],
  },
  'alarms-switched-off': {
    counts: calls('monitoring', ['DeleteAlarms', 'DisableAlarmActions', 'SetAlarmState']),
    ignores: [call('monitoring', 'DescribeAlarms'), listing],
  },
  'alert-function-changed': {
    counts: [
      ...calls('lambda', ['DeleteFunction20150331', 'PutFunctionConcurrency20171031'], { functionName: nameOf(config, 'alert') }),
      call('lambda', 'DeleteFunction20150331', { functionName: `arn:aws:lambda:us-east-1:1:function:${nameOf(config, 'alert')}` }),
    ],
    ignores: [
      call('lambda', 'DeleteFunction20150331', { functionName: 'another' }),
      call('lambda', 'GetFunction20150331v2', { functionName: nameOf(config, 'alert') }),
    ],
  },
  'alert-path-checked': {
    counts: [{ timestamp: '2026-01-01T00:00:00Z', level: 'INFO', message: { event: 'alert-path-checked' } }],
    ignores: [{ timestamp: '2026-01-01T00:00:00Z', level: 'INFO', message: { event: 'alert-sent' } }],
  },
  'alert-routes-changed': {
    counts: [
      ...calls('events', ['DisableRule', 'DeleteRule'], { name: nameOf(config, 'route-macie') }),
      call('events', 'RemoveTargets', { rule: nameOf(config, 'route-macie') }),
    ],
    ignores: [call('events', 'DisableRule', { name: 'another' }), call('events', 'PutRule', { name: nameOf(config, 'route-macie') })],
  },
  'alerts-topic-changed': {
    counts: [
      ...calls('sns', ['DeleteTopic', 'SetTopicAttributes', 'RemovePermission'], { topicArn: alertsTopicArn(config) }),
      call('sns', 'Unsubscribe', { subscriptionArn: `${alertsTopicArn(config)}:0f1e` }),
    ],
    ignores: [
      call('sns', 'DeleteTopic', { topicArn: 'arn:aws:sns:us-east-1:1:another' }),
      call('sns', 'Publish', { topicArn: alertsTopicArn(config) }),
    ],
  },
  'config-switched-off': {
    counts: calls('config', [
      'StopConfigurationRecorder',
      'DeleteConfigurationRecorder',
      'PutConfigurationRecorder',
      'DeleteDeliveryChannel',
      'PutDeliveryChannel',
      'DeleteConfigRule',
    ]),
    ignores: [call('config', 'DescribeConfigurationRecorders'), listing],
  },
  'guardduty-switched-off': {
    counts: [
      ...calls('guardduty', [
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
      call('guardduty', 'DeleteDetector', {}, { errorCode: 'AccessDenied' }),
    ],
    ignores: [listing, call('macie2', 'DeleteDetector')],
  },
  'macie-switched-off': {
    counts: calls('macie2', [
      'DisableMacie',
      'UpdateMacieSession',
      'CreateFindingsFilter',
      'UpdateFindingsFilter',
      'CreateAllowList',
      'DisassociateFromAdministratorAccount',
    ]),
    ignores: [call('macie2', 'GetMacieSession'), listing],
  },
  'security-hub-switched-off': {
    counts: calls('securityhub', [
      'DisableSecurityHub',
      'BatchDisableStandards',
      'UpdateStandardsControl',
      'BatchUpdateStandardsControlAssociations',
      'DisableImportFindingsForProduct',
      'CreateAutomationRule',
      'DisassociateFromAdministratorAccount',
    ]),
    ignores: [call('securityhub', 'GetFindings'), listing],
  },
  'trail-filters-removed': {
    counts: calls('logs', ['DeleteMetricFilter', 'DeleteLogGroup', 'DeleteLogStream'], { logGroupName: logGroupName(config, 'trail') }),
    ignores: [
      call('logs', 'DeleteLogStream', { logGroupName: '/aws/other' }),
      call('logs', 'CreateLogStream', { logGroupName: logGroupName(config, 'trail') }),
    ],
  },
  'boundary-changed': {
    counts: calls('iam', ['CreatePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicyVersion'], {
      policyArn: policyArn(config, 'workload', 'workload-boundary'),
    }),
    ignores: [call('iam', 'CreatePolicyVersion', { policyArn: policyArn(config, 'workload', 'alert') }), listing],
  },
  'break-glass-used': {
    counts: [
      call('sts', 'AssumeRole', { roleArn: roleArn(config, 'workload', 'break-glass') }),
      call('kms', 'Decrypt', {}, { userIdentity: issuedBy(roleArn(config, 'workload', 'break-glass')) }),
      ...config.breakGlass.map((userName) => call('signin', 'ConsoleLogin', {}, { userIdentity: { type: 'IAMUser', userName } })),
    ],
    ignores: [call('sts', 'AssumeRole', { roleArn: roleArn(config, 'workload', 'reviewer') }), listing],
  },
  'denied-access': {
    counts: ['kms', 'dynamodb', 's3'].flatMap((service) => [
      call(service, 'Read', {}, { errorCode: 'AccessDenied' }),
      call(service, 'Read', {}, { errorCode: 'AccessDeniedException' }),
    ]),
    ignores: [call('kms', 'Decrypt'), call('s3', 'GetObject', {}, { errorCode: 'NoSuchKey' })],
  },
  'identity-changed': {
    counts: [
      call('iam', 'AttachRolePolicy', {}, { readOnly: false }),
      call('iam', 'CreateUser', {}, { readOnly: false, userIdentity: issuedBy(roleArn(config, 'workload', 'custodian')) }),
    ],
    ignores: [
      call('iam', 'ListRoles', {}, { readOnly: true }),
      call('iam', 'CreateRole', {}, { readOnly: false, userIdentity: issuedBy(deployer(config)) }),
      call('sts', 'AssumeRole', {}, { readOnly: false }),
    ],
  },
  'key-policy-changed': {
    counts: calls('kms', [
      'PutKeyPolicy',
      'ScheduleKeyDeletion',
      'DisableKey',
      'DisableKeyRotation',
      'ReplicateKey',
      'UpdatePrimaryRegion',
      'CreateGrant',
    ]),
    ignores: [
      call('kms', 'Decrypt'),
      call('kms', 'CreateGrant', {}, { userIdentity: { type: 'AWSService', invokedBy: 'dynamodb.amazonaws.com' } }),
    ],
  },
  'network-denied': {
    counts: [call('s3', 'PutObject', {}, { eventType: 'AwsVpceEvent', errorCode: 'VpceAccessDenied' })],
    ignores: [call('s3', 'PutObject', {}, { eventType: 'AwsVpceEvent' }), listing],
  },
  'root-user-activity': {
    counts: [call('signin', 'ConsoleLogin', {}, { eventType: 'AwsConsoleSignIn', userIdentity: { type: 'Root' } })],
    ignores: [
      call('kms', 'RotateKey', {}, { eventType: 'AwsServiceEvent', userIdentity: { type: 'Root' } }),
      call('s3', 'ListBuckets', {}, { eventType: 'AwsApiCall', userIdentity: { type: 'Root', invokedBy: 'support.amazonaws.com' } }),
      listing,
    ],
  },
  'session-rules-changed': {
    counts: [
      ...calls('cognito-idp', ['UpdateUserPool', 'DeleteUserPool', 'CreateUserPoolClient', 'UpdateUserPoolClient', 'SetUserPoolMfaConfig']),
      ...calls('cognito-idp', ['SetRiskConfiguration', 'AdminUpdateUserAttributes', 'CreateIdentityProvider']),
      ...calls('cognito-idp', ['AdminCreateUser', 'AdminSetUserPassword', 'AdminSetUserMFAPreference']),
      ...calls('wafv2', ['AssociateWebACL', 'DisassociateWebACL'], { resourceArn: 'arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_a' }),
      call('wafv2', 'UpdateWebACL', { name: nameOf(config, 'sign-in'), scope: 'REGIONAL' }),
      call('lambda', 'UpdateFunctionCode20150331v2', { functionName: nameOf(config, 'token') }),
      call('lambda', 'UpdateFunctionConfiguration20150331v2', {
        functionName: `arn:aws:lambda:us-east-1:1:function:${nameOf(config, 'token')}`,
      }),
      call('cognito-idp', 'UpdateUserPool', {}, { userIdentity: issuedBy('arn:aws:iam::1:role/another') }),
    ],
    ignores: [
      call('cognito-idp', 'UpdateUserPool', {}, { userIdentity: issuedBy(deployer(config)) }),
      call('wafv2', 'UpdateWebACL', { name: nameOf(config, 'api'), scope: 'REGIONAL' }),
      call('wafv2', 'AssociateWebACL', { resourceArn: 'arn:aws:apigateway:us-east-1::/restapis/a/stages/b' }),
      call('cognito-idp', 'InitiateAuth'),
      call('cognito-idp', 'AdminGetUser'),
      call('lambda', 'UpdateFunctionCode20150331v2', { functionName: 'another' }),
      listing,
    ],
  },
  'trail-changed': {
    counts: [
      ...calls('cloudtrail', ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors']),
      ...calls('logs', ['DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DisassociateKmsKey', 'DeleteMetricFilter'], {
        logGroupName: logGroupName(config, 'trail'),
      }),
      ...calls('ec2', ['DeleteFlowLogs']),
      ...calls('route53resolver', ['DisassociateResolverQueryLogConfig', 'DeleteResolverQueryLogConfig']),
    ],
    ignores: [call('cloudtrail', 'GetTrailStatus'), call('logs', 'DeleteLogGroup', { logGroupName: '/aws/other' })],
  },
  RestoreTestsFailed: {
    counts: [{ message: { event: 'restore-test-failed' } }],
    ignores: [{ message: { event: 'restore-test-passed' } }],
  },
  RestoreTestsPassed: {
    counts: [{ message: { event: 'restore-test-passed' } }],
    ignores: [{ message: { event: 'restore-test-failed' } }],
  },
})
