import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isMap, plain, Reference, Unknown, type Value } from '../../template/value.ts'
import { indexByValue } from '../../template/value-index.ts'
import { type ExampleResources, fail, pass, type ResourceControl, undecided } from '../control.ts'
import { isEdge } from './lambda-edge.ts'
import { runtimeEnds, runtimesAsOf } from './lambda-runtimes.ts'
import { availability, monitoring, patched, privateNetwork } from './safeguards.ts'

const type = 'AWS::Lambda::Function'
const role = 'arn:aws:iam::111122223333:role/function'
const properties = { Code: { ZipFile: 'exports.handler = async () => {}' }, Handler: 'index.handler', Role: role, Runtime: 'nodejs24.x' }
const example = (more: Readonly<Record<string, unknown>> = {}): ExampleResources => ({
  Function: { Type: type, Properties: { ...properties, ...more } },
})
const queue = 'arn:aws:sqs:us-east-1:111122223333:failed'

const runtime: ResourceControl = {
  ...patched,
  id: 'lambda-function-runtime-supported',
  title: 'Lambda functions run on a runtime that AWS still corrects',
  why: 'A deprecated runtime gets no more security corrections: a known hole in the language or its libraries stays open.',
  remedy: 'Set Runtime to one that AWS supports ("Lambda runtimes", AWS Lambda Developer Guide).',
  types: [type],
  judge: (resource) => {
    const value = resource.get('Runtime')
    if (value === undefined) return undefined
    if (typeof value !== 'string') return undecided('Runtime', reasonOf(value), value)
    const end = Object.hasOwn(runtimeEnds, value) ? runtimeEnds[value] : undefined
    if (end === undefined || end > runtimesAsOf) return pass('Runtime', value)
    return fail('Runtime', value, `AWS gives ${value} no more corrections since ${end}.`)
  },
  passing: example(),
  failing: example({ Runtime: 'python3.8' }),
}

const deadLetters: ResourceControl = {
  ...availability,
  severity: 'low',
  citations: ['164.312(b)', '164.308(a)(7)(i)'],
  id: 'lambda-function-failed-events-kept',
  title: 'Lambda functions keep the events that they failed on',
  why: 'After its retries Lambda drops an event that failed. A queue or topic keeps it, and shows that something went wrong.',
  remedy: 'Set DeadLetterConfig.TargetArn, or a destination for failures in an AWS::Lambda::EventInvokeConfig.',
  types: [type],
  judge: (resource, deployment) => {
    const value = resource.get('DeadLetterConfig.TargetArn')
    if (value instanceof Unknown) return undecided('DeadLetterConfig.TargetArn', value.reason)
    if (value !== undefined && value !== '') return pass('DeadLetterConfig.TargetArn', value)
    if (isEdge(resource, deployment)) return undefined
    const { certain, possible } = deployment.referring(resource, 'AWS::Lambda::EventInvokeConfig', 'FunctionName')
    const kept = certain.find((config) => config.get('DestinationConfig.OnFailure.Destination') !== undefined)
    if (kept !== undefined) return pass('DeadLetterConfig.TargetArn', kept.logicalId)
    if (possible[0] !== undefined) return undecided('DeadLetterConfig.TargetArn', `${possible[0].logicalId} may be about this function`)
    return fail('DeadLetterConfig.TargetArn', undefined)
  },
  passing: example({ DeadLetterConfig: { TargetArn: queue } }),
  failing: example(),
}

const ownRole: ResourceControl = {
  ...privateNetwork,
  topic: 'iam-privilege',
  severity: 'low',
  citations: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)'],
  id: 'lambda-function-own-role',
  title: 'Each Lambda function has a role of its own',
  why: 'Functions that share a role each hold the permissions of all of them, so a hole in one opens the data of the others.',
  remedy: 'Set Role to a role that no other function uses.',
  types: [type],
  judge: (resource, deployment) => {
    const value = resource.get('Role')
    if (value === undefined || value instanceof Unknown) return undefined
    // Whether another function is made is asked last: each condition that is asked about makes more cases.
    const mayShare = byRole(deployment, type, keyOfRole(value, resource) ?? '')
    const other = deployment
      .allOfType(type)
      .find((one) => mayShare(one) && one !== resource && isSameRole(one, value, resource) && deployment.makes(one))
    return other === undefined ? pass('Role', value) : fail('Role', value, `${other.logicalId} has the same role.`)
  },
  passing: example(),
  failing: { ...example(), Other: { Type: type, Properties: properties } },
}

function keyOfRole(role: Value | undefined, { template }: Resource): string | undefined {
  if (role === undefined || role instanceof Unknown) return undefined
  return role instanceof Reference ? `${role.template}/${role.logicalId}` : `${template.account} ${JSON.stringify(plain(role))}`
}

const byRole = indexByValue('Role', keyOfRole)

function isSameRole(one: Resource, role: Value, resource: Resource): boolean {
  const other = one.get('Role')
  if (other === undefined || other instanceof Unknown) return false
  if (role instanceof Reference || other instanceof Reference)
    return role instanceof Reference && other instanceof Reference && role.template === other.template && role.logicalId === other.logicalId
  return JSON.stringify(plain(other)) === JSON.stringify(plain(role)) && one.template.account === resource.template.account
}

const logGroup: ResourceControl = {
  ...monitoring,
  severity: 'low',
  id: 'lambda-function-log-group',
  title: 'Lambda functions write to a log group that the template makes',
  why: 'A log group that Lambda makes by itself keeps its lines forever, without a key of yours, and is left behind when the function goes.',
  remedy: 'Name an AWS::Logs::LogGroup in LoggingConfig.LogGroup, or make one called /aws/lambda/ and the name of the function.',
  types: [type],
  judge: (resource, deployment) => {
    const value = resource.get('LoggingConfig.LogGroup')
    if (value instanceof Unknown) return undecided('LoggingConfig.LogGroup', value.reason)
    if (value !== undefined) return pass('LoggingConfig.LogGroup', value)
    const groups = [
      deployment.referring(resource, 'AWS::Logs::LogGroup', 'LogGroupName'),
      deployment.referring(resource, 'Custom::LogRetention', 'LogGroupName'),
    ]
    const [group] = groups.flatMap(({ certain }) => certain)
    return group === undefined ? fail('LoggingConfig.LogGroup', undefined) : pass('LoggingConfig.LogGroup', group.logicalId)
  },
  passing: {
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365 } },
    ...example({ LoggingConfig: { LogGroup: { Ref: 'Logs' } } }),
  },
  failing: example(),
}

const mapping = {
  FunctionName: 'records',
  EventSourceArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/results',
  StartingPosition: 'LATEST',
}

const streamFailures: ResourceControl = {
  ...availability,
  severity: 'low',
  id: 'lambda-event-source-failed-records-kept',
  title: 'Records of a stream that a function failed on are kept',
  why: 'When retries of a batch of Kinesis, DynamoDB or Kafka records run out, Lambda skips it: the records are not processed, and nobody is told.',
  remedy: 'Set DestinationConfig.OnFailure.Destination.',
  types: ['AWS::Lambda::EventSourceMapping'],
  judge: (resource, deployment) => {
    if (!readsStream(resource, deployment)) return undefined
    const value = resource.get('DestinationConfig.OnFailure.Destination')
    if (value instanceof Unknown) return undecided('DestinationConfig.OnFailure.Destination', value.reason)
    return value === undefined
      ? fail('DestinationConfig.OnFailure.Destination', undefined)
      : pass('DestinationConfig.OnFailure.Destination', value)
  },
  passing: {
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { ...mapping, DestinationConfig: { OnFailure: { Destination: queue } } },
    },
  },
  failing: { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: mapping } },
}

const streams = [
  'AWS::Kinesis::Stream',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
]

/** Queues have dead-letter queues of their own; records of streams have not. */
function readsStream(mapping: Resource, deployment: Deployment): boolean {
  if (isMap(mapping.get('SelfManagedEventSource'))) return true
  const source = mapping.get('EventSourceArn')
  const made = deployment.resourceOf(source)
  if (made !== undefined) return streams.includes(made.type)
  return typeof source === 'string' && /^arn:[^:]*:(kinesis|dynamodb|kafka):/.test(source)
}

const reasonOf = (value: Value): string => (value instanceof Unknown ? value.reason : 'it is computed at deployment')

/** Controls on Lambda functions that look at more than one property. */
export const lambdaLogicControls: readonly ResourceControl[] = [runtime, deadLetters, ownRole, logGroup, streamFailures]
