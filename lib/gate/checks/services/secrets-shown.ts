import { isList, isMap, Reference, Unknown, type Value } from '../../template/value.ts'
import { knownSecretIn, masked } from './secrets-formats.ts'
import { namesSecret } from './secrets-names.ts'

/** Parts of a text that only deployment fills in: holes and dynamic references. */
const filledIn = /⟨[^⟨⟩]*⟩|\{\{resolve:[^}]*\}\}|\$\{[^}]*\}/g

/** Whether nothing of a text but glue is written: it comes from elsewhere. A text that holds some parts which are filled in counts as such, too. */
const comesFromElsewhere = (text: string): boolean => text.trim() === '' || text.replace(filledIn, '') !== text

/** What evidence shows of a secret that stands in a text as a whole; undefined where the text comes from elsewhere, in full or in part. */
export function shownSecret(text: string): string | undefined {
  const known = knownSecretIn(text)
  if (known !== undefined) return masked(known.secret)
  return comesFromElsewhere(text) || isEmptyRecord(text) ? undefined : masked(text)
}

/** A JSON object without any value of its own, as a secret that is filled later has it. */
function isEmptyRecord(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false
  try {
    const record: unknown = JSON.parse(text)
    return typeof record === 'object' && record !== null && Object.values(record).every((value) => value === '' || value === null)
  } catch {
    return false
  }
}

// A value that is plainly no secret, whatever its name: an address, an ARN, a number, a switch, a path, a word for "fill this in", a name of a class.
const plainValues = [
  /^(arn|https?|s3|file|urn|ssm|secretsmanager|vault):/i,
  /^-?\d{1,5}(\.\d+)?$/,
  /^(true|false|yes|no|on|off|none|null|undefined|n\/a|nil|enabled|disabled|default|auto|required|optional|bearer|basic)$/i,
  /^<.*>$|^\[.*\]$|^\*+$|^x{3,}$/i,
  /^(replace|insert|enter|your|todo|tbd|fixme|placeholder|put)([^a-z].*)?$/i,
  /^(\.{0,2}|~)?\/[\w./${}-]+$/,
  /^[\w-]+(\.[\w-]+)*\.(com|net|org|internal|local|json|pem|key|crt|ya?ml|env|txt|py|js)$/i,
  /^\/?[a-z][a-z0-9_-]*(\/[a-z0-9_-]+)+$/,
]

/** Whether a value may be a secret: not empty, and not plainly something else. */
export const mayBeSecret = (text: string): boolean =>
  text.length >= 4 && !comesFromElsewhere(text) && !plainValues.some((pattern) => pattern.test(text.trim()))

/** A secret that was found, with words for it. */
export interface Shown {
  readonly shown: string
  readonly what: string
}

/** Judges a value by its name: one of a known form, or a literal under a name that says it is a secret. `undefined` where it is none. */
export function secretUnder(name: string, value: Value | undefined): Shown | undefined {
  if (value instanceof Reference)
    return value.attribute === 'SecretAccessKey'
      ? { shown: `${value.logicalId}.SecretAccessKey`, what: 'a secret access key of AWS' }
      : undefined
  if (typeof value !== 'string') return undefined
  const known = knownSecretIn(value)
  if (known !== undefined) return { shown: masked(known.secret), what: known.name }
  return namesSecret(name) && mayBeSecret(value) ? { shown: masked(value), what: 'a secret by its name' } : undefined
}

/** Every text of a value, with its path. */
export function* textsIn(value: Value | undefined, path: string): Generator<{ readonly path: string; readonly text: string }> {
  if (typeof value === 'string') yield { path, text: value }
  else if (isList(value)) for (const [index, part] of value.entries()) yield* textsIn(part, join(path, String(index)))
  else if (isMap(value)) for (const [name, part] of Object.entries(value)) yield* textsIn(part, join(path, name))
}

const join = (path: string, step: string): string => (path === '' ? step : `${path}.${step}`)

/** Whether a value is read at deployment from a plain parameter of Systems Manager, which many may read. */
export const isPlainParameter = (value: Value | undefined): string | undefined => {
  const text = value instanceof Unknown ? value.dynamicReference : typeof value === 'string' ? value : undefined
  return text === undefined ? undefined : /\{\{resolve:ssm:[^}]*\}\}/.exec(text)?.[0]
}
