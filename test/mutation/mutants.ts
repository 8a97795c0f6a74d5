import { type Change, changesTo, isIntrinsic, type Path } from './changes.ts'

/** A template as plain data. */
export interface PlainTemplate {
  readonly Resources: Readonly<Record<string, PlainResource>>
}

/** A resource as plain data. */
export interface PlainResource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
  readonly Metadata?: Readonly<Record<string, unknown>>
  readonly [attribute: string]: unknown
}

/** One change to one resource. */
export interface Mutant {
  readonly logicalId: string
  readonly type: string
  /** Path of the value inside the resource: `Properties.KeyPolicy.Statement.0.Condition`; empty for the resource itself. */
  readonly path: string
  readonly change: string
  readonly apply: (template: PlainTemplate) => PlainTemplate
}

/**
 * Every mutant of a template: a user added, each resource gone or doubled, each property deleted or joined by another, and each value
 * changed for a weaker or a wrong one. What CloudFormation fills in by itself is left alone, and so is what only the library reads.
 */
export const mutantsOf = (template: PlainTemplate): Mutant[] => [
  userAdded,
  ...Object.entries(template.Resources).flatMap(([logicalId, resource]) => mutantsOfResource(logicalId, resource)),
]

const userAdded: Mutant = {
  logicalId: 'Added',
  type: 'AWS::IAM::User',
  path: '',
  change: 'added',
  apply: (template) => ({ ...template, Resources: { ...template.Resources, Added: { Type: 'AWS::IAM::User' } } }),
}

const removed = Symbol('removed')

function mutantsOfResource(logicalId: string, resource: PlainResource): Mutant[] {
  const mutant = (path: Path, change: string, apply: Mutant['apply']): Mutant => ({
    logicalId,
    type: resource.Type,
    path: path.join('.'),
    change,
    apply,
  })
  const make = (path: Path, [change, value]: Change): Mutant =>
    mutant(path, change, ({ Resources, ...rest }) => ({
      ...rest,
      Resources: replaced(Resources, [logicalId, ...path], value) as PlainTemplate['Resources'],
    }))
  return [
    make([], ['removed', removed]),
    mutant([], 'doubled', ({ Resources, ...rest }) => ({ ...rest, Resources: { ...Resources, [`${logicalId}Again`]: resource } })),
    ...opened(resource).map(([path, change]) => make(path, change)),
    ...parts(resource).flatMap(([path, value]) => changesOf(path, value).map(([where, change]) => make(where, change))),
  ]
}

type Placed = readonly [path: Path, change: Change]

const parts = ({ Properties, DeletionPolicy, UpdateReplacePolicy, Metadata }: PlainResource): readonly (readonly [Path, unknown])[] =>
  (
    [
      [['Properties'], Properties],
      [['DeletionPolicy'], DeletionPolicy],
      [['UpdateReplacePolicy'], UpdateReplacePolicy],
      [['Metadata', 'SafeHarborDataClass'], Metadata?.['SafeHarborDataClass']],
    ] as const
  ).filter(([, value]) => value !== undefined)

/** Changes that open a resource without touching what it says already. */
function opened({ Type, Properties = {} }: PlainResource): readonly Placed[] {
  const more: Change = ['given another property', { ...Properties, Other: 'other' }]
  const everybody = { CidrIp: '0.0.0.0/0', IpProtocol: '-1' }
  const rules = Type === 'AWS::EC2::SecurityGroup' ? ['SecurityGroupIngress', 'SecurityGroupEgress'] : []
  return [
    [['Properties'], more],
    ...rules.map((name): Placed => {
      const existing = (Properties[name] ?? []) as readonly unknown[]
      return [
        ['Properties', name],
        ['opened to the internet', [...existing, everybody]],
      ]
    }),
  ]
}

function changesOf(path: Path, value: unknown): Placed[] {
  const own: Placed[] =
    path.length === 1 && path[0] === 'Properties'
      ? []
      : [['removed', removed] as const, ...changesTo(path, value)].map((change) => [path, change])
  if (value === null || typeof value !== 'object' || isIntrinsic(value)) return own
  return [...own, ...Object.entries(value).flatMap(([key, child]) => changesOf([...path, Array.isArray(value) ? Number(key) : key], child))]
}

function replaced(container: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(container)) {
    const copy = [...(container as unknown[])]
    if (rest.length === 0 && value === removed) copy.splice(Number(key), 1)
    else copy[Number(key)] = replaced(copy[Number(key)], rest, value)
    return copy
  }
  const { [key]: old, ...others } = (container ?? {}) as Record<string | number, unknown>
  if (rest.length === 0 && value === removed) return others
  return { ...others, [key]: replaced(old, rest, value) }
}
