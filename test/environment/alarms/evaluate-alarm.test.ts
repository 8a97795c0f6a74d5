import { describe, expect, test } from 'vitest'
import { type AlarmProperties, evaluateAlarm } from './evaluate-alarm.ts'

const once: AlarmProperties = {
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold: 1,
  EvaluationPeriods: 1,
  Statistic: 'Sum',
  TreatMissingData: 'notBreaching',
}

describe('the evaluator of alarms', () => {
  test('rings at the threshold and stays calm below it', () => {
    expect(evaluateAlarm(once, [[1]])).toBe('ALARM')
    expect(evaluateAlarm(once, [[0]])).toBe('OK')
    expect(evaluateAlarm({ ...once, ComparisonOperator: 'GreaterThanThreshold' }, [[1]])).toBe('OK')
    expect(evaluateAlarm({ ...once, ComparisonOperator: 'LessThanThreshold' }, [[0]])).toBe('ALARM')
    expect(evaluateAlarm({ ...once, ComparisonOperator: 'LessThanOrEqualToThreshold' }, [[1]])).toBe('ALARM')
  })

  test('shows the alarm that never rings: an average of ones over a threshold of one', () => {
    const asleep = { ...once, Statistic: 'Average', ComparisonOperator: 'GreaterThanThreshold' }
    expect(evaluateAlarm(asleep, [[1, 1, 1, 1]])).toBe('OK')
    expect(evaluateAlarm({ ...asleep, Statistic: 'Sum' }, [[1, 1, 1, 1]])).toBe('ALARM')
  })

  test.each([
    ['Maximum', 3],
    ['Minimum', 1],
    ['Average', 2],
    ['SampleCount', 2],
    ['Sum', 4],
  ])('computes %s', (Statistic, value) => {
    expect(evaluateAlarm({ ...once, Statistic, Threshold: value }, [[1, 3]])).toBe('ALARM')
    expect(evaluateAlarm({ ...once, Statistic, Threshold: value + 0.1 }, [[1, 3]])).toBe('OK')
  })

  test('takes silence as the alarm says', () => {
    expect(evaluateAlarm(once, [[]])).toBe('OK')
    expect(evaluateAlarm({ ...once, TreatMissingData: 'breaching' }, [[]])).toBe('ALARM')
    expect(evaluateAlarm({ ...once, TreatMissingData: 'missing' }, [[]])).toBe('INSUFFICIENT_DATA')
  })

  test('counts the periods that must breach, and looks at the last ones only', () => {
    const twice = { ...once, EvaluationPeriods: 3, DatapointsToAlarm: 2 }
    expect(evaluateAlarm(twice, [[1], [1], [0], [0]])).toBe('OK')
    expect(evaluateAlarm(twice, [[0], [1], [0], [1]])).toBe('ALARM')
    expect(() => evaluateAlarm(twice, [[1]])).toThrow('fewer than 3 periods')
  })

  test('adds metrics up, and refuses math it does not know', () => {
    const { Statistic: _, ...bare } = once
    const metrics = (Expression: string) => [
      { Id: 'e', Expression },
      { Id: 'm0', MetricStat: { Stat: 'Sum' } },
    ]
    expect(evaluateAlarm({ ...bare, Metrics: metrics('SUM(METRICS())') }, [[0, 1]])).toBe('ALARM')
    expect(() => evaluateAlarm({ ...bare, Metrics: metrics('ANOMALY_DETECTION_BAND(m0)') }, [[1]])).toThrow('Unknown metric math')
    expect(() => evaluateAlarm({ ...once, Statistic: 'p99' }, [[1]])).toThrow('Unknown statistic p99')
    expect(() => evaluateAlarm({ ...once, ComparisonOperator: 'Odd' }, [[1]])).toThrow('Unknown comparison Odd')
  })
})
