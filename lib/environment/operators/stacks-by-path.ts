import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'

/** Stacks that the pipeline deploys; every other stack is of the foundation path. A stack says its own path, and a test compares. */
export const workloadStacks = ['detection', 'recovery', 'records'] as const

/** ARNs of the pipeline's stacks: the wildcard is the random end of a stack's id. */
export const workloadStackArns = (config: EnvironmentConfig): readonly string[] =>
  workloadStacks.map(
    (what) => `arn:aws:cloudformation:${config.regions.primary}:${config.accounts.workload}:stack/${nameOf(config, what)}/*`,
  )
