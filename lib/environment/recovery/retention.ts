import type { CfnBackupVault } from 'aws-cdk-lib/aws-backup'
import type { EnvironmentConfig } from '../../config/schema.ts'

type Kept = Pick<EnvironmentConfig, 'lock' | 'retention'>

/** The least an air-gapped vault accepts, in days (AWS Backup Developer Guide, "Logically air-gapped vault"). */
const leastAirGappedDays = 7

/** Days a vault keeps a recovery point at least: the lock's, unless recovery points are kept shorter than that anyway. */
const leastDays = ({ lock, retention }: Kept): number => Math.min(lock.days, retention.backupDays)

/** Bounds of an air-gapped vault, in days. */
export const airGappedDays = (config: Kept): { readonly minRetentionDays: number; readonly maxRetentionDays: number } => ({
  minRetentionDays: Math.max(leastAirGappedDays, leastDays(config)),
  maxRetentionDays: Math.max(leastAirGappedDays, config.retention.backupDays),
})

/**
 * Lock of a vault. In compliance mode nobody can lift it once three days have passed, not AWS either: three is the least AWS Backup
 * accepts. Without that number the mode is governance, and a permission can lift it (AWS Backup Developer Guide, "AWS Backup Vault Lock").
 */
export const vaultLock = (config: Kept): CfnBackupVault.LockConfigurationTypeProperty => ({
  minRetentionDays: leastDays(config),
  maxRetentionDays: config.retention.backupDays,
  ...(config.lock.mode === 'compliance' && { changeableForDays: 3 }),
})
