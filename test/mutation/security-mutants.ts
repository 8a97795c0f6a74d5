import type { Change, Path } from './changes.ts'
import { isIntrinsic } from './changes.ts'
import type { Mutant, PlainResource, PlainTemplate } from './mutants.ts'
import { removed, replaced } from './replaced.ts'
import { companions, intruders, overrides } from './security-overrides.ts'
import { type Weakening, weakenedPolicies } from './security-policies.ts'
import { mustExist, policyPlaces, type Setting, securitySettings } from './security-properties.ts'

/** Every mutant that weakens a template: a security property removed, set weaker, widened or written over; a guard removed; an intruder added. */
export const securityMutantsOf = (template: PlainTemplate): readonly Mutant[] => [
  ...Object.entries(template.Resources).flatMap(([logicalId, resource]) => mutantsOfResource(logicalId, resource)),
  ...Object.entries(intruders).map(
    ([name, resource]): Mutant => ({
      logicalId: 'Intruder',
      type: resource.Type,
      path: '',
      change: `added: ${name}`,
      apply: (plain) => ({ ...plain, Resources: { ...plain.Resources, Intruder: resource } }),
    }),
  ),
]

function mutantsOfResource(logicalId: string, resource: PlainResource): readonly Mutant[] {
  const { Type: type, Properties = {} } = resource
  const mutant = (path: Path, change: string, apply: Mutant['apply']): Mutant => ({
    logicalId,
    type,
    path: path.join('.'),
    change,
    apply,
  })
  const policy = policyPlaces[type]
  const changed: readonly Weakening[] = [
    ...(securitySettings[type] ?? []).flatMap((setting) => weakenings(setting, resource)),
    ...(policy === undefined
      ? []
      : weakenedPolicies(policy, ['Properties', ...policy.path.split('.')], at(Properties, policy.path.split('.')))),
    ...(overrides[type] ?? []).map(
      ({ name, properties }): Weakening => [['Properties'], [name, { ...Properties, ...properties(Properties) }]],
    ),
    ...(mustExist.includes(type) ? [[[], ['removed', removed]] as const] : []),
  ]
  return [
    ...changed.map(([path, [change, value]]) => mutant(path, change, (plain) => withChange(plain, [logicalId, ...path], value))),
    ...(companions[type] ?? []).map(({ name, resources }) =>
      mutant([], name, (plain) => ({ ...plain, Resources: { ...plain.Resources, ...resources(logicalId, Properties) } })),
    ),
  ]
}

function withChange(template: PlainTemplate, path: Path, value: unknown): PlainTemplate {
  const Resources = replaced(template.Resources, path, value) as PlainTemplate['Resources']
  const changed = { ...template, Resources }
  // What named a resource that is gone names something that stands elsewhere: otherwise CloudFormation would refuse the template.
  return path.length === 1 ? (withoutReferences(changed, String(path[0])) as PlainTemplate) : changed
}

function withoutReferences(value: unknown, logicalId: string): unknown {
  if (Array.isArray(value)) return value.map((part) => withoutReferences(part, logicalId))
  if (typeof value !== 'object' || value === null) return value
  const { Ref, 'Fn::GetAtt': attribute } = value as Record<string, unknown>
  if (Ref === logicalId || (Array.isArray(attribute) && attribute[0] === logicalId)) return 'stands-elsewhere'
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === 'DependsOn' ? [part].flat().filter((other) => other !== logicalId) : withoutReferences(part, logicalId),
    ]),
  )
}

/** What a row of the table does to a resource: to each place that it means, each weaker value that does not stand there already. */
function weakenings({ path, weaker, when }: Setting, resource: PlainResource): readonly Weakening[] {
  const { Properties = {}, Metadata } = resource
  if (!when(Properties, Metadata?.['SafeHarborDataClass'] as string | undefined)) return []
  const steps = path.startsWith('@') ? [path.slice(1)] : ['Properties', ...path.split('.')]
  return placesOf(resource, steps).flatMap((place) =>
    weaker
      .map((value): Change => [value === removed ? 'removed' : `set to ${JSON.stringify(value)}`, value])
      .filter(([, value]) => applies(resource, place, value))
      .map((change): Weakening => [place, change]),
  )
}

/** A place is weakened where something stands that is not as weak already; a value may also be written where nothing stands, into what does. */
function applies(resource: PlainResource, place: Path, value: unknown): boolean {
  const present = at(resource, place)
  if (value === removed) return present !== undefined && !isLastOfList(resource, place)
  if (present === undefined) return place.length === 2 && !['DeletionPolicy'].includes(String(place[0]))
  return JSON.stringify(present) !== JSON.stringify(value) && !(typeof value === 'number' && Number(present) === value)
}

// A list that must have something in it is refused when it has nothing.
const isLastOfList = (resource: PlainResource, place: Path): boolean => {
  const list = at(resource, place.slice(0, -1))
  return Array.isArray(list) && list.length < 2
}

function placesOf(container: unknown, [step, ...rest]: readonly string[], before: Path = []): readonly Path[] {
  if (step === undefined) return [before]
  if (step !== '*') {
    const key = Array.isArray(container) ? Number(step) : step
    return placesOf(at(container, [key]), rest, [...before, key])
  }
  return Array.isArray(container) ? container.flatMap((part: unknown, index) => placesOf(part, rest, [...before, index])) : []
}

const at = (container: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      value === null || typeof value !== 'object' || isIntrinsic(value) ? undefined : (value as Record<string, unknown>)[key],
    container,
  )
