import { hasHole, isList, listOf, Reference, Unknown } from '../../template/value.ts'
import type { Expectation } from '../expectations.ts'

/** The list holds none of these words. A single word counts as a list of one. */
export const holdsNone =
  (...words: readonly string[]): Expectation =>
  (value) => {
    if (value instanceof Reference || (typeof value === 'object' && value !== null && !isList(value))) return undefined
    const parts = listOf(value)
    if (parts.some((part) => typeof part === 'string' && words.includes(part))) return false
    return parts.some((part) => part instanceof Unknown || part instanceof Reference) ? undefined : true
  }

/** The address does not begin with a scheme: `http:`. Of an address that begins with a hole nothing is known. */
export const isNotScheme =
  (...schemes: readonly string[]): Expectation =>
  (value) => {
    if (typeof value !== 'string') return undefined
    const text = value.toLowerCase()
    if (schemes.some((scheme) => text.startsWith(scheme))) return false
    return hasHole(text) && text.startsWith('⟨') ? undefined : true
  }
