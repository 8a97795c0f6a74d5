import { cloudFormationRoleArn, logGroupName, roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'

/** Events of the trail that ring. */
export interface WatchedEvents {
  /** What it means when it rings, one sentence for whoever is woken. */
  readonly meaning: string
  /** Filter pattern for JSON events, at most 1,024 characters (Amazon CloudWatch Logs User Guide, "Filter pattern syntax"). */
  readonly pattern: string
  /** Events in five minutes that ring. */
  readonly threshold: number
}

/**
 * What the alarms watch in the trail's log group, by alarm. To watch more, add a row; events that ring and events that do not, among the samples of
 * test/environment/alarms; its claim; and a section of the same name in the runbook.
 */
export function watchedEvents(config: EnvironmentConfig): Readonly<Record<string, WatchedEvents>> {
  const foundation = cloudFormationRoleArn(config.accounts.workload, config.regions.primary, 'foundation')
  const breakGlass = roleArn(config, 'workload', 'break-glass')
  return {
    'root-user-activity': {
      meaning: 'The root user of the account did something. Nobody should: it can mend key policies and nothing stops it.',
      pattern: all(is('userIdentity.type', 'Root'), absent('userIdentity.invokedBy'), isNot('eventType', 'AwsServiceEvent')),
      threshold: 1,
    },
    'key-policy-changed': {
      meaning: 'A key was made usable by others, disabled or scheduled for deletion, or somebody tried.',
      pattern: all(
        is('eventSource', 'kms.amazonaws.com'),
        any(
          ...names('PutKeyPolicy', 'ScheduleKeyDeletion', 'DisableKey', 'DisableKeyRotation', 'ReplicateKey', 'UpdatePrimaryRegion'),
          // Services grant themselves the use of a store's key when the store is made.
          all(is('eventName', 'CreateGrant'), absent('userIdentity.invokedBy')),
        ),
      ),
      threshold: 1,
    },
    'trail-changed': {
      meaning: 'The trail, a log beside it, a filter or an alarm was changed, stopped or deleted, or somebody tried.',
      pattern: any(
        ...names('StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors'),
        all(
          any(...names('DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DisassociateKmsKey', 'DeleteMetricFilter')),
          any(...['trail', 'flow-logs', 'dns-logs'].map((log) => is('requestParameters.logGroupName', logGroupName(config, log)))),
        ),
        ...names('DeleteFlowLogs', 'DisassociateResolverQueryLogConfig', 'DeleteResolverQueryLogConfig'),
        ...names('DeleteAlarms', 'DisableAlarmActions', 'SetAlarmState'),
      ),
      threshold: 1,
    },
    'identity-changed': {
      meaning: 'A user, role, policy, trust, boundary or second factor was changed, and not by a deployment of the foundation.',
      pattern: all(
        is('eventSource', 'iam.amazonaws.com'),
        '($.readOnly IS FALSE)',
        any(absent('userIdentity.sessionContext.sessionIssuer.arn'), isNot('userIdentity.sessionContext.sessionIssuer.arn', foundation)),
      ),
      threshold: 1,
    },
    'boundary-changed': {
      meaning: 'A permission boundary was changed: sessions were revoked, or somebody lifts the bound of every role.',
      pattern: all(
        any(...names('CreatePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicyVersion')),
        is('requestParameters.policyArn', '*-boundary'),
      ),
      threshold: 1,
    },
    'break-glass-used': {
      meaning: 'Break-glass was taken: a break-glass user or role acted, or somebody tried to become one.',
      pattern: any(
        is('requestParameters.roleArn', breakGlass),
        is('userIdentity.sessionContext.sessionIssuer.arn', breakGlass),
        ...config.breakGlass.map((name) => is('userIdentity.userName', name)),
      ),
      threshold: 1,
    },
    'denied-access': {
      meaning: 'Keys, tables or buckets refused ten calls within five minutes: somebody looks for what they may not have.',
      pattern: all(
        any(...['kms', 'dynamodb', 's3'].map((service) => is('eventSource', `${service}.amazonaws.com`))),
        is('errorCode', 'AccessDenied*'),
      ),
      threshold: 10,
    },
    'network-denied': {
      meaning:
        'The policy of a VPC endpoint refused a call: foreign credentials inside the network, or data on its way to a foreign account.',
      pattern: all(is('eventType', 'AwsVpceEvent'), is('errorCode', 'VpceAccessDenied')),
      threshold: 1,
    },
  }
}

const is = (field: string, value: string): string => `($.${field} = "${value}")`
const isNot = (field: string, value: string): string => `($.${field} != "${value}")`
const absent = (field: string): string => `($.${field} NOT EXISTS)`
const names = (...values: string[]): string[] => values.map((value) => is('eventName', value))
const all = (...parts: string[]): string => `(${parts.join(' && ')})`
const any = (...parts: string[]): string => `(${parts.join(' || ')})`
