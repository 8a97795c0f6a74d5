import { hasHole } from '../template/value.ts'
import { fieldsOf } from './arn.ts'
import type { Condition } from './condition.ts'
import { type OwnAccounts, type Party, partyOf, partyOfAccount } from './party.ts'
import { hasVariable, hasWildcard } from './pattern.ts'
import type { Statement } from './statement.ts'
import { isStrict, takesWildcards } from './strict.ts'

/** A condition that keeps a resource policy from being open to everybody. */
export interface Confinement {
  readonly key: string
  /** Whom it leaves: an account of the values, or 'unknown' where the values name none, such as a network or an organization. */
  readonly leaves: Party
  /** Values of accounts, or in them, that are not the own one. */
  readonly strangers: readonly string[]
  /** False where the values are not told, so that it may confine nothing. */
  readonly certain: boolean
}

/** How the values of a key are fixed. */
type Form = 'account' | 'arn' | 'text' | 'network' | 'organization' | 'true'

/**
 * Keys that confine who can use a resource, with a fixed value. (Amazon S3 User Guide, "Blocking public access to your Amazon S3
 * storage", section "The meaning of public"; IAM User Guide, "AWS global condition context keys"; AWS KMS Developer Guide,
 * "kms:CallerAccount"; Amazon EFS User Guide, "Blocking public access".)
 */
const confiningKeys: Readonly<Record<string, Form>> = {
  'aws:sourcearn': 'arn',
  'aws:principalarn': 'arn',
  's3:dataaccesspointarn': 'arn',
  'aws:sourcevpcarn': 'arn',
  'elasticfilesystem:accesspointarn': 'arn',
  'aws:sourceaccount': 'account',
  'aws:sourceowner': 'account',
  'aws:principalaccount': 'account',
  's3:dataaccesspointaccount': 'account',
  'kms:calleraccount': 'account',
  'aws:vpceaccount': 'account',
  'aws:sourcevpc': 'text',
  'aws:sourcevpce': 'text',
  'aws:userid': 'text',
  'aws:principalorgid': 'text',
  'aws:sourceorgid': 'text',
  'aws:vpceorgid': 'text',
  'aws:principalorgpaths': 'organization',
  'aws:sourceorgpaths': 'organization',
  'aws:vpceorgpaths': 'organization',
  'aws:sourceip': 'network',
  'aws:vpcsourceip': 'network',
  's3:x-amz-server-side-encryption-aws-kms-key-id': 'text',
  'lambda:eventsourcetoken': 'text',
  'elasticfilesystem:accessedviamounttarget': 'true',
}

/** Keys by which a service tells for whom it acts. (IAM User Guide, "The confused deputy problem".) */
export const sourceKeys: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
])

/** Conditions of a statement of a resource policy that confine who can use it. Each alone does, for all must hold. */
export const confinementsOf = ({ conditions }: Statement, ownAccount: OwnAccounts): readonly Confinement[] =>
  conditions.flatMap((condition) => {
    const form = Object.hasOwn(confiningKeys, condition.key) ? confiningKeys[condition.key] : undefined
    if (form === undefined || !isStrict(condition, conditions)) return []
    return condition.values.every((value) => isFixed(form, condition, value)) ? confinement(condition, form, ownAccount) : []
  })

function confinement(condition: Condition, form: Form, ownAccount: OwnAccounts): readonly Confinement[] {
  const { key, values, unknown } = condition
  if (values.length === 0 && !unknown) return []
  const told = values.map((value) => ({ value, party: partyOfValue(form, value, ownAccount) }))
  const parties = new Set(told.map(({ party }) => party))
  const strangers = told.filter(({ party }) => party === 'foreign').map(({ value }) => value)
  const leaves = unknown ? 'unknown' : (['foreign', 'unknown', 'service', 'own'] as const).find((party) => parties.has(party))
  // Without wildcards any text is a fixed value, so one that is not told confines all the same.
  return [
    {
      key,
      leaves: leaves ?? 'unknown',
      strangers,
      certain: !unknown || !(takesWildcards(condition) || form === 'network' || form === 'true'),
    },
  ]
}

const partyOfValue = (form: Form, value: string, ownAccount: OwnAccounts): Party => {
  if (form === 'account') return partyOfAccount(value, ownAccount)
  return form === 'arn' ? partyOf(value, ownAccount) : 'unknown'
}

function isFixed(form: Form, { operator }: Condition, value: string): boolean {
  if (form === 'network') return /^ipaddress$/i.test(operator) && isNarrowRange(value)
  if (form === 'true') return /^bool$/i.test(operator) && value.toLowerCase() === 'true'
  if (hasVariable(value)) return false
  if (form === 'organization') return !hasWildcard(value.split('/')[0] ?? '')
  return form === 'arn' ? isFixedArn(value) : !hasWildcard(value)
}

/** Whether an ARN with wildcards names somebody: a fixed account suffices, or a fixed resource where the ARN has no account, as that of a bucket. */
export function isFixedArn(value: string): boolean {
  if (!hasWildcard(value)) return value !== ''
  const [, , service = '*', , account = '*', ...resource] = fieldsOf(value)
  if (hasWildcard(service)) return false
  return account === '' || hasWildcard(account) ? isFixedResource(resource.join(':')) && accountless.has(service) : true
}

// The names of buckets are unique among all accounts, so a bucket is fixed without its account.
const accountless: ReadonlySet<string> = new Set(['s3'])
const isFixedResource = (resource: string): boolean => resource !== '' && !hasWildcard(resource.split('/')[0] ?? '')

/** A range that is no broader than /8, or /32 for IPv6; private ranges are narrow enough by themselves. */
function isNarrowRange(value: string): boolean {
  if (hasHole(value)) return true
  const [address = '', length] = value.split('/')
  const bits = length === undefined ? 128 : Number(length)
  return Number.isInteger(bits) && bits >= (address.includes(':') ? 32 : 8)
}
