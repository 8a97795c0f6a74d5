import { PolicyDocument, type PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { cloudFormationRoleArn, type DeploymentPath, roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { allow, deny, identitiesOf } from '../constructs/resource-statements.ts'
import { copyTargets, regionOf, type VaultName, vaultArn, vaults } from './vaults.ts'

const deleting = [
  'backup:DeleteRecoveryPoint',
  'backup:DisassociateRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:DeleteBackupVault',
  'backup:DeleteBackupVaultAccessPolicy',
  'backup:DeleteBackupVaultLockConfiguration',
]
const configuring = ['backup:PutBackupVaultAccessPolicy', 'backup:PutBackupVaultLockConfiguration']

/** Who restores for a restore testing plan (AWS Backup Developer Guide, "Using roles for restore testing"). */
const restoreTesting = (account: string): string =>
  `arn:aws:iam::${account}:role/aws-service-role/restore-testing.backup.amazonaws.com/AWSServiceRoleForBackupRestoreTesting`

/**
 * What the vault's own policy refuses. Expired recovery points go all the same, by the lifecycle. In a trial the lock alone forbids
 * deletion: who removes the trial lifts it first.
 *
 * @param path deployment path of the stack the vault stands in
 */
export function primaryVaultPolicy(config: EnvironmentConfig, path: DeploymentPath): PolicyDocument {
  const { workload } = config.accounts
  return new PolicyDocument({
    statements: [
      ...protection(config, 'vault', path),
      // A copy is the way out of a vault. `ForAllValues` also holds when no target is told, and so refuses that too.
      deny('CopiesGoToOurVaultsOnly', ['backup:CopyFromBackupVault'], {
        'ForAllValues:ArnNotEquals': { 'backup:CopyTargets': copyTargets(config).map((vault) => vaultArn(config, vault)) },
      }),
      // What is restored stands under no resource policy. Tests restore to be judged and deleted; people restore by breaking glass.
      deny('OnlyTestsAndBreakGlassRestore', ['backup:StartRestoreJob'], {
        ArnNotEquals: { 'aws:PrincipalArn': [restoreTesting(workload), roleArn(config, 'workload', 'break-glass')] },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      }),
    ],
  })
}

/** What the policy of a vault of copies says: the backup role of the workload account copies into it, and nobody does more. */
export function copyVaultPolicy(config: EnvironmentConfig, vault: Exclude<VaultName, 'vault'>): PolicyDocument {
  const backup = roleArn(config, 'workload', 'backup')
  return new PolicyDocument({
    statements: [
      allow('BackupRoleCopiesInto', identitiesOf(config.accounts.workload), ['backup:CopyIntoBackupVault'], {
        ArnEquals: { 'aws:PrincipalArn': backup },
      }),
      deny('NobodyElseCopiesInto', ['backup:CopyIntoBackupVault'], { ArnNotEquals: { 'aws:PrincipalArn': backup } }),
      ...protection(config, vault, 'foundation'),
    ],
  })
}

function protection(config: EnvironmentConfig, vault: VaultName, path: DeploymentPath): PolicyStatement[] {
  const deployment = cloudFormationRoleArn(config.accounts[vaults[vault].duty], regionOf(config, vault), path)
  return [
    ...(config.purpose === 'production' ? [deny('NobodyDeletes', deleting)] : []),
    deny('OnlyDeploymentConfigures', configuring, { ArnNotEquals: { 'aws:PrincipalArn': deployment } }),
  ]
}
