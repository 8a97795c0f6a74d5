import type { Construct } from 'constructs'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { AccountTrail } from '../audit/account-trail.ts'
import { trailAccounts } from '../audit/archive-layout.ts'
import { AccessLogBucket, DeliveryBucket, LockedBucket, PatientDataBucket } from '../constructs/safe-bucket.ts'
import { RepeatsTable } from '../detection/repeats-table.ts'
import { IsolatedVpc } from '../network/isolated-vpc.ts'
import { SignInLog } from '../people/sign-in-log.ts'
import { Api } from '../service/api/api.ts'

/** A finding of a rule pack that is accepted: which, how often, who answers for it, why, what stands in its place, and until when. */
export interface AcceptedFinding {
  /** Id of the rule as its pack reports it: `HIPAA.Security-S3BucketReplicationEnabled`. */
  readonly rule: `HIPAA.Security-${string}` | TemplateRule
  /** Kind of construct it is accepted for; on any other kind the rule still fails. */
  readonly kind: abstract new (
    ...args: never[]
  ) => Construct
  /** How many resources match in an environment. Another number fails: more means something slipped in, fewer that the entry is stale. */
  readonly matches: (config: EnvironmentConfig) => number
  /** Role or team that answers for it. */
  readonly owner: string
  readonly reason: string
  readonly compensatingControl: string
  /** Last day it holds, `YYYY-MM-DD`; at most a year ahead, so that somebody looks again. */
  readonly expires: string
}

/** A rule of the construct library's own template validator, such as `W3010`. */
export type TemplateRule = `${'E' | 'F' | 'W'}${number}`

/** Every accepted finding. This is the one place. */
export const acceptedFindings: readonly AcceptedFinding[] = [
  {
    rule: 'HIPAA.Security-APIGWCacheEnabledAndEncrypted',
    kind: Api,
    matches: () => 1,
    owner: 'security',
    reason: 'A cache of answers would be one more place that holds patient data, and would answer without an entry in the access ledger.',
    compensatingControl: 'Caching is off for the stage and for every method; answers say Cache-Control: no-store.',
    expires: '2027-10-31',
  },
  {
    rule: 'HIPAA.Security-CloudWatchLogGroupEncrypted',
    kind: SignInLog,
    matches: () => 1,
    owner: 'security',
    reason: 'Cognito exports sign-in events to no log group under a customer managed key (API Reference, CloudWatchLogsConfigurationType).',
    compensatingControl: "CloudWatch's own encryption at rest; events hold opaque ids and addresses, no name and no health information.",
    expires: '2027-10-31',
  },
  {
    rule: 'HIPAA.Security-S3BucketReplicationEnabled',
    kind: LockedBucket,
    matches: () => 1,
    owner: 'security',
    reason: 'The archive is where evidence ends up; a replica of it would be a second place to guard, and to read it from.',
    compensatingControl: 'Object Lock, versions, and an account of its own in production that no workload principal can enter.',
    expires: '2027-10-31',
  },
  {
    rule: 'HIPAA.Security-S3BucketReplicationEnabled',
    kind: DeliveryBucket,
    matches: () => 2,
    owner: 'security',
    reason: 'Configuration history and query results can be made again from AWS Config and from the archive.',
    compensatingControl: 'Versioned and encrypted under the archive key; their sources are kept.',
    expires: '2027-10-31',
  },
  {
    rule: 'HIPAA.Security-S3BucketReplicationEnabled',
    kind: AccessLogBucket,
    matches: () => 2,
    owner: 'security',
    reason: 'Server access logs are delivered within one Region and account; a replica would be a log of a log.',
    compensatingControl: 'Versioned; every object read of the logged stores is in the audit trail too.',
    expires: '2027-10-31',
  },
  {
    rule: 'HIPAA.Security-S3BucketReplicationEnabled',
    kind: PatientDataBucket,
    matches: () => 1,
    owner: 'security',
    reason: 'A replica would hold attachments where neither this bucket policy nor its VPC endpoint condition reaches.',
    compensatingControl:
      'Versioned, backed up twice a day under lock; production copies daily to a second Region, the recovery account and an air-gapped vault.',
    expires: '2027-10-31',
  },
  {
    rule: 'HIPAA.Security-S3BucketLoggingEnabled',
    kind: AccessLogBucket,
    matches: () => 1,
    owner: 'security',
    reason:
      'A log bucket that logs into itself would never come to rest (Amazon S3 User Guide, "Logging requests with server access logging").',
    compensatingControl: 'Closed to the public, TLS only, written by the log delivery service alone; changes to it are in the audit trail.',
    expires: '2027-10-31',
  },
  {
    rule: 'HIPAA.Security-S3DefaultEncryptionKMS',
    kind: AccessLogBucket,
    matches: () => 2,
    owner: 'security',
    reason: 'Server access logs are delivered only to a bucket encrypted with S3 managed keys.',
    compensatingControl: 'Encrypted with S3 managed keys, closed to the public, TLS only, versioned, and free of object content.',
    expires: '2027-10-31',
  },
  {
    rule: 'HIPAA.Security-DynamoDBInBackupPlan',
    kind: RepeatsTable,
    matches: () => 1,
    owner: 'operations',
    reason: "The table remembers for a day which alerts were sent; yesterday's memory restored would swallow today's alerts.",
    compensatingControl: 'Point-in-time recovery is on; without the table every alert is sent, at worst twice.',
    expires: '2027-10-31',
  },
  {
    rule: 'HIPAA.Security-CloudTrailCloudWatchLogsEnabled',
    kind: AccountTrail,
    matches: (config) => trailAccounts(config).length - 1,
    owner: 'security',
    reason: 'Nobody works in the audit and recovery accounts; a log group there would be a copy of evidence that nobody reads.',
    compensatingControl: 'Validated into the locked archive, where investigators query it; guardrails keep it running.',
    expires: '2027-10-31',
  },
  {
    rule: 'W3010',
    kind: IsolatedVpc,
    matches: ({ network }) => network.availabilityZones.length,
    owner: 'platform',
    reason: 'Availability zones are named in the configuration, so that synthesis asks no account and gives the same templates everywhere.',
    compensatingControl: 'The schema refuses zones of another Region; `safe-harbor prepare` checks that they exist.',
    expires: '2027-10-31',
  },
]
