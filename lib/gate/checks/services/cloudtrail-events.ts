import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { type Selection, selectionsOf } from './cloudtrail-selectors.ts'
import { lesserAudit } from './platform-safeguards.ts'
import { audit } from './safeguards.ts'

const type = 'AWS::CloudTrail::Trail'

interface Row extends ControlText {
  readonly wanted: (selection: Selection) => boolean
  readonly passing: Readonly<Record<string, unknown>>
  readonly failing: Readonly<Record<string, unknown>>
}

/** Controls on which events trails record. One trail may leave to another of the same deployment what it does not record itself. */
const eventControls = (rows: readonly Row[]): readonly ResourceControl[] =>
  rows.map(({ wanted, passing, failing, ...text }) => ({
    ...text,
    types: [type],
    judge: (resource, deployment) => judgeEvents(wanted, resource, deployment),
    passing: { Trail: { Type: type, Properties: passing } },
    failing: { Trail: { Type: type, Properties: failing } },
  }))

function judgeEvents(wanted: Row['wanted'], trail: Resource, deployment: Deployment): Outcome {
  const own = trail.get('AdvancedEventSelectors') === undefined ? 'EventSelectors' : 'AdvancedEventSelectors'
  const trails = [trail, ...deployment.ofType(type).filter((other) => other !== trail)]
  const recording = trails.find((one) => selectionsOf(one).selections.some(wanted))
  if (recording !== undefined) return pass(own, recording === trail ? trail.get(own) : `recorded by ${recording.logicalId}`)
  const open = trails.flatMap((one) => selectionsOf(one).open ?? [])[0]
  return open === undefined ? fail(own, trail.get(own)) : undecided(own, open.reason)
}

const trail = { IsLogging: true, S3BucketName: 'audit-records' }
const selecting = (selector: Readonly<Record<string, unknown>>) => ({ ...trail, EventSelectors: [selector] })
const every = (Type: string, service: string, kind = 'All') =>
  selecting({ ReadWriteType: kind, DataResources: [{ Type, Values: [`arn:aws:${service}`] }] })
const dataOf =
  (of: string) =>
  ({ category, type: resources }: Selection): boolean =>
    category === 'Data' && resources === of

export const cloudTrailEventControls = eventControls([
  {
    ...audit,
    id: 'cloudtrail-trail-management-writes',
    title: 'CloudTrail trails record every change to the account',
    why: 'Without records of changing calls nobody can tell who opened a bucket or made a user, and when.',
    remedy: 'Leave EventSelectors out, or include management events with ReadWriteType All.',
    wanted: ({ category, writes }) => category === 'Management' && writes,
    passing: trail,
    failing: selecting({ ReadWriteType: 'ReadOnly' }),
  },
  {
    ...audit,
    id: 'cloudtrail-trail-management-reads',
    title: 'CloudTrail trails record calls that look at the account',
    severity: 'medium',
    why: 'An intruder first looks around: lists roles, reads policies, gets secrets. These calls change nothing and are only seen when reads are recorded.',
    remedy: 'Leave EventSelectors out, or include management events with ReadWriteType All.',
    wanted: ({ category, reads }) => category === 'Management' && reads,
    passing: trail,
    failing: selecting({ ReadWriteType: 'WriteOnly' }),
  },
  {
    ...audit,
    id: 'cloudtrail-trail-management-sources',
    title: 'CloudTrail trails leave out no service that is asked to manage the account',
    severity: 'medium',
    why: 'Calls to KMS are often left out to save cost: they are what shows who decrypted data of patients.',
    remedy: 'Leave ExcludeManagementEventSources out.',
    wanted: ({ category, all }) => category === 'Management' && all,
    passing: trail,
    failing: selecting({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
  },
  {
    ...audit,
    id: 'cloudtrail-trail-s3-object-reads',
    title: 'CloudTrail trails record who reads objects in S3',
    severity: 'medium',
    why: 'By default a trail says who changed a bucket, and nothing of who read the records in it. After a breach, only these events tell which patients to notify.',
    remedy: 'Give EventSelectors a DataResources entry of type AWS::S3::Object, with ReadWriteType All.',
    wanted: (selection) => dataOf('AWS::S3::Object')(selection) && selection.reads,
    passing: every('AWS::S3::Object', 's3'),
    failing: every('AWS::S3::Object', 's3', 'WriteOnly'),
  },
  {
    ...audit,
    id: 'cloudtrail-trail-s3-object-writes',
    title: 'CloudTrail trails record who writes and deletes objects in S3',
    severity: 'medium',
    why: 'By default nothing says who overwrote or deleted an object: ransomware in a bucket leaves no trace.',
    remedy: 'Give EventSelectors a DataResources entry of type AWS::S3::Object, with ReadWriteType All.',
    wanted: (selection) => dataOf('AWS::S3::Object')(selection) && selection.writes,
    passing: every('AWS::S3::Object', 's3'),
    failing: trail,
  },
  {
    ...lesserAudit,
    id: 'cloudtrail-trail-s3-every-bucket',
    title: 'CloudTrail trails record object events of every bucket',
    why: 'A list of buckets is complete on the day it is written; the bucket of next month is not on it.',
    remedy: 'Write arn:aws:s3 as the value of the DataResources entry.',
    wanted: (selection) => dataOf('AWS::S3::Object')(selection) && selection.all,
    passing: every('AWS::S3::Object', 's3'),
    failing: selecting({ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::one-bucket/'] }] }),
  },
  {
    ...lesserAudit,
    id: 'cloudtrail-trail-lambda-invocations',
    title: 'CloudTrail trails record who calls Lambda functions',
    why: 'A function that reads data of patients can be called by anybody with the permission; by default nothing says who did.',
    remedy: 'Give EventSelectors a DataResources entry of type AWS::Lambda::Function with the value arn:aws:lambda.',
    wanted: dataOf('AWS::Lambda::Function'),
    passing: every('AWS::Lambda::Function', 'lambda'),
    failing: trail,
  },
  {
    ...lesserAudit,
    id: 'cloudtrail-trail-dynamodb-items',
    title: 'CloudTrail trails record who reads and writes items in DynamoDB',
    why: 'DynamoDB has no access log of its own: without data events nothing tells who read an item.',
    remedy: 'Give EventSelectors a DataResources entry of type AWS::DynamoDB::Table with the value arn:aws:dynamodb.',
    wanted: dataOf('AWS::DynamoDB::Table'),
    passing: every('AWS::DynamoDB::Table', 'dynamodb'),
    failing: trail,
  },
])
