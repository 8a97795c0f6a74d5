import { arnFormat } from './action-data.ts'
import { partsOf, resourceTypesOf } from './actions.ts'
import { fieldsOf } from './arn.ts'
import { covers, hasWildcard } from './pattern.ts'
import type { Words } from './words.ts'

/**
 * How much of what an action can be used on a statement must name, to count:
 * - 'everything': in every account and Region: `*` or `arn:aws:dynamodb:*:*:table/*`
 * - 'every-name': all of a type, be it in one account and Region: `arn:aws:iam::111122223333:role/*`
 * - 'any': anything
 */
export type Breadth = 'everything' | 'every-name' | 'any'

/** Whether a word stands for everything there is: `*`, `arn:*`, `arn:aws:*`. */
export const isStar = (word: string): boolean => /^(arn:(aws[\w-]*:)?)?[*:?]+$/.test(word) && word.includes('*')

/**
 * The words of a statement's resources that are as broad as asked for an action.
 * `NotResource` leaves all but a few, so it counts as everything.
 * @param types only these types of resource, by their names in the Service Authorization Reference; all that the action takes by default
 */
export function broadWords(resources: Words | undefined, action: string, breadth: Breadth, types?: readonly string[]): readonly string[] {
  if (resources === undefined) return []
  if (resources.kind === 'all-but' || breadth === 'any') return resources.words
  return resources.words.filter(
    (word) => isStar(word) || (hasWildcard(word) && formatsOf(action, types).some((format) => coversType(word, format, breadth))),
  )
}

const formatsOf = (action: string, types: readonly string[] = resourceTypesOf(action)): readonly string[] =>
  types.map((type) => arnFormat(partsOf(action).service, type)).filter((format) => format !== undefined)

/** Whether a word covers all resources whose ARN has a form: `arn:aws:iam::*:role/*` all roles. */
function coversType(word: string, format: string, breadth: Breadth): boolean {
  const [, partition, , region, account] = fieldsOf(word)
  const own = (part: string | undefined): string => (breadth === 'every-name' && part !== undefined && !hasWildcard(part) ? part : '*')
  const wanted = format
    .replace('${Partition}', partition === undefined || hasWildcard(partition) ? 'aws' : partition)
    .replace('${Region}', own(region))
    .replace('${Account}', own(account))
    .replace(/\$\{\w+\}/g, '*')
  return covers(word, wanted)
}

/** Words by which a principal reaches itself: `arn:aws:iam::111122223333:user/${aws:username}`. */
export const ownWords = (resources: Words | undefined): readonly string[] =>
  resources?.kind === 'listed' ? resources.words.filter((word) => /\$\{aws:(username|userid)/i.test(word)) : []
