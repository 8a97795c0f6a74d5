import { type ActionEntry, actionsOfService, services } from './action-data.ts'
import { covers, hasWildcard } from './pattern.ts'
import type { Statement } from './statement.ts'
import type { Words } from './words.ts'

/** Access levels of the Service Authorization Reference. */
export type Level = 'Read' | 'List' | 'Write' | 'Permissions management' | 'Tagging'

/** An action that AWS lists. */
export interface KnownAction {
  /** With its service, as AWS writes it: `iam:PassRole`. */
  readonly action: string
  readonly entry: ActionEntry
}

/**
 * Whether a word of a policy names an action. IAM does not tell the cases of actions apart. (IAM User Guide, "IAM JSON policy elements:
 * Action".)
 */
export const matchesAction = (pattern: string, action: string): boolean => covers(pattern.toLowerCase(), action.toLowerCase())

/** Words in lower case: those that name one action, and those with wildcards. */
interface Named {
  readonly actions: ReadonlySet<string>
  readonly patterns: readonly string[]
}

const namedBy = new WeakMap<readonly string[], Named>()

// A statement is asked about hundreds of actions.
function sorted(words: readonly string[]): Named {
  const known = namedBy.get(words)
  if (known !== undefined) return known
  const lower = words.map((word) => word.toLowerCase())
  const named = { actions: new Set(lower), patterns: lower.filter(hasWildcard) }
  namedBy.set(words, named)
  return named
}

function isNamed(words: readonly string[], action: string): boolean {
  const { actions, patterns } = sorted(words)
  const lower = action.toLowerCase()
  return actions.has(lower) || patterns.some((pattern) => covers(pattern, lower))
}

/** Whether words of a statement cover an action. What could not be read counts as not covering. */
export function coversAction({ kind, words, unknown }: Words, action: string): boolean {
  if (kind === 'all-but') return !unknown && !isNamed(words, action)
  return kind === 'listed' && isNamed(words, action)
}

/**
 * Whether words of a statement cover every action of a service. `NotAction` does where none of its words names an action of the service,
 * or one of every service. What could not be read counts as not covering.
 */
export function coversService({ kind, words, unknown }: Words, service: string): boolean {
  if (kind === 'all-but') return !unknown && !words.some((word) => matchesAction(partsOf(word).service, service))
  return kind === 'listed' && isNamed(words, `${service}:*`)
}

const placesIn = new WeakMap<readonly string[], ReadonlyMap<string, number>>()

/** Places of actions in a list, by the actions in lower case. */
function placesOf(actions: readonly string[]): ReadonlyMap<string, number> {
  const known = placesIn.get(actions)
  if (known !== undefined) return known
  const places = new Map(actions.map((action, place) => [action.toLowerCase(), place]))
  placesIn.set(actions, places)
  return places
}

/**
 * Those of some actions that words of a statement cover, in their order.
 * @param actions a list that stays, without doubles
 */
export function coveredOf(words: Words, actions: readonly string[]): readonly string[] {
  if (words.kind === 'absent') return []
  const named = sorted(words.words)
  if (words.kind === 'all-but' || named.patterns.length > 0) return actions.filter((action) => coversAction(words, action))
  const places = placesOf(actions)
  const covered = [...named.actions].flatMap((action) => places.get(action) ?? [])
  return covered.sort((one, other) => one - other).map((place) => actions[place] ?? '')
}

/** Words of a statement, as written, by which it covers an action: all of them for `NotAction`. */
export const wordsCovering = ({ kind, words }: Words, action: string): readonly string[] =>
  kind === 'all-but' ? words : words.filter((word) => matchesAction(word, action))

/** Splits `iam:PassRole` into its service, in lower case, and its name. */
export function partsOf(word: string): { readonly service: string; readonly name: string } {
  const colon = word.indexOf(':')
  return colon < 0
    ? { service: word.toLowerCase(), name: '*' }
    : { service: word.slice(0, colon).toLowerCase(), name: word.slice(colon + 1) }
}

/** Actions that AWS lists and a word names, read service by service as they are asked for. */
export function* actionsMatching(word: string, within: () => readonly string[] = services): Generator<KnownAction> {
  const { service, name } = partsOf(word)
  if (!hasWildcard(service)) return yield* actionsNamed(service, name)
  for (const one of within()) yield* actionsNamed(one, '*').filter(({ action }) => matchesAction(word, action))
}

// The words of policies repeat from one to the next.
const named = new Map<string, readonly KnownAction[]>()

function actionsNamed(service: string, name: string): readonly KnownAction[] {
  const key = `${service}:${name}`
  const known = named.get(key) ?? findActions(service, name)
  named.set(key, known)
  return known
}

function findActions(service: string, name: string): readonly KnownAction[] {
  const actions = actionsOfService(service)
  const one = actions.get(name.toLowerCase())
  const entries = hasWildcard(name) ? [...actions.values()] : one === undefined ? [] : [one]
  return entries.filter((entry) => matchesAction(name, entry.name)).map((entry) => ({ action: `${service}:${entry.name}`, entry }))
}

/**
 * Actions that AWS lists and a statement's words cover, whatever its effect. `NotAction` covers all others, so this reads every service.
 */
export function* actionsCovered(statement: Statement, within: () => readonly string[] = services): Generator<KnownAction> {
  const { kind, words } = statement.actions
  const patterns = kind === 'all-but' ? ['*'] : words
  for (const pattern of patterns)
    for (const known of actionsMatching(pattern, within))
      if (kind === 'listed' || coversAction(statement.actions, known.action)) yield known
}

/** Actions that AWS lists and an `Allow` statement covers, each once; none for another effect. */
export const grantedActions = (statement: Statement): readonly string[] =>
  statement.effect === 'Allow' ? [...new Set([...actionsCovered(statement)].map(({ action }) => action))] : []

const entryOf = (action: string): ActionEntry | undefined => {
  const { service, name } = partsOf(action)
  return actionsOfService(service).get(name.toLowerCase())
}

/** Whether AWS lists an action. */
export const actionExists = (action: string): boolean => entryOf(action) !== undefined

/** Access level of an action; undefined for one that AWS does not list. */
export const levelOf = (action: string): Level | undefined => levelOfEntry(entryOf(action))

/** Access level of an action's entry: the most telling where there are several. */
export function levelOfEntry(entry: ActionEntry | undefined): Level | undefined {
  if (entry === undefined) return undefined
  const known = levels.get(entry.accessLevel)
  if (known !== undefined) return known
  const level = entry.accessLevel.split(',')[0]?.trim() as Level
  levels.set(entry.accessLevel, level)
  return level
}

const levels = new Map<string, Level>()

/** Names of the types of resource that an action takes. */
export const resourceTypesOf = (action: string): readonly string[] => entryOf(action)?.resourceTypes.map(({ name }) => name) ?? []

/** Whether an action can be granted on named resources. Where it cannot, `Resource: "*"` is the only way to grant it. */
export const supportsResourceLevel = (action: string): boolean => resourceTypesOf(action).length > 0
