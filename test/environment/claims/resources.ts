import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { resourcesOf, type TemplateResource } from './claim.ts'
import { expectStatements, type Statement } from './policies.ts'

/** The resource of a type whose property holds a value, `[logical id, resource]`; throws unless there is exactly one. */
export function entryWith(template: Template, type: string, property: string, value: unknown): readonly [id: string, TemplateResource] {
  const found = Object.entries(resourcesOf(template, type)).filter(([, { Properties }]) => Properties[property] === value)
  const [entry] = found
  if (entry === undefined || found.length > 1) throw new Error(`${found.length} resources of type ${type} with ${property} ${value}`)
  return entry
}

/** The resource of a type whose property holds a value; throws unless there is exactly one. */
export const resourceWith = (template: Template, type: string, property: string, value: unknown): TemplateResource =>
  entryWith(template, type, property, value)[1]

/** The one resource of a type; throws unless there is exactly one. */
export function onlyOne(template: Template, type: string): TemplateResource {
  const [resource, ...more] = Object.values(resourcesOf(template, type))
  if (resource === undefined || more.length > 0) throw new Error(`expected one resource of type ${type}`)
  return resource
}

/** Says that a stack holds exactly these numbers of resources, by type. */
export function expectCounts(template: Template, expected: Readonly<Record<string, number>>): void {
  const { Resources } = template.toJSON() as { Resources: Record<string, TemplateResource> }
  const counts: Record<string, number> = {}
  for (const { Type } of Object.values(Resources)) counts[Type] = (counts[Type] ?? 0) + 1
  expect(counts).toEqual(expected)
}

/** Says what becomes of a store with its stack, and what it was said to hold. */
export function expectKept(resource: TemplateResource, { purpose }: EnvironmentConfig, dataClass?: string): void {
  const policy = purpose === 'production' ? 'Retain' : 'Delete'
  expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual([policy, policy])
  expect(resource.Metadata?.SafeHarborDataClass).toBe(dataClass)
}

/** Says that the properties are exactly these, and the policy among them exactly these statements. */
export function expectProperties(
  resource: TemplateResource,
  expected: Readonly<Record<string, unknown>>,
  policyProperty?: string,
  statements: readonly Statement[] = [],
): void {
  const { [policyProperty ?? '']: policy, ...rest } = resource.Properties
  expect(rest).toEqual(expected)
  if (policyProperty !== undefined) expectStatements(policy, statements)
}

/** A value another stack publishes; `what` is how the logical id of its resource ends (`VaultKey`, `isolatedSubnet1Subnet`), `attribute` which of its values. */
export const outputOf = ({ name, regions }: EnvironmentConfig, stack: string, what: string, attribute?: string) => ({
  'Fn::GetStackOutput': { StackName: `safe-harbor-${name}-${stack}`, Region: regions.primary, OutputName: publishedAs(what, attribute) },
})

// The library writes kind, logical id with its hash, attribute, and a hash of all that: `PublishOutputFnGetAttVaultKey6B75F33EArnDE3215C1`.
const publishedAs = (what: string, attribute = '([A-Z][A-Za-z]+)?'): unknown =>
  expect.stringMatching(new RegExp(`^PublishOutput(Ref|FnGetAtt)[A-Za-z]*${what}([0-9A-F]{8})?${attribute}[0-9A-F]{8}$`))
