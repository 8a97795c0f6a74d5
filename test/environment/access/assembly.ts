import type { Template } from 'aws-cdk-lib/assertions'
import { nameOf } from '../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import type { TemplateResource } from '../claims/claim.ts'
import { synthesizedFrom } from '../synthesized.ts'
import type { PolicyStatement } from './policy.ts'

/** Resources of one stack, by logical id; what other stacks publish stands there as text: `vpce-kms` for an endpoint, `key-vault` for a key. */
export type StackResources = Readonly<Record<string, TemplateResource>>

const made = new Map<string, ReadonlyMap<string, StackResources>>()

/** The stacks of an environment with their references put in, made once for all tests of a run. */
export function assemblyOf(config: EnvironmentConfig): ReadonlyMap<string, StackResources> {
  const name = JSON.stringify(config)
  const assembly = made.get(name) ?? new Map([...synthesizedFrom(config)].map(([stack, template]) => [stack, resourcesOf(template)]))
  made.set(name, assembly)
  return assembly
}

const resourcesOf = (template: Template): StackResources =>
  (JSON.parse(JSON.stringify(template.toJSON()), published) as { Resources: StackResources }).Resources

function published(_: string, value: unknown): unknown {
  const name = (value as { 'Fn::GetStackOutput'?: { OutputName: string } } | null)?.['Fn::GetStackOutput']?.OutputName
  if (name === undefined) return value
  const [, endpoint] = /Endpoints([a-z0-9]+?)[0-9A-F]{8}/.exec(name) ?? []
  const [, key] = /FnGetAtt([A-Z][a-z]+)Key[0-9A-F]{8}/.exec(name) ?? []
  return endpoint === undefined ? (key === undefined ? name : `key-${key.toLowerCase()}`) : `vpce-${endpoint}`
}

/** The one resource of a type with a name. */
export function resourceNamed(resources: StackResources, type: string, property: string, name: string): TemplateResource {
  const found = Object.values(resources).filter((each) => each.Type === type && each.Properties[property] === name)
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} resources of type ${type} are called ${name}`)
  return found[0]
}

const documentOf = (document: unknown): readonly PolicyStatement[] => (document as { Statement: readonly PolicyStatement[] }).Statement

/** Statements of a customer managed policy. */
export const managedPolicy = (resources: StackResources, name: string): readonly PolicyStatement[] =>
  documentOf(resourceNamed(resources, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', name).Properties['PolicyDocument'])

/** Statements of the trust policy of a role. */
export const trustPolicy = (resources: StackResources, name: string): readonly PolicyStatement[] =>
  documentOf(resourceNamed(resources, 'AWS::IAM::Role', 'RoleName', name).Properties['AssumeRolePolicyDocument'])

/** Statements of every policy attached to a role of the same stack. */
export function attachedPolicies(resources: StackResources, role: TemplateResource): readonly PolicyStatement[] {
  const attached = (role.Properties['ManagedPolicyArns'] ?? []) as readonly { readonly Ref?: string }[]
  return attached.flatMap(({ Ref = '' }) => documentOf(resources[Ref]?.Properties['PolicyDocument'] ?? { Statement: [] }))
}

/** Statements of the policy of a table. */
export function tablePolicyOf(resources: StackResources, config: EnvironmentConfig, table: string): readonly PolicyStatement[] {
  const { ResourcePolicy } = resourceNamed(resources, 'AWS::DynamoDB::Table', 'TableName', nameOf(config, table)).Properties
  return documentOf((ResourcePolicy as { PolicyDocument: unknown }).PolicyDocument)
}

/** Statements of the policy of a key, by the beginning of its logical id: `VaultKey`. */
export function keyPolicyOf(resources: StackResources, id: string): readonly PolicyStatement[] {
  const found = Object.entries(resources).find(([logicalId, { Type }]) => Type === 'AWS::KMS::Key' && logicalId.startsWith(id))
  return documentOf(found?.[1].Properties['KeyPolicy'] ?? { Statement: [] })
}
