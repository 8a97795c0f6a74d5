/** A statement of a policy as a template holds it, with what other stacks publish already in place. */
export interface PolicyStatement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: unknown
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** Context of a request: keys to values. A key that is absent is absent; a list stands for a multivalued key, and an empty list for one without values. */
export type Context = Readonly<Record<string, string | readonly string[]>>

/** A request to AWS, as far as the policies here look at it. */
export interface PolicyRequest {
  readonly action: string
  /** ARN of what is asked for. */
  readonly resource: string
  readonly context: Context
}

/** Operators this evaluator knows. Another one is an error, never a guess. */
const operators: Readonly<Record<string, (value: string, expected: string) => boolean>> = {
  StringEquals: (value, expected) => value === expected,
  StringLike: (value, expected) => like(value, expected),
  ArnEquals: (value, expected) => like(value, expected),
  ArnLike: (value, expected) => like(value, expected),
  Bool: (value, expected) => value.toLowerCase() === expected.toLowerCase(),
  DateLessThan: (value, expected) => Date.parse(value) < Date.parse(expected),
  DateEquals: (value, expected) => Date.parse(value) === Date.parse(expected),
}

/** Whether a statement speaks of the request. A policy on a resource speaks of that resource alone, so `resource` may be left out of account. */
export function applies(statement: PolicyStatement, request: PolicyRequest, onItsResource = false): boolean {
  const { Action, NotAction, Resource, Condition = {} } = statement
  const acts = Action === undefined ? !anyLike(NotAction, request.action) : anyLike(Action, request.action)
  if (!acts || !(onItsResource || anyLike(Resource, request.resource))) return false
  return Object.entries(Condition).every(([operator, tests]) =>
    Object.entries(tests).every(([key, expected]) => holds(operator, expectedOf(expected, request.context), request.context[key])),
  )
}

/**
 * Whether one test of a condition holds (IAM User Guide, "IAM JSON policy elements: Condition operators", "Single-valued vs. multivalued context keys"). A negated
 * operator holds for a key that is absent; `ForAllValues` for a key without values; what AWS does with a text whose variable has no value
 * is told in no page, so here neither an allowance nor a denial may rest on one: such a test does not hold.
 */
export function holds(
  operator: string,
  expected: readonly (string | undefined)[],
  actual: string | readonly string[] | undefined,
): boolean {
  if (operator === 'Null') return (actual === undefined || actual.length === 0) === (expected[0] === 'true')
  const [, quantifier, negated, plain, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?([A-Z][a-z]+Not)?([A-Za-z]+?)(IfExists)?$/.exec(operator) ?? []
  const name = negated === undefined ? plain : `${negated.slice(0, -'Not'.length)}${plain}`
  const test = operators[name ?? '']
  if (test === undefined) throw new Error(`The evaluator does not know the operator ${operator}.`)
  const values = actual === undefined ? [] : [actual].flat()
  if (ifExists !== undefined && actual === undefined) return true
  const known = expected.some((one) => one !== undefined)
  const matches = (value: string) => known && expected.some((one) => one !== undefined && test(value, one)) !== (negated !== undefined)
  if (quantifier === 'ForAllValues') return values.every(matches)
  if (quantifier === 'ForAnyValue') return values.some(matches)
  return values.length === 0 ? negated !== undefined && known : values.every(matches)
}

const expectedOf = (expected: string | readonly string[], context: Context): (string | undefined)[] =>
  [expected].flat().map((text) => filled(text, context))

// What stands for a tag is taken as it is: `*` in a tag is no wildcard here, and the trust lets none in.
function filled(text: string, context: Context): string | undefined {
  let complete = true
  const result = text.replaceAll(/\$\{([^}]+)\}/g, (_, key: string) => {
    const value = context[key]
    if (typeof value !== 'string') complete = false
    return typeof value === 'string' ? value.replaceAll(/[*?]/g, (sign) => (sign === '*' ? '\u0001' : '\u0002')) : ''
  })
  return complete ? result : undefined
}

function anyLike(patterns: unknown, text: string): boolean {
  return [patterns].flat().some((pattern) => typeof pattern === 'string' && like(text.toLowerCase(), pattern.toLowerCase()))
}

function like(text: string, pattern: string): boolean {
  const parts = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${parts.replaceAll('\u0001', '\\*').replaceAll('\u0002', '\\?')}$`, 's').test(text)
}
