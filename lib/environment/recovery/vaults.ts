import { type Duty, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'

/** Every vault: which account it stands in, and which Region. Names differ, because in a trial all accounts are one. */
export const vaults = {
  /** The one recovery points are made in. */
  vault: { duty: 'workload', region: 'primary' },
  /** Copies in the second Region. */
  'region-copies': { duty: 'workload', region: 'recovery' },
  /** Copies in the recovery account. */
  copies: { duty: 'recovery', region: 'primary' },
  /** Copies that not even the recovery account holds the key of (AWS Backup Developer Guide, "Logically air-gapped vault"). */
  'air-gapped': { duty: 'recovery', region: 'primary' },
} as const satisfies Record<string, { duty: Duty; region: 'primary' | 'recovery' }>

/** One vault. */
export type VaultName = keyof typeof vaults

/** Region a vault stands in. */
export const regionOf = ({ regions }: EnvironmentConfig, vault: VaultName): string =>
  vaults[vault].region === 'primary' ? regions.primary : (regions.recovery ?? regions.primary)

/** ARN of a vault, by computed name. */
export const vaultArn = (config: EnvironmentConfig, vault: VaultName): string =>
  `arn:aws:backup:${regionOf(config, vault)}:${config.accounts[vaults[vault].duty]}:backup-vault:${nameOf(config, vault)}`

/**
 * Vaults that recovery points are copied to. A copy never crosses Region and account at once. A trial copies neither to a second Region,
 * for it may have none, nor to the air-gapped vault, whose recovery points nobody could remove with the trial.
 */
export const copyTargets = ({ purpose }: Pick<EnvironmentConfig, 'purpose'>): readonly VaultName[] =>
  purpose === 'production' ? ['region-copies', 'copies', 'air-gapped'] : ['copies']
