import type { Verdict } from '../gate/verdict.ts'

/** A verdict as JSON; its schema is the type `Verdict`, named by its field `schema`. */
export const renderJson = (verdict: Verdict): string => [...jsonPieces(verdict)].join('')

/** A verdict as JSON, finding by finding: that of a large assembly would be a text of a hundred megabytes. */
export function* jsonPieces(verdict: Verdict): Generator<string> {
  yield* piecesOf(verdict, '', levelsToFindings)
  yield '\n'
}

// The verdict, its subjects, a subject, its findings.
const levelsToFindings = 4

function* piecesOf(value: unknown, indent: string, levels: number): Generator<string> {
  if (levels === 0 || typeof value !== 'object' || value === null) yield JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${indent}`)
  else if (Array.isArray(value)) yield* listPieces(value, indent, levels)
  else yield* mapPieces(value, indent, levels)
}

function* listPieces(list: readonly unknown[], indent: string, levels: number): Generator<string> {
  let before = '['
  for (const part of list) {
    yield `${before}\n${indent}  `
    yield* piecesOf(part, `${indent}  `, levels - 1)
    before = ','
  }
  yield list.length === 0 ? '[]' : `\n${indent}]`
}

function* mapPieces(map: object, indent: string, levels: number): Generator<string> {
  const entries = Object.entries(map).filter(([, part]) => part !== undefined)
  let before = '{'
  for (const [name, part] of entries) {
    yield `${before}\n${indent}  ${JSON.stringify(name)}: `
    yield* piecesOf(part, `${indent}  `, levels - 1)
    before = ','
  }
  yield entries.length === 0 ? '{}' : `\n${indent}}`
}
