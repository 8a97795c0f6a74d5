import { CfnRestoreTestingPlan, CfnRestoreTestingSelection } from 'aws-cdk-lib/aws-backup'
import { Construct } from 'constructs'
import { bucketName, nameOf, tableArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { testedTables } from './restore-role.ts'
import { vaultArn } from './vaults.ts'

/** What restore tests need. */
export interface RestoreTestingProps {
  readonly config: EnvironmentConfig
  /** ARN of the role AWS Backup restores with. */
  readonly roleArn: string
  /** ARN of the key that encrypts what is restored, as it encrypts the stores. */
  readonly storageKeyArn: string
}

/**
 * Restores the newest recovery point of each store twice a week, keeps it until it has been judged, at most a day, and deletes it. "Implement
 * procedures for periodic testing and revision of contingency plans" (45 CFR 164.308(a)(7)(ii)(D)). Twice, so that a week without a sound
 * restore is noticed inside the seven days an alarm can look back. Names take letters, digits and underscores only.
 */
export class RestoreTesting extends Construct {
  readonly planArn: string

  constructor(scope: Construct, id: string, { config, roleArn, storageKeyArn }: RestoreTestingProps) {
    super(scope, id)
    const plan = new CfnRestoreTestingPlan(this, 'Plan', {
      restoreTestingPlanName: underscored(nameOf(config, 'restore-test')),
      scheduleExpression: 'cron(0 9 ? * SUN,WED *)',
      startWindowHours: 4,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [vaultArn(config, 'vault')],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 2,
      },
    })
    this.planArn = plan.attrRestoreTestingPlanArn

    const selection = (
      id: string,
      type: string,
      protectedResourceArns: string[],
      restoreMetadataOverrides: Readonly<Record<string, string>>,
    ) =>
      new CfnRestoreTestingSelection(this, id, {
        restoreTestingPlanName: plan.ref,
        restoreTestingSelectionName: id.toLowerCase(),
        protectedResourceType: type,
        protectedResourceArns,
        iamRoleArn: roleArn,
        restoreMetadataOverrides,
        validationWindowHours: 24,
      })
    // Without these overrides AWS Backup restores under AWS's own keys (AWS Backup Developer Guide, "Restore testing inferred metadata").
    const tables = testedTables.map((table) => tableArn(config, table))
    selection('Tables', 'DynamoDB', tables, { encryptionType: 'KMS', kmsMasterKeyArn: storageKeyArn })
    const bucket = `arn:aws:s3:::${bucketName(config, 'attachments', 'workload')}`
    selection('Attachments', 'S3', [bucket], { encryptionType: 'SSE-KMS', kmsKey: storageKeyArn })
  }
}

const underscored = (name: string): string => name.replaceAll('-', '_')
