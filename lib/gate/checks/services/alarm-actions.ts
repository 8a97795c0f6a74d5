import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { listOf, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { monitoring } from './safeguards.ts'

const alarms = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']

// Resources that act on an alarm themselves: it needs no action of its own.
const watchers = [
  ['AWS::CloudWatch::CompositeAlarm', 'AlarmRule'],
  ['AWS::CodeDeploy::DeploymentGroup', 'AlarmConfiguration.Alarms.*.Name'],
  ['AWS::ECS::Service', 'DeploymentConfiguration.Alarms.AlarmNames.*'],
  ['AWS::AppConfig::Environment', 'Monitors.*.AlarmArn'],
  ['AWS::AutoScaling::AutoScalingGroup', 'InstanceMaintenancePolicy.Alarms.*'],
] as const

/** The resource that watches an alarm, if one does. */
function watcherOf(alarm: Resource, deployment: Deployment): Resource | undefined {
  const name = alarm.get('AlarmName')
  const quoted = typeof name === 'string' ? `"${name}"` : undefined
  const naming =
    quoted === undefined ? [] : deployment.ofType(watchers[0][0]).filter((one) => String(one.get('AlarmRule')).includes(quoted))
  return [...naming, ...watchers.flatMap(([type, path]) => deployment.referring(alarm, type, path).certain)][0]
}

function judgeActions(alarm: Resource, deployment: Deployment): Outcome {
  const actions = alarm.get('AlarmActions')
  if (actions instanceof Unknown) return undecided('AlarmActions', actions.reason)
  if (listOf(actions).length > 0) return pass('AlarmActions', actions)
  const watcher = watcherOf(alarm, deployment)
  return watcher === undefined ? fail('AlarmActions', actions) : pass('AlarmActions', `watched by ${watcher.logicalId}`)
}

const example = (more: Readonly<Record<string, unknown>>) => ({
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

/** An alarm tells somebody, or something that acts on it. */
export const alarmActions: ResourceControl = {
  ...monitoring,
  id: 'cloudwatch-alarm-actions',
  title: 'CloudWatch alarms tell somebody when they go off',
  why: 'An alarm without an action turns red on a page that nobody looks at.',
  remedy: 'Set AlarmActions to a topic that reaches somebody.',
  types: alarms,
  judge: judgeActions,
  passing: example({ AlarmActions: ['arn:aws:sns:us-east-1:111122223333:on-call'] }),
  failing: example({}),
}
