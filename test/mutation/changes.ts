/** Where a value stands inside a resource. */
export type Path = readonly (string | number)[]
/** What was done to a value, and what became of it. */
export type Change = readonly [change: string, value: unknown]

/** Every change to one value that says the opposite, lets more in, or is a little off. */
export function changesTo(path: Path, value: unknown): readonly Change[] {
  const key = path.at(-1)
  if (typeof value === 'boolean') return [['inverted', !value]]
  if (typeof value === 'number') return numbers(value)
  if (typeof value === 'string')
    return [
      ...widened(key, value),
      ...lengthened(path, value),
      value in opposites ? ['swapped', opposites[value]] : ['set to another text', `other-${value}`],
    ]
  if (Array.isArray(value)) return [...widened(key, value), longer(key, value)]
  if (isIntrinsic(value) || value === null || typeof value !== 'object') return widened(key, value)
  if (key === 'Condition') return conditions(value as Conditions)
  return [...widened(key, value), ...verdicts(value), ['given another property', { ...value, Other: 'other' }]]
}

/** Whether a value is only known to CloudFormation: `{ Ref }` or `{ "Fn::GetAtt" }`. */
export function isIntrinsic(value: unknown): boolean {
  const [key, ...more] = value === null || typeof value !== 'object' ? [] : Object.keys(value)
  return key !== undefined && more.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))
}

const opposites: Readonly<Record<string, string>> = {
  Allow: 'Deny',
  Deny: 'Allow',
  Retain: 'Delete',
  Delete: 'Retain',
  Enabled: 'Disabled',
  ENABLED: 'DISABLED',
  COMPLIANCE: 'GOVERNANCE',
  true: 'false',
  false: 'true',
}

const numbers = (value: number): readonly Change[] => {
  const changed: readonly (readonly [string, number])[] = [
    ['set to 0', 0],
    ['made ten times as large', value * 10],
    ['made one less', value - 1],
  ]
  // One less than one is zero, and ten times zero is itself.
  return changed.filter(([, other], index) => other !== value && changed.findIndex(([, earlier]) => earlier === other) === index)
}

const wild: Readonly<Record<string, unknown>> = { Action: '*', Resource: '*', Principal: '*' }

const widened = (key: string | number | undefined, value: unknown): readonly Change[] =>
  typeof key === 'string' && key in wild && !isEverything(value) ? [['widened to *', wild[key]]] : []

// Already as wide as it can be: as text, in a list, or as a principal.
const isEverything = (value: unknown): boolean => ['"*"', '["*"]', '{"AWS":"*"}'].includes(JSON.stringify(value))

const ofPolicies = ['Action', 'NotAction', 'Resource', 'NotResource']

// `dynamodb:Get*` is more than `dynamodb:Get`, and so it is with the name of a resource.
const lengthened = (path: Path, value: string): readonly Change[] =>
  ofPolicies.includes(String(path.findLast((key) => typeof key === 'string'))) && !value.endsWith('*')
    ? [['lengthened by *', `${value}*`]]
    : []

// What a firewall does stands in a key: `{ Block: {} }`.
const otherVerdicts: Readonly<Record<string, string>> = { Allow: 'Block', Block: 'Count', Count: 'None', None: 'Count' }

function verdicts(value: object): readonly Change[] {
  const [verdict, ...more] = Object.keys(value)
  const other = otherVerdicts[verdict ?? '']
  return other === undefined || more.length > 0 ? [] : [[`turned into ${other}`, { [other]: Object.values(value)[0] }]]
}

function longer(key: string | number | undefined, list: readonly unknown[]): Change {
  if (key === 'Statement') return ['given a statement that allows everything', [...list, everythingAllowed(list)]]
  const last = list.at(-1) ?? 'item'
  return ['given one more item', [...list, typeof last === 'string' ? `other-${last}` : last]]
}

// Has a principal and a resource where the other statements of the policy have them.
function everythingAllowed(statements: readonly unknown[]): unknown {
  const has = (...elements: readonly string[]) =>
    statements.some((statement) => elements.some((element) => Object.hasOwn(statement as object, element)))
  return {
    Sid: 'Added',
    Effect: 'Allow',
    ...(has('Principal', 'NotPrincipal') && { Principal: '*' }),
    Action: '*',
    ...(has('Resource', 'NotResource') && { Resource: '*' }),
  }
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>

function conditions(block: Conditions): readonly Change[] {
  return Object.entries(block).flatMap(([operator, keys]) => {
    const { [operator]: _, ...others } = block
    const instead = (change: string, other: string, values = keys): Change => [
      `${operator} ${change}`,
      { ...others, [other]: { ...others[other], ...values } },
    ]
    const anything = Object.fromEntries(Object.keys(keys).map((key) => [key, '*']))
    return [
      ...negated(operator).map((other) => instead(`turned into ${other}`, other)),
      ...loosened(operator, keys).map((other) => instead(`turned into ${other} *`, other, anything)),
      ...quantified(operator).map((other) => instead(`turned into ${other}`, other)),
      ...(operator === 'Null' ? [] : [toggled(operator, 'IfExists')].map((other) => instead(`turned into ${other}`, other))),
    ]
  })
}

const comparison = /(String|Arn|Numeric|Date)(Not)?(?=Equals|Like)/
const ofText = /(String|Arn)(Not)?(EqualsIgnoreCase|Equals|Like)/

const negated = (operator: string): readonly string[] =>
  comparison.test(operator)
    ? [operator.replace(comparison, (_, type: string, not?: string) => (not === undefined ? `${type}Not` : type))]
    : []

// An allowance that holds for anything, or a denial that holds for nothing.
const loosened = (operator: string, keys: Readonly<Record<string, unknown>>): readonly string[] =>
  ofText.test(operator) && !Object.values(keys).every(isEverything) ? [operator.replace(ofText, '$1$2Like')] : []

const quantified = (operator: string): readonly string[] => {
  const [quantifier, rest] = operator.split(':')
  if (rest === undefined) return []
  return [`${quantifier === 'ForAllValues' ? 'ForAnyValue' : 'ForAllValues'}:${rest}`]
}

const toggled = (text: string, end: string): string => (text.endsWith(end) ? text.slice(0, -end.length) : `${text}${end}`)
