import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { bucketName, keyAlias, nameOf, tableArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { LeastPolicy, type Permission } from '../constructs/least-policy.ts'
import type { KeyArns } from '../keys-stack.ts'
import { copyTargets, regionOf, vaultArn, vaults } from './vaults.ts'

/** Tables that are backed up. */
const backedUpTables = ['records', 'wrapped-keys', 'ledger', 'routing'] as const

/**
 * The role AWS Backup makes and copies recovery points with. It may what AWS's own policies for it may (AWS Managed Policy Reference,
 * AWSBackupServiceRolePolicyForBackup and AWSBackupServiceRolePolicyForS3Backup), for tables and buckets only, and for ours only.
 */
export function backupRole(scope: Construct, id: string, config: EnvironmentConfig, keys: KeyArns): Role {
  return new Role(scope, id, {
    roleName: nameOf(config, 'backup'),
    description: 'AWS Backup makes and copies recovery points with it.',
    // AWS Backup documents no source account for its roles; that no other account's plan uses this one, passing a role sees to.
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: [
      new LeastPolicy(scope, `${id}Policy`, {
        name: nameOf(config, 'backup'),
        description: 'Back up the tables and the attachment bucket, and copy recovery points to the vaults of this environment.',
        permissions: [...ofTables(config, keys), ...ofAttachments(config, keys), ...ofVaults(config)],
      }),
    ],
  })
}

const ofTables = (config: EnvironmentConfig, keys: KeyArns): Permission[] => [
  {
    sid: 'BackUpTables',
    actions: ['dynamodb:DescribeTable', 'dynamodb:CreateBackup', 'dynamodb:StartAwsBackupJob', 'dynamodb:ListTagsOfResource'],
    resources: backedUpTables.map((table) => tableArn(config, table)),
  },
  { sid: 'DescribeStoreKeys', actions: ['kms:DescribeKey'], resources: [keys.storage, keys.routing] },
  {
    sid: 'ReadTablesUnderTheirKeys',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [keys.storage, keys.routing],
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${config.regions.primary}.amazonaws.com` } },
  },
]

function ofAttachments(config: EnvironmentConfig, keys: KeyArns): Permission[] {
  const { primary } = config.regions
  const bucket = `arn:aws:s3:::${bucketName(config, 'attachments', 'workload')}`
  return [
    {
      sid: 'WatchTheBucket',
      actions: [
        's3:GetBucketAcl',
        's3:GetBucketLocation',
        's3:GetBucketNotification',
        's3:GetBucketTagging',
        's3:GetBucketVersioning',
        's3:GetInventoryConfiguration',
        's3:ListBucket',
        's3:ListBucketVersions',
        's3:ListTagsForResource',
        's3:PutBucketNotification',
        's3:PutInventoryConfiguration',
      ],
      resources: [bucket],
    },
    {
      sid: 'ReadObjects',
      actions: [
        's3:GetObject',
        's3:GetObjectAcl',
        's3:GetObjectTagging',
        's3:GetObjectVersion',
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionTagging',
      ],
      resources: [{ matching: `${bucket}/*`, because: 'The objects of the one bucket that is backed up.' }],
    },
    {
      sid: 'ReadObjectsUnderTheirKey',
      actions: ['kms:Decrypt'],
      resources: [keys.storage],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${primary}.amazonaws.com` } },
    },
    {
      sid: 'HearOfNewObjects',
      actions: [
        'events:DeleteRule',
        'events:DescribeRule',
        'events:DisableRule',
        'events:EnableRule',
        'events:ListTargetsByRule',
        'events:PutRule',
        'events:PutTargets',
        'events:RemoveTargets',
      ],
      resources: [
        {
          matching: `arn:aws:events:${primary}:${config.accounts.workload}:rule/AwsBackupManagedRule*`,
          because:
            'AWS Backup names its own rules, with this prefix (AWS Managed Policy Reference, AWSBackupServiceRolePolicyForS3Backup).',
        },
      ],
    },
    {
      sid: 'ListWhatHasNoResource',
      actions: ['cloudwatch:GetMetricData', 'events:ListRules', 's3:ListAllMyBuckets', 'tag:GetResources'],
      resources: [
        { matching: '*', because: 'These list actions take no resource (Service Authorization Reference). They return names and sizes.' },
      ],
    },
  ]
}

function ofVaults(config: EnvironmentConfig): Permission[] {
  const { primary } = config.regions
  const { workload } = config.accounts
  const targets = copyTargets(config)
  const targetArns = targets.map((vault) => vaultArn(config, vault))
  const keysIn = [
    ...new Set(
      ['vault' as const, ...targets].map((vault) => `arn:aws:kms:${regionOf(config, vault)}:${config.accounts[vaults[vault].duty]}:key/*`),
    ),
  ]
  const keyIds = keysIn.map((matching) => ({
    matching,
    because: 'The ids of keys of other accounts and Regions are not known here; the condition names their aliases.',
  }))
  return [
    {
      sid: 'FillVaults',
      actions: ['backup:DescribeBackupVault', 'backup:CopyIntoBackupVault'],
      resources: [vaultArn(config, 'vault'), ...targetArns],
    },
    {
      sid: 'CopyToOurVaultsOnly',
      actions: ['backup:CopyFromBackupVault'],
      resources: [{ matching: '*', because: 'The recovery point does not exist yet; the condition names where it may be copied to.' }],
      conditions: { 'ForAllValues:ArnEquals': { 'backup:CopyTargets': targetArns }, Null: { 'backup:CopyTargets': 'false' } },
    },
    {
      sid: 'TagRecoveryPoints',
      actions: ['backup:TagResource'],
      resources: [
        {
          matching: `arn:aws:backup:${primary}:${workload}:recovery-point:*`,
          because: 'Recovery points get their ids when they are made.',
        },
      ],
    },
    {
      // "alias/aws/backup": a copy to another Region describes AWS's own key too (AWS Backup Developer Guide, "Encryption for backups").
      sid: 'DescribeVaultKeys',
      actions: ['kms:DescribeKey'],
      resources: keyIds,
      conditions: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [keyAlias(config, 'backup'), keyAlias(config, 'copies'), 'alias/aws/backup'] },
      },
    },
    {
      sid: 'LetBackupUseVaultKeys',
      actions: ['kms:CreateGrant'],
      resources: keyIds,
      conditions: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [keyAlias(config, 'backup'), keyAlias(config, 'copies')] },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    },
  ]
}
