import { CfnBackupPlan } from 'aws-cdk-lib/aws-backup'
import type { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { copyTargets, vaultArn } from './vaults.ts'

/**
 * When recovery points are made. Twice a day, so that a late or failed job does not leave a day without one; the morning's are copied.
 * AWS Backup's continuous backup is not used: it keeps 35 days at most and a lock asks for more (AWS Backup Developer Guide, "Continuous backups
 * and point-in-time recovery"). Tables have DynamoDB's own point-in-time recovery instead, and the bucket has versions.
 */
export function backupPlan(scope: Construct, id: string, config: EnvironmentConfig): CfnBackupPlan {
  const lifecycle = { deleteAfterDays: config.retention.backupDays }
  const rule = (ruleName: string, scheduleExpression: string): CfnBackupPlan.BackupRuleResourceTypeProperty => ({
    ruleName,
    scheduleExpression,
    targetBackupVault: nameOf(config, 'vault'),
    startWindowMinutes: 60,
    completionWindowMinutes: 360,
    lifecycle,
  })
  return new CfnBackupPlan(scope, id, {
    backupPlan: {
      backupPlanName: nameOf(config, 'backup'),
      backupPlanRule: [
        {
          ...rule('morning', 'cron(0 5 ? * * *)'),
          copyActions: copyTargets(config).map((vault) => ({ destinationBackupVaultArn: vaultArn(config, vault), lifecycle })),
        },
        rule('evening', 'cron(0 17 ? * * *)'),
      ],
    },
  })
}
