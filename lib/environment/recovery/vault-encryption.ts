import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { allow, identitiesOf } from '../constructs/resource-statements.ts'
import { sealingOpeningAndMoving } from '../keys/actions.ts'
import { type VaultName, vaults } from './vaults.ts'

/**
 * Use of the key of a vault of copies, through AWS Backup only: by its own account, whose deployment makes the vault and so the grant that
 * AWS Backup stores by, and by the backup role of the workload account, which copies (AWS Backup Developer Guide, "Logically air-gapped
 * vault", key policy for copy). A copy job calls from the Region it comes from or the one it goes to.
 */
export function copyKeyUsage(config: EnvironmentConfig, vault: Exclude<VaultName, 'vault' | 'air-gapped'>): PolicyStatement[] {
  const account = config.accounts[vaults[vault].duty]
  const owner = identitiesOf(account)
  const copier = identitiesOf(config.accounts.workload)
  const { primary, recovery = primary } = config.regions
  const services = [...new Set([primary, recovery])].map((region) => `backup.${region}.amazonaws.com`)
  const throughBackup = { 'kms:ViaService': services }
  const backupRole = { ArnEquals: { 'aws:PrincipalArn': roleArn(config, 'workload', 'backup') } }
  const forAws = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }
  return [
    // Making a vault asks for RetireGrant as well (AWS Backup Developer Guide, "Backup vault creation and deletion").
    allow('OwnAccountStoresThroughBackup', owner, [...sealingOpeningAndMoving, 'kms:RetireGrant'], {
      StringEquals: { 'kms:CallerAccount': account, ...throughBackup },
    }),
    allow('OwnAccountGrantsToBackupOnly', owner, ['kms:CreateGrant'], {
      StringEquals: { 'kms:CallerAccount': account, ...throughBackup },
      ...forAws,
    }),
    // The service-linked role that carries a copy describes the key itself, through no service.
    allow('OwnAccountDescribes', owner, ['kms:DescribeKey'], { StringEquals: { 'kms:CallerAccount': account } }),
    allow('BackupRoleCopiesThroughBackup', copier, sealingOpeningAndMoving, { StringEquals: throughBackup, ...backupRole }),
    allow('BackupRoleGrantsToBackupOnly', copier, ['kms:CreateGrant'], { StringEquals: throughBackup, ...backupRole, ...forAws }),
    allow('BackupRoleDescribes', copier, ['kms:DescribeKey'], backupRole),
  ]
}
