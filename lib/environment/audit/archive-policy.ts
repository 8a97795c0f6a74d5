import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { cloudFormationRoleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { allowOn, denyOn } from '../constructs/resource-statements.ts'
import {
  archivePrefixes,
  auditBucketArn,
  checkpointRoleArn,
  investigatorArn,
  logDeliveryArns,
  trailAccounts,
  trailArns,
} from './archive-layout.ts'

/** What nobody but CloudFormation of the foundation path may change about the archive. The account's root user can still mend this policy. */
const bucketChanges = [
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:PutBucketAcl',
  's3:PutBucketLogging',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
  's3:PutReplicationConfiguration',
]

/** Who writes into the archive, who reads it, and what nobody does. */
export function archivePolicy(config: EnvironmentConfig): PolicyStatement[] {
  const bucket = auditBucketArn(config, 'archive')
  const { workload, audit } = config.accounts
  const { trail, flows, queries, ledger } = archivePrefixes
  return [
    // AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
    allowOn('TrailsCheckTheArchive', { Service: 'cloudtrail.amazonaws.com' }, ['s3:GetBucketAcl'], bucket, {
      StringEquals: { 'aws:SourceArn': trailArns(config) },
    }),
    allowOn(
      'TrailsAreDelivered',
      { Service: 'cloudtrail.amazonaws.com' },
      ['s3:PutObject'],
      trailAccounts(config).map((account) => `${bucket}/${trail}/AWSLogs/${account}/*`),
      {
        StringEquals: { 'aws:SourceArn': trailArns(config), 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    ),
    // Amazon VPC User Guide, "Amazon S3 bucket permissions for flow logs"; Amazon CloudWatch Logs User Guide, "Logs sent to Amazon S3".
    allowOn('LogDeliveryChecksTheArchive', { Service: 'delivery.logs.amazonaws.com' }, ['s3:GetBucketAcl', 's3:ListBucket'], bucket, {
      StringEquals: { 'aws:SourceAccount': workload },
      ArnLike: { 'aws:SourceArn': logDeliveryArns(config) },
    }),
    allowOn(
      'NetworkLogsAreDelivered',
      { Service: 'delivery.logs.amazonaws.com' },
      ['s3:PutObject'],
      [`${bucket}/${flows}/AWSLogs/aws-account-id=${workload}/*`, `${bucket}/${queries}/AWSLogs/${workload}/*`],
      {
        StringEquals: { 'aws:SourceAccount': workload },
        ArnLike: { 'aws:SourceArn': logDeliveryArns(config) },
        // Access control lists are off here, and whether log delivery still sends one is not documented.
        StringEqualsIfExists: { 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    ),
    allowOn('LedgerCheckpointsAreWritten', { AWS: `arn:aws:iam::${workload}:root` }, ['s3:PutObject'], `${bucket}/${ledger}/*`, {
      ArnEquals: { 'aws:PrincipalArn': checkpointRoleArn(config) },
    }),
    ...readBy(investigatorArn(config), bucket),
    denyOn(
      'NobodyForgesTrailOrLogs',
      ['s3:PutObject', 's3:ReplicateObject'],
      [trail, flows, queries].map((prefix) => `${bucket}/${prefix}/*`),
      {
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
      },
    ),
    denyOn('NobodyForgesCheckpoints', ['s3:PutObject', 's3:ReplicateObject'], `${bucket}/${ledger}/*`, {
      ArnNotEquals: { 'aws:PrincipalArn': checkpointRoleArn(config) },
    }),
    // Expiry by the lifecycle rule is no request and stays possible.
    denyOn('NobodyRemovesEvidence', ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ReplicateDelete'], `${bucket}/*`),
    denyOn('NobodyShortensRetention', ['s3:BypassGovernanceRetention', 's3:PutObjectRetention'], `${bucket}/*`),
    denyOn('OnlyTheFoundationChangesTheArchive', bucketChanges, bucket, {
      ArnNotEquals: { 'aws:PrincipalArn': cloudFormationRoleArn(audit, config.regions.primary, 'foundation') },
    }),
  ]
}

/** Lets one role read a bucket, every version of every object. */
export const readBy = (reader: string, bucketArn: string): PolicyStatement[] => [
  allowOn('InvestigatorReads', { AWS: reader }, ['s3:GetObject', 's3:GetObjectVersion'], `${bucketArn}/*`),
  allowOn('InvestigatorLists', { AWS: reader }, ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketVersions'], bucketArn),
]

/** Lets one role keep query results in a bucket (Amazon Athena User Guide, "Control access to Amazon S3 from Athena"). */
export const resultsKeptBy = (writer: string, bucketArn: string): PolicyStatement[] => [
  allowOn(
    'InvestigatorKeepsResults',
    { AWS: writer },
    ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
    `${bucketArn}/*`,
  ),
  allowOn('InvestigatorListsUploads', { AWS: writer }, ['s3:ListBucketMultipartUploads'], bucketArn),
]

/** Lets AWS Config of the workload account deliver (AWS Config Developer Guide, "Permissions for the Amazon S3 Bucket"). */
export function configurationPolicy(config: EnvironmentConfig): PolicyStatement[] {
  const bucket = auditBucketArn(config, 'config')
  const { workload } = config.accounts
  const service = { Service: 'config.amazonaws.com' }
  return [
    allowOn('ConfigChecksTheBucket', service, ['s3:GetBucketAcl', 's3:ListBucket'], bucket, {
      StringEquals: { 'aws:SourceAccount': workload },
    }),
    allowOn('ConfigDelivers', service, ['s3:PutObject'], `${bucket}/AWSLogs/${workload}/Config/*`, {
      StringEquals: { 'aws:SourceAccount': workload, 's3:x-amz-acl': 'bucket-owner-full-control' },
    }),
  ]
}

/**
 * Lets S3 write the server access logs of this environment's buckets into their target
 * (Amazon S3 User Guide, "Enabling Amazon S3 server access logging").
 *
 * @param account that the buckets and their target stand in
 * @param sources name of the buckets whose accesses are logged, with wildcards
 */
export const accessLogPolicy = (bucketArn: string, account: string, sources: string): PolicyStatement =>
  allowOn('AccessesAreLogged', { Service: 'logging.s3.amazonaws.com' }, ['s3:PutObject'], `${bucketArn}/*`, {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${sources}` },
  })
