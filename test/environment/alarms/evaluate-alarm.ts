/** The properties of an alarm in a template that decide when it rings (CloudFormation Template Reference, "AWS::CloudWatch::Alarm"). */
export interface AlarmProperties {
  readonly ComparisonOperator: string
  readonly Threshold: number
  readonly EvaluationPeriods: number
  readonly DatapointsToAlarm?: number
  readonly TreatMissingData?: string
  readonly Statistic?: string
  readonly ExtendedStatistic?: string
  readonly Metrics?: readonly MetricQuery[]
}

interface MetricQuery {
  readonly Id: string
  readonly Expression?: string
  readonly MetricStat?: { readonly Stat: string }
}

/**
 * What is reported in each period, the oldest first: one number for each time the service or filter reported a value. An empty period is one
 * without data. For an alarm on a metric math expression: one number for each metric that reported in that period.
 */
export type Sample = readonly (readonly number[])[]

/** State of an alarm. */
export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'

/**
 * The state an alarm is in after a sample (Amazon CloudWatch User Guide, "Alarm evaluation" and "Configuring how CloudWatch alarms treat missing data").
 * @throws Error for what it does not know: an evaluator that guesses would pass an alarm that never rings
 */
export function evaluateAlarm(alarm: AlarmProperties, sample: Sample): AlarmState {
  const window = sample.slice(-alarm.EvaluationPeriods)
  if (window.length < alarm.EvaluationPeriods) throw new Error(`The sample has fewer than ${alarm.EvaluationPeriods} periods`)
  const verdicts = window.map((values) => (values.length === 0 ? undefined : breaches(alarm, valueOfPeriod(alarm, values))))
  if (alarm.TreatMissingData === 'ignore')
    throw new Error('An alarm that ignores missing data keeps its state, which a sample does not tell')
  if ((alarm.TreatMissingData ?? 'missing') === 'missing' && verdicts.every((verdict) => verdict === undefined)) return 'INSUFFICIENT_DATA'
  const missingBreaches = alarm.TreatMissingData === 'breaching'
  const breaching = verdicts.filter((verdict) => verdict ?? missingBreaches).length
  return breaching >= (alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods) ? 'ALARM' : 'OK'
}

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
}

function breaches({ ComparisonOperator, Threshold }: AlarmProperties, value: number): boolean {
  const compare = comparisons[ComparisonOperator]
  if (compare === undefined) throw new Error(`Unknown comparison ${ComparisonOperator}`)
  return compare(value, Threshold)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Average: (values) => sum(values) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  SampleCount: (values) => values.length,
  Sum: sum,
}

function valueOfPeriod({ Statistic, ExtendedStatistic, Metrics }: AlarmProperties, values: readonly number[]): number {
  const name = Metrics === undefined ? (Statistic ?? ExtendedStatistic ?? 'none') : mathOf(Metrics)
  const statistic = statistics[name]
  if (statistic === undefined) throw new Error(`Unknown statistic ${name}`)
  return statistic(values)
}

// The one kind of metric math in use: a sum over metrics that are sums themselves.
function mathOf(metrics: readonly MetricQuery[]): string {
  const [expression, ...more] = metrics.flatMap(({ Expression }) => Expression ?? [])
  const added = metrics.flatMap(({ MetricStat }) => MetricStat ?? [])
  if (expression !== 'SUM(METRICS())' || more.length > 0 || added.some(({ Stat }) => Stat !== 'Sum'))
    throw new Error(`Unknown metric math ${expression}`)
  return 'Sum'
}
