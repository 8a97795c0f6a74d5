import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { pathCheckedEvent } from '../../../lambda/detection/alert/env.ts'
import { logGroupName, metricNamespace, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { LeastFunction } from '../constructs/least-function.ts'
import { TellingAlarm } from '../constructs/telling-alarm.ts'
import { ruleNames } from './finding-routes.ts'

const fiveMinutes = Duration.minutes(5)
const atLeastOne = { comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, threshold: 1, silence: 'quiet' } as const

/** Alarms on the path that findings take: rule, function, topic. The function's own alarms (errors, dead letters) come with it. */
export function pathAlarms(scope: Construct, config: EnvironmentConfig, alert: LeastFunction): void {
  new TellingAlarm(scope, 'RoutesFailed', {
    config,
    what: 'alert-routes-failed',
    meaning: 'A rule could not hand a finding to the alert function; it waits in the dead-letter queue.',
    metric: failedDeliveries(config),
    ...atLeastOne,
  })
  new TellingAlarm(scope, 'AlertsUndelivered', {
    config,
    what: 'alerts-undelivered',
    meaning: 'An alert or alarm did not reach a subscriber of the alerts topic.',
    metric: new Metric({
      namespace: 'AWS/SNS',
      metricName: 'NumberOfNotificationsFailed',
      dimensionsMap: { TopicName: nameOf(config, 'alerts') },
      statistic: Stats.SUM,
      period: fiveMinutes,
    }),
    ...atLeastOne,
  })
  pathSilent(scope, config, alert)
}

// "Metrics that specify only the RuleName dimension refer to the default event bus"; one alarm adds up at most ten metrics.
const failedDeliveries = (config: EnvironmentConfig): IMetric =>
  new MathExpression({
    expression: 'SUM(METRICS())',
    label: 'Failed invocations of all routes',
    period: fiveMinutes,
    usingMetrics: Object.fromEntries(
      ruleNames(config).map((RuleName, index) => [
        `m${index}`,
        new Metric({
          namespace: 'AWS/Events',
          metricName: 'FailedInvocations',
          dimensionsMap: { RuleName },
          statistic: Stats.SUM,
          period: fiveMinutes,
        }),
      ]),
    ),
  })

function pathSilent(scope: Construct, config: EnvironmentConfig, alert: LeastFunction): void {
  const what = 'alert-path-silent'
  const metric = { metricNamespace: metricNamespace(config), metricName: pathCheckedEvent }
  const filter = new CfnMetricFilter(scope, 'PathChecked', {
    filterName: nameOf(config, pathCheckedEvent),
    logGroupName: logGroupName(config, 'alert'),
    // Lambda's JSON format puts what the function logs into the field `message`.
    filterPattern: `{ $.message.event = "${pathCheckedEvent}" }`,
    metricTransformations: [{ ...metric, metricValue: '1' }],
  })
  filter.node.addDependency(alert.function)
  new TellingAlarm(scope, 'PathSilent', {
    config,
    what,
    meaning: 'For half an hour no path check went from its schedule through the alert function: findings may not be told.',
    metric: new Metric({
      namespace: metric.metricNamespace,
      metricName: metric.metricName,
      statistic: Stats.SUM,
      period: Duration.minutes(15),
    }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: 2,
    silence: 'rings',
  })
}
