import { type Statement, type Statements, statementsOf } from '../../access/statement.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import type { Value } from '../../template/value.ts'

/** Where policies of identities stand in each type of resource: the documents that say what a user, group, role or permission set may do. */
const documentPaths: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::IAM::ManagedPolicy': 'PolicyDocument',
  'AWS::IAM::UserPolicy': 'PolicyDocument',
  'AWS::IAM::GroupPolicy': 'PolicyDocument',
  'AWS::IAM::RolePolicy': 'PolicyDocument',
  'AWS::IAM::User': 'Policies.*.PolicyDocument',
  'AWS::IAM::Group': 'Policies.*.PolicyDocument',
  'AWS::IAM::Role': 'Policies.*.PolicyDocument',
  'AWS::SSO::PermissionSet': 'InlinePolicy',
}

/** Types of resources that hold policies of identities. */
export const identityPolicyTypes: readonly string[] = Object.keys(documentPaths)

/** A policy document that was read, with the path it stands at. */
export interface PolicyDocument extends Statements {
  readonly property: string
  readonly document: Value
}

const known = new WeakMap<Resource, readonly PolicyDocument[]>()

/** The policy documents of a resource. One that only bounds what others grant (a permissions boundary) grants nothing and is left out. */
export const identityPoliciesOf = (resource: Resource, deployment: Deployment): readonly PolicyDocument[] =>
  deployment.cases.kept(known, resource, () => readPolicies(resource, deployment))

function readPolicies(resource: Resource, deployment: Deployment): readonly PolicyDocument[] {
  const path = documentPaths[resource.type]
  if (path === undefined || isOnlyBoundary(resource, deployment)) return []
  return resource
    .at(path)
    .flatMap(({ path: property, value }) =>
      value === undefined || value === null ? [] : [{ property, document: value, ...statementsOf(value) }],
    )
}

const bounded = ['AWS::IAM::Role', 'AWS::IAM::User'] as const
const holders = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'] as const

function isOnlyBoundary(policy: Resource, deployment: Deployment): boolean {
  if (policy.type !== 'AWS::IAM::ManagedPolicy') return false
  const attached = ['Roles', 'Users', 'Groups'].some((name) => policy.get(name) !== undefined)
  const named = (types: readonly string[], path: string) =>
    types.some((type) => deployment.referring(policy, type, path).certain.length > 0)
  return !attached && named(bounded, 'PermissionsBoundary') && !named(holders, 'ManagedPolicyArns.*')
}

/** A statement with everything that the template does not tell at its worst: any action, any resource, no condition. */
export function atWorst(statement: Statement): readonly Statement[] {
  const { effect, actions, resources, conditionsUnknown } = statement
  if (effect === 'Deny' && conditionsUnknown) return []
  return [
    {
      ...statement,
      effect: effect === 'unknown' ? 'Allow' : effect,
      actions: actions.unknown && actions.kind === 'listed' && effect !== 'Deny' ? { ...actions, words: [...actions.words, '*'] } : actions,
      resources:
        resources?.unknown && resources.kind === 'listed' && effect !== 'Deny'
          ? { ...resources, words: [...resources.words, '*'] }
          : resources,
      conditionsUnknown: false,
    },
  ]
}

/** Why a document, or a statement of it, could not be read at all. */
export const unreadPart = ({ unknown }: Statements): string | undefined =>
  unknown.find((reason) => !/^the \w+ of Statement\.\d+$/.test(reason))
