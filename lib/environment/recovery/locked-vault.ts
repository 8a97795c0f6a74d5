import { CfnBackupVault } from 'aws-cdk-lib/aws-backup'
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { classify } from '../constructs/classify.ts'
import { removalPolicy } from '../removal.ts'
import { vaultLock } from './retention.ts'
import type { VaultName } from './vaults.ts'

/** What a vault needs. Its lock follows from the configuration. */
export interface LockedVaultProps {
  readonly config: EnvironmentConfig
  readonly what: Exclude<VaultName, 'air-gapped'>
  /** ARN of the key recovery points are encrypted with, in the vault's own account and Region. */
  readonly keyArn: string
  readonly policy: PolicyDocument
}

/**
 * A backup vault under a lock and an access policy. Recovery points are encrypted by the vault's key, not their source's: tables and buckets are
 * fully managed by AWS Backup (AWS Backup Developer Guide, "Encryption for backups in AWS Backup").
 */
export class LockedVault extends Construct {
  readonly resource: CfnBackupVault

  constructor(scope: Construct, id: string, { config, what, keyArn, policy }: LockedVaultProps) {
    super(scope, id)
    this.resource = new CfnBackupVault(this, 'Resource', {
      backupVaultName: nameOf(config, what),
      encryptionKeyArn: keyArn,
      lockConfiguration: vaultLock(config),
      accessPolicy: policy,
    })
    this.resource.applyRemovalPolicy(removalPolicy(config))
    classify(this.resource, 'patient-data')
  }
}
