import type { Path } from './changes.ts'

/** Stands for a value that is no longer there. */
export const removed = Symbol('removed')

/**
 * The same with another value at a path, or without it; what was given stays as it is. The order of everything is kept: a claim must
 * notice a change by what it says, not by where it came to stand.
 */
export function replaced(container: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  const gone = rest.length === 0 && value === removed
  if (Array.isArray(container)) {
    const copy = [...(container as unknown[])]
    if (gone) copy.splice(Number(key), 1)
    else copy[Number(key)] = replaced(copy[Number(key)], rest, value)
    return copy
  }
  const copy: Record<string | number, unknown> = { ...(container as object) }
  if (gone) delete copy[key]
  else copy[key] = replaced(copy[key], rest, value)
  return copy
}
