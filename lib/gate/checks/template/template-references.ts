import { intrinsicOf } from '../../template/conditions.ts'
import type { Template, WrittenResource } from '../../template/template.ts'

/** A place of a template that names another part of it. */
export interface Mention {
  readonly kind: 'value' | 'resource' | 'condition'
  readonly name: string
  readonly path: readonly (string | number)[]
}

// Controls judge one template after the other, so what the resources of one name is kept: for all of an assembly it would take much memory.
let latest: { readonly template: Template; readonly mentions: Map<WrittenResource, readonly Mention[]> } | undefined

/** What a resource of a template names, for all controls that ask. */
export function mentionsOnce(template: Template, resource: WrittenResource): readonly Mention[] {
  if (latest?.template !== template) latest = { template, mentions: new Map() }
  const known = latest.mentions.get(resource)
  if (known !== undefined) return known
  const mentions = mentionsOf(resource)
  latest.mentions.set(resource, mentions)
  return mentions
}

/** What a resource names: values by `Ref`, `Fn::GetAtt`, `Fn::Sub`; resources by `DependsOn`; conditions by `Condition` and `Fn::If`. */
export function mentionsOf({ properties, attributes, condition, place }: WrittenResource): readonly Mention[] {
  const resource = place.slice(0, -1)
  const { DependsOn, Metadata: _metadata, ...others } = attributes
  return [
    ...mentionsIn(properties, place),
    ...mentionsIn(others, resource),
    ...dependenciesOf(DependsOn).map((name): Mention => ({ kind: 'resource', name, path: [...resource, 'DependsOn'] })),
    ...(condition === undefined ? [] : [{ kind: 'condition', name: condition, path: [...resource, 'Condition'] } as const]),
  ]
}

/** What any part of a template names. */
export function mentionsIn(written: unknown, path: readonly (string | number)[]): readonly Mention[] {
  const found: Mention[] = []
  collect(written, [...path], none, found)
  return found
}

const none: ReadonlySet<string> = new Set()

/** @param way to the part; it is the same list all the way down, and only what is found takes a copy of it */
function collect(written: unknown, way: (string | number)[], local: ReadonlySet<string>, found: Mention[]): void {
  if (typeof written !== 'object' || written === null) return
  const [name, operand] = intrinsicOf(written)
  if (name === 'Fn::Transform') return
  if (name !== undefined) note(name, operand, way, local, found)
  const inner = name === 'Fn::Sub' ? subVariables(operand) : local
  for (const [key, part] of Object.entries(written)) {
    if (typeof part !== 'object') continue
    way.push(Array.isArray(written) ? Number(key) : key)
    collect(part, way, inner, found)
    way.pop()
  }
}

function note(name: string, operand: unknown, way: readonly (string | number)[], local: ReadonlySet<string>, found: Mention[]): void {
  const list = Array.isArray(operand) ? (operand as unknown[]) : [operand]
  const [first] = list
  if (typeof first !== 'string') return
  const path = [...way]
  if (name === 'Ref') found.push({ kind: 'value', name: first, path })
  if (name === 'Condition' || name === 'Fn::If') found.push({ kind: 'condition', name: first, path })
  if (name === 'Fn::GetAtt') found.push({ kind: 'resource', name: first.split('.')[0] ?? '', path })
  if (name === 'Fn::Sub')
    for (const variable of variablesIn(first, new Set([...local, ...subVariables(operand)]))) found.push({ ...variable, path })
}

const variablesIn = (text: string, local: ReadonlySet<string>): Omit<Mention, 'path'>[] =>
  [...text.matchAll(/\$\{([^!}][^}]*)\}/g)]
    .map(([, name]) => (name ?? '').trim())
    .filter((name) => !local.has(name))
    .map((name) => (name.includes('.') ? { kind: 'resource', name: name.split('.')[0] ?? '' } : { kind: 'value', name }))

function subVariables(operand: unknown): ReadonlySet<string> {
  const variables: unknown = Array.isArray(operand) ? operand[1] : undefined
  return new Set(typeof variables === 'object' && variables !== null ? Object.keys(variables) : [])
}

const dependenciesOf = (written: unknown): string[] =>
  (Array.isArray(written) ? (written as unknown[]) : [written]).filter((name): name is string => typeof name === 'string')

/** Whether a template, or what its transforms make of it, has what is named. */
export function isThere(template: Template, { kind, name }: Mention): boolean {
  if (kind === 'condition') return template.conditions.has(name)
  if (template.resources.has(name)) return true
  if (kind === 'value' && (name.startsWith('AWS::') || template.parameters.has(name))) return true
  return isMadeBySam(template, name)
}

/** AWS SAM makes resources whose names begin with that of a serverless resource ("Generated AWS CloudFormation resources for AWS SAM"), and implicit APIs. */
const isMadeBySam = (template: Template, name: string): boolean =>
  name.startsWith('Serverless') ||
  [...template.resources.values()].some(
    ({ writtenType, writtenId }) => writtenType.startsWith('AWS::Serverless::') && name.startsWith(writtenId),
  )
