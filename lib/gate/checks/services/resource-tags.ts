import type { Resource } from '../../template/resource.ts'
import { isList, isMap, Unknown, type Value } from '../../template/value.ts'

/** Properties that hold the tags of a resource, by type where it is not `Tags`. */
const places: Readonly<Record<string, string>> = {
  'AWS::EFS::FileSystem': 'FileSystemTags',
  'AWS::DynamoDB::GlobalTable': 'Replicas.0.Tags',
}

/** Tags of a resource: a list of keys and values, or a map. Undefined where they are not known. */
export function tagsOf(resource: Resource): ReadonlyMap<string, Value> | undefined {
  const value = resource.get(places[resource.type] ?? 'Tags')
  if (value instanceof Unknown) return undefined
  if (isMap(value)) return new Map(Object.entries(value))
  if (!isList(value)) return new Map()
  const pairs = value.map((tag) => (isMap(tag) ? ([tag['Key'], tag['Value']] as const) : undefined))
  if (pairs.some((pair) => pair === undefined || typeof pair[0] !== 'string')) return undefined
  return new Map(pairs.flatMap((pair) => (pair === undefined ? [] : [[String(pair[0]), pair[1] ?? '']])))
}
