import type { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { logGroupName, metricNamespace, nameOf } from '../../config/names.ts'
import { TellingAlarm, type TellingAlarmProps } from './telling-alarm.ts'

/** What an alarm on events of the trail needs. */
export interface TrailAlarmProps extends Pick<TellingAlarmProps, 'config' | 'what' | 'meaning'> {
  /** Filter pattern for JSON events, at most 1,024 characters (Amazon CloudWatch Logs User Guide, "Filter pattern syntax"). */
  readonly pattern: string
  /** How long events are counted together. */
  readonly period: Duration
  /** Events in that time that ring. @default 1 */
  readonly threshold?: number
}

/** Counts events in the trail's log group as they arrive, and rings. The filter is made beside the alarm, under a metric of the alarm's own name. */
export class TrailAlarm extends TellingAlarm {
  readonly filter: CfnMetricFilter

  constructor(scope: Construct, { config, what, meaning, pattern, period, threshold = 1 }: TrailAlarmProps) {
    const metricName = what
    const namespace = metricNamespace(config)
    const filter = new CfnMetricFilter(scope, `${what}-filter`, {
      filterName: nameOf(config, what),
      logGroupName: logGroupName(config, 'trail'),
      filterPattern: pattern,
      metricTransformations: [{ metricNamespace: namespace, metricName, metricValue: '1' }],
    })
    super(scope, what, {
      config,
      what,
      meaning,
      metric: new Metric({ namespace, metricName, period, statistic: Stats.SUM }),
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold,
      silence: 'quiet',
    })
    this.filter = filter
  }
}
