import { isList, isMap, Reference, Unknown, type Value, type ValueMap } from '../../template/value.ts'
import type { Expectation } from '../expectations.ts'

/** What a test says of an entry of a list: `undefined` where it cannot be known. */
export type EntryTest = (entry: ValueMap) => boolean | undefined

/** At least one entry of the list meets the test. */
export const someEntry =
  (test: EntryTest): Expectation =>
  (value) => {
    const results = resultsOf(value, test)
    if (results === undefined || results.includes(true)) return results === undefined ? undefined : true
    return results.includes(undefined) ? undefined : false
  }

/** No entry of the list meets the test. */
export const noEntry =
  (test: EntryTest): Expectation =>
  (value, deployment) => {
    const some = someEntry(test)(value, deployment)
    return some === undefined ? undefined : !some
  }

const resultsOf = (value: Value, test: EntryTest): readonly (boolean | undefined)[] | undefined =>
  isList(value) ? value.map((entry) => (isMap(entry) ? test(entry) : undefined)) : undefined

/** Whether a value is one of these words; `undefined` where deployment decides. Nothing there is none of them. */
export function isWord(value: Value | undefined, ...words: readonly string[]): boolean | undefined {
  if (value instanceof Unknown || value instanceof Reference) return undefined
  return typeof value === 'string' && words.includes(value)
}
