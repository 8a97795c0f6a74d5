import { matchesAction } from '../../access/actions.ts'
import type { Condition } from '../../access/condition.ts'
import { confinementsOf } from '../../access/confining.ts'
import { kept } from '../../access/kept.ts'
import type { OwnAccounts } from '../../access/party.ts'
import { covers } from '../../access/pattern.ts'
import type { Principals } from '../../access/principals.ts'
import { exposureOf, type Reach } from '../../access/public-principal.ts'
import type { Statement } from '../../access/statement.ts'

/** Whom one kind of principals of a statement lets in. */
export interface Reached {
  readonly statement: Statement
  readonly reach: Reach
  readonly who: readonly string[]
}

/** Which principals of statements are looked at: everybody (`*`), those who are named, or services. */
export type Kind = 'anybody' | 'named' | 'services'

const nobody = {
  any: false,
  negated: false,
  aws: [],
  services: [],
  federated: [],
  canonical: [],
  references: [],
  unknown: false,
} as const satisfies Principals

function only(principals: Principals, kind: Kind): Principals {
  if (kind === 'anybody')
    return {
      ...nobody,
      any: principals.any,
      aws: principals.aws.filter((who) => /\*/.test(who)),
      services: principals.services.filter((who) => who === '*'),
    }
  if (kind === 'services') return { ...nobody, services: principals.services.filter((who) => who !== '*') }
  return { ...principals, any: false, services: [], aws: principals.aws.filter((who) => !/\*/.test(who)) }
}

/** Conditions by which a key is used for one caller or purpose, beside those that name the source. (AWS KMS Developer Guide, "AWS KMS condition keys".) */
const purposes = /^kms:(encryptioncontext|viaservice|calleraccount|grantconstraint)/

/** Whom the allowing statements of a policy let in by one kind of principals, with what other statements take back. Everybody else (`NotPrincipal`) has a control of its own. */
export const reachedBy = (statements: readonly Statement[], kind: Kind, ownAccount: OwnAccounts): readonly Reached[] =>
  reached[kind](statements, ownAccount)

const reached = { anybody: kept(reachOf('anybody')), named: kept(reachOf('named')), services: kept(reachOf('services')) } as const

function reachOf(kind: Kind): (statements: readonly Statement[], ownAccount: OwnAccounts) => readonly Reached[] {
  return (statements, ownAccount) =>
    statements.flatMap((statement) => {
      if (statement.principals === undefined || statement.principals.negated || statement.effect === 'Deny') return []
      const principals = only(statement.principals, kind)
      const { reach, who } = exposureOf({ ...statement, principals }, ownAccount)
      if (reach === 'nobody') return []
      const purposeful = reach === 'service-unconditioned' && statement.conditions.some(({ key }) => purposes.test(key))
      const spared =
        (reach === 'everyone' || reach === 'service-unconditioned') &&
        statements.some((other) => refusesOthers(other, statement, ownAccount))
      return [{ statement, reach: purposeful ? ('service' as const) : spared ? ('confined' as const) : reach, who }]
    })
}

/**
 * Whether a `Deny` to everybody leaves, of what a statement allows, only those within a network, an organization or the like. That is how policies of private
 * APIs are written. ("API Gateway resource policy examples", Amazon API Gateway Developer Guide.)
 */
export function refusesOthers(deny: Statement, allow: Statement, ownAccount: OwnAccounts): boolean {
  if (
    deny.effect !== 'Deny' ||
    deny.principals?.any !== true ||
    deny.principals.negated ||
    deny.conditionsUnknown ||
    deny.conditions.length === 0
  )
    return false
  return (
    takesBack(deny, allow) &&
    deny.conditions.every((condition) => confines(deny, condition, ownAccount)) &&
    !deny.conditions.every(sparesServices)
  )
}

const sparesServices = ({ key }: Condition): boolean => key === 'aws:principalisawsservice' || key === 'aws:viaawsservice'

function confines(deny: Statement, condition: Condition, ownAccount: OwnAccounts): boolean {
  if (sparesServices(condition)) return true
  if (condition.qualifier !== undefined || !/not/i.test(condition.operator)) return false
  const counterpart = { ...condition, operator: condition.operator.replace(/not/i, ''), ifExists: false }
  return confinementsOf({ ...deny, conditions: [counterpart] }, ownAccount).length > 0
}

function takesBack(deny: Statement, allow: Statement): boolean {
  const actions =
    deny.actions.kind === 'listed' &&
    allow.actions.kind === 'listed' &&
    allow.actions.words.every((word) => deny.actions.words.some((one) => matchesAction(one, word)))
  const reached = deny.resources
  if (!actions || reached === undefined || reached.kind !== 'listed') return actions && reached === undefined
  return (allow.resources?.words ?? []).every((word) => reached.words.some((one) => covers(one, word)))
}
