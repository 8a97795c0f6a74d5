import { isTrue, type ValueMap } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { isCustomerKey, isGiven, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { inBackupPlan } from './backup-coverage.ts'
import { isWord, someEntry } from './entries.ts'
import { unlessLogTarget } from './s3-log-target.ts'
import { atRest, backup, monitoring } from './safeguards.ts'

const type = 'AWS::S3::Bucket'
const integrity = ['164.312(c)(1)', '164.312(c)(2)'] as const
const rule = 'BucketEncryption.ServerSideEncryptionConfiguration.*'
const encrypted = (byDefault: Readonly<Record<string, unknown>>, beside: Readonly<Record<string, unknown>> = {}) => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault, ...beside }] },
})
const key = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555'
const lifecycle = (part: Readonly<Record<string, unknown>>) => ({ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ...part }] } })
const versioned = { VersioningConfiguration: { Status: 'Enabled' } }
const replicated = (Status: string) => ({
  ...versioned,
  ReplicationConfiguration: {
    Role: 'arn:aws:iam::111122223333:role/replication',
    Rules: [{ Status, Prefix: '', Destination: { Bucket: 'arn:aws:s3:::other-region' } }],
  },
})
const locked = (DefaultRetention?: Readonly<Record<string, unknown>>) => ({
  ObjectLockEnabled: true,
  ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', ...(DefaultRetention !== undefined && { Rule: { DefaultRetention } }) },
})

// A rule without a status is refused; whoever leaves it out means it to work.
const isEnabled = (rule: ValueMap): boolean | undefined => not(isWord(rule['Status'], 'Disabled'))
const not = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer)

const lock = propertyControls([
  {
    id: 's3-bucket-object-lock',
    title: 'S3 buckets can lock versions of their objects against deletion',
    topic: 'backup-recovery',
    severity: 'medium',
    citations: integrity,
    why: 'Versions alone do not stop somebody with administrator rights from deleting every version. Object Lock does, and it is simplest to turn on when the bucket is made.',
    remedy: 'Set ObjectLockEnabled to true.',
    type,
    path: 'ObjectLockEnabled',
    expect: isOn,
    absent: 'fails',
    sensitiveOnly: true,
    passing: { ObjectLockEnabled: true },
    failing: {},
  },
  {
    id: 's3-bucket-object-lock-default-retention',
    title: 'S3 buckets with Object Lock lock each new object by default',
    topic: 'backup-recovery',
    severity: 'low',
    citations: integrity,
    why: 'Object Lock without a default period protects only those objects whose writer asked for it.',
    remedy: 'Set ObjectLockConfiguration.Rule.DefaultRetention with a mode and a period.',
    type,
    path: 'ObjectLockConfiguration.Rule.DefaultRetention.Mode',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'ObjectLockEnabled', expect: isOn },
    passing: locked({ Mode: 'COMPLIANCE', Days: 30 }),
    failing: locked(),
  },
  {
    id: 's3-bucket-object-lock-compliance-mode',
    title: 'S3 Object Lock holds against administrators too',
    topic: 'backup-recovery',
    severity: 'low',
    citations: integrity,
    why: 'In governance mode whoever holds s3:BypassGovernanceRetention deletes locked versions, and so does an attacker with administrator rights.',
    remedy: 'Set ObjectLockConfiguration.Rule.DefaultRetention.Mode to COMPLIANCE.',
    type,
    path: 'ObjectLockConfiguration.Rule.DefaultRetention.Mode',
    expect: isOneOf('COMPLIANCE'),
    absent: 'does not apply',
    passing: locked({ Mode: 'COMPLIANCE', Days: 30 }),
    failing: locked({ Mode: 'GOVERNANCE', Days: 30 }),
  },
])

const encryption = propertyControls([
  {
    id: 's3-bucket-kms-encryption',
    title: 'S3 buckets encrypt new objects under a KMS key by default',
    topic: 'encryption-at-rest',
    severity: 'medium',
    citations: atRest.citations,
    why: 'With the encryption of S3 alone, whoever may read the object may read its content. A KMS key is a second door with a policy and a log of its own.',
    remedy: 'Set SSEAlgorithm of BucketEncryption to aws:kms.',
    type,
    path: `${rule}.ServerSideEncryptionByDefault.SSEAlgorithm`,
    expect: isOneOf('aws:kms', 'aws:kms:dsse'),
    absent: 'fails',
    passing: encrypted({ SSEAlgorithm: 'aws:kms' }),
    failing: encrypted({ SSEAlgorithm: 'AES256' }),
  },
  {
    id: 's3-bucket-customer-key',
    title: 'S3 buckets encrypt under a key that the customer manages',
    topic: 'encryption-at-rest',
    severity: 'medium',
    citations: atRest.citations,
    why: 'The policy of a key that AWS manages cannot be narrowed, and the key cannot be disabled when data must be cut off at once.',
    remedy: 'Set KMSMasterKeyID of BucketEncryption to a KMS key of your own.',
    type,
    path: `${rule}.ServerSideEncryptionByDefault.KMSMasterKeyID`,
    expect: isCustomerKey,
    absent: 'fails',
    sensitiveOnly: true,
    passing: encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key }),
    failing: encrypted({ SSEAlgorithm: 'aws:kms' }),
  },
])

const rows = propertyControls([
  {
    id: 's3-bucket-encryption-written',
    title: 'S3 buckets say in the template how new objects are encrypted',
    topic: 'encryption-at-rest',
    severity: 'medium',
    citations: [...atRest.citations, '164.312(c)(2)'],
    why: 'S3 encrypts every new object since January 2023, but only what is written down can be reviewed, and is put back when somebody changes it.',
    remedy: 'Set BucketEncryption with an SSEAlgorithm.',
    type,
    path: `${rule}.ServerSideEncryptionByDefault.SSEAlgorithm`,
    expect: isOneOf('AES256', 'aws:kms', 'aws:kms:dsse'),
    absent: 'fails',
    passing: encrypted({ SSEAlgorithm: 'AES256' }),
    failing: {},
  },
  {
    id: 's3-bucket-bucket-key',
    title: 'S3 buckets under a KMS key use a bucket key',
    topic: 'other',
    severity: 'low',
    citations: [],
    why: 'Without a bucket key each object costs a request to KMS: a busy bucket meets the request quota of KMS and everything under that key slows down.',
    remedy: 'Set BucketKeyEnabled to true beside ServerSideEncryptionByDefault.',
    type,
    path: `${rule}.BucketKeyEnabled`,
    expect: isOn,
    absent: 'fails',
    when: { path: `${rule}.ServerSideEncryptionByDefault.SSEAlgorithm`, expect: isOneOf('aws:kms') },
    passing: encrypted({ SSEAlgorithm: 'aws:kms' }, { BucketKeyEnabled: true }),
    failing: encrypted({ SSEAlgorithm: 'aws:kms' }),
  },
  {
    id: 's3-bucket-versioning',
    title: 'S3 buckets keep versions of their objects',
    topic: 'backup-recovery',
    severity: 'medium',
    citations: [...backup.citations, ...integrity],
    why: 'Without versions, what is overwritten or deleted, by mistake or by ransomware, is gone.',
    remedy: 'Set VersioningConfiguration.Status to Enabled.',
    type,
    path: 'VersioningConfiguration.Status',
    expect: isOneOf('Enabled'),
    absent: 'fails',
    sensitiveOnly: true,
    // Object Lock turns versions on by itself ("Object Lock considerations", Amazon S3 User Guide).
    when: { path: 'ObjectLockEnabled', expect: (value) => !isTrue(value), absent: 'applies' },
    passing: versioned,
    failing: {},
  },
  {
    id: 's3-bucket-replication',
    title: 'S3 buckets replicate their objects to another bucket',
    topic: 'backup-recovery',
    severity: 'low',
    citations: backup.citations,
    why: 'A copy in a second bucket, best in another Region and account, survives the loss of the first with all its versions.',
    remedy: 'Set ReplicationConfiguration with an enabled rule.',
    type,
    path: 'ReplicationConfiguration.Rules',
    expect: someEntry(isEnabled),
    absent: 'fails',
    sensitiveOnly: true,
    passing: replicated('Enabled'),
    failing: replicated('Disabled'),
  },
  {
    id: 's3-bucket-replica-customer-key',
    title: 'S3 replication encrypts copies under a key that the customer manages',
    topic: 'encryption-at-rest',
    severity: 'low',
    citations: atRest.citations,
    why: 'A copy under a key of AWS undoes what the key of the source protects.',
    remedy: 'Set ReplicaKmsKeyID of the destination to a KMS key of your own.',
    type,
    path: 'ReplicationConfiguration.Rules.*.Destination.EncryptionConfiguration.ReplicaKmsKeyID',
    expect: isCustomerKey,
    absent: 'does not apply',
    passing: replicatedUnder(key),
    failing: replicatedUnder('arn:aws:kms:us-west-2:111122223333:alias/aws/s3'),
  },
  {
    id: 's3-bucket-lifecycle',
    title: 'S3 buckets have a lifecycle rule',
    topic: 'other',
    severity: 'low',
    citations: ['164.310(d)(2)(i)'],
    why: 'Without rules, data that nobody needs any more stays, and with it the harm that its loss would do.',
    remedy: 'Set LifecycleConfiguration with an enabled rule.',
    type,
    path: 'LifecycleConfiguration.Rules',
    expect: someEntry(isEnabled),
    absent: 'fails',
    passing: lifecycle({ ExpirationInDays: 365 }),
    failing: {},
  },
  {
    id: 's3-bucket-noncurrent-versions-expire',
    title: 'S3 buckets that keep versions say what becomes of old ones',
    topic: 'other',
    severity: 'low',
    citations: ['164.310(d)(2)(i)'],
    why: 'Old versions hold data that was deleted on purpose. Without a rule they stay for ever.',
    remedy: 'Give a lifecycle rule a NoncurrentVersionExpiration or a NoncurrentVersionTransition.',
    type,
    path: 'LifecycleConfiguration.Rules',
    expect: someEntry((entry) => Object.keys(entry).some((name) => name.startsWith('NoncurrentVersion'))),
    absent: 'fails',
    when: { path: 'VersioningConfiguration.Status', expect: isOneOf('Enabled') },
    passing: { ...versioned, ...lifecycle({ NoncurrentVersionExpiration: { NoncurrentDays: 90 } }) },
    failing: versioned,
  },
  {
    id: 's3-bucket-incomplete-uploads-end',
    title: 'S3 buckets remove the parts of uploads that never ended',
    topic: 'other',
    severity: 'low',
    citations: [],
    why: 'Parts of a broken upload stay in the bucket, are listed nowhere and are paid for.',
    remedy: 'Give a lifecycle rule AbortIncompleteMultipartUpload.DaysAfterInitiation.',
    type,
    path: 'LifecycleConfiguration.Rules',
    expect: someEntry((entry) => entry['AbortIncompleteMultipartUpload'] !== undefined),
    absent: 'fails',
    passing: lifecycle({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }),
    failing: {},
  },
  {
    id: 's3-bucket-event-notifications',
    title: 'S3 buckets tell of what happens to their objects',
    topic: 'logging-audit',
    severity: 'low',
    citations: monitoring.citations,
    why: 'Without events nothing notices at once that objects vanish or appear where none should.',
    remedy: 'Set NotificationConfiguration, such as EventBridgeConfiguration.EventBridgeEnabled.',
    type,
    path: 'NotificationConfiguration',
    expect: isGiven,
    absent: 'fails',
    passing: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
    failing: {},
  },
])

function replicatedUnder(ReplicaKmsKeyID: string) {
  const Destination = { Bucket: 'arn:aws:s3:::other-region', EncryptionConfiguration: { ReplicaKmsKeyID } }
  const SourceSelectionCriteria = { SseKmsEncryptedObjects: { Status: 'Enabled' } }
  const Rules = [{ Status: 'Enabled', Prefix: '', SourceSelectionCriteria, Destination }]
  return { ...versioned, ReplicationConfiguration: { Role: 'arn:aws:iam::111122223333:role/replication', Rules } }
}

const inPlan: ResourceControl = {
  ...inBackupPlan({ id: 's3-bucket-in-backup-plan', title: 'S3 buckets are in a plan of AWS Backup', type, properties: versioned }),
  // Versions and replication are other ways to the same end.
  severity: 'low',
}

/** Controls on what S3 buckets hold: encryption, versions, copies. S3 refuses KMS keys and Object Lock for some buckets of logs. */
export const s3BucketControls: readonly ResourceControl[] = [
  ...rows,
  inPlan,
  ...encryption.map(unlessLogTarget),
  ...lock.map(unlessLogTarget),
]
