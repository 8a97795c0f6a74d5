import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { logGroupName, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { TellingAlarm } from '../constructs/telling-alarm.ts'
import { filterPattern, type Tampering, tamperings } from './tampering.ts'

/** An alarm for each way to switch a detective control off, on what the trail writes to CloudWatch Logs. */
export function tamperingAlarms(scope: Construct, config: EnvironmentConfig): void {
  for (const tampering of tamperings(config)) tamperingAlarm(scope, config, tampering)
}

function tamperingAlarm(scope: Construct, config: EnvironmentConfig, tampering: Tampering): void {
  const { what, meaning } = tampering
  const metric = { metricNamespace: metricNamespace(config), metricName: what }
  const filter = new CfnMetricFilter(scope, `${what}-filter`, {
    filterName: nameOf(config, what),
    logGroupName: logGroupName(config, 'trail'),
    filterPattern: filterPattern(tampering),
    metricTransformations: [{ ...metric, metricValue: '1' }],
  })
  const alarm = new TellingAlarm(scope, what, {
    config,
    what,
    meaning,
    metric: new Metric({
      namespace: metric.metricNamespace,
      metricName: metric.metricName,
      statistic: Stats.SUM,
      period: Duration.minutes(1),
    }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    silence: 'quiet',
  })
  alarm.node.addDependency(filter)
}

/** Namespace of the metrics this environment makes of its logs: `SafeHarbor/sandbox`. */
export const metricNamespace = ({ name }: Pick<EnvironmentConfig, 'name'>): string => `SafeHarbor/${name}`
