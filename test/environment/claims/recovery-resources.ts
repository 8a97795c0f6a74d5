import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { using } from './key-administration.ts'
import { type Statement, single } from './policies.ts'

/** A statement that allows, as a template holds it. */
export const allow = (Sid: string, AWS: string, Action: readonly string[], Condition?: object): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS },
  Action: single(Action),
  Resource: '*',
  ...(Condition && { Condition }),
})

/** A statement that denies to everybody, as a template holds it. */
export const deny = (Sid: string, Action: readonly string[], Condition?: object, Resource: readonly string[] = ['*']): Statement => ({
  Sid,
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: single(Action),
  Resource: single(Resource),
  ...(Condition && { Condition }),
})

/** ARN of a role of ours. */
export const role = ({ name, accounts }: EnvironmentConfig, what: string, duty: 'workload' | 'recovery' = 'workload'): string =>
  `arn:aws:iam::${accounts[duty]}:role/safe-harbor-${name}-${what}`

/** Who uses the key of a vault of copies. */
export function copyKeyUsage(config: EnvironmentConfig, duty: 'workload' | 'recovery'): Statement[] {
  const account = config.accounts[duty]
  const services = [config.regions.primary, ...(config.regions.recovery === undefined ? [] : [config.regions.recovery])]
  const through = { 'kms:ViaService': services.map((region) => `backup.${region}.amazonaws.com`) }
  const own = `arn:aws:iam::${account}:root`
  const workload = `arn:aws:iam::${config.accounts.workload}:root`
  const backup = { ArnEquals: { 'aws:PrincipalArn': role(config, 'backup') } }
  const forAws = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }
  const seal = using.slice(0, 6)
  return [
    allow('OwnAccountStoresThroughBackup', own, [...seal, 'kms:RetireGrant'], {
      StringEquals: { 'kms:CallerAccount': account, ...through },
    }),
    allow('OwnAccountGrantsToBackupOnly', own, ['kms:CreateGrant'], {
      StringEquals: { 'kms:CallerAccount': account, ...through },
      ...forAws,
    }),
    allow('OwnAccountDescribes', own, ['kms:DescribeKey'], { StringEquals: { 'kms:CallerAccount': account } }),
    allow('BackupRoleCopiesThroughBackup', workload, seal, { StringEquals: through, ...backup }),
    allow('BackupRoleGrantsToBackupOnly', workload, ['kms:CreateGrant'], { StringEquals: through, ...backup, ...forAws }),
    allow('BackupRoleDescribes', workload, ['kms:DescribeKey'], backup),
  ]
}

/** What every vault's policy refuses. */
export function vaultProtection(config: EnvironmentConfig, deployment: string): Statement[] {
  const deleting = deny('NobodyDeletes', [
    'backup:DeleteRecoveryPoint',
    'backup:DisassociateRecoveryPoint',
    'backup:UpdateRecoveryPointLifecycle',
    'backup:DeleteBackupVault',
    'backup:DeleteBackupVaultAccessPolicy',
    'backup:DeleteBackupVaultLockConfiguration',
  ])
  return [
    ...(config.purpose === 'production' ? [deleting] : []),
    deny('OnlyDeploymentConfigures', ['backup:PutBackupVaultAccessPolicy', 'backup:PutBackupVaultLockConfiguration'], {
      ArnNotEquals: { 'aws:PrincipalArn': deployment },
    }),
  ]
}

/** What the policy of a vault of copies says. */
export const copyVaultStatements = (config: EnvironmentConfig, deployment: string): Statement[] => [
  allow('BackupRoleCopiesInto', `arn:aws:iam::${config.accounts.workload}:root`, ['backup:CopyIntoBackupVault'], {
    ArnEquals: { 'aws:PrincipalArn': role(config, 'backup') },
  }),
  deny('NobodyElseCopiesInto', ['backup:CopyIntoBackupVault'], { ArnNotEquals: { 'aws:PrincipalArn': role(config, 'backup') } }),
  ...vaultProtection(config, deployment),
]

/** Days a vault keeps a recovery point at least and at most. */
export const kept = ({ lock, retention: { backupDays } }: EnvironmentConfig) => ({
  MinRetentionDays: Math.min(lock.days, backupDays),
  MaxRetentionDays: backupDays,
})

/** The lock of every vault. */
export const vaultLock = (config: EnvironmentConfig) => ({
  ...kept(config),
  ...(config.lock.mode === 'compliance' && { ChangeableForDays: 3 }),
})
