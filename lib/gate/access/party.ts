import { hasHole, hole } from '../template/value.ts'
import { fieldsOf } from './arn.ts'
import { loadBalancerAccounts } from './load-balancer-accounts.ts'
import { hasWildcard } from './pattern.ts'

/** Whose a principal or an account is. */
export type Party = 'own' | 'foreign' | 'service' | 'anybody' | 'unknown'

/** The own account, or every account of what is deployed together; undefined where none is known. */
export type OwnAccounts = string | ReadonlySet<string> | undefined

const ownHole = hole('AWS::AccountId')

/**
 * Whose an `AWS` principal is: an account id, an ARN, or the unique id of a user or role.
 *
 * The own account is `⟨AWS::AccountId⟩`, or the one given. Any other literal account is foreign, also where the own one is not known:
 * that is the measure of "external access" of IAM Access Analyzer with the account as zone of trust. (IAM User Guide, "AWS JSON policy
 * elements: Principal".)
 */
export function partyOf(principal: string, ownAccount: OwnAccounts): Party {
  if (principal === '*') return 'anybody'
  const whole = wholeHole.exec(principal)?.[1]
  if (whole !== undefined) return principal === ownHole || whole.includes('.') ? 'own' : 'unknown'
  if (principal.startsWith('arn:aws:iam::cloudfront:user/')) return 'service'
  return partyOfAccount(principal.startsWith('arn:') ? (fieldsOf(principal)[4] ?? '') : principal, ownAccount)
}

const wholeHole = /^⟨([^⟨⟩]*)⟩$/

/** Whose an account is. */
export function partyOfAccount(account: string, ownAccount: OwnAccounts): Party {
  if (account === ownHole || isOwn(account, ownAccount)) return 'own'
  if (/^\d{12}$/.test(account)) return loadBalancerAccounts.has(account) ? 'service' : 'foreign'
  if (hasHole(account)) return 'unknown'
  return hasWildcard(account) ? 'anybody' : 'unknown'
}

const isOwn = (account: string, own: OwnAccounts): boolean => (typeof own === 'string' ? account === own : own?.has(account) === true)
