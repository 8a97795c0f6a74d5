import type { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { TellingAlarm } from '../constructs/telling-alarm.ts'

/** A log that should never fall silent. */
export interface WatchedLog {
  /** Name of the alarm: `trail-quiet`. */
  readonly what: string
  readonly meaning: string
  readonly logGroupName: string
  /** How long it may be silent. */
  readonly patience: Duration
}

/** Rings when a log receives nothing: whoever stops a log tells nobody. */
export class QuietAlarms extends Construct {
  constructor(scope: Construct, id: string, config: EnvironmentConfig, watched: readonly WatchedLog[]) {
    super(scope, id)
    for (const { what, meaning, logGroupName, patience } of watched)
      new TellingAlarm(this, what, {
        config,
        what,
        meaning,
        metric: new Metric({
          namespace: 'AWS/Logs',
          metricName: 'IncomingLogEvents',
          dimensionsMap: { LogGroupName: logGroupName },
          period: patience,
          statistic: Stats.SUM,
        }),
        comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
        threshold: 1,
        silence: 'rings',
      })
  }
}
