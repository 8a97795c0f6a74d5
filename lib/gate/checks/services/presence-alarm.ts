import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { listOf, Reference, Unknown, type Value } from '../../template/value.ts'
import { every, notOff, type Presence } from './deployment-presence.ts'
import { detection } from './platform-safeguards.ts'

/** Whether a topic has a subscription, of its own or beside it. */
function isHeard(topic: Resource, deployment: Deployment): boolean | undefined {
  const own = topic.get('Subscription')
  if (listOf(own).length > 0) return own instanceof Unknown ? undefined : true
  const { certain, possible } = deployment.referring(topic, 'AWS::SNS::Subscription', 'TopicArn')
  return certain.length > 0 ? true : possible.length > 0 ? undefined : false
}

// Operators get an entry in OpsCenter or an incident: these need no subscription.
const reachesOperators = /:(ssm|ssm-incidents):/

function reaches(action: Value, deployment: Deployment): boolean | undefined {
  if (action instanceof Unknown) return undefined
  if (typeof action === 'string' && reachesOperators.test(action)) return true
  const [topic] = deployment.ofType('AWS::SNS::Topic').filter((one) => deployment.names(action, one))
  if (topic !== undefined) return isHeard(topic, deployment)
  if (typeof action === 'string') return undefined
  return deployment.resourceOf(action) !== undefined || (action instanceof Reference ? undefined : false)
}

function tellsSomebody(alarm: Resource, deployment: Deployment): boolean | undefined {
  const results = listOf(alarm.get('AlarmActions')).map((action) => reaches(action, deployment))
  const heard = results.includes(true) ? true : results.includes(undefined) ? undefined : false
  return every(notOff(alarm.get('ActionsEnabled')), heard)
}

const alarm = (actions: readonly unknown[]) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    MetricName: 'Errors',
    Namespace: 'Records',
    Period: 60,
    Statistic: 'Sum',
    Threshold: 1,
    AlarmActions: actions,
  },
})

/** An alarm goes off where somebody hears it. */
export const alarmPresence: Presence = {
  ...detection,
  id: 'deployment-alarm-reaches-somebody',
  title: 'An alarm of the deployment reaches somebody',
  why: 'A topic without a subscription takes every alarm and tells nobody.',
  remedy: 'Give AlarmActions of an AWS::CloudWatch::Alarm a topic that has an AWS::SNS::Subscription.',
  missing: 'No alarm has an action that reaches somebody',
  unknown: 'its topic or the topic’s subscription is outside of what is judged',
  types: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
  holds: tellsSomebody,
  passing: {
    OnCall: { Type: 'AWS::SNS::Topic', Properties: {} },
    Somebody: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'OnCall' }, Protocol: 'email', Endpoint: 'on-call@example.org' },
    },
    Errors: alarm([{ Ref: 'OnCall' }]),
  },
  failing: { OnCall: { Type: 'AWS::SNS::Topic', Properties: {} }, Errors: alarm([{ Ref: 'OnCall' }]) },
}
