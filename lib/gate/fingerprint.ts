import { digestOf } from './input/read-file.ts'
import type { Found } from './verdict.ts'

/**
 * Names a finding by what it says: control, resource, property, value and message, but neither line nor file, so that moving a resource keeps it and changing the value
 * does not.
 * @returns 40 hexadecimal digits
 */
export const fingerprintOf = ({ control, status, resource, property, value, when, message }: Found): string =>
  digestOf(
    JSON.stringify([control, status === 'undecided', resource?.type, resource?.logicalId, property, sorted(value), when, message]),
  ).slice(0, 40)

/** A value with its keys in order: how a template is written does not matter. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  )
}
