import { isCall, isRecord, recordOf, type Written } from './serverless-derived.ts'
import type { WrittenResource } from './template.ts'

const typePrefix = 'AWS::Serverless::'

/** Properties of a serverless resource with those that the section `Globals` gives to all of its type ("Globals section", AWS SAM Developer Guide). */
export function withGlobals(
  { writtenType, properties, attributes }: Pick<WrittenResource, 'writtenType' | 'properties' | 'attributes'>,
  globals: Written,
): Written {
  const shared = recordOf(globals[writtenType.slice(typePrefix.length)])
  const { IgnoreGlobals: ignored } = attributes
  if (ignored === '*') return properties
  const used = Array.isArray(ignored) ? Object.fromEntries(Object.entries(shared).filter(([name]) => !ignored.includes(name))) : shared
  return recordOf(merged(used, properties))
}

/** Maps are merged, lists are added to, and for all else what the resource says counts. */
function merged(shared: unknown, own: unknown): unknown {
  if (own === undefined) return shared
  if (Array.isArray(shared) && Array.isArray(own)) return [...(shared as unknown[]), ...(own as unknown[])]
  if (!isMergeable(shared) || !isMergeable(own)) return own
  const names = new Set([...Object.keys(shared), ...Object.keys(own)])
  return Object.fromEntries([...names].map((name) => [name, merged(shared[name], own[name])]))
}

const isMergeable = (value: unknown): value is Written => isRecord(value) && !isCall(value)
