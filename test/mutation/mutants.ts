/** A template as plain data. */
export interface PlainTemplate {
  readonly Resources: Readonly<Record<string, PlainResource>>
}

/** A resource as plain data. */
export interface PlainResource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
  readonly [attribute: string]: unknown
}

/** One change to one resource. */
export interface Mutant {
  readonly logicalId: string
  readonly type: string
  /** Path of the value inside the resource: `Properties.KeyPolicy.Statement.0.Condition`. */
  readonly path: string
  readonly change: string
  readonly apply: (template: PlainTemplate) => PlainTemplate
}

type Path = readonly (string | number)[]

// What CloudFormation fills in by itself, and what is not the resource's but the library's.
const attributes = ['Properties', 'DeletionPolicy', 'UpdateReplacePolicy'] as const

/** Every mutant of a template: each resource gone, each property deleted, and each value changed for a weaker or a wrong one. */
export function mutantsOf(template: PlainTemplate): Mutant[] {
  return Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    const make = (path: Path, change: string, value: unknown): Mutant => ({
      logicalId,
      type: resource.Type,
      path: path.join('.'),
      change,
      apply: ({ Resources, ...rest }) => ({
        ...rest,
        Resources: replaced(Resources, [logicalId, ...path], value) as PlainTemplate['Resources'],
      }),
    })
    const inside = attributes.filter((name) => resource[name] !== undefined).flatMap((name) => changesOf([name], resource[name], make))
    return [make([], 'removed', removed), ...inside]
  })
}

const removed = Symbol('removed')

function changesOf(path: Path, value: unknown, make: (path: Path, change: string, value: unknown) => Mutant): Mutant[] {
  const own =
    path.length === 1 && path[0] === 'Properties'
      ? []
      : [make(path, 'removed', removed), ...opposites(path, value).map(([change, other]) => make(path, change, other))]
  if (value === null || typeof value !== 'object' || isIntrinsic(value)) return own
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, child]) => changesOf([...path, Array.isArray(value) ? Number(key) : key], child, make)),
  ]
}

const isIntrinsic = (value: object): boolean => {
  const [key, ...more] = Object.keys(value)
  return key !== undefined && more.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))
}

const wild: Readonly<Record<string, unknown>> = { Action: '*', Resource: '*', Principal: '*' }
const swapped: Readonly<Record<string, string>> = {
  Allow: 'Deny',
  Deny: 'Allow',
  Retain: 'Delete',
  Delete: 'Retain',
  Enabled: 'Disabled',
  ENABLED: 'DISABLED',
  COMPLIANCE: 'GOVERNANCE',
}

/** Values that say the opposite, or let more in. */
function opposites(path: Path, value: unknown): [change: string, value: unknown][] {
  const key = path.at(-1) ?? ''
  const widened: [string, unknown][] = typeof key === 'string' && key in wild && !isEverything(value) ? [['widened to *', wild[key]]] : []
  if (typeof value === 'boolean') return [['inverted', !value]]
  if (typeof value === 'number')
    return [
      ['set to 0', 0],
      ['made ten times as large', value * 10],
    ].filter(([, other]) => other !== value) as [string, unknown][]
  if (typeof value === 'string')
    return [...widened, value in swapped ? ['swapped', swapped[value]] : ['set to another text', `other-${value}`]]
  return widened
}

// Already as wide as it can be: as text, in a list, or as a principal.
const isEverything = (value: unknown): boolean => ['"*"', '["*"]', '{"AWS":"*"}'].includes(JSON.stringify(value))

function replaced(container: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(container)) {
    const copy = [...(container as unknown[])]
    if (rest.length === 0 && value === removed) copy.splice(Number(key), 1)
    else copy[Number(key)] = replaced(copy[Number(key)], rest, value)
    return copy
  }
  const { [key]: old, ...others } = container as Record<string | number, unknown>
  if (rest.length === 0 && value === removed) return others
  return { ...others, [key]: replaced(old, rest, value) }
}
