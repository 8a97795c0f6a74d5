import { hasHole, listOf, plain, Reference, Unknown, type Value, type ValueMap } from '../template/value.ts'

/** The words of `Action` or `Resource` ('listed'), or of `NotAction` or `NotResource` ('all-but'). */
export interface Words {
  readonly kind: 'listed' | 'all-but' | 'absent'
  /** As written; a part that only deployment fills in is a hole. */
  readonly words: readonly string[]
  /** Whether there are elements that the template does not tell, so that more is meant than `words`. */
  readonly unknown: boolean
}

/** Reads the actions of a statement. A hole may hide a wildcard, so an action with one counts as unknown. */
export function actionsOf(statement: ValueMap): Words {
  const read = wordsOf(statement, 'Action')
  return { ...read, words: read.words.filter((word) => !hasHole(word)), unknown: read.unknown || read.words.some(hasHole) }
}

/** Reads the resources of a statement; undefined where it names none, as in a trust policy. */
export function resourcesOf(statement: ValueMap): Words | undefined {
  const read = wordsOf(statement, 'Resource')
  return read.kind === 'absent' ? undefined : read
}

function wordsOf(statement: ValueMap, element: string): Words {
  const [listed, others] = [statement[element], statement[`Not${element}`]]
  if (listed === undefined && others === undefined) return { kind: 'absent', words: [], unknown: false }
  const kind = listed === undefined ? 'all-but' : 'listed'
  const read = textsOf(listed === undefined ? others : listed)
  // IAM refuses a statement with both, so nothing is certain about it.
  return { kind, ...read, unknown: read.unknown || (listed !== undefined && others !== undefined) }
}

/** The texts of a value and whether it has other parts. A reference counts as its hole. */
export function textsOf(value: Value | undefined): { readonly words: readonly string[]; readonly unknown: boolean } {
  const texts = listOf(value).map(textOf)
  const words = texts.filter((text) => text !== undefined)
  return { words, unknown: value instanceof Unknown || words.length < texts.length }
}

function textOf(value: Value): string | undefined {
  if (value instanceof Reference) return String(plain(value))
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : undefined
}
