import { Alarm, type ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { alertsTopicArn } from '../alerts-topic.ts'
import { runbookUrl } from '../runbook.ts'

/** What an alarm needs. */
export interface TellingAlarmProps {
  readonly config: EnvironmentConfig
  /** Name of the alarm and of its runbook section: `trail-quiet`. */
  readonly what: string
  /** What it means when it rings, one sentence for whoever is woken. */
  readonly meaning: string
  /** The metric with its statistic and period. Name the statistic: the library's default is the average. */
  readonly metric: IMetric
  readonly comparison: ComparisonOperator
  readonly threshold: number
  /** Periods in a row that must cross the threshold. @default 1 */
  readonly periods?: number
  /** What silence means: `rings` for a control that should always speak, `quiet` for an event that should never come. */
  readonly silence: 'rings' | 'quiet'
}

/** An alarm that says what it means, where its runbook is, and tells the alerts topic both when it rings and when it stops. */
export class TellingAlarm extends Alarm {
  constructor(
    scope: Construct,
    id: string,
    { config, what, meaning, metric, comparison, threshold, periods = 1, silence }: TellingAlarmProps,
  ) {
    super(scope, id, {
      alarmName: nameOf(config, what),
      alarmDescription: `${meaning} Runbook: ${runbookUrl(config, what)}`,
      metric,
      comparisonOperator: comparison,
      threshold,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: silence === 'rings' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    })
    const tell = { bind: () => ({ alarmActionArn: alertsTopicArn(config) }) }
    this.addAlarmAction(tell)
    this.addOkAction(tell)
  }
}
