import type { PolicyPurpose } from '../../access/policy-purpose.ts'
import { type Statement, statementsOf } from '../../access/statement.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import type { Value } from '../../template/value.ts'
import { byType } from '../by-type.ts'
import { fail, type Outcome, pass, undecided } from '../control.ts'
import { identityPoliciesOf, identityPolicyTypes, type PolicyDocument, unreadPart } from './iam-policy-places.ts'
import { policySites } from './resource-policy-places.ts'

/** A policy of a resource, with the path it stands at. */
export interface ReadPolicy extends PolicyDocument {
  readonly purpose: PolicyPurpose
}

// A statement on its own is no document.
const sites = policySites.filter(({ path }) => path !== 'Statement')

const places = [
  // Policies of APIs often let everybody call on purpose, and have controls of their own.
  ...sites.map(({ type, path, service }) => ({ type, path, purpose: service === 'execute-api' ? 'interface' : 'resource' }) as const),
  { type: 'AWS::IAM::Role', path: 'AssumeRolePolicyDocument', purpose: 'trust' },
  { type: 'AWS::EC2::VPCEndpoint', path: 'PolicyDocument', purpose: 'endpoint' },
  { type: 'AWS::Organizations::Policy', path: 'Content', purpose: 'organization' },
] as const

const placesOfType = byType(places)

/** Types of resources that hold a policy for one of some purposes. */
export const policyTypes = (...purposes: readonly PolicyPurpose[]): readonly string[] => [
  ...new Set([
    ...(purposes.includes('identity') ? identityPolicyTypes : []),
    ...(purposes.includes('boundary') ? ['AWS::IAM::ManagedPolicy'] : []),
    ...places.filter(({ purpose }) => purposes.includes(purpose)).map(({ type }) => type),
  ]),
]

/** Every policy of a resource for one of some purposes. */
export function policiesOf(resource: Resource, deployment: Deployment, purposes: readonly PolicyPurpose[]): readonly ReadPolicy[] {
  const placed = (placesOfType.get(resource.type) ?? []).flatMap(({ path, purpose }) => {
    const [place] = purposes.includes(purpose) ? resource.at(path) : []
    return place?.value === undefined || place.value === null ? [] : [documentAt(place.path, place.value, purpose)]
  })
  const ofIdentities = purposes.includes('identity') ? identityPoliciesOf(resource, deployment) : []
  const bounding = purposes.includes('boundary') ? boundaryOf(resource, deployment) : []
  return [...placed, ...ofIdentities.map((policy) => ({ ...policy, purpose: 'identity' as const })), ...bounding]
}

/** The document of a managed policy that grants nothing and only bounds what others grant. */
function boundaryOf(resource: Resource, deployment: Deployment): readonly ReadPolicy[] {
  const document = resource.type === 'AWS::IAM::ManagedPolicy' ? resource.get('PolicyDocument') : undefined
  if (document === undefined || document === null || identityPoliciesOf(resource, deployment).length > 0) return []
  return [documentAt('PolicyDocument', document, 'boundary')]
}

const documentAt = (property: string, document: Value, purpose: PolicyPurpose): ReadPolicy => ({
  property,
  purpose,
  document,
  ...statementsOf(document),
})

/** Why a statement is refused, as a sentence; undefined where it is not. */
export type Objection = (statement: Statement, policy: ReadPolicy, resource: Resource) => string | undefined

/** Judges every statement of every policy of a resource. */
export const judgeStatements =
  (purposes: readonly PolicyPurpose[], objection: Objection) =>
  (resource: Resource, deployment: Deployment): readonly Outcome[] =>
    policiesOf(resource, deployment, purposes).flatMap((policy) => {
      const { property, statements } = policy
      const refused = statements.flatMap((statement) => {
        const message = objection(statement, policy, resource)
        return message === undefined ? [] : [fail(`${property}.Statement.${statement.index}`, statement.sid, message)]
      })
      if (refused.length > 0) return refused
      const unread = unreadPart(policy)
      return [unread === undefined ? pass(property, statements.length) : undecided(property, unread)]
    })
