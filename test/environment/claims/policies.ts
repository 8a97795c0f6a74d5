import { expect } from 'vitest'

/** A policy statement as a template holds it. */
export interface Statement {
  readonly Sid: string
  readonly [element: string]: unknown
}

/** A list as a template holds it: one item stands alone. */
export const single = <Item>(list: readonly Item[]): Item | readonly Item[] => (list.length === 1 ? (list[0] as Item) : list)

/** A statement of an identity policy, as a template holds it. */
export const permission = (Sid: string, Action: readonly string[], Resource: readonly unknown[], Condition?: object): Statement => ({
  Sid,
  Effect: 'Allow',
  Action: single(Action),
  Resource: single(Resource),
  ...(Condition && { Condition }),
})

/** Says that a policy holds exactly these statements, each in full; the order of statements and of lists does not matter, as it does not to AWS. */
export function expectStatements(document: unknown, expected: readonly Statement[]): void {
  const { Statement, ...rest } = document as { Statement: Statement[] }
  expect(rest).toEqual({ Version: '2012-10-17' })
  expect(ordered(Statement)).toEqual(ordered(expected))
}

const ordered = (statements: readonly Statement[]): unknown[] =>
  [...statements].sort((one, other) => one.Sid.localeCompare(other.Sid)).map((statement) => sortLists(statement))

function sortLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? [...value].sort() : value.map(sortLists)
  if (value === null || typeof value !== 'object' || 'asymmetricMatch' in value) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sortLists(item)]))
}
