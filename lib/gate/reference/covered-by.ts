import { covers } from '../access/pattern.ts'
import type { Principals } from '../access/principals.ts'
import { type Statement, statementsOf } from '../access/statement.ts'
import type { Words } from '../access/words.ts'
import type { Value } from '../template/value.ts'
import type { PlainStatement } from './access-reference.ts'
import { implies } from './implied-conditions.ts'

/** A statement that can be compared with others. */
export interface Comparable {
  readonly statement: Statement
  /** The statement as text, the same however its elements are ordered. Its Sid is left out. */
  readonly text: string
}

/** Statements of a policy, to be compared. What is no statement is left out. */
export const comparable = (statements: readonly PlainStatement[]): readonly Comparable[] =>
  statements.flatMap((written) =>
    statementsOf({ Statement: [written as unknown as Value] }).statements.map((statement) => ({ statement, text: textOf(written) })),
  )

/**
 * Whether other statements of the same effect speak of every request that a statement speaks of. The answer is no where that cannot be shown: it compares each
 * action on each resource for each principal with one statement at a time.
 */
export function isCoveredBy({ statement, text }: Comparable, others: readonly Comparable[]): boolean {
  if (others.some((other) => other.text === text)) return true
  const candidates = others
    .map((other) => other.statement)
    .filter((other) => isKnown(other) && other.effect === statement.effect && implies(statement.conditions, other.conditions))
  return (
    isKnown(statement) &&
    parts(statement).every(({ actions, resources, principals }) =>
      candidates.some(
        (other) =>
          isWithin(actions, other.actions, lower) &&
          isWithin(resources, other.resources, asWritten) &&
          isAmong(principals, other.principals),
      ),
    )
  )
}

const isKnown = ({ effect, actions, resources, principals, conditionsUnknown }: Statement): boolean =>
  effect !== 'unknown' && !actions.unknown && resources?.unknown !== true && principals?.unknown !== true && !conditionsUnknown

type Part = Pick<Statement, 'actions' | 'resources' | 'principals'>

/** A statement cut into single actions on single resources for single principals, where it lists them. */
const parts = ({ actions, resources, principals }: Statement): readonly Part[] =>
  singles(actions).flatMap((action) =>
    (resources === undefined ? [undefined] : singles(resources)).flatMap((resource) =>
      singlePrincipals(principals).map((principal) => ({ actions: action, resources: resource, principals: principal })),
    ),
  )

const singles = (words: Words): readonly Words[] =>
  words.kind === 'listed' ? words.words.map((word) => ({ ...words, words: [word] })) : [words]

const lower = (word: string): string => word.toLowerCase()
const asWritten = (word: string): string => word

function isWithin(words: Words | undefined, others: Words | undefined, form: (word: string) => string): boolean {
  if (words === undefined || others === undefined) return words === others
  const [these, those] = [words.words.map(form), others.words.map(form)]
  const isIn = (word: string, patterns: readonly string[]) => patterns.some((pattern) => covers(pattern, word))
  if (words.kind === 'all-but')
    return others.kind === 'all-but' ? those.every((word) => isIn(word, these)) : those.some((word) => word === '*')
  if (others.kind === 'listed') return these.every((word) => isIn(word, those))
  return these.every((word) => those.every((left) => areApart(word, left)))
}

/** Whether two patterns surely match nothing in common: what stands before the first wildcard, or hole, differs. */
function areApart(one: string, other: string): boolean {
  const [start, otherStart] = [literalStart(one), literalStart(other)]
  const length = Math.min(start.length, otherStart.length)
  if (start.slice(0, length) !== otherStart.slice(0, length)) return true
  return start === one && otherStart === other && one !== other
}

const literalStart = (pattern: string): string => /^[^*?⟨$]*/.exec(pattern)?.[0] ?? ''

const kinds = ['aws', 'services', 'federated', 'canonical'] as const

function singlePrincipals(principals: Principals | undefined): readonly (Principals | undefined)[] {
  if (principals === undefined || principals.negated || principals.any) return [principals]
  const nobody: Principals = { ...principals, aws: [], services: [], federated: [], canonical: [] }
  return kinds.flatMap((kind) => principals[kind].map((name) => ({ ...nobody, [kind]: [name] })))
}

function isAmong(principals: Principals | undefined, others: Principals | undefined): boolean {
  if (principals === undefined || others === undefined) return principals === others
  if (principals.negated || others.negated)
    return (
      principals.negated === others.negated &&
      principals.any === others.any &&
      kinds.every((kind) => others[kind].every((name) => principals[kind].includes(name)))
    )
  return others.any || (!principals.any && kinds.every((kind) => principals[kind].every((name) => others[kind].includes(name))))
}

function textOf({ Sid: _, ...statement }: PlainStatement): string {
  return JSON.stringify(ordered(statement))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? ordered(value[0]) : value.map((part) => JSON.stringify(ordered(part))).sort()
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : String(value)
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, ordered(part)]),
  )
}
