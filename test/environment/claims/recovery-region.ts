import { type Claim, resourcesOf } from './claim.ts'
import { administration, using } from './key-administration.ts'
import { copyKeyUsage, copyVaultStatements, deny, vaultLock } from './recovery-resources.ts'
import { expectCounts, expectKept, expectProperties, outputOf, resourceWith } from './resources.ts'

export const recoveryRegionClaims: readonly Claim[] = [
  {
    stack: 'recovery-region',
    says: 'holds the replica, a backup key, their aliases and a vault, and nothing else',
    check: (template) =>
      expectCounts(template, {
        'AWS::KMS::ReplicaKey': 1,
        'AWS::KMS::Key': 1,
        'AWS::KMS::Alias': 2,
        'AWS::Backup::BackupVault': 1,
      }),
  },
  {
    stack: 'recovery-region',
    says: 'replicates the vault key, and lets nobody use, grant or replicate the replica',
    check: (template, config) => {
      const [id, replica] = Object.entries(resourcesOf(template, 'AWS::KMS::ReplicaKey'))[0] ?? []
      if (replica === undefined) throw new Error('no replica')
      expectProperties(
        replica,
        {
          PrimaryKeyArn: outputOf(config, 'keys', 'VaultKey'),
          Description: 'Replica of the vault key. Used by nobody until a recovery in this Region is declared.',
          PendingWindowInDays: 30,
        },
        'KeyPolicy',
        [
          ...administration(config, 'workload', config.regions.recovery),
          deny('NobodyUsesBeforeARecovery', using),
          deny('NobodyByGrant', ['kms:CreateGrant']),
          deny('NobodyReplicates', ['kms:ReplicateKey']),
        ],
      )
      expectKept(replica, config)
      const AliasName = `alias/safe-harbor-${config.name}-vault`
      expectProperties(resourceWith(template, 'AWS::KMS::Alias', 'AliasName', AliasName), { AliasName, TargetKeyId: { Ref: id } })
    },
  },
  {
    stack: 'recovery-region',
    says: 'encrypts copies under a rotated key of its own, used through AWS Backup only',
    check: (template, config) => {
      const [id, key] = Object.entries(resourcesOf(template, 'AWS::KMS::Key'))[0] ?? []
      if (key === undefined) throw new Error('no key')
      expectProperties(
        key,
        {
          Description: 'Encrypts the copies of recovery points in the second Region.',
          EnableKeyRotation: true,
          PendingWindowInDays: 30,
          MultiRegion: false,
        },
        'KeyPolicy',
        [...administration(config, 'workload', config.regions.recovery), ...copyKeyUsage(config, 'workload')],
      )
      expectKept(key, config)
      const AliasName = `alias/safe-harbor-${config.name}-backup`
      expectProperties(resourceWith(template, 'AWS::KMS::Alias', 'AliasName', AliasName), { AliasName, TargetKeyId: { Ref: id } })
    },
  },
  {
    stack: 'recovery-region',
    says: 'locks the vault of copies and lets only the backup role copy into it',
    check: (template, config) => {
      const name = `safe-harbor-${config.name}-region-copies`
      const vault = resourceWith(template, 'AWS::Backup::BackupVault', 'BackupVaultName', name)
      const { workload } = config.accounts
      expectProperties(
        vault,
        {
          BackupVaultName: name,
          EncryptionKeyArn: { 'Fn::GetAtt': [Object.keys(resourcesOf(template, 'AWS::KMS::Key'))[0], 'Arn'] },
          LockConfiguration: vaultLock(config),
        },
        'AccessPolicy',
        copyVaultStatements(config, `arn:aws:iam::${workload}:role/cdk-shfound-cfn-exec-role-${workload}-${config.regions.recovery}`),
      )
      expectKept(vault, config, 'patient-data')
    },
  },
]
