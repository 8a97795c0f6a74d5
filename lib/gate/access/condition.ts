import { isMap, type Value, type ValueMap } from '../template/value.ts'
import { textsOf } from './words.ts'

/** One key of a `Condition`. All conditions of a statement must hold; one holds when any of its values does. */
export interface Condition {
  /** Without its qualifier and without `IfExists`: `StringEquals`. */
  readonly operator: string
  /** For keys with several values. */
  readonly qualifier: 'ForAllValues' | 'ForAnyValue' | undefined
  /** Whether the condition also holds where the request lacks the key. */
  readonly ifExists: boolean
  /** In lower case, for IAM does not tell cases of keys apart: `aws:sourcearn`. */
  readonly key: string
  readonly values: readonly string[]
  /** Whether the template does not tell some of the values. */
  readonly unknown: boolean
}

const form = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/i

/** Reads the conditions of a statement and whether there are parts that cannot be read. */
export function conditionsOf(value: Value | undefined): { readonly conditions: readonly Condition[]; readonly unknown: boolean } {
  if (value === undefined) return { conditions: [], unknown: false }
  if (!isMap(value)) return { conditions: [], unknown: true }
  const operators = Object.entries(value).map(([operator, keys]) => [form.exec(operator), keys] as const)
  const readable = operators.flatMap(([match, keys]) => (match !== null && isMap(keys) ? [conditionsOfOperator(match, keys)] : []))
  return { conditions: readable.flat(), unknown: readable.length < operators.length }
}

function conditionsOfOperator(match: RegExpExecArray, keys: ValueMap): readonly Condition[] {
  const [, set, operator = '', ifExists] = match
  const qualifier = set === undefined ? undefined : /all/i.test(set) ? 'ForAllValues' : 'ForAnyValue'
  return Object.entries(keys).map(([key, value]) => {
    const { words, unknown } = textsOf(value)
    return { operator, qualifier, ifExists: ifExists !== undefined, key: key.toLowerCase(), values: words, unknown }
  })
}
