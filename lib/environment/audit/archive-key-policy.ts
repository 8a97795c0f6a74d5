import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { cloudFormationRoleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { allow, deny } from '../constructs/resource-statements.ts'
import { sealingOpeningAndMoving } from '../keys/actions.ts'
import { auditBucketArn, checkpointRoleArn, investigatorArn, logDeliveryArns, trailArns } from './archive-layout.ts'

/**
 * Use of the archive's key. Services that deliver evidence encrypt with it; of all people, only the investigator decrypts, and only what S3
 * hands out. Nobody of the workload account decrypts, and nobody is given a grant.
 */
export function archiveKeyUsage(config: EnvironmentConfig): PolicyStatement[] {
  const { primary } = config.regions
  const { workload, recovery } = config.accounts
  const beside = [...new Set([workload, recovery])]
  const throughS3 = { 'kms:ViaService': `s3.${primary}.amazonaws.com` }
  return [...trailUsage(config), ...deliveryUsage(config), ...investigatorUsage(config, throughS3)].concat([
    allow('LedgerCheckpointsAreSealedThroughS3', { AWS: `arn:aws:iam::${workload}:root` }, ['kms:GenerateDataKey'], {
      StringEquals: throughS3,
      StringLike: objectsOf(auditBucketArn(config, 'archive')),
      ArnEquals: { 'aws:PrincipalArn': checkpointRoleArn(config) },
    }),
    // CloudFormation of another account names the key by its alias when it makes that account's trail.
    allow('TrailDeploymentsLookTheKeyUp', { AWS: beside.map((account) => `arn:aws:iam::${account}:root`) }, ['kms:DescribeKey'], {
      ArnEquals: { 'aws:PrincipalArn': beside.map((account) => cloudFormationRoleArn(account, primary, 'foundation')) },
    }),
    deny('NobodyByGrant', ['kms:CreateGrant']),
  ])
}

// "kms:Decrypt permissions are required to create or update a trail" where the bucket has a bucket key (AWS CloudTrail User Guide,
// "Configure AWS KMS key policies for CloudTrail"). S3 may leave CloudTrail's context out of the bucket key's own calls, hence IfExists;
// another trail's context is refused all the same.
const trailUsage = (config: EnvironmentConfig): PolicyStatement[] => [
  allow(
    'TrailsAreEncrypted',
    { Service: 'cloudtrail.amazonaws.com' },
    ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:Decrypt'],
    {
      StringEquals: { 'aws:SourceArn': trailArns(config) },
      StringEqualsIfExists: { 'kms:EncryptionContext:aws:cloudtrail:arn': trailArns(config) },
    },
  ),
  allow('TrailsDescribeTheKey', { Service: 'cloudtrail.amazonaws.com' }, ['kms:DescribeKey'], {
    StringEquals: { 'aws:SourceArn': trailArns(config) },
  }),
]

// Amazon CloudWatch Logs User Guide, "Logs sent to Amazon S3", server-side encryption; AWS Config Developer Guide, "Permissions for the KMS Key".
const deliveryUsage = (config: EnvironmentConfig): PolicyStatement[] => [
  allow('LogsAreEncrypted', { Service: 'delivery.logs.amazonaws.com' }, [...sealingOpeningAndMoving, 'kms:DescribeKey'], {
    StringEquals: { 'aws:SourceAccount': config.accounts.workload },
    ArnLike: { 'aws:SourceArn': logDeliveryArns(config) },
  }),
  allow('ConfigurationHistoryIsEncrypted', { Service: 'config.amazonaws.com' }, ['kms:Decrypt', 'kms:GenerateDataKey'], {
    StringEquals: { 'aws:SourceAccount': config.accounts.workload },
  }),
]

const investigatorUsage = (config: EnvironmentConfig, throughS3: object): PolicyStatement[] => [
  allow('InvestigatorReadsThroughS3', { AWS: investigatorArn(config) }, ['kms:Decrypt'], { StringEquals: throughS3 }),
  allow('InvestigatorKeepsResultsThroughS3', { AWS: investigatorArn(config) }, ['kms:GenerateDataKey'], {
    StringEquals: throughS3,
    StringLike: objectsOf(auditBucketArn(config, 'results')),
  }),
]

// With a bucket key the context is the bucket, without one the object (Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys").
const objectsOf = (bucketArn: string) => ({ 'kms:EncryptionContext:aws:s3:arn': [bucketArn, `${bucketArn}/*`] })
