import { describe, expect, test } from 'vitest'
import { loadEnvironment } from '../../../lib/config/load-environment.ts'
import { nameOf } from '../../../lib/config/names.ts'
import { resourcesOf } from '../claims/claim.ts'
import { templatesOf } from '../synthesized.ts'
import { alarmSamples } from './alarm-samples.ts'
import { type AlarmProperties, evaluateAlarm } from './evaluate-alarm.ts'
import { filterSamples } from './filter-samples.ts'
import { matchesFilter } from './matches-filter.ts'

const environments = ['sandbox', 'production'] as const

/** Properties of every resource of a type in every stack of an environment. */
const propertiesOf = (environment: (typeof environments)[number], type: string) =>
  [...templatesOf(environment).values()].flatMap((template) => Object.values(resourcesOf(template, type)).map((found) => found.Properties))

describe.each(environments)('%s', (environment) => {
  const config = loadEnvironment(environment)
  const alarms = propertiesOf(environment, 'AWS::CloudWatch::Alarm')
  const whatOf = ({ AlarmName }: Record<string, unknown>) => String(AlarmName).slice(nameOf(config, '').length)

  test.each(alarms.map((alarm) => [whatOf(alarm), alarm] as const))(
    'the alarm %s rings on a telling sample and stays calm on a normal one',
    (what, alarm) => {
      const samples = alarmSamples[what]
      if (samples === undefined) throw new Error(`The alarm ${what} has no row in test/environment/alarms/alarm-samples.ts. Add one.`)
      expect(evaluateAlarm(alarm as unknown as AlarmProperties, samples.rings)).toBe('ALARM')
      expect(evaluateAlarm(alarm as unknown as AlarmProperties, samples.calm)).toBe('OK')
    },
  )

  const filters = propertiesOf(environment, 'AWS::Logs::MetricFilter').map((filter) => {
    const [transformation] = filter['MetricTransformations'] as { MetricName: string; MetricNamespace: string }[]
    return {
      pattern: String(filter['FilterPattern']),
      metric: transformation?.MetricName ?? '',
      namespace: transformation?.MetricNamespace,
    }
  })

  test.each(filters.map((filter) => [filter.metric, filter] as const))(
    'the metric filter %s counts what it is for and nothing ordinary',
    (metric, { pattern }) => {
      const samples = filterSamples(config)[metric]
      if (samples === undefined) throw new Error(`The metric ${metric} has no row in test/environment/alarms/filter-samples.ts. Add one.`)
      for (const event of samples.counts) expect(matchesFilter(pattern, event), JSON.stringify(event)).toBe(true)
      for (const event of samples.ignores) expect(matchesFilter(pattern, event), JSON.stringify(event)).toBe(false)
      // Amazon CloudWatch Logs API Reference, "PutMetricFilter": at most 1,024 characters.
      expect(pattern.length).toBeLessThanOrEqual(1024)
    },
  )

  test('every metric that a filter makes is watched by an alarm, and every alarm on such a metric has its filter', () => {
    const watched = alarms.filter((alarm) => 'Namespace' in alarm && !String(alarm['Namespace']).startsWith('AWS/'))
    const made = filters.map(({ namespace, metric }) => `${namespace} ${metric}`)
    expect([...new Set(watched.map((alarm) => `${alarm['Namespace']} ${alarm['MetricName']}`))].sort()).toEqual([...new Set(made)].sort())
  })
})

describe('the samples', () => {
  const names = (type: string, nameIn: (properties: Record<string, unknown>) => string) =>
    new Set(environments.flatMap((environment) => propertiesOf(environment, type).map(nameIn)))

  test('have no row for an alarm that no stack makes', () => {
    const made = names('AWS::CloudWatch::Alarm', ({ AlarmName }) => String(AlarmName).replace(/^safe-harbor-(sandbox|production)-/, ''))
    expect(Object.keys(alarmSamples).filter((what) => !made.has(what))).toEqual([])
  })

  test('have no row for a metric filter that no stack makes', () => {
    const made = names(
      'AWS::Logs::MetricFilter',
      (filter) => (filter['MetricTransformations'] as { MetricName: string }[])[0]?.MetricName ?? '',
    )
    expect(Object.keys(filterSamples(loadEnvironment('sandbox'))).filter((metric) => !made.has(metric))).toEqual([])
  })
})
