import { applies, type PolicyRequest, type PolicyStatement } from './policy.ts'

/** Policies that a request of a session within one account meets. */
export interface Policies {
  /** Of the role. */
  readonly identity: readonly PolicyStatement[]
  /** The most the role may do. */
  readonly boundary: readonly PolicyStatement[]
  /** Of the key or table; undefined where it has none. */
  readonly resource: readonly PolicyStatement[] | undefined
  /** Whether the resource's policy must allow too, as that of a key must. @default false */
  readonly resourceMustAllow?: boolean
}

/** What becomes of a request, and the statement that says so; a request that nobody allows has none. */
export interface Decision {
  readonly verdict: 'allowed' | 'refused'
  readonly by: string
}

/**
 * Decides a request (IAM User Guide, "Policy evaluation logic"): any denial refuses; otherwise the role's policies and its boundary must allow, and a key's policy must
 * let IAM decide, which it does by naming the account. No statement here names a session or a role as principal of an allowance but break-glass.
 */
export function decide(request: PolicyRequest, { identity, boundary, resource = [], resourceMustAllow = false }: Policies): Decision {
  const denials = [
    ...matching(identity, 'Deny', request),
    ...matching(boundary, 'Deny', request),
    ...matching(resource, 'Deny', request, true),
  ]
  if (denials.length > 0) return { verdict: 'refused', by: denials.map(({ Sid = '' }) => Sid).join(' ') }
  const allowances = matching(identity, 'Allow', request)
  const bounded = matching(boundary, 'Allow', request).length > 0
  const letIn = !resourceMustAllow || matching(resource, 'Allow', request, true).some(({ Principal }) => namesAccount(Principal))
  return allowances.length > 0 && bounded && letIn
    ? { verdict: 'allowed', by: allowances.map(({ Sid = '' }) => Sid).join(' ') }
    : { verdict: 'refused', by: '' }
}

const matching = (statements: readonly PolicyStatement[], effect: 'Allow' | 'Deny', request: PolicyRequest, onItsResource = false) =>
  statements.filter((statement) => statement.Effect === effect && applies(statement, request, onItsResource))

const namesAccount = (principal: PolicyStatement['Principal']): boolean =>
  typeof principal === 'object' && [principal['AWS'] ?? []].flat().some((arn) => arn.endsWith(':root'))
