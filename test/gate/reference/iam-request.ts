import type { PlainStatement } from '../../../lib/gate/reference/access-reference.ts'

/** A request to AWS, with the value of its key `a:b`; undefined where it has none. */
export interface Request {
  readonly action: string
  readonly resource: string
  readonly account: string
  readonly value: string | undefined
}

/** Whether a statement speaks of a request, worked out request by request. (IAM User Guide, "Policy evaluation logic".) */
export function isMatchedBy({ action, resource, account, value }: Request, statement: PlainStatement): boolean {
  const elements = [
    ['Action', action.toLowerCase(), (word: string) => word.toLowerCase()],
    ['Resource', resource, String],
    ['Principal', account, String],
  ] as const
  return (
    elements.every(([name, given, form]) => {
      const listed = wordsOf(statement[name])
      if (listed !== undefined) return listed.some((word) => matches(form(word), given))
      return !(wordsOf(statement[`Not${name}`]) ?? []).some((word) => matches(form(word), given))
    }) &&
    Object.entries((statement['Condition'] ?? {}) as Conditions).every(([operator, keys]) => holds(operator, keys['a:b'] ?? [], value))
  )
}

type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

function wordsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined
  return typeof value === 'object' && value !== null && 'AWS' in value ? wordsOf(value.AWS) : ([value].flat() as string[])
}

const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text)

function holds(operator: string, values: readonly string[], value: string | undefined): boolean {
  switch (operator) {
    case 'StringEquals':
      return value !== undefined && values.includes(value)
    case 'StringEqualsIfExists':
      return value === undefined || values.includes(value)
    case 'StringNotEquals':
      return value === undefined || !values.includes(value)
    case 'StringLike':
      return value !== undefined && values.some((pattern) => matches(pattern, value))
    case 'StringNotLike':
      return value === undefined || !values.some((pattern) => matches(pattern, value))
    default:
      return value !== undefined && values.some((limit) => Number(value) < Number(limit))
  }
}
