import { type Confinement, confinementsOf, sourceKeys } from './confining.ts'
import { type OwnAccounts, type Party, partyOf } from './party.ts'
import type { Principals } from './principals.ts'
import type { Statement } from './statement.ts'

/**
 * Who a statement of a resource policy lets in, from the worst:
 * - 'everyone': anybody, or any account of AWS
 * - 'named-foreign': an account that is named and is not the own one
 * - 'service-unconditioned': a service of AWS for whomever it acts (the confused deputy)
 * - 'unknown': the template does not tell
 * - 'confined': anybody within a network, an organization or the like
 * - 'service': a service for a source that a condition names, or an origin access identity
 * - 'own-account': principals of the own account
 * - 'nobody': no one, as with `Deny` and without principals
 */
export type Reach = (typeof reaches)[number]

const reaches = ['everyone', 'named-foreign', 'service-unconditioned', 'unknown', 'confined', 'service', 'own-account', 'nobody'] as const

/** Who a statement of a resource policy lets in. */
export interface Exposure {
  readonly reach: Reach
  /** The principals that reach so far, as written. */
  readonly who: readonly string[]
  /** Keys of conditions that confine them, in lower case. */
  readonly confinedBy: readonly string[]
}

/**
 * Judges one statement of a resource policy by its worst principal.
 *
 * Public is what Amazon S3 calls public ("The meaning of public"): a policy that names everybody and no fixed value of a key that
 * confines them. A condition with `IfExists`, with a negated operator, with a wildcard value, or with `ForAllValues` but no `Null`,
 * confines nobody. Nor does a `Deny` of the same policy take from what is judged here.
 * @param ownAccount account id of the subject, where it is known
 */
export function exposureOf(statement: Statement, ownAccount: OwnAccounts): Exposure {
  const { effect, principals } = statement
  if (effect === 'Deny' || principals === undefined) return { reach: 'nobody', who: [], confinedBy: [] }
  const confinements = confinementsOf(statement, ownAccount)
  const reached = reachedBy(principals, confinements, statement.conditionsUnknown, ownAccount)
  const certain = reached.map(({ reach, who }) => ({ reach: effect === 'unknown' && reach !== 'nobody' ? 'unknown' : reach, who }) as const)
  const reach = worst(certain.map((one) => one.reach))
  return { reach, who: certain.filter((one) => one.reach === reach).map(({ who }) => who), confinedBy: confinements.map(({ key }) => key) }
}

/** The worst of reaches; 'nobody' where there are none. */
export const worst = (list: readonly Reach[]): Reach => reaches.find((reach) => list.includes(reach)) ?? 'nobody'

interface Reached {
  readonly reach: Reach
  readonly who: string
}

function reachedBy(principals: Principals, by: readonly Confinement[], unread: boolean, own: OwnAccounts): readonly Reached[] {
  if (principals.negated) return [{ reach: anybody(by, unread), who: 'NotPrincipal' }]
  return [
    ...(principals.any ? everybody('*', by, unread) : []),
    ...principals.aws.flatMap((who) => {
      const party = partyOf(who, own)
      return party === 'anybody' ? everybody(who, by, unread) : [{ reach: reachOf(party, by, unread), who }]
    }),
    ...principals.services.map((who) => ({ reach: who === '*' ? anybody(by, unread) : ofService(by, unread), who })),
    ...principals.federated.map((who) => ({ reach: reachOf(partyOf(who, own), by, unread), who })),
    ...principals.canonical.map((who) => ({ reach: reachOf(partyOfCanonical(who), by, unread), who })),
    ...principals.references.map(({ logicalId }) => ({ reach: 'own-account' as const, who: logicalId })),
    ...(principals.unknown ? [{ reach: 'unknown' as const, who: 'unknown' }] : []),
  ]
}

/** What is left of a principal that means everybody: the other accounts themselves, where conditions name them. */
function everybody(who: string, by: readonly Confinement[], unread: boolean): readonly Reached[] {
  const reach = anybody(by, unread)
  if (reach !== 'named-foreign') return [{ reach, who }]
  return [...new Set(by.flatMap(({ strangers }) => strangers))].map((stranger) => ({ reach, who: stranger }))
}

/** What is left of anybody. */
function anybody(by: readonly Confinement[], unread: boolean): Reach {
  const certain = by.filter((one) => one.certain)
  if (certain.length === 0) return by.length > 0 || unread ? 'unknown' : 'everyone'
  if (certain.some(({ leaves }) => leaves === 'own')) return 'own-account'
  return certain.every(({ leaves }) => leaves === 'foreign') ? 'named-foreign' : 'confined'
}

function reachOf(party: Party, by: readonly Confinement[], unread: boolean): Reach {
  if (party === 'anybody') return anybody(by, unread)
  return ({ own: 'own-account', foreign: 'named-foreign', service: 'service', unknown: 'unknown' } as const)[party]
}

function ofService(by: readonly Confinement[], unread: boolean): Reach {
  const sources = by.filter(({ key }) => sourceKeys.has(key))
  if (sources.some(({ certain }) => certain)) return 'service'
  return sources.length > 0 || unread ? 'unknown' : 'service-unconditioned'
}

/** A canonical user id is that of an account, foreign unless it is the attribute of an origin access identity. */
const partyOfCanonical = (id: string): Party => (/^[0-9a-f]{64}$/i.test(id) ? 'foreign' : partyOf(id, undefined))
