import type { Condition } from './condition.ts'

/** Operators that hold only where a key has one of the values. */
const positive =
  /^(string(equals|equalsignorecase|like)|arn(equals|like)|ipaddress|bool|binaryequals|numeric(equals|lessthan|lessthanequals))$/i

/**
 * Whether a condition holds only where the request carries its key with one of the values.
 *
 * It does not with `IfExists`, with a negated operator, or with `ForAllValues`, which all hold where the key is missing; `ForAllValues`
 * does where a `Null` of `false` on the same key stands beside it. (IAM User Guide, "Condition operators" and "Set operators for
 * multivalued context keys".)
 * @param beside all conditions of its statement
 */
export function isStrict(condition: Condition, beside: readonly Condition[]): boolean {
  if (condition.ifExists || !positive.test(condition.operator)) return false
  return condition.qualifier !== 'ForAllValues' || beside.some((other) => other.key === condition.key && demandsKey(other))
}

/** Whether a condition holds only where the request carries its key, whatever its value: `Null` of `false`. */
export const demandsKey = ({ operator, values, unknown }: Condition): boolean =>
  /^null$/i.test(operator) && !unknown && values.length > 0 && values.every((value) => value.toLowerCase() === 'false')

/** Whether an operator takes `*` of a value as a wildcard. */
export const takesWildcards = ({ operator }: Condition): boolean => /like$|^arn/i.test(operator)
