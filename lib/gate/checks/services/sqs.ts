import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isFalse, isTrue, Reference, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { tlsOnly } from './message-policies.ts'
import { atRest, availability, customerKey, exampleKey } from './safeguards.ts'

const type = 'AWS::SQS::Queue'
const example = (properties: Readonly<Record<string, unknown>> = {}) => ({ Queue: { Type: type, Properties: properties } })

/** SQS encrypts new queues with keys of its own unless the queue says no ("Encryption at rest in Amazon SQS", SQS Developer Guide). */
function encryptionOutcome(resource: Resource, byDefault: (path: string) => Outcome): Outcome {
  const [key, managed] = [resource.get('KmsMasterKeyId'), resource.get('SqsManagedSseEnabled')]
  if (key !== undefined && key !== '' && !(key instanceof Unknown)) return pass('KmsMasterKeyId', key)
  if (isTrue(managed)) return pass('SqsManagedSseEnabled', managed)
  const open = key instanceof Unknown ? key : managed
  if (open instanceof Unknown || open instanceof Reference)
    return undecided('SqsManagedSseEnabled', open instanceof Unknown ? open.reason : 'it is computed at deployment')
  return isFalse(managed) ? fail('SqsManagedSseEnabled', managed) : byDefault('SqsManagedSseEnabled')
}

const encrypted: ResourceControl = {
  ...atRest,
  id: 'sqs-queue-encrypted',
  title: 'SQS queues are encrypted',
  why: 'Messages wait on disk for up to two weeks; a queue that turns encryption off leaves them readable there.',
  remedy: 'Set KmsMasterKeyId, or SqsManagedSseEnabled to true.',
  types: [type],
  judge: (resource) => encryptionOutcome(resource, (path) => pass(path, undefined)),
  passing: example({ SqsManagedSseEnabled: true }),
  failing: example({ SqsManagedSseEnabled: false }),
}

const written: ResourceControl = {
  ...atRest,
  severity: 'low',
  id: 'sqs-queue-encryption-written',
  title: 'The encryption of SQS queues is written down in the template',
  why: 'A default holds for queues that are made anew: an older queue that comes under the template stays as it was.',
  remedy: 'Set KmsMasterKeyId, or SqsManagedSseEnabled to true.',
  types: [type],
  judge: (resource) => encryptionOutcome(resource, (path) => fail(path, undefined)),
  passing: example({ SqsManagedSseEnabled: true }),
  failing: example(),
}

/** Properties by which others send what failed to a queue. */
const deadLetterPaths = [
  [type, 'RedrivePolicy.deadLetterTargetArn'],
  ['AWS::SNS::Subscription', 'RedrivePolicy.deadLetterTargetArn'],
  ['AWS::Lambda::Function', 'DeadLetterConfig.TargetArn'],
  ['AWS::Lambda::EventInvokeConfig', 'DestinationConfig.OnFailure.Destination'],
  ['AWS::Lambda::EventSourceMapping', 'DestinationConfig.OnFailure.Destination'],
  ['AWS::Events::Rule', 'Targets.*.DeadLetterConfig.Arn'],
  ['AWS::Events::EventBus', 'DeadLetterConfig.Arn'],
  ['AWS::Scheduler::Schedule', 'Target.DeadLetterConfig.Arn'],
] as const

const takesFailures = (queue: Resource, deployment: Deployment): boolean =>
  isOther(queue) || deadLetterPaths.some(([from, path]) => deployment.referring(queue, from, path).certain.length > 0)

/** A queue that says from whom it takes messages again is one for failures. */
const isOther = (queue: Resource): boolean => queue.get('RedriveAllowPolicy') !== undefined

const deadLetters: ResourceControl = {
  ...availability,
  severity: 'low',
  id: 'sqs-queue-dead-letter-queue',
  title: 'SQS queues put aside messages that cannot be handled',
  why: 'A message that fails again and again blocks those behind it, and is dropped in the end; a dead-letter queue keeps it and shows that something is wrong.',
  remedy: 'Set RedrivePolicy with deadLetterTargetArn and maxReceiveCount.',
  types: [type],
  judge: (resource, deployment) => {
    if (takesFailures(resource, deployment)) return undefined
    const value = resource.get('RedrivePolicy')
    if (value instanceof Unknown) return undecided('RedrivePolicy', value.reason)
    return value === undefined ? fail('RedrivePolicy', undefined) : pass('RedrivePolicy', value)
  },
  passing: {
    Failed: { Type: type },
    ...example({ RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] }, maxReceiveCount: 3 } }),
  },
  failing: example(),
}

/** Controls on queues. */
export const sqsControls: readonly ResourceControl[] = [
  encrypted,
  written,
  deadLetters,
  tlsOnly({
    id: 'sqs-queue-tls-only',
    noun: 'SQS queues',
    type,
    policyTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
    path: 'Queues',
    service: 'sqs',
  }),
  ...propertyControls([
    {
      ...atRest,
      severity: 'medium',
      id: 'sqs-queue-kms-encrypted',
      title: 'SQS queues are encrypted with a key of KMS',
      why: 'Keys that SQS manages by itself leave no trace in CloudTrail of who read a message, and nothing can be permitted or refused by them.',
      remedy: 'Set KmsMasterKeyId.',
      type,
      path: 'KmsMasterKeyId',
      expect: isGiven,
      absent: 'fails',
      sensitiveOnly: true,
      passing: { KmsMasterKeyId: 'alias/aws/sqs' },
      failing: { SqsManagedSseEnabled: true },
    },
    {
      ...customerKey,
      id: 'sqs-queue-customer-key',
      title: "SQS queues are encrypted with a customer's key",
      why: 'With the key of AWS nobody can limit who may read messages; a key of your own asks for a second permission and leaves a trail of each use.',
      remedy: 'Set KmsMasterKeyId to a KMS key of your own.',
      type,
      path: 'KmsMasterKeyId',
      passing: { KmsMasterKeyId: exampleKey },
      failing: { KmsMasterKeyId: 'alias/aws/sqs' },
    },
  ]),
]
