import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { allow, identitiesOf } from '../constructs/resource-statements.ts'
import { sealingAndOpening } from './actions.ts'

/**
 * Use of the key of the primary backup vault: through AWS Backup, which stores by a grant and copies to the second Region, and by the two backup roles through the
 * services of the stores they copy and restore (AWS Backup Developer Guide, "Encryption for backups in AWS Backup").
 */
export function backupKeyUsage(config: EnvironmentConfig): PolicyStatement[] {
  const { workload } = config.accounts
  const { primary, recovery = primary } = config.regions
  const own = { 'kms:CallerAccount': workload }
  const throughBackup = { ...own, 'kms:ViaService': [...new Set([primary, recovery])].map((region) => `backup.${region}.amazonaws.com`) }
  const throughStores = { ...own, 'kms:ViaService': ['dynamodb', 's3'].map((service) => `${service}.${primary}.amazonaws.com`) }
  const roles = theBackupRoles(config)
  const forAws = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }
  const ownAccount = identitiesOf(workload)
  return [
    // Making a vault asks for RetireGrant as well (AWS Backup Developer Guide, "Backup vault creation and deletion").
    allow('RecoveryPointsUse', ownAccount, [...sealingAndOpening, 'kms:RetireGrant'], { StringEquals: throughBackup }),
    allow('RecoveryPointsGrantToTheirServiceOnly', ownAccount, ['kms:CreateGrant'], { StringEquals: throughBackup, ...forAws }),
    allow('BackupRolesUseThroughTheStores', ownAccount, sealingAndOpening, { StringEquals: throughStores, ...roles }),
    allow('BackupRolesGrantToTheStoresOnly', ownAccount, ['kms:CreateGrant'], { StringEquals: throughStores, ...roles, ...forAws }),
    // The service-linked role that carries a copy describes the key itself, through no service.
    allow('OwnAccountDescribes', ownAccount, ['kms:DescribeKey'], { StringEquals: own }),
  ]
}

/**
 * Lets the two backup roles look at the key of a store they copy or restore. AWS's own policies for such roles describe keys through no service, and "The permissions in
 * IAM policy and KMS key policy must be consistent" (AWS Backup Developer Guide, "Encryption for backups in AWS Backup").
 */
export const backupRolesDescribe = (config: EnvironmentConfig): PolicyStatement =>
  allow('BackupRolesDescribe', identitiesOf(config.accounts.workload), ['kms:DescribeKey'], theBackupRoles(config))

const theBackupRoles = (config: EnvironmentConfig) => ({
  ArnEquals: { 'aws:PrincipalArn': ['backup', 'restore'].map((role) => roleArn(config, 'workload', role)) },
})
