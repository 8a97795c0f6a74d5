import { plain } from '../template/value.ts'
import type { Condition } from './condition.ts'
import { confinementsOf } from './confining.ts'
import { type OwnAccounts, partyOf } from './party.ts'
import { hasWildcard } from './pattern.ts'
import type { Statement } from './statement.ts'
import { isStrict } from './strict.ts'

/** One principal that the trust policy of a role lets in. */
export interface Trust {
  readonly kind: 'everyone' | 'foreign-account' | 'oidc' | 'saml' | 'cognito' | 'web-identity' | 'service' | 'own-account' | 'unknown'
  /** As written. */
  readonly who: string
  /** Whether a whole account is trusted and not one of its users or roles; false for other kinds. */
  readonly wholeAccount: boolean
  /** Whether conditions tell the principal as AWS asks for its kind; undefined where the template does not tell. */
  readonly sufficient: boolean | undefined
  /** What is asked for the kind, as an object of "needs ...". */
  readonly needs: string
  /** Keys of conditions that meet it, in lower case. */
  readonly by: readonly string[]
}

type Kind = Trust['kind']

const needs: Readonly<Record<Kind, string>> = {
  everyone: 'a named principal',
  'foreign-account': 'a condition on sts:ExternalId, aws:PrincipalOrgID or a second factor',
  oidc: "a condition on the provider's sub with a value that names who may sign in",
  saml: 'a condition on SAML:aud',
  cognito: 'a condition on cognito-identity.amazonaws.com:aud',
  'web-identity': "a condition on the provider's audience",
  service: 'nothing',
  'own-account': 'nothing',
  unknown: 'a principal that the template tells',
}

/**
 * The principals that a statement of a role's trust policy lets in, and whether its conditions suffice for each. None for `Deny`.
 *
 * - another account: `sts:ExternalId` (third parties), `aws:PrincipalOrgID` or its paths, or a second factor (people)
 * - OIDC: a `sub` that names more than the kind of subject; where the provider serves one organization only, its `aud` suffices too
 * - SAML: `SAML:aud`; Cognito identity pools: `cognito-identity.amazonaws.com:aud`
 * - everybody: fixed values that confine them, as for a bucket (see `confining.ts`)
 * - services: nothing, for a role can only be passed within its account; `aws:SourceAccount` is asked of resource policies
 *
 * (IAM User Guide, "Access to AWS accounts owned by third parties", "Create a role for OpenID Connect federation (console)", "Create a
 * role for SAML 2.0 federation (console)"; Amazon Cognito Developer Guide, "Role trust and permissions".)
 */
export function trustsOf(statement: Statement, ownAccount: OwnAccounts): readonly Trust[] {
  const { principals, effect } = statement
  if (principals === undefined || effect === 'Deny') return []
  const trust = (kind: Kind, who: string, wholeAccount = false): Trust => judged(statement, kind, who, wholeAccount, ownAccount)
  if (principals.negated) return [trust('everyone', 'NotPrincipal')]
  return [
    ...(principals.any ? [trust('everyone', '*')] : []),
    ...principals.aws.map((who) => trust(kindOf(who, ownAccount), who, isAccount(who))),
    ...principals.services.map((who) => trust('service', who)),
    ...principals.federated.map((who) => trust(kindOfProvider(who, statement), who)),
    ...principals.canonical.map((who) => trust('unknown', who)),
    ...principals.references.map((one) => trust(kindOfReference(statement), String(plain(one)))),
    ...(principals.unknown ? [trust('unknown', 'unknown')] : []),
  ]
}

const isAccount = (who: string): boolean => /^\d{12}$|:root$/.test(who)

const kindOf = (who: string, ownAccount: OwnAccounts): Kind =>
  (({ own: 'own-account', foreign: 'foreign-account', service: 'service', anybody: 'everyone', unknown: 'unknown' }) as const)[
    partyOf(who, ownAccount)
  ]

const assumes = (statement: Statement, action: string): boolean => statement.actions.words.some((word) => word.toLowerCase() === action)

function kindOfProvider(who: string, statement: Statement): Kind {
  if (who === 'cognito-identity.amazonaws.com') return 'cognito'
  if (/^(accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/.test(who)) return 'web-identity'
  if (who.includes(':saml-provider/') || assumes(statement, 'sts:assumerolewithsaml')) return 'saml'
  return who.includes('oidc-provider/') || assumes(statement, 'sts:assumerolewithwebidentity') ? 'oidc' : 'unknown'
}

/** A provider that the template makes is known by the action of its statement. */
function kindOfReference(statement: Statement): Kind {
  if (assumes(statement, 'sts:assumerolewithsaml')) return 'saml'
  return assumes(statement, 'sts:assumerolewithwebidentity') ? 'oidc' : 'own-account'
}

function judged(statement: Statement, kind: Kind, who: string, wholeAccount: boolean, ownAccount: OwnAccounts): Trust {
  const meeting = statement.conditions.filter((condition) => isStrict(condition, statement.conditions) && meets(kind, who, condition))
  const confining = kind === 'everyone' ? confinementsOf(statement, ownAccount) : []
  const by = [...new Set([...meeting, ...confining].map(({ key }) => key))]
  const certain = meeting.some(isTold) || confining.some((one) => one.certain)
  const open = by.length > 0 || statement.conditionsUnknown ? undefined : false
  const sufficient = free.has(kind) || certain ? true : kind === 'unknown' ? undefined : open
  return { kind, who, wholeAccount, sufficient: statement.effect === 'unknown' ? undefined : sufficient, needs: needs[kind], by }
}

const free: ReadonlySet<Kind> = new Set(['service', 'own-account'])

/** Without wildcards any value of a text names something, told or not. */
const isTold = ({ unknown, operator }: Condition): boolean => !unknown || /^stringequals/i.test(operator)

function meets(kind: Kind, who: string, condition: Condition): boolean {
  if (kind === 'oidc') return meetsOidc(who, condition)
  if (kind === 'foreign-account') return meetsForeign(condition)
  if (kind === 'saml') return condition.key === 'saml:aud' && isNamed(condition)
  if (kind === 'cognito') return condition.key === 'cognito-identity.amazonaws.com:aud' && isNamed(condition)
  return kind === 'web-identity' && /:(aud|app_id|oaud)$/.test(condition.key) && isNamed(condition)
}

const isNamed = ({ values, unknown }: Condition): boolean => (unknown || values.length > 0) && !values.some(hasWildcard)

function meetsForeign(condition: Condition): boolean {
  const { key, values } = condition
  if (key === 'aws:multifactorauthpresent') return values.length > 0 && values.every((value) => value.toLowerCase() === 'true')
  if (key === 'aws:multifactorauthage') return values.length > 0
  if (key === 'aws:principalorgpaths') return values.length > 0 && !values.some((value) => hasWildcard(value.split('/')[0] ?? ''))
  return (key === 'sts:externalid' || key === 'aws:principalorgid') && isNamed(condition)
}

/** Providers that issue tokens to everybody's projects under one address, so that an audience tells nothing. */
const shared = /token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|oidc\.vercel\.com|oidc\.eks\./

/** Claims that name a project as `sub` does. */
const naming = /:(sub|repository(_owner)?(_id)?|job_workflow_ref|project_(id|path)|namespace_(id|path))$/

function meetsOidc(who: string, condition: Condition): boolean {
  const { key, values, unknown } = condition
  if (naming.test(key)) return (unknown || values.length > 0) && values.every((value) => namesSubject(key, value))
  return key.endsWith(':aud') && !shared.test(`${who} ${key}`) && isNamed(condition)
}

/**
 * Whether a subject names who may sign in: the part before its first wildcard holds more than words for kinds, and for GitHub the whole
 * name of an owner: `repo:octo-org/*`, not `repo:*` or `repo:octo*`.
 */
function namesSubject(key: string, value: string): boolean {
  if (!hasWildcard(value)) return value !== ''
  const fixed = value.slice(0, value.search(/[*?]/))
  if (!key.endsWith(':sub')) return fixed.includes('/')
  return key.startsWith('token.actions.githubusercontent.com') ? /:[^:/]+[/:@]/.test(fixed) : /:[^:]/.test(fixed)
}
