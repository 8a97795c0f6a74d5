import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'
import type { Acceptance } from '../../gate/assembly/facts.ts'
import type { AcceptedFinding } from './accepted-findings.ts'
import type { PackMatch } from './hipaa-pack.ts'

/** Tells the pack which findings are accepted, so that its report lists them as suppressed with their reason. */
export function acknowledge(root: IConstruct, accepted: readonly AcceptedFinding[]): void {
  // With the pack's name in front, the library records the finding as suppressed; without it, the finding would vanish.
  for (const construct of root.node.findAll())
    for (const entry of accepted)
      if (construct instanceof entry.kind)
        Validations.of(construct).acknowledge({ id: `HIPAA.Security::HIPAA.Security-${entry.rule}`, reason: entry.reason })
}

/** Sets each accepted finding beside what the pack matched. */
export function acceptances(environment: string, accepted: readonly AcceptedFinding[], matches: readonly PackMatch[]): Acceptance[] {
  return accepted.map(({ rule, kind, count, ...rest }) => ({
    rule: `HIPAA.Security-${rule}`,
    kind: kind.name,
    expected: count[environment] ?? 0,
    matched: matches
      .filter((match) => match.rule === `HIPAA.Security-${rule}` && match.resource.node.scopes.some((scope) => scope instanceof kind))
      .map((match) => match.resource.node.path)
      .sort(),
    ...rest,
  }))
}
