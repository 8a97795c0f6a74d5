import type { Template, WrittenResource } from '../../template/template.ts'
import { mentionsOnce } from './template-references.ts'

/** Resources that depend on themselves, each circle once, by `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn`. */
export function circlesOf(template: Template): readonly (readonly string[])[] {
  const next = new Map([...template.resources.values()].map((resource) => [resource.logicalId, dependenciesOf(template, resource)]))
  const settled = new Set<string>()
  // By name, so that the order of resources makes no difference.
  return [...next.keys()].sort().flatMap((start) => circleFrom(start, next, settled))
}

function dependenciesOf(template: Template, resource: WrittenResource): string[] {
  const names = mentionsOnce(template, resource).flatMap(({ kind, name }) =>
    kind !== 'condition' && template.resources.has(name) ? [name] : [],
  )
  return [...new Set(names)].sort()
}

/** Walks from a resource with a stack of its own: a chain may be as long as the template. */
function circleFrom(start: string, next: ReadonlyMap<string, readonly string[]>, settled: Set<string>): (readonly string[])[] {
  const trail: { readonly name: string; at: number }[] = [{ name: start, at: 0 }]
  const onTrail = new Set([start])
  if (settled.has(start)) return []
  for (let step = trail.at(-1); step !== undefined; step = trail.at(-1)) {
    const name = next.get(step.name)?.[step.at]
    step.at += 1
    if (name === undefined) {
      settled.add(step.name)
      onTrail.delete(step.name)
      trail.pop()
    } else if (onTrail.has(name)) {
      const circle = trail.slice(trail.findIndex((place) => place.name === name)).map((place) => place.name)
      for (const place of trail) settled.add(place.name)
      return [circle]
    } else if (!settled.has(name)) {
      onTrail.add(name)
      trail.push({ name, at: 0 })
    }
  }
  return []
}
