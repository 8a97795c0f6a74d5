import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { explain } from './explain.ts'

/** A wildcard in a resource, which has to be explained: the reason stands in the template beside the policy. */
export interface WildcardResource {
  /** The resource, `*` or an ARN with a wildcard in it. */
  readonly matching: string
  /** Why no narrower resource can be named. */
  readonly because: string
}

/** One statement of an identity policy. Actions never hold a wildcard; a resource holds one only with a reason. */
export interface Permission {
  /** Says what the statement is for; unique in its policy, letters and digits. */
  readonly sid: string
  /** @default Allow */
  readonly effect?: 'Allow' | 'Deny'
  readonly actions: readonly `${string}:${string}`[]
  readonly resources: readonly (string | WildcardResource)[]
  /** @default none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** What a customer managed policy needs. */
export interface LeastPolicyProps {
  /** Name in the IAM console. */
  readonly name: string
  /** One sentence for the IAM console. */
  readonly description: string
  readonly permissions: readonly Permission[]
}

/** A customer managed policy made of explained permissions; inline policies do not exist here (HIPAA pack, IAMNoInlinePolicy). */
export class LeastPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, { name, description, permissions }: LeastPolicyProps) {
    super(scope, id, { managedPolicyName: name, description, statements: permissions.map(statementOf) })
    const reasons = Object.fromEntries(permissions.flatMap(reasonsOf))
    if (Object.keys(reasons).length > 0) explain(this, reasons)
  }
}

/**
 * The policy statement of a permission.
 * @throws Error when an allowed action holds a wildcard or a plain resource does.
 */
export function statementOf({ sid, effect = 'Allow', actions, resources, conditions = {} }: Permission): PolicyStatement {
  const plain = resources.filter((resource) => typeof resource === 'string')
  const wild = effect === 'Allow' ? [...actions, ...plain].find((text) => text.includes('*')) : undefined
  if (wild !== undefined)
    throw new Error(`Statement ${sid} allows "${wild}" without a reason. Name it in full, or write { matching, because }.`)
  return PolicyStatement.fromJson({
    Sid: sid,
    Effect: effect,
    Action: actions,
    Resource: resources.map((resource) => (typeof resource === 'string' ? resource : resource.matching)),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  })
}

const reasonsOf = ({ sid, resources }: Permission): (readonly [string, string])[] =>
  resources.flatMap((resource) => (typeof resource === 'string' ? [] : [[sid, resource.because] as const]))
