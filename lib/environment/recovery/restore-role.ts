import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { restoredNamePrefix } from '../../../lambda/recovery/restore-test/env.ts'
import { nameOf, tableArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { LeastPolicy, type Permission } from '../constructs/least-policy.ts'
import type { KeyArns } from '../keys-stack.ts'

/** Tables that a restore test restores. */
export const testedTables = ['records', 'wrapped-keys', 'ledger'] as const

/** ARN that matches every table of a restore test. */
export const restoredTables = ({ regions, accounts }: EnvironmentConfig): string =>
  `arn:aws:dynamodb:${regions.primary}:${accounts.workload}:table/${restoredNamePrefix}*`

/**
 * The role AWS Backup restores with when it tests. It writes only to what carries the prefix of a restore test: not to the stores, and not
 * where people would take the copy for the original (AWS Managed Policy Reference, AWSBackupServiceRolePolicyForRestores and ...ForS3Restore).
 */
export function restoreRole(scope: Construct, id: string, config: EnvironmentConfig, keys: KeyArns): Role {
  return new Role(scope, id, {
    roleName: nameOf(config, 'restore'),
    description: 'AWS Backup restores with it what a restore test judges and deletes.',
    // AWS Backup documents no source account for its roles; that no other account's plan uses this one, passing a role sees to.
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: [
      new LeastPolicy(scope, `${id}Policy`, {
        name: nameOf(config, 'restore'),
        description: 'Restore tables and buckets under the names of restore tests, and no others.',
        permissions: [...ofTables(config), ...ofBuckets(), ...ofKeys(config, keys)],
      }),
    ],
  })
}

const because = 'AWS Backup gives what it restores for a test a random name with this prefix.'

const ofTables = (config: EnvironmentConfig): Permission[] => [
  {
    // A restore never writes to a table that exists, so naming the sources lets nothing be overwritten.
    sid: 'RestoreTables',
    actions: ['dynamodb:RestoreTableFromAwsBackup'],
    resources: [{ matching: restoredTables(config), because }, ...testedTables.map((table) => tableArn(config, table))],
  },
  {
    sid: 'FillRestoredTables',
    actions: [
      'dynamodb:BatchWriteItem',
      'dynamodb:DeleteItem',
      'dynamodb:DescribeTable',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:UpdateItem',
    ],
    resources: [{ matching: restoredTables(config), because }],
  },
]

const ofBuckets = (): Permission[] => [
  {
    sid: 'MakeRestoredBuckets',
    actions: [
      's3:CreateBucket',
      's3:GetBucketLocation',
      's3:GetBucketOwnershipControls',
      's3:GetBucketVersioning',
      's3:ListBucket',
      's3:ListBucketVersions',
      's3:PutBucketOwnershipControls',
      's3:PutBucketVersioning',
    ],
    resources: [{ matching: `arn:aws:s3:::${restoredNamePrefix}*`, because }],
  },
  {
    sid: 'FillRestoredBuckets',
    actions: [
      's3:DeleteObject',
      's3:GetObject',
      's3:GetObjectAcl',
      's3:GetObjectTagging',
      's3:GetObjectVersion',
      's3:GetObjectVersionAcl',
      's3:ListMultipartUploadParts',
      's3:PutObject',
      's3:PutObjectTagging',
    ],
    resources: [{ matching: `arn:aws:s3:::${restoredNamePrefix}*/*`, because }],
  },
]

// The vault key is not among these: what is restored stays sealed.
function ofKeys({ regions }: EnvironmentConfig, keys: KeyArns): Permission[] {
  const through = (...services: string[]) => ({
    StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${regions.primary}.amazonaws.com`) },
  })
  return [
    { sid: 'DescribeKeys', actions: ['kms:DescribeKey'], resources: [keys.storage, keys.backup] },
    {
      sid: 'EncryptWhatIsRestored',
      actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
      resources: [keys.storage],
      conditions: through('dynamodb', 's3'),
    },
    {
      sid: 'DecryptRecoveryPoints',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [keys.backup],
      conditions: through('backup', 'dynamodb', 's3'),
    },
    {
      sid: 'LetServicesUseTheKeys',
      actions: ['kms:CreateGrant'],
      resources: [keys.storage, keys.backup],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ]
}
