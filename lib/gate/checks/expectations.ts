import type { Deployment } from '../template/deployment.ts'
import { hasHole, isFalse, isList, isMap, isTrue, numberOf, Reference, Unknown, type Value } from '../template/value.ts'

/** Whether a value is as it should be: `undefined` where that cannot be known. It is never asked about an absent or an unknown value. */
export type Expectation = (value: Value, deployment: Deployment) => boolean | undefined

/** The switch is on. */
export const isOn: Expectation = (value) => (value instanceof Reference ? undefined : isTrue(value))

/** The switch is off. */
export const isOff: Expectation = (value) => (value instanceof Reference ? undefined : isFalse(value))

/** Something stands there: no empty text, list or map. */
export const isGiven: Expectation = (value) => {
  if (value instanceof Reference) return true
  if (isList(value)) return value.length > 0
  return isMap(value) ? Object.keys(value).length > 0 : value !== null && String(value) !== ''
}

/** Whether a value that may be unknown is as it should be: what is not known, but certainly not empty, is given. */
export const isMet = (value: Value, expect: Expectation, deployment: Deployment): boolean | undefined =>
  value instanceof Unknown ? (expect === isGiven && !value.mayBe('') ? true : undefined) : expect(value, deployment)

/** The number is at least this. */
export const atLeast =
  (least: number): Expectation =>
  (value) => {
    const number = numberOf(value)
    return number === undefined ? undefined : number >= least
  }

/** The number is at most this. */
export const atMost =
  (most: number): Expectation =>
  (value) => {
    const number = numberOf(value)
    return number === undefined ? undefined : number <= most
  }

/** The text is one of these, letter by letter. */
export const isOneOf =
  (...words: readonly string[]): Expectation =>
  (value) => {
    const text = textOf(value)
    if (text === undefined) return undefined
    return words.includes(text) || (hasHole(text) ? undefined : false)
  }

/** The text is none of these. */
export const isNoneOf =
  (...words: readonly string[]): Expectation =>
  (value) => {
    const text = textOf(value)
    if (text === undefined) return undefined
    return !words.includes(text)
  }

/** The text matches. A text with holes that does not match may do so once they are filled. */
export const matches =
  (pattern: RegExp): Expectation =>
  (value) => {
    const text = textOf(value)
    if (text === undefined) return undefined
    return pattern.test(text) || (hasHole(text) ? undefined : false)
  }

/** The list holds all of these words. */
export const holdsAll =
  (...words: readonly string[]): Expectation =>
  (value) => {
    if (!isList(value)) return undefined
    const missing = words.some((word) => !value.includes(word))
    return missing && value.some((part) => part instanceof Unknown || part instanceof Reference) ? undefined : !missing
  }

const keyTypes = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::KMS::Alias']

/** It names a KMS key that the customer manages: not one of AWS's (`alias/aws/...`), not nothing. */
export const isCustomerKey: Expectation = (value, deployment) => {
  if (value instanceof Reference) {
    const key = deployment.resourceOf(value)
    // CloudFormation refuses a reference to nothing, and another control says so; here it counts as the key that it was meant to be.
    return key === undefined || keyTypes.includes(key.type) ? true : undefined
  }
  const text = textOf(value)
  if (text === undefined || text === '') return text === '' ? false : undefined
  return !/(^|:)(alias\/)?aws\//.test(text)
}

function textOf(value: Value): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
