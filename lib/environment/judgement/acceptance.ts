import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { Acceptance } from '../../gate/assembly/facts.ts'
import type { AcceptedFinding } from './accepted-findings.ts'

/** A finding of a rule on a resource, accepted or not. */
export interface Found {
  /** Id of the rule as its pack reports it. */
  readonly rule: string
  /** Construct path of the resource. */
  readonly path: string
}

/** Tells the packs which findings are accepted, so that their report lists them as suppressed with their reason. */
export function acknowledge(root: IConstruct, accepted: readonly AcceptedFinding[]): void {
  // With the pack's name in front the library records the finding as suppressed; without it, the finding would vanish.
  for (const construct of root.node.findAll())
    for (const { rule, kind, reason } of accepted)
      if (construct instanceof kind) Validations.of(construct).acknowledge({ id: `${packOf(rule)}::${rule}`, reason })
}

/** Sets each accepted finding beside what was found on its kind of construct. */
export function acceptances(
  root: IConstruct,
  config: EnvironmentConfig,
  accepted: readonly AcceptedFinding[],
  found: readonly Found[],
): Acceptance[] {
  const constructs = new Map(root.node.findAll().map((construct) => [construct.node.path, construct]))
  const isWithin = (path: string, kind: AcceptedFinding['kind']) =>
    constructs.get(path)?.node.scopes.some((scope) => scope instanceof kind) === true
  return accepted.map(({ rule, kind, matches, ...rest }) => ({
    rule,
    kind: kind.name,
    expected: matches(config),
    matched: found
      .filter((finding) => finding.rule === rule && isWithin(finding.path, kind))
      .map(({ path }) => path)
      .sort(),
    ...rest,
  }))
}

const packOf = (rule: AcceptedFinding['rule']): string =>
  rule.startsWith('HIPAA.Security-') ? 'HIPAA.Security' : 'CloudFormation-Validate'
