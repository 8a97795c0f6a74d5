import type { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { logGroupName, metricNamespace, nameOf } from '../../config/names.ts'
import { TellingAlarm, type TellingAlarmProps } from './telling-alarm.ts'

/** What an alarm on an event that a function logs needs. */
export interface EventAlarmProps extends Pick<TellingAlarmProps, 'config' | 'what' | 'meaning' | 'periods'> {
  /** Names of the functions that log it: `escalation`. */
  readonly by: readonly string[]
  /** The event, as the function's `env.ts` calls it: `call-unanswered`. */
  readonly event: string
  /** How long events are counted together. */
  readonly period: Duration
  /** `comes`: the event should never come, and its first one rings. `stays-away`: it should come in every period, and its silence rings. */
  readonly ringsWhenIt: 'comes' | 'stays-away'
  /** Events in a period, of all functions together: so many ring when it `comes`, fewer when it `stays-away`. @default 1 */
  readonly threshold?: number
}

/** Counts an event in the logs of functions as it arrives, and rings when it comes or when it stays away. */
export class EventAlarm extends TellingAlarm {
  /** One filter for each log; they count into one metric. */
  readonly filters: readonly CfnMetricFilter[]

  constructor(scope: Construct, { config, what, meaning, by, event, period, ringsWhenIt, periods = 1, threshold = 1 }: EventAlarmProps) {
    const namespace = metricNamespace(config)
    const metricName = what
    const filters = by.map(
      (name, index) =>
        new CfnMetricFilter(scope, index === 0 ? `${what}-filter` : `${what}-filter-${name}`, {
          filterName: nameOf(config, what),
          logGroupName: logGroupName(config, name),
          // Lambda's JSON format puts what the function logs into the field `message`.
          filterPattern: `{ $.message.event = "${event}" }`,
          metricTransformations: [{ metricNamespace: namespace, metricName, metricValue: '1' }],
        }),
    )
    super(scope, what, {
      config,
      what,
      meaning,
      metric: new Metric({ namespace, metricName, period, statistic: Stats.SUM }),
      ...ringing[ringsWhenIt],
      threshold,
      periods,
    })
    this.filters = filters
  }
}

const ringing = {
  comes: { comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, silence: 'quiet' },
  'stays-away': { comparison: ComparisonOperator.LESS_THAN_THRESHOLD, silence: 'rings' },
} as const satisfies Record<EventAlarmProps['ringsWhenIt'], Pick<TellingAlarmProps, 'comparison' | 'silence'>>
