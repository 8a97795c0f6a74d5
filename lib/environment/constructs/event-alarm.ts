import type { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { logGroupName, metricNamespace, nameOf } from '../../config/names.ts'
import { TellingAlarm, type TellingAlarmProps } from './telling-alarm.ts'

/** What an alarm on an event that a function logs needs. */
export interface EventAlarmProps extends Pick<TellingAlarmProps, 'config' | 'what' | 'meaning' | 'periods'> {
  /** Name of the function that logs it: `escalation`. */
  readonly by: string
  /** The event, as the function's `env.ts` calls it: `call-unanswered`. */
  readonly event: string
  /** How long events are counted together. */
  readonly period: Duration
  /** `comes`: the event should never come, and its first one rings. `stays-away`: it should come in every period, and its silence rings. */
  readonly ringsWhenIt: 'comes' | 'stays-away'
}

/** Counts an event in a function's log as it arrives, and rings when it comes or when it stays away. */
export class EventAlarm extends TellingAlarm {
  readonly filter: CfnMetricFilter

  constructor(scope: Construct, { config, what, meaning, by, event, period, ringsWhenIt, periods = 1 }: EventAlarmProps) {
    const namespace = metricNamespace(config)
    const metricName = what
    const filter = new CfnMetricFilter(scope, `${what}-filter`, {
      filterName: nameOf(config, what),
      logGroupName: logGroupName(config, by),
      // Lambda's JSON format puts what the function logs into the field `message`.
      filterPattern: `{ $.message.event = "${event}" }`,
      metricTransformations: [{ metricNamespace: namespace, metricName, metricValue: '1' }],
    })
    super(scope, what, {
      config,
      what,
      meaning,
      metric: new Metric({ namespace, metricName, period, statistic: Stats.SUM }),
      ...ringing[ringsWhenIt],
      periods,
    })
    this.filter = filter
  }
}

const ringing = {
  comes: { comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, threshold: 1, silence: 'quiet' },
  'stays-away': { comparison: ComparisonOperator.LESS_THAN_THRESHOLD, threshold: 1, silence: 'rings' },
} as const satisfies Record<EventAlarmProps['ringsWhenIt'], Pick<TellingAlarmProps, 'comparison' | 'threshold' | 'silence'>>
