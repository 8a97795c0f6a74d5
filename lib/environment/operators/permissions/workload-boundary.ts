import { keyAlias } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'

const within = 'A boundary grants nothing: which resource is meant stands in the policy of each role.'

/**
 * The most that a role made by the pipeline may do: run a function, read and write stores through its own policy, back up and restore. Whoever takes the
 * pipeline over can make a role, but none that makes identities, administers keys, opens the vault, stops detection or removes a copy.
 */
export const workloadBoundaryPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  ...Object.entries(allowed).map(
    ([sid, services]): Permission => ({
      sid,
      actions: Object.entries(services).flatMap(([service, names]) => names.split(' ').map((name) => `${service}:${name}` as const)),
      resources: [{ matching: '*', because: within }],
    }),
  ),
  {
    sid: 'NobodyOfThePipelinesMakingOpensTheVault',
    effect: 'Deny',
    actions: ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:CreateGrant'],
    resources: ['*'],
    conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [keyAlias(config, 'vault')] } },
  },
  ...Object.entries(denied).map(([sid, actions]): Permission => ({ sid, effect: 'Deny', actions, resources: ['*'] })),
]

const allowed = {
  RunAsAFunction: {
    ec2: 'AssignPrivateIpAddresses CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DescribeSubnets DescribeSecurityGroups UnassignPrivateIpAddresses',
    logs: 'CreateLogGroup CreateLogStream DescribeLogGroups DescribeLogStreams FilterLogEvents GetLogEvents PutLogEvents',
    xray: 'PutTelemetryRecords PutTraceSegments',
    cloudwatch: 'GetMetricData PutMetricData',
    sqs: 'ChangeMessageVisibility DeleteMessage GetQueueAttributes ReceiveMessage SendMessage',
    sns: 'Publish',
    events: 'PutEvents',
    lambda: 'InvokeFunction',
    'sms-voice': 'SendTextMessage SendVoiceMessage',
  },
  UseStores: {
    dynamodb:
      'BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem DescribeStream DescribeTable DescribeContinuousBackups GetItem GetRecords GetShardIterator ListStreams ListTables PutItem Query Scan UpdateItem',
    s3: 'AbortMultipartUpload DeleteObject DeleteObjectVersion GetBucketAcl GetBucketLocation GetBucketNotification GetBucketOwnershipControls GetBucketTagging GetBucketVersioning GetInventoryConfiguration GetObject GetObjectAcl GetObjectTagging GetObjectVersion GetObjectVersionAcl GetObjectVersionTagging ListAllMyBuckets ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts ListTagsForResource PutBucketNotification PutInventoryConfiguration PutObject PutObjectTagging PutObjectVersionTagging',
    kms: 'CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext',
  },
  BackUpAndRestore: {
    backup:
      'CopyFromBackupVault CopyIntoBackupVault DescribeBackupJob DescribeBackupVault DescribeRecoveryPoint DescribeRestoreJob GetRecoveryPointRestoreMetadata ListBackupJobs ListCopyJobs ListRecoveryPointsByBackupVault ListRecoveryPointsByResource ListRestoreJobs ListTags PutRestoreValidationResult StartCopyJob TagResource',
    dynamodb:
      'CreateBackup CreateTable DeleteTable DescribeBackup ListTagsOfResource RestoreTableFromAwsBackup RestoreTableFromBackup StartAwsBackupJob TagResource UntagResource',
    s3: 'CreateBucket DeleteBucket PutBucketOwnershipControls PutBucketVersioning PutEncryptionConfiguration',
    events: 'DeleteRule DescribeRule DisableRule EnableRule ListRules ListTargetsByRule PutRule PutTargets RemoveTargets',
    tag: 'GetResources',
  },
  LookAtControls: {
    cloudtrail: 'DescribeTrails GetEventSelectors GetTrailStatus',
    config: 'DescribeConfigurationRecorderStatus DescribeConfigRules PutEvaluations',
    guardduty: 'GetDetector ListDetectors',
    securityhub: 'DescribeHub GetFindings',
    sts: 'GetCallerIdentity',
  },
} as const satisfies Record<string, Record<string, string>>

// Denied aloud, although not allowed above, so that a resource policy that names a session cannot let it through either.
const denied = {
  NobodyMakesIdentities: ['iam:*', 'organizations:*', 'account:*', 'sso:*', 'identitystore:*'],
  NobodyAdministersKeys: [
    'kms:CreateKey',
    'kms:DeleteAlias',
    'kms:DisableKey*',
    'kms:PutKeyPolicy',
    'kms:ReplicateKey',
    'kms:RetireGrant',
    'kms:RevokeGrant',
    'kms:ScheduleKeyDeletion',
    'kms:UpdateAlias',
    'kms:UpdatePrimaryRegion',
  ],
  NobodyStopsDetection: [
    'access-analyzer:Delete*',
    'cloudtrail:DeleteTrail',
    'cloudtrail:PutEventSelectors',
    'cloudtrail:StopLogging',
    'cloudtrail:UpdateTrail',
    'config:Delete*',
    'config:StopConfigurationRecorder',
    'guardduty:Delete*',
    'guardduty:UpdateDetector',
    'macie2:Disable*',
    'securityhub:Disable*',
    'securityhub:BatchDisableStandards',
  ],
  NobodyRemovesCopiesOrLocks: [
    'backup:Delete*',
    'backup:PutBackupVaultLockConfiguration',
    'backup:PutBackupVaultAccessPolicy',
    'backup:UpdateRecoveryPointLifecycle',
    'backup:DisassociateRecoveryPoint*',
    'dynamodb:DeleteBackup',
    'dynamodb:*ResourcePolicy',
    's3:BypassGovernanceRetention',
    's3:DeleteBucketPolicy',
    's3:PutBucketObjectLockConfiguration',
    's3:PutBucketPolicy',
    's3:PutBucketPublicAccessBlock',
    's3:PutAccountPublicAccessBlock',
    's3:PutLifecycleConfiguration',
    's3:PutObjectLegalHold',
    's3:PutObjectRetention',
  ],
} as const satisfies Record<string, readonly `${string}:${string}`[]>
