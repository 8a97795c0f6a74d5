import { coversAction, wordsCovering } from './actions.ts'
import { type Breadth, broadWords, isStar, ownWords } from './breadth.ts'
import type { Condition } from './condition.ts'
import { deniesUnlessNarrowed, narrowingOf } from './narrowing.ts'
import { covers, hasWildcard } from './pattern.ts'
import type { Statement } from './statement.ts'

/** Where a policy grants something. */
export interface Evidence {
  /** Place of the statement in its document, from 0. */
  readonly statement: number
  readonly sid: string | undefined
  /** Words of the statement that grant it, as written. */
  readonly actions: readonly string[]
  /** Resources on which they do, as written. */
  readonly resources: readonly string[]
  /** One action that is granted, as AWS lists it. */
  readonly example: string
}

/** What to look for. */
export interface Wanted {
  readonly action: string
  readonly breadth: Breadth
  /** Only these types of resource count for the breadth. */
  readonly types?: readonly string[] | undefined
  /** Whether the principal itself suffices as the resource: `user/${aws:username}`. */
  readonly own?: boolean | undefined
  /** Whether a condition that would limit the statement is met by what is looked for. */
  readonly meets?: ((condition: Condition) => boolean) | undefined
}

/**
 * Where statements grant an action as broadly as wanted, not limited by a condition and not taken back by a `Deny`; undefined where none
 * does.
 */
export function grantOf(statements: readonly Statement[], wanted: Wanted): Evidence | undefined {
  for (const statement of statements) {
    const evidence = grantIn(statement, statements, wanted)
    if (evidence !== undefined) return evidence
  }
  return undefined
}

/**
 * Whether a statement is one of an identity's policy that allows, with conditions that could be read. That of a resource speaks of others.
 */
export const isGrant = ({ effect, principals, conditionsUnknown }: Statement): boolean =>
  effect === 'Allow' && principals === undefined && !conditionsUnknown

/** Where one of the statements grants an action, as `grantOf` has it. */
export function grantIn(statement: Statement, all: readonly Statement[], wanted: Wanted): Evidence | undefined {
  const { action, meets = never } = wanted
  if (!isGrant(statement) || !coversAction(statement.actions, action)) return undefined
  if (narrowingOf(statement).some((condition) => !meets(condition))) return undefined
  const words = statement.resources?.kind === 'all-but' ? ['*'] : wordsReaching(statement, wanted)
  const left = words.filter((word) => !isDenied(all, action, word, meets))
  if (left.length === 0) return undefined
  const resources = statement.resources?.kind === 'all-but' ? statement.resources.words : left
  return evidenceOf(statement, action, wordsCovering(statement.actions, action), resources)
}

const never = (): boolean => false

const wordsReaching = ({ resources }: Statement, { action, breadth, types, own }: Wanted): readonly string[] => [
  ...broadWords(resources, action, breadth, types),
  ...(own ? ownWords(resources) : []),
]

/** Evidence from a statement. */
export const evidenceOf = (
  { index, sid }: Statement,
  example: string,
  actions: readonly string[],
  resources: readonly string[],
): Evidence => ({ statement: index, sid, actions, resources, example })

/**
 * Whether a `Deny` takes back an action on a resource wholly: it covers both, and its conditions leave only what narrowing conditions
 * would.
 * @param action an action, or a pattern of which all must be denied
 * @param meets conditions that what is looked for meets, so that they do not count as narrowing
 */
export const isDenied = (
  statements: readonly Statement[],
  action: string,
  resource: string,
  meets: (condition: Condition) => boolean = never,
): boolean =>
  statements.some(
    (statement) =>
      statement.effect === 'Deny' &&
      deniesAction(statement, action) &&
      coversResource(statement, resource) &&
      ((statement.conditions.length === 0 && !statement.conditionsUnknown) || deniesUnlessNarrowed(statement, meets)),
  )

/** A pattern may overlap with what `NotAction` spares, so only a single action counts there. */
const deniesAction = ({ actions }: Statement, action: string): boolean =>
  coversAction(actions, action) && !(actions.kind === 'all-but' && actions.words.length > 0 && hasWildcard(action))

const coversResource = ({ resources }: Statement, resource: string): boolean =>
  resources?.kind === 'listed' && resources.words.some((word) => isStar(word) || covers(word, resource))
