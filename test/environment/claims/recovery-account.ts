import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Claim, resourcesOf, type TemplateResource } from './claim.ts'
import { administration, using } from './key-administration.ts'
import { allow, copyKeyUsage, copyVaultStatements, deny, kept, role, vaultLock } from './recovery-resources.ts'
import { expectCounts, expectKept, expectProperties, resourceWith } from './resources.ts'

type Key = 'RecoveryKey' | 'CopiesKey'

function keyOf(template: Parameters<Claim['check']>[0], key: Key): [id: string, resource: TemplateResource] {
  const found = Object.entries(resourcesOf(template, 'AWS::KMS::Key')).find(([id]) => id.startsWith(key))
  if (found === undefined) throw new Error(`no ${key}`)
  return found
}

const descriptions: Record<Key, string> = {
  RecoveryKey: 'Wraps the data key of each patient a second time. The workload account encrypts only; two people here decrypt.',
  CopiesKey: 'Encrypts the copies of recovery points in the recovery account.',
}

const aliases: Record<Key, string> = { RecoveryKey: 'recovery', CopiesKey: 'copies' }

const deployment = ({ accounts, regions }: EnvironmentConfig) =>
  `arn:aws:iam::${accounts.recovery}:role/cdk-shfound-cfn-exec-role-${accounts.recovery}-${regions.primary}`

export const recoveryAccountClaims: readonly Claim[] = [
  {
    stack: 'recovery-account',
    says: 'holds two keys with their aliases, a vault and an air-gapped vault, and nothing else',
    check: (template) =>
      expectCounts(template, {
        'AWS::KMS::Key': 2,
        'AWS::KMS::Alias': 2,
        'AWS::Backup::BackupVault': 1,
        'AWS::Backup::LogicallyAirGappedBackupVault': 1,
      }),
  },
  ...(['RecoveryKey', 'CopiesKey'] as const).map(
    (key): Claim => ({
      stack: 'recovery-account',
      says: `rotates ${key}, keeps it in one Region, and lets exactly these callers administer and use it`,
      check: (template, config) => {
        const [id, resource] = keyOf(template, key)
        const usage = key === 'RecoveryKey' ? recoveryKeyUsage(config) : copyKeyUsage(config, 'recovery')
        expectProperties(
          resource,
          {
            Description: descriptions[key],
            EnableKeyRotation: true,
            PendingWindowInDays: 30,
            MultiRegion: false,
          },
          'KeyPolicy',
          [...administration(config, 'recovery', config.regions.primary), ...usage],
        )
        expectKept(resource, config)
        const AliasName = `alias/safe-harbor-${config.name}-${aliases[key]}`
        expectProperties(resourceWith(template, 'AWS::KMS::Alias', 'AliasName', AliasName), { AliasName, TargetKeyId: { Ref: id } })
      },
    }),
  ),
  {
    stack: 'recovery-account',
    says: 'locks the vault of copies, encrypts it under its own key, and lets only the backup role copy into it',
    check: (template, config) => {
      const vault = resourceWith(template, 'AWS::Backup::BackupVault', 'BackupVaultName', `safe-harbor-${config.name}-copies`)
      expectProperties(
        vault,
        {
          BackupVaultName: `safe-harbor-${config.name}-copies`,
          EncryptionKeyArn: { 'Fn::GetAtt': [keyOf(template, 'CopiesKey')[0], 'Arn'] },
          LockConfiguration: vaultLock(config),
        },
        'AccessPolicy',
        copyVaultStatements(config, deployment(config)),
      )
      expectKept(vault, config, 'patient-data')
    },
  },
  {
    stack: 'recovery-account',
    says: 'keeps an air-gapped vault under a key of AWS Backup, with the bounds its lock needs',
    check: (template, config) => {
      const name = `safe-harbor-${config.name}-air-gapped`
      const vault = resourceWith(template, 'AWS::Backup::LogicallyAirGappedBackupVault', 'BackupVaultName', name)
      // AWS Backup Developer Guide, "Logically air-gapped vault": at least seven days.
      const { MinRetentionDays, MaxRetentionDays } = kept(config)
      expectProperties(
        vault,
        {
          BackupVaultName: name,
          MinRetentionDays: Math.max(7, MinRetentionDays),
          MaxRetentionDays: Math.max(7, MaxRetentionDays),
        },
        'AccessPolicy',
        copyVaultStatements(config, deployment(config)),
      )
      expectKept(vault, config, 'patient-data')
    },
  },
]

function recoveryKeyUsage(config: EnvironmentConfig) {
  const workload = `arn:aws:iam::${config.accounts.workload}:root`
  const approver = role(config, 'recovery-approver', 'recovery')
  const opener = role(config, 'recovery-opener', 'recovery')
  return [
    allow('WorkloadSealsForAPatient', workload, ['kms:Encrypt'], {
      StringEquals: { 'kms:CallerAccount': config.accounts.workload },
      ArnEquals: { 'aws:PrincipalArn': [role(config, 'intake'), role(config, 'provider-session')] },
      Null: { 'kms:EncryptionContext:practice': 'false', 'kms:EncryptionContext:patient': 'false' },
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['practice', 'patient'] },
    }),
    allow('WorkloadDescribes', workload, ['kms:DescribeKey'], { StringEquals: { 'kms:CallerAccount': config.accounts.workload } }),
    allow('ApproverLetsTheOpenerDecrypt', approver, ['kms:CreateGrant'], {
      StringEquals: { 'kms:GranteePrincipal': opener, 'kms:GrantConstraintType': ['EncryptionContextEquals', 'EncryptionContextSubset'] },
      'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] },
      Null: { 'kms:GrantOperations': 'false' },
    }),
    allow('ApproverTakesItBack', approver, ['kms:RevokeGrant', 'kms:ListGrants', 'kms:DescribeKey']),
    deny('NobodyElseOpens', ['kms:Decrypt'], { ArnNotEquals: { 'aws:PrincipalArn': opener } }),
    deny('NobodyElseGrants', ['kms:CreateGrant'], { ArnNotEquals: { 'aws:PrincipalArn': approver } }),
    deny('SealingAndOpeningAreAllThereIs', using.slice(2)),
    deny('NobodyThroughAnotherService', using, { Null: { 'kms:ViaService': 'false' } }),
  ]
}
