import type { Deployment } from './deployment.ts'
import type { Resource } from './resource.ts'
import type { Value } from './value.ts'

interface ValueIndex {
  readonly byKey: ReadonlyMap<string, ReadonlySet<Resource>>
  /** Those whose value depends on the case: they have to be asked anew. */
  readonly varying: ReadonlySet<Resource>
}

/** Whether a resource may have a value of a key, in whatever case. */
type MayHave = (resource: Resource) => boolean

/**
 * Sorts the resources of a type by what stands at a property, once a deployment, so that whoever looks for others of the same value need not resolve all of them.
 * @param keyOf the same for values that are the same; undefined for a value that nobody looks for
 */
export function indexByValue(property: string, keyOf: (value: Value | undefined, resource: Resource) => string | undefined) {
  const known = new WeakMap<Deployment, Map<string, ValueIndex>>()
  return (deployment: Deployment, type: string, ...keys: readonly string[]): MayHave => {
    const ofTypes = known.get(deployment) ?? new Map<string, ValueIndex>()
    known.set(deployment, ofTypes)
    const index = ofTypes.get(type) ?? makeIndex(deployment, type)
    ofTypes.set(type, index)
    const found = keys.flatMap((key) => index.byKey.get(key) ?? [])
    return (resource) => found.some((alike) => alike.has(resource)) || index.varying.has(resource)
  }

  function makeIndex(deployment: Deployment, type: string): ValueIndex {
    const byKey = new Map<string, Set<Resource>>()
    const varying = new Set<Resource>()
    for (const resource of deployment.allOfType(type)) {
      const { result: key, steady } = deployment.cases.aside(() => keyOf(resource.get(property), resource))
      if (!steady) varying.add(resource)
      else if (key !== undefined) byKey.set(key, (byKey.get(key) ?? new Set()).add(resource))
    }
    return { byKey, varying }
  }
}
