import { describe, expect, test } from 'vitest'
import { citations } from '../../../lib/gate/checks/citations.ts'
import type { DeploymentControl, ExampleResources } from '../../../lib/gate/checks/control.ts'
import { deploymentControls } from '../../../lib/gate/checks/controls.ts'
import { type JudgedOutcome, judgeInEveryCase } from '../../../lib/gate/checks/judge-resource.ts'
import { Deployment } from '../../../lib/gate/template/deployment.ts'
import { readTemplate } from '../../../lib/gate/template/read-template.ts'
import { readSource } from '../../../lib/gate/template/source.ts'

interface Sections {
  readonly Resources: ExampleResources
  readonly [section: string]: unknown
}

function judgeAssembly(control: DeploymentControl, ...stacks: readonly Sections[]): readonly JudgedOutcome[] {
  const templates = stacks.map((sections, place) =>
    readTemplate(readSource(JSON.stringify(sections), `stack-${place}.template.json`), { key: `stack-${place}`, digest: '' }),
  )
  const deployment = new Deployment('assembly', templates, new Map())
  return judgeInEveryCase(deployment, () => control.judge(deployment))
}

const statusesOf = (control: DeploymentControl, ...stacks: readonly Sections[]) =>
  judgeAssembly(control, ...stacks).map(({ status }) => status)

function named(id: string): DeploymentControl {
  const control = deploymentControls.find((one) => one.id === id)
  if (control === undefined) throw new TypeError(`no control ${id}`)
  return control
}

describe.each(deploymentControls.map((control) => [control.id, control] as const))('%s', (_id, control) => {
  test('passes its passing example and fails its failing one', () => {
    expect(statusesOf(control, { Resources: control.passing })).toEqual(['pass'])
    expect(statusesOf(control, { Resources: control.failing })).toEqual(['fail'])
  })

  test('names the resource that satisfies it', () => {
    const [outcome] = judgeAssembly(control, { Resources: control.passing })
    expect(Object.keys(control.passing)).toContain(outcome?.resource?.logicalId)
  })

  test('fails an empty assembly, and says what to do where another team provides it', () => {
    const [outcome] = judgeAssembly(control, { Resources: {} })
    expect(outcome).toMatchObject({ status: 'fail', message: expect.stringMatching(/^No .* in this deployment\. .*accept this finding/) })
  })

  test('is satisfied by another stack of the assembly', () => {
    expect(statusesOf(control, { Resources: {} }, { Resources: control.passing })).toEqual(['pass'])
  })

  test('says what it is, in whole sentences, and cites sections that exist', () => {
    expect(control.id).toMatch(/^deployment(-[a-z0-9]+)+$/)
    expect(control.title).toMatch(/^[A-Z0-9].*[^.]$/)
    expect(control.why).toMatch(/^[A-Z0-9].*\.$/s)
    expect(control.remedy).toMatch(/^[A-Z0-9].*\.$/s)
    expect(control.citations.filter((citation) => !(citation in citations))).toEqual([])
  })
})

test('every control over an assembly has an id of its own', () => {
  const ids = deploymentControls.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

describe('What must exist', () => {
  const detector = named('deployment-guardduty-detector')
  const made = { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: true } }

  test('is missing in the case in which a condition leaves it out', () => {
    const Parameters = { Stage: { Type: 'String', AllowedValues: ['production', 'test'] } }
    const Conditions = { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } }
    const outcomes = judgeAssembly(detector, { Parameters, Conditions, Resources: { Detector: { ...made, Condition: 'IsProduction' } } })
    expect(outcomes).toHaveLength(1)
    expect(outcomes[0]).toMatchObject({ status: 'fail', choices: [expect.objectContaining({ option: 'test' })] })
  })

  test('is undecided where a parameter decides', () => {
    const Parameters = { On: { Type: 'String' } }
    const Resources = { Detector: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: { Ref: 'On' } } } }
    expect(statusesOf(detector, { Parameters, Resources })).toEqual(['undecided'])
  })

  test('names what falls short', () => {
    const Resources = { Asleep: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: false } } }
    expect(judgeAssembly(detector, { Resources })[0]).toMatchObject({ message: expect.stringContaining('Asleep falls short') })
  })
})

describe('An alarm that reaches somebody', () => {
  const alarms = named('deployment-alarm-reaches-somebody')
  const alarmTo = (...actions: readonly unknown[]) => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { MetricName: 'Errors', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, AlarmActions: actions },
  })
  const topic = { Type: 'AWS::SNS::Topic', Properties: {} }
  const heard = { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'on-call@example.org' }] } }

  test.each([
    ['passes with a topic that has a subscription of its own', { Topic: heard, Alarm: alarmTo({ Ref: 'Topic' }) }, 'pass'],
    ['passes with an incident of Systems Manager', { Alarm: alarmTo('arn:aws:ssm-incidents::111122223333:response-plan/on-call') }, 'pass'],
    [
      'passes with a function that acts',
      { Act: { Type: 'AWS::Lambda::Function' }, Alarm: alarmTo({ 'Fn::GetAtt': ['Act', 'Arn'] }) },
      'pass',
    ],
    [
      'passes with a topic that is named by its name',
      {
        Topic: { Type: 'AWS::SNS::Topic', Properties: { ...heard.Properties, TopicName: 'on-call' } },
        Alarm: alarmTo('arn:aws:sns:us-east-1:111122223333:on-call'),
      },
      'pass',
    ],
    ['is undecided with a topic of another stack', { Alarm: alarmTo('arn:aws:sns:us-east-1:111122223333:on-call') }, 'undecided'],
    ['fails without any action', { Alarm: alarmTo() }, 'fail'],
    ['fails with a topic that nobody hears', { Topic: topic, Alarm: alarmTo({ Ref: 'Topic' }) }, 'fail'],
  ])('%s', (_name, Resources, status) => {
    expect(statusesOf(alarms, { Resources })).toEqual([status])
  })
})
