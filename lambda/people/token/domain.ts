import { identifierPattern } from '../../shared/identifiers.ts'
import type { Tags } from '../../shared/session/tags.ts'
import { tagsClaim } from '../../shared/session/tags-claim.ts'
import { attributes } from './attributes.ts'
import type { TokenRequest } from './event.ts'

/** Claims this function adds to an ID token. A later reader finds the same ids in plain claims, which API Gateway hands to functions as text. */
export type AddedClaims = Readonly<Record<string, string | object>>

/** Words a person reads who gets no token; Cognito shows them as the reason. They hold nothing of the request. */
export const noToken = {
  choose: 'Choose one of your practices: answer the last challenge, or refresh, with ClientMetadata {"practice": "<its id>"}.',
  notYours: 'This practice is none of yours. Ask the administrator of your practice.',
  notSetUp: 'Your account is not set up for the on-call line yet. Ask the administrator of your practice.',
} as const

/**
 * The claims of a person's ID token, from attributes that only administrators write.
 * @throws Error with words of `noToken`; Cognito then issues no token
 */
export function claimsOf({ userAttributes, clientMetadata }: TokenRequest): AddedClaims {
  const person = checked(userAttributes[attributes.subject]?.replaceAll('-', ''))
  const isProvider = attributes.practices in userAttributes
  const isPatient = attributes.patient in userAttributes || attributes.practice in userAttributes
  // The schemas of the two pools have no attribute in common but the subject; an account with attributes of both is a mistake that nobody profits from.
  if (isProvider === isPatient) throw new Error(noToken.notSetUp)
  return isProvider
    ? withTags({ practice: chosen(practicesOf(userAttributes), clientMetadata?.['practice']), person })
    : withTags({ practice: checked(userAttributes[attributes.practice]), person, patient: checked(userAttributes[attributes.patient]) })
}

function practicesOf(userAttributes: TokenRequest['userAttributes']): readonly string[] {
  const practices = (userAttributes[attributes.practices] ?? '').split(' ').filter((practice) => practice !== '')
  return practices.map(checked)
}

function chosen(practices: readonly string[], choice: string | undefined): string {
  const [first, second] = practices
  if (first === undefined) throw new Error(noToken.notSetUp)
  if (choice !== undefined) {
    if (!practices.includes(choice)) throw new Error(noToken.notYours)
    return choice
  }
  if (second !== undefined) throw new Error(noToken.choose)
  return first
}

function checked(id: string | undefined): string {
  if (id === undefined || !identifierPattern.test(id)) throw new Error(noToken.notSetUp)
  return id
}

function withTags(ids: { practice: string; person: string; patient?: string }): AddedClaims {
  const tags = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, [id]])) as Tags
  return { ...ids, [tagsClaim]: { principal_tags: tags, transitive_tag_keys: Object.keys(ids) } }
}
