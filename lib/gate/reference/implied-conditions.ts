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
  const [, kind, order] = /^(numeric|date)(less|greater)than(?:equals)?$/.exec(one) ?? []
  if (order !== undefined) return isWithin(order, given.values.map(bounds[kind as Kind]), wanted.values.map(bounds[kind as Kind]))
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

type Kind = 'numeric' | 'date'

const numberIn = (text: string): number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN)

/** What a value stands for in an order; not a number where it stands for nothing. A date may be told in seconds. */
const bounds: Readonly<Record<Kind, (text: string) => number>> = {
  numeric: numberIn,
  date: (text) => (/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : numberIn(text) * 1000),
}

/** Only single values are compared. */
function isWithin(order: string, [one, ...more]: readonly number[], [other, ...others]: readonly number[]): boolean {
  if (one === undefined || other === undefined || more.length > 0 || others.length > 0) return false
  return order === 'less' ? one <= other : one >= other
}
