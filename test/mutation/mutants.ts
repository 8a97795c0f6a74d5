import { type Change, changesTo, isIntrinsic, type Path } from './changes.ts'
import { elsewhere, type References, referencesIn } from './references.ts'
import { removed, replaced } from './replaced.ts'

/** A template as plain data. */
export interface PlainTemplate {
  readonly Resources: Readonly<Record<string, PlainResource>>
  /** What other stacks and people are told. */
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>
}

/** A resource as plain data. */
export interface PlainResource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
  readonly Metadata?: Readonly<Record<string, unknown>>
  readonly [attribute: string]: unknown
}

/** One change to one resource, or to what one output says. */
export interface Mutant {
  readonly logicalId: string
  readonly type: string
  /** Path of the value inside the resource: `Properties.KeyPolicy.Statement.0.Condition`; empty for the resource itself. */
  readonly path: string
  readonly change: string
  readonly apply: (template: PlainTemplate) => PlainTemplate
}

/**
 * Every mutant of a template: a resource nobody counts added, each resource gone or doubled, each property deleted or joined by another,
 * each value changed for a weaker or a wrong one, and each reference pointed at something else, in outputs too. What CloudFormation
 * fills in by itself is left alone, and so is what only the library reads. The order of deployment (`DependsOn`) is left to the
 * snapshots: without it a deployment is refused, and nothing is opened.
 */
export const mutantsOf = (template: PlainTemplate): Mutant[] => {
  const references = referencesIn(Object.values(template.Resources).map(({ Properties }) => Properties))
  const outputs = Object.entries(template.Outputs ?? {})
  const told = referencesIn(outputs)
  return [
    ...['AWS::IAM::User', 'AWS::Other::Resource'].map(added),
    ...Object.entries(template.Resources).flatMap(([logicalId, resource]) => mutantsOfResource(logicalId, resource, references)),
    ...outputs.flatMap(([name, { Value }]) => changesOf(['Value'], Value, told).map(([path, change]) => ofOutput(name, path, change))),
  ]
}

const ofOutput = (name: string, path: Path, [change, value]: Change): Mutant => ({
  logicalId: name,
  type: 'Output',
  path: path.join('.'),
  change,
  apply: (template) => ({
    ...template,
    Outputs: replaced(template.Outputs, [name, ...path], value) as NonNullable<PlainTemplate['Outputs']>,
  }),
})

const added = (Type: string): Mutant => ({
  logicalId: 'Added',
  type: Type,
  path: '',
  change: 'added',
  apply: (template) => ({ ...template, Resources: { ...template.Resources, Added: { Type } } }),
})

function mutantsOfResource(logicalId: string, resource: PlainResource, references: References): Mutant[] {
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
    ...parts(resource).flatMap(([path, value]) => changesOf(path, value, references).map(([where, change]) => make(where, change))),
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

function changesOf(path: Path, value: unknown, references: References): Placed[] {
  const changes = isIntrinsic(value) ? [...changesTo(path, value), ...elsewhere(value, references)] : changesTo(path, value)
  const own: Placed[] =
    path.length === 1 && path[0] === 'Properties' ? [] : [['removed', removed] as const, ...changes].map((change) => [path, change])
  if (typeof value === 'string') return [...own, ...insideText(path, value)]
  if (value === null || typeof value !== 'object' || isReference(value)) return own
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, child]) => changesOf([...path, Array.isArray(value) ? Number(key) : key], child, references)),
  ]
}

// Text that is joined from parts is changed part by part as well; a reference has no parts.
const isReference = (value: unknown): boolean => isIntrinsic(value) && !Object.hasOwn(value as object, 'Fn::Join')

/** Properties that are documents as text: each value inside is changed, and the text written again. */
function insideText(path: Path, value: string): Placed[] {
  const document = documentIn(value)
  if (document === undefined) return []
  return changesOf([], document, new Map())
    .filter(([inside]) => inside.length > 0)
    .map(([inside, [change, other]]) => [
      path,
      [`with ${inside.join('.')} ${change}`, JSON.stringify(replaced(document, inside, other))] as const,
    ])
}

function documentIn(value: string): unknown {
  if (!/^[[{]/.test(value)) return undefined
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}
