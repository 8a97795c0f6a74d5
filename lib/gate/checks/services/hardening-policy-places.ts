import type { Statement, Statements } from '../../access/statement.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { fail, type Outcome, pass, undecided } from '../control.ts'
import { identityPoliciesOf, identityPolicyTypes, readOnce, unreadPart } from './iam-policy-places.ts'
import { policySites } from './resource-policy-places.ts'

/** What a policy is for: to say what an identity may do, who may use a resource, who may assume a role, or what passes an endpoint. */
export type PolicyPurpose = 'identity' | 'resource' | 'trust' | 'endpoint'

/** A policy of a resource, with the path it stands at. */
export interface ReadPolicy extends Statements {
  readonly property: string
  readonly purpose: PolicyPurpose
}

// Policies of APIs say who may call, and often mean everybody on purpose; they have controls of their own.
const sites = policySites.filter(({ service, path }) => service !== 'execute-api' && path !== 'Statement')

const others = [
  { type: 'AWS::IAM::Role', path: 'AssumeRolePolicyDocument', purpose: 'trust' },
  { type: 'AWS::EC2::VPCEndpoint', path: 'PolicyDocument', purpose: 'endpoint' },
] as const

/** Types of resources that hold a policy for one of some purposes. */
export const policyTypes = (...purposes: readonly PolicyPurpose[]): readonly string[] => [
  ...new Set([
    ...(purposes.includes('identity') ? identityPolicyTypes : []),
    ...(purposes.includes('resource') ? sites.map(({ type }) => type) : []),
    ...others.filter(({ purpose }) => purposes.includes(purpose)).map(({ type }) => type),
  ]),
]

/** Every policy of a resource for one of some purposes. */
export function policiesOf(resource: Resource, deployment: Deployment, purposes: readonly PolicyPurpose[]): readonly ReadPolicy[] {
  const documents = [...sites.map(({ type, path }) => ({ type, path, purpose: 'resource' as const })), ...others]
  const placed = documents
    .filter(({ type, purpose }) => type === resource.type && purposes.includes(purpose))
    .flatMap(({ path, purpose }) => {
      const [place] = resource.at(path)
      return place?.value === undefined || place.value === null ? [] : [{ property: place.path, purpose, ...readOnce(place.value) }]
    })
  const ofIdentities = purposes.includes('identity') ? identityPoliciesOf(resource, deployment) : []
  return [...placed, ...ofIdentities.map((policy) => ({ ...policy, purpose: 'identity' as const }))]
}

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
