import type { Condition } from '../access/condition.ts'
import { covers } from '../access/pattern.ts'

/** Whether all wanted conditions hold wherever the given ones do: each of them is given as strictly, or more so. */
export const implies = (given: readonly Condition[], wanted: readonly Condition[]): boolean =>
  wanted.every((condition) => given.some((one) => isAsStrict(one, condition)))

function isAsStrict(given: Condition, wanted: Condition): boolean {
  if (given.key !== wanted.key || given.qualifier !== wanted.qualifier || given.unknown || wanted.unknown) return false
  if (given.ifExists && !wanted.ifExists) return false
  const [one, other] = [operatorOf(given), operatorOf(wanted)]
  if (one !== other) return false
  const order = /^(?:numeric|date)(less|greater)than(?:equals)?$/.exec(one)?.[1]
  if (order !== undefined) return isWithin(order, given.values, wanted.values)
  const match = /like$|^arn/.test(one) ? covers : isSame
  // A value less is stricter where one has to fit, and a value more where none may.
  return /not/.test(one) ? isFound(wanted.values, given.values, match) : isFound(given.values, wanted.values, match)
}

/** ArnEquals and ArnLike do the same. (IAM User Guide, "IAM JSON policy elements: Condition operators".) */
const operatorOf = ({ operator }: Condition): string => operator.toLowerCase().replace(/^arn(not)?(equals|like)$/, 'arn$1like')

type Match = (pattern: string, value: string) => boolean

const isSame: Match = (pattern, value) => pattern === value

const isFound = (values: readonly string[], among: readonly string[], match: Match): boolean =>
  values.every((value) => among.some((pattern) => match(pattern, value)))

function isWithin(order: string, given: readonly string[], wanted: readonly string[]): boolean {
  const [one, other] = [bound(given), bound(wanted)]
  if (one === undefined || other === undefined) return false
  return order === 'less' ? one <= other : one >= other
}

/** The only number, or point in time in milliseconds; undefined for anything else. */
function bound([value, ...more]: readonly string[]): number | undefined {
  if (value === undefined || more.length > 0) return undefined
  const number = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Date.parse(value)
  return Number.isNaN(number) ? undefined : number
}
