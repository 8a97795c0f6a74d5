import type { ExampleResources } from './control.ts'

/** Examples side by side in one template: from the second on, each gets logical ids of its own. */
export const joinedExamples = (examples: readonly ExampleResources[]): ExampleResources =>
  Object.assign({}, ...examples.map((example, place) => (place === 0 ? example : renamed(example, `${place + 1}`))))

function renamed(example: ExampleResources, ending: string): ExampleResources {
  const names = new Map(Object.keys(example).map((id) => [id, `${id}${ending}`]))
  const entries = Object.entries(example).map(([id, resource]) => [names.get(id), within(resource, names)])
  return Object.fromEntries(entries)
}

function within(part: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(part)) return part.map((one) => within(one, names))
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, named(name, value, names) ?? within(value, names)]))
}

/** The value of what names a resource, with its new name; undefined for anything else. */
function named(name: string, value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (name === 'Ref' || name === 'DependsOn') return typeof value === 'string' ? names.get(value) : undefined
  if (name === 'Fn::GetAtt' && Array.isArray(value)) return [names.get(String(value[0])) ?? value[0], ...value.slice(1)]
  if (name === 'Fn::Sub' && typeof value === 'string') return substituted(value, names)
  return undefined
}

const substituted = (text: string, names: ReadonlyMap<string, string>): string =>
  text.replace(/\$\{(\w+)/g, (whole, id: string) => (names.has(id) ? `\${${names.get(id)}` : whole))
