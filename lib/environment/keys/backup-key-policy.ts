import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { sealingAndOpening } from './service-usage.ts'

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
  const roles = { ArnEquals: { 'aws:PrincipalArn': ['backup', 'restore'].map((role) => roleArn(config, 'workload', role)) } }
  const forAws = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }
  const allow = (Sid: string, Action: readonly string[], Condition: object) =>
    PolicyStatement.fromJson({
      Sid,
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${workload}:root` },
      Action,
      Resource: '*',
      Condition,
    })
  return [
    allow('RecoveryPointsUse', sealingAndOpening, { StringEquals: throughBackup }),
    allow('RecoveryPointsGrantToTheirServiceOnly', ['kms:CreateGrant'], { StringEquals: throughBackup, ...forAws }),
    allow('BackupRolesUseThroughTheStores', sealingAndOpening, { StringEquals: throughStores, ...roles }),
    allow('BackupRolesGrantToTheStoresOnly', ['kms:CreateGrant'], { StringEquals: throughStores, ...roles, ...forAws }),
    // The service-linked role that carries a copy describes the key itself, through no service.
    allow('OwnAccountDescribes', ['kms:DescribeKey'], { StringEquals: own }),
  ]
}
