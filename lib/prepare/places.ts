import { type DeploymentPath, type Duty, duties } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import type { AccountDuty } from './check.ts'

/** An account of the environment. */
export interface Account {
  /** 12 digits; undefined for a management account that the configuration does not name. */
  readonly id: string | undefined
  /** What it is for; in a trial one account has all duties. */
  readonly duties: readonly [AccountDuty, ...AccountDuty[]]
  /** Regions that stacks of the environment stand in, the primary one first. */
  readonly regions: readonly [string, ...string[]]
  /** Regions of each deployment path. Stacks of the workload path stand in the workload account's primary Region only. */
  readonly paths: Readonly<Record<DeploymentPath, readonly string[]>>
}

/**
 * The accounts, in the order of preparing: what the organization must allow first, then where evidence and copies go, then the workload.
 * The management account is among them when it has something to do: copies between accounts to allow, or guardrails, whose policy types it enables
 * first although it deploys them last.
 */
export function accountsOf(config: EnvironmentConfig): readonly Account[] {
  const managed = config.guardrails !== undefined || config.accounts.workload !== config.accounts.recovery
  return [...(managed ? [managementAccount(config)] : []), ...memberAccounts(config)]
}

/** The account that has a duty. */
export const accountOf = (config: EnvironmentConfig, duty: AccountDuty): string | undefined =>
  duty === 'management' ? config.guardrails?.managementAccount : config.accounts[duty]

function managementAccount(config: EnvironmentConfig): Account {
  const regions = [config.regions.primary] as const
  const foundation = config.guardrails === undefined ? [] : regions
  return { id: config.guardrails?.managementAccount, duties: ['management'], regions, paths: { foundation, workload: [] } }
}

const inOrder = ['audit', 'recovery', 'workload'] as const satisfies readonly Duty[]

function memberAccounts(config: EnvironmentConfig): Account[] {
  const ids = [...new Set(inOrder.map((duty) => config.accounts[duty]))]
  return ids.map((id) => {
    const held = duties.filter((duty) => config.accounts[duty] === id) as [Duty, ...Duty[]]
    const second = held.includes('workload') && config.regions.recovery !== undefined ? [config.regions.recovery] : []
    const regions = [config.regions.primary, ...second] as const
    const workload = held.includes('workload') ? [config.regions.primary] : []
    return { id, duties: held, regions, paths: { foundation: regions, workload } }
  })
}
