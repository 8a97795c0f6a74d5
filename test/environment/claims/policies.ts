import { expect } from 'vitest'

/** A policy statement as a template holds it. */
export interface Statement {
  readonly Sid: string
  readonly [element: string]: unknown
}

/** Says that a policy holds exactly these statements, each in full; the order of statements and of lists does not matter, as it does not to AWS. */
export function expectStatements(document: unknown, expected: readonly Statement[]): void {
  const { Version, Statement } = document as { Version: string; Statement: Statement[] }
  expect(Version).toBe('2012-10-17')
  expect(ordered(Statement)).toEqual(ordered(expected))
}

const ordered = (statements: readonly Statement[]): unknown[] =>
  [...statements].sort((one, other) => one.Sid.localeCompare(other.Sid)).map((statement) => sortLists(statement))

function sortLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? [...value].sort() : value.map(sortLists)
  if (value === null || typeof value !== 'object' || 'asymmetricMatch' in value) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sortLists(item)]))
}
