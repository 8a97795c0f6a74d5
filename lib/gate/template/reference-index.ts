import type { Resource } from './resource.ts'
import { hole, listOf, Reference, Unknown, type Value } from './value.ts'

/** Which resources of a type name which others at a path of their properties. */
export interface ReferenceIndex {
  /** By the resource that a reference or a hole means: `template/logical id`. */
  readonly byKey: ReadonlyMap<string, ReadonlySet<Resource>>
  /** By the words that texts end in, which may be physical names. */
  readonly byWord: ReadonlyMap<string, ReadonlySet<Resource>>
  /** Those that name something that is not known before deployment. */
  readonly open: readonly Resource[]
  /** Those whose value depends on the case: they have to be asked anew. */
  readonly varying: readonly Resource[]
}

/**
 * Indexes the values at a path.
 * @param valuesOf values of a resource at the path, and whether they are the same in every case
 */
export function indexReferences(
  resources: readonly Resource[],
  valuesOf: (resource: Resource) => { readonly values: readonly Value[]; readonly steady: boolean },
): ReferenceIndex {
  const index = {
    byKey: new Map<string, Set<Resource>>(),
    byWord: new Map<string, Set<Resource>>(),
    open: [] as Resource[],
    varying: [] as Resource[],
  }
  for (const resource of resources) {
    const { values, steady } = valuesOf(resource)
    if (!steady) index.varying.push(resource)
    else for (const value of values) note(index, resource, value)
  }
  return index
}

function note(
  { byKey, byWord, open }: { byKey: Map<string, Set<Resource>>; byWord: Map<string, Set<Resource>>; open: Resource[] },
  resource: Resource,
  value: Value,
): void {
  if (value instanceof Unknown) {
    open.push(resource)
    if (value.parameter !== undefined) add(byWord, hole(value.parameter), resource)
  }
  if (value instanceof Reference) add(byKey, `${value.template}/${value.logicalId}`, resource)
  else if (typeof value === 'string') {
    for (const key of keysInText(value, resource.template.key)) add(byKey, key, resource)
    for (const word of wordsOf(value)) add(byWord, word, resource)
  }
}

function add(map: Map<string, Set<Resource>>, key: string, resource: Resource): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, new Set([resource]))
  else known.add(resource)
}

/** Resources that the holes of a text mean: `⟨Bucket.Arn⟩` in its own template, `⟨stack/Bucket.Arn⟩` in another. */
export const keysInText = (text: string, template: string): string[] =>
  text.includes('⟨')
    ? [...text.matchAll(/⟨(?:([^⟩]*)\/)?([^⟩./]+)[^⟩/]*⟩/g)].map(([, other, logicalId]) => `${other ?? template}/${logicalId}`)
    : []

/** The whole of a text, and what stands at its end: the name in an ARN, with or without `/*`. */
export function wordsOf(text: string): readonly string[] {
  if (!text.includes(':') && !text.includes('/')) return [text]
  const bare = text.endsWith('/*') ? text.slice(0, -2) : text
  return [...new Set([text, bare, bare.slice(bare.lastIndexOf(':') + 1), bare.slice(bare.lastIndexOf('/') + 1)])]
}

/** Whether a value, standing in a template, names a resource: by reference, inside a text, or by its physical name. */
export function names(value: Value | undefined, target: Resource, template: string): boolean {
  const key = `${target.template.key}/${target.logicalId}`
  if (value instanceof Reference) return `${value.template}/${value.logicalId}` === key
  if (value instanceof Unknown) return value.parameter !== undefined && target.physicalName === hole(value.parameter)
  if (typeof value !== 'string') return false
  if (keysInText(value, template).includes(key)) return true
  const name = target.physicalName
  return name !== undefined && wordsOf(value).includes(name)
}

/** Values at the places of a path. */
export const valuesAt = (resource: Resource, path: string): readonly Value[] =>
  resource.at(path).flatMap(({ value }) => (value === undefined ? [] : listOf(value)))
