import type { Resource } from '../../template/resource.ts'
import { isFalse, listOf, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { monitoring } from './safeguards.ts'

const lists = ['AlarmActions', 'InsufficientDataActions', 'OKActions'] as const

function judgeAlarm(alarm: Resource): Outcome {
  const enabled = alarm.get('ActionsEnabled')
  if (isFalse(enabled)) return fail('ActionsEnabled', enabled)
  const given = lists.map((path) => ({ path, value: alarm.get(path) }))
  const acting = given.find(({ value }) => !(value instanceof Unknown) && listOf(value).length > 0)
  if (acting !== undefined)
    return enabled instanceof Unknown ? undecided('ActionsEnabled', enabled.reason) : pass(acting.path, acting.value)
  const open = given.map(({ value }) => value).find((value) => value instanceof Unknown)
  return open instanceof Unknown ? undecided('AlarmActions', open.reason) : fail('AlarmActions', undefined)
}

const alarm = (more: Readonly<Record<string, unknown>>): ResourceControl['passing'] => ({
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      MetricName: 'Errors',
      Namespace: 'Records',
      Period: 60,
      Statistic: 'Sum',
      Threshold: 1,
      ...more,
    },
  },
})

/** What AWS Config asks of an alarm (`cloudwatch-alarm-action-check`): some action in some state, and actions switched on. */
export const alarmActionCheck: ResourceControl = {
  ...monitoring,
  severity: 'low',
  id: 'cloudwatch-alarm-action-check',
  title: 'CloudWatch alarms have an action for some state, and it is switched on',
  why: 'An alarm that does nothing in any state is a line on a page: AWS Config counts it as not compliant.',
  remedy: 'Set AlarmActions, InsufficientDataActions or OKActions, and leave ActionsEnabled out.',
  types: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
  judge: judgeAlarm,
  passing: alarm({ OKActions: ['arn:aws:sns:us-east-1:111122223333:on-call'] }),
  failing: alarm({}),
}
