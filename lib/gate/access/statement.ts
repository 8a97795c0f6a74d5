import { isMap, listOf, Unknown, type Value, type ValueMap } from '../template/value.ts'
import { type Condition, conditionsOf } from './condition.ts'
import { type Principals, principalsOf } from './principals.ts'
import { actionsOf, resourcesOf, type Words } from './words.ts'

/** A statement of a policy. */
export interface Statement {
  /** Its place in the document, from 0: evidence names it `Statement.2`. */
  readonly index: number
  readonly sid: string | undefined
  /** 'unknown' also for a word that IAM refuses: it tells `Allow` from `allow`. */
  readonly effect: 'Allow' | 'Deny' | 'unknown'
  readonly actions: Words
  /** Undefined where the statement names none, as in a trust policy. */
  readonly resources: Words | undefined
  /** Undefined where the statement names none, as in a policy of an identity. */
  readonly principals: Principals | undefined
  readonly conditions: readonly Condition[]
  /** Whether there are conditions that could not be read, so that the statement may grant less than it seems. */
  readonly conditionsUnknown: boolean
}

/** The statements of a document and why parts of it could not be read. */
export interface Statements {
  readonly statements: readonly Statement[]
  /** Ends of the sentence "cannot be known: ...". */
  readonly unknown: readonly string[]
}

/**
 * Reads the statements of a policy document: a map, or the JSON text of one.
 *
 * A single statement or word stands for a list of one. What a template does not tell is reported in `unknown` and never throws.
 * (IAM User Guide, "Grammar of the IAM JSON policy language".)
 */
export function statementsOf(document: Value | undefined): Statements {
  if (typeof document !== 'object' || document === null) return read(document ?? undefined)
  const before = known.get(document)
  if (before !== undefined) return before
  const statements = read(document)
  known.set(document, statements)
  return statements
}

// Dozens of controls ask for the same document.
const known = new WeakMap<object, Statements>()

function read(document: Value | undefined): Statements {
  if (document === undefined) return { statements: [], unknown: [] }
  const map = typeof document === 'string' ? parsed(document) : document
  if (map instanceof Unknown) return nothing(map.reason)
  if (!isMap(map)) return nothing('the policy is not a JSON object')
  const { Statement: list } = map
  if (list === undefined) return nothing('the policy has no Statement')
  if (list instanceof Unknown) return nothing(list.reason)
  const parts = listOf(list).map((statement, index) => (isMap(statement) ? statementOf(statement, index) : reasonOf(statement, index)))
  const statements = parts.filter((part) => typeof part !== 'string')
  return { statements, unknown: [...parts.filter((part) => typeof part === 'string'), ...statements.flatMap(reasonsOf)] }
}

const nothing = (reason: string): Statements => ({ statements: [], unknown: [reason] })

const reasonOf = (value: Value, index: number): string =>
  value instanceof Unknown ? value.reason : `Statement.${index} is not a JSON object`

function parsed(text: string): Value {
  try {
    return JSON.parse(text)
  } catch {
    return new Unknown('the policy is not JSON')
  }
}

function statementOf(statement: ValueMap, index: number): Statement {
  const { Sid: sid, Effect: effect } = statement
  const { conditions, unknown } = conditionsOf(statement['Condition'])
  return {
    index,
    sid: typeof sid === 'string' ? sid : undefined,
    effect: effect === 'Allow' || effect === 'Deny' ? effect : 'unknown',
    actions: actionsOf(statement),
    resources: resourcesOf(statement),
    principals: principalsOf(statement),
    conditions,
    conditionsUnknown: unknown,
  }
}

function reasonsOf(statement: Statement): readonly string[] {
  const flaws = [
    [statement.effect === 'unknown', 'Effect'],
    [statement.actions.unknown, 'actions'],
    [statement.actions.kind === 'absent', 'actions'],
    [statement.resources?.unknown, 'resources'],
    [statement.principals?.unknown, 'principals'],
    [statement.conditionsUnknown || statement.conditions.some((condition) => condition.unknown), 'conditions'],
  ] as const
  return flaws.filter(([missing]) => missing).map(([, part]) => `the ${part} of Statement.${statement.index}`)
}
