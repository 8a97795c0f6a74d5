import { nameOf } from '../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { alertsTopicArn } from '../../../lib/environment/alerts-topic.ts'

/** Properties of an alarm that rings at the first event, but for what `more` says. */
export const tellingAlarm = (
  config: EnvironmentConfig,
  what: string,
  meaning: string,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  AlarmName: nameOf(config, what),
  AlarmDescription: `${meaning} Runbook: https://github.com/${config.github.repository}#${what}`,
  AlarmActions: [alertsTopicArn(config)],
  OKActions: [alertsTopicArn(config)],
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold: 1,
  EvaluationPeriods: 1,
  DatapointsToAlarm: 1,
  TreatMissingData: 'notBreaching',
  ...more,
})
