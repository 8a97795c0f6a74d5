import { describe, expect, test } from 'vitest'
import { holds } from './policy.ts'

describe('The evaluator reads a condition as IAM does', () => {
  test.each([
    ['StringEquals', ['a'], 'a', true],
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', ['a'], 'A', false],
    ['StringEquals', ['a'], undefined, false],
    ['StringEquals', [undefined], 'a', false],
    ['StringNotEquals', ['a'], 'b', true],
    ['StringNotEquals', [undefined], 'b', false],
    ['ForAnyValue:StringNotLike', [undefined], ['b#1'], false],
    ['StringNotEquals', ['a'], undefined, true],
    ['StringLike', ['a#*'], 'a#b', true],
    ['StringLike', ['????????'], 'short', false],
    ['StringLike', ['a.c'], 'abc', false],
    ['StringEqualsIfExists', ['a'], undefined, true],
    ['StringEqualsIfExists', ['a'], 'b', false],
    ['BoolIfExists', ['false'], undefined, true],
    ['Bool', ['false'], undefined, false],
    ['Null', ['true'], undefined, true],
    ['Null', ['true'], 'a', false],
    ['Null', ['false'], [], false],
    ['ForAllValues:StringEquals', ['a'], ['a', 'b'], false],
    ['ForAllValues:StringEquals', ['a'], [], true],
    ['ForAllValues:StringEquals', ['a'], undefined, true],
    ['ForAllValues:StringLike', ['a#*'], ['a#1', 'a#2'], true],
    ['ForAllValues:StringLike', [undefined], ['a#1'], false],
    ['ForAnyValue:StringNotLike', ['a#*'], ['a#1', 'b#1'], true],
    ['ForAnyValue:StringNotLike', ['a#*'], ['a#1'], false],
    ['ForAnyValue:StringNotLike', ['a#*'], [], false],
    ['ArnNotEquals', ['arn:x'], 'arn:x', false],
    ['ArnNotLike', ['arn:*'], undefined, true],
    ['DateLessThan', ['1970-01-01T00:00:00Z'], '2026-01-01T00:00:00Z', false],
  ] as const)('%s %j of %j is %s', (operator, expected, actual, verdict) => {
    expect(holds(operator, expected, actual)).toBe(verdict)
  })

  test('an operator it does not know is an error', () => {
    expect(() => holds('NumericLessThan', ['1'], '0')).toThrow('does not know')
  })
})
