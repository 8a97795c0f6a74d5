import type { Condition } from './condition.ts'
import { hasWildcard } from './pattern.ts'
import type { Statement } from './statement.ts'
import { demandsKey, isStrict, takesWildcards } from './strict.ts'

/**
 * Keys that do not limit what a principal of the account can reach with a policy: they tell about the way of a request, about everything
 * in the account or its organization, or hold what the caller chooses. (IAM User Guide, "AWS global condition context keys".)
 */
const idle = new Set([
  'aws:securetransport',
  'aws:requestedregion',
  'aws:currenttime',
  'aws:epochtime',
  'aws:useragent',
  'aws:referer',
  'aws:principaltype',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalisawsservice',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:tagkeys',
  'aws:tokenissuetime',
  's3:resourceaccount',
  's3:tlsversion',
  's3:signatureversion',
  's3:authtype',
])

/** Keys whose presence alone limits a request: who signed in with a second factor has it. */
const telling = /^aws:multifactorauth(age|present)$/

/**
 * Keys that pin what a principal can reach, or how: tags of resources and principals, networks, a second factor, a permissions boundary
 * and the keys of services, which describe resources. Tags of the request are chosen by the caller.
 */
const pins = (key: string): boolean => !idle.has(key) && !key.startsWith('aws:requesttag/')

/** Policies of AWS that let a principal give itself more, so that a condition which allows attaching them limits nothing. */
const powerful = /:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/

/** Conditions of a policy of an identity that really limit what it grants. One without a known value counts, for it may. */
export const narrowingOf = ({ conditions }: Statement): readonly Condition[] =>
  conditions.filter((condition) => narrows(condition, conditions))

function narrows(condition: Condition, beside: readonly Condition[]): boolean {
  const { key } = condition
  if (demandsKey(condition)) return telling.test(key) || key === 'iam:permissionsboundary'
  return pins(key) && isStrict(condition, beside) && limits(condition)
}

/** Whether the values leave something out. Any value of `Bool` does, but `false` for a second factor asks that there be none. */
function limits(condition: Condition): boolean {
  const { key, operator, values } = condition
  if (key === 'aws:multifactorauthpresent') return values.every((value) => value.toLowerCase() === 'true')
  if (/^bool$/i.test(operator)) return !values.some((value) => value.toLowerCase() === 'false')
  return !values.some((value) => isOpen(condition, value))
}

const isOpen = (condition: Condition, value: string): boolean =>
  (takesWildcards(condition) && hasWildcard(value) && /^[*?:]*$|^arn:[*?:]*$|^arn:aws[\w-]*:[*?:]*$/.test(value)) ||
  /^(0\.0\.0\.0|::)\/0$/.test(value) ||
  (condition.key === 'iam:policyarn' && powerful.test(value))

/**
 * Whether a `Deny` with conditions leaves only what narrowing conditions would: `StringNotEquals` of a network, `BoolIfExists` of no
 * second factor. All conditions of it must hold for it to deny, so each must have such a counterpart.
 * @param meets conditions that what is looked for meets, so that they leave it
 */
export const deniesUnlessNarrowed = ({ conditions, conditionsUnknown }: Statement, meets: (condition: Condition) => boolean): boolean =>
  conditions.length > 0 &&
  !conditionsUnknown &&
  conditions.every((condition) => {
    const counterpart = counterpartOf(condition)
    return counterpart !== undefined && narrows(counterpart, []) && !meets(counterpart)
  })

/** The condition that holds exactly where one does not; undefined where none can be told. */
function counterpartOf(condition: Condition): Condition | undefined {
  const { operator, values, qualifier, ifExists } = condition
  if (qualifier !== undefined) return undefined
  // A negated operator also denies where the key is missing, with and without IfExists.
  if (/^(string|arn)not|^notip/i.test(operator)) return { ...condition, operator: operator.replace(/not/i, ''), ifExists: false }
  if (!/^bool$/i.test(operator)) return undefined
  return { ...condition, ifExists: !ifExists, values: values.map((value) => (value.toLowerCase() === 'false' ? 'true' : 'false')) }
}
