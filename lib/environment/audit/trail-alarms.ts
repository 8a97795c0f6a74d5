import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { TellingAlarm } from '../constructs/telling-alarm.ts'
import { watchedEvents } from './watched-events.ts'

/** Namespace of the metrics counted from the trail. */
export const trailMetricNamespace = (config: Pick<EnvironmentConfig, 'name'>): string => `SafeHarbor/${config.name}`

/** Counts watched events of the trail as they arrive, and rings. */
export class TrailAlarms extends Construct {
  constructor(scope: Construct, id: string, config: EnvironmentConfig, logGroupName: string) {
    super(scope, id)
    for (const [what, { meaning, pattern, threshold }] of Object.entries(watchedEvents(config))) {
      const metric = { metricNamespace: trailMetricNamespace(config), metricName: what }
      new CfnMetricFilter(this, `${what}-filter`, {
        filterName: nameOf(config, what),
        logGroupName,
        filterPattern: `{ ${pattern} }`,
        metricTransformations: [{ ...metric, metricValue: '1' }],
      })
      new TellingAlarm(this, what, {
        config,
        what,
        meaning,
        metric: new Metric({
          namespace: metric.metricNamespace,
          metricName: metric.metricName,
          period: Duration.minutes(5),
          statistic: Stats.SUM,
        }),
        comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        threshold,
        silence: 'quiet',
      })
    }
  }
}
