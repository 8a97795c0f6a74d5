import { type DeploymentPath, type Duty, nameOf } from './names.ts'
import type { EnvironmentConfig } from './schema.ts'

/** Where a stack stands and who deploys it. */
export interface StackPlace {
  /** Which account. */
  readonly duty: Duty | 'management'
  /** `foundation` by people, `workload` by the pipeline. */
  readonly path: DeploymentPath
  /** The primary Region, or the second one. */
  readonly region: 'primary' | 'recovery'
}

const place = (duty: StackPlace['duty'], path: DeploymentPath, region: StackPlace['region'] = 'primary'): StackPlace => ({
  duty,
  path,
  region,
})

/**
 * Every stack, in an order of deployment. A stack stands where its row says; the bounds of the pipeline and the guardrails follow the same rows, so that a
 * stack of the foundation cannot be one that the pipeline may touch.
 */
export const stacks = {
  operators: place('workload', 'foundation'),
  'operators-audit': place('audit', 'foundation'),
  'operators-recovery': place('recovery', 'foundation'),
  archive: place('audit', 'foundation'),
  'trail-audit': place('audit', 'foundation'),
  network: place('workload', 'foundation'),
  keys: place('workload', 'foundation'),
  audit: place('workload', 'foundation'),
  people: place('workload', 'foundation'),
  'recovery-account': place('recovery', 'foundation'),
  'trail-recovery': place('recovery', 'foundation'),
  'recovery-region': place('workload', 'foundation', 'recovery'),
  detection: place('workload', 'workload'),
  recovery: place('workload', 'workload'),
  records: place('workload', 'workload'),
  service: place('workload', 'workload'),
  guardrails: place('management', 'foundation'),
} as const satisfies Record<string, StackPlace>

/** What a stack is called in names and in the console, after the environment. */
export type StackName = keyof typeof stacks

/** The stack of an account's people, named after the first of its duties. */
export function operatorsStackOf(duties: readonly StackPlace['duty'][]): StackName {
  if (duties.includes('workload')) return 'operators'
  return duties.includes('audit') ? 'operators-audit' : 'operators-recovery'
}

/** The stacks that go along one deployment path. */
export const stacksOn = (path: DeploymentPath): readonly StackName[] =>
  (Object.keys(stacks) as StackName[]).filter((name) => stacks[name].path === path)

/**
 * ARNs of the stacks that go along one deployment path; the last wildcard is the random end of a stack's id.
 * @param where Region and account, `us-east-1:111122223333`; the default is any
 */
export const stackArns = (config: Pick<EnvironmentConfig, 'name'>, path: DeploymentPath, where = '*:*'): readonly string[] =>
  stacksOn(path).map((name) => `arn:aws:cloudformation:${where}:stack/${nameOf(config, name)}/*`)
