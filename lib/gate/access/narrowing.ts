import { rangeOf } from '../network/address-range.ts'
import { isInternet } from '../network/internet.ts'
import type { Condition } from './condition.ts'
import { hasWildcard } from './pattern.ts'
import type { Statement } from './statement.ts'
import { demandsKey, isStrict, takesWildcards } from './strict.ts'

/**
 * Keys that do not limit what a principal of the account can reach with a policy: they tell about the way of a request, about everything
 * in the account or its organization, who asks and how they signed in, or hold what the caller chooses. An administrator who is named, or
 * has a second factor, is one all the same. (IAM User Guide, "AWS global condition context keys"; AWS Security Hub User Guide, IAM.1, which
 * looks at no condition.)
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
  'aws:principalarn',
  'aws:userid',
  'aws:username',
  'aws:sourceidentity',
  'aws:federatedprovider',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:viaawsservice',
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

/** Tags of the request are chosen by the caller, and those of the principal say who asks. */
const idleTag = /^aws:(request|principal)tag\//

/**
 * Keys that pin what a principal can reach, or how: tags of resources, networks, a permissions boundary and the keys of services, which
 * describe resources. What says who asks pins something where it stands as a variable in the value of such a key.
 */
const pins = (key: string): boolean => !idle.has(key) && !idleTag.test(key)

/** Policies of AWS that let a principal give itself more, so that a condition which allows attaching them limits nothing. */
const powerful = /:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/

/** Conditions of a policy of an identity that really limit what it grants. One without a known value counts, for it may. */
export const narrowingOf = ({ conditions }: Statement): readonly Condition[] =>
  conditions.filter((condition) => narrows(condition, conditions))

function narrows(condition: Condition, beside: readonly Condition[]): boolean {
  const { key } = condition
  if (demandsKey(condition)) return key === 'iam:permissionsboundary'
  return pins(key) && isStrict(condition, beside) && limits(condition)
}

/** Whether the values leave something out. */
function limits(condition: Condition): boolean {
  const { operator, values } = condition
  if (/^bool$/i.test(operator)) return !values.some((value) => value.toLowerCase() === 'false')
  if (/^ipaddress$/i.test(operator)) return !isInternet(values.flatMap((value) => rangeOf(value) ?? []))
  return !values.some((value) => isOpen(condition, value))
}

const isOpen = (condition: Condition, value: string): boolean =>
  (takesWildcards(condition) && hasWildcard(value) && /^[*?:]*$|^arn:[*?:]*$|^arn:aws[\w-]*:[*?:]*$/.test(value)) ||
  (condition.key === 'iam:policyarn' && powerful.test(value))

/**
 * Whether a `Deny` with conditions leaves only what narrowing conditions would: `StringNotEquals` of a network. All conditions of it must hold for it to deny, so each must have such a counterpart.
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
