import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import { HIPAASecurityChecks } from 'cdk-nag'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import type { Claim } from '../environment/claims/claim.ts'
import type { PlainTemplate } from './mutants.ts'

/** Says who notices that a template was changed; undefined when nobody does. */
export type Judge = (template: PlainTemplate) => string | undefined

/** Notices when a claim no longer holds. The claim that noticed last is asked first. */
export function byClaims(claims: readonly Claim[], config: EnvironmentConfig): Judge {
  const order = [...claims]
  return (plain) => {
    const template = Template.fromJSON(plain as unknown as Record<string, unknown>, { skipCyclicalDependenciesCheck: true })
    const at = order.findIndex((claim) => !holds(claim, template, config))
    const [noticed] = at === -1 ? [] : order.splice(at, 1)
    if (noticed !== undefined) order.unshift(noticed)
    return noticed?.says
  }
}

function holds(claim: Claim, template: Template, config: EnvironmentConfig): boolean {
  try {
    claim.check(template, config)
    return true
  } catch {
    return false
  }
}

/** Notices when the HIPAA pack finds more than in the template as it was. */
export function byHipaaPack(original: PlainTemplate): Judge {
  const known = violations(original)
  return (template) => [...violations(template)].find((violation) => !known.has(violation))
}

function violations(template: PlainTemplate): ReadonlySet<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'mutant-')), 'template.json')
  // The library's template reader does not know this function; to the pack any text will do.
  writeFileSync(
    file,
    JSON.stringify(template, (_key, value: unknown) => (isStackOutput(value) ? 'arn:aws:output:::of-another-stack' : value)),
  )
  try {
    const stack = new Stack(new App({ analyticsReporting: false }), 'mutant', { env: { account: '111122223333', region: 'us-east-1' } })
    new CfnInclude(stack, 'template', { templateFile: file })
    const { violations: found } = new HIPAASecurityChecks(stack).validateScope(stack)
    return new Set(
      found.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${ruleName} on ${constructPath}`)),
    )
  } catch (error) {
    // A template that the library cannot read is refused before any rule sees it.
    return new Set([`unreadable: ${(error as Error).message.split('\n')[0]}`])
  }
}

const isStackOutput = (value: unknown): boolean => value !== null && typeof value === 'object' && 'Fn::GetStackOutput' in value
