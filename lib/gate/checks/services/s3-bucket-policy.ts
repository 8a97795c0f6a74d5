import { coversAction } from '../../access/actions.ts'
import { kept } from '../../access/kept.ts'
import { type Exposure, exposureOf, type Reach } from '../../access/public-principal.ts'
import { type Statement, statementsOf } from '../../access/statement.ts'
import type { Resource } from '../../template/resource.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { refusesOthers } from './resource-policy-reach.ts'
import { attachedTo, unreadOf } from './s3-attached-policies.ts'
import { notPublic } from './safeguards.ts'

const types = ['AWS::S3::BucketPolicy'] as const

/** Whether a statement gives one of these actions. A word with a hole cannot be read. */
const gives = ({ actions }: Statement, wanted: readonly string[]): boolean => wanted.some((action) => coversAction(actions, action))

const exposures = kept(exposureOf)

/** Whom a statement reaches, with what a denial of the same policy takes back from everybody. */
function exposedBy(statement: Statement, all: readonly Statement[], { ownAccounts }: Resource): Exposure {
  const exposure = exposures(statement, ownAccounts)
  const spared = exposure.reach === 'everyone' && all.some((other) => refusesOthers(other, statement, ownAccounts))
  return spared ? { ...exposure, reach: 'confined' } : exposure
}

/** Judges the statements that give one of these actions by whom they reach. */
function judgeReach(resource: Resource, wanted: readonly string[], refused: readonly Reach[]): Outcome {
  const read = statementsOf(resource.get('PolicyDocument'))
  const maybe = read.statements.filter(({ effect, actions }) => effect !== 'Deny' && actions.unknown)
  const giving = read.statements.filter((statement) => statement.effect === 'Allow' && gives(statement, wanted))
  const reached = [...new Set([...giving, ...maybe])].map((statement) => ({
    statement,
    ...exposedBy(statement, read.statements, resource),
  }))
  const open = reached.find(({ reach, statement }) => refused.includes(reach) && giving.includes(statement))
  if (open !== undefined) return fail(`PolicyDocument.Statement.${open.statement.index}`, open.who)
  const unclear = reached.find(({ reach }) => reach === 'unknown' || refused.includes(reach))
  if (unclear !== undefined)
    return undecided(`PolicyDocument.Statement.${unclear.statement.index}`, 'parts of the statement are computed at deployment')
  const [unread] = unreadOf(read)
  return unread === undefined ? pass('PolicyDocument', giving.length) : undecided('PolicyDocument', unread)
}

const allow = (Principal: unknown, Action: unknown) => ({
  Data: { Type: 'AWS::S3::Bucket' },
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Data' },
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal, Action, Resource: [{ 'Fn::GetAtt': ['Data', 'Arn'] }, { 'Fn::Sub': '${Data.Arn}/*' }] }],
      },
    },
  },
})
const own = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/reader' } }

interface OpenTo extends Pick<ControlText, 'id' | 'title' | 'why'> {
  readonly actions: readonly string[]
  readonly severity?: ControlText['severity']
}

const openToEveryone = ({ actions, ...text }: OpenTo): ResourceControl => ({
  ...notPublic,
  ...text,
  remedy: 'Name the principals that need it, or remove the statement.',
  types,
  judge: (resource) => judgeReach(resource, actions, ['everyone']),
  passing: allow(own, actions[0]),
  failing: allow('*', actions[0]),
})

const publicControls = [
  openToEveryone({
    id: 's3-bucket-policy-public-read',
    title: 'No bucket policy lets everyone read objects',
    why: 'Whoever learns or guesses a name fetches the record, and automated searches for open buckets find it within hours.',
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
  }),
  openToEveryone({
    id: 's3-bucket-policy-public-list',
    title: 'No bucket policy lets everyone list objects',
    why: 'Names of objects tell of patients by themselves, and a list makes the rest easy to fetch.',
    actions: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
    severity: 'high',
  }),
  openToEveryone({
    id: 's3-bucket-policy-public-write',
    title: 'No bucket policy lets everyone write objects',
    why: 'Strangers can replace records, plant files that your systems trust, and store what they like at your expense.',
    actions: ['s3:PutObject', 's3:PutObjectAcl', 's3:ReplicateObject', 's3:RestoreObject', 's3:PutObjectTagging'],
  }),
  openToEveryone({
    id: 's3-bucket-policy-public-delete',
    title: 'No bucket policy lets everyone delete objects',
    why: 'Anyone on the internet can destroy what the bucket holds, with its versions.',
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:DeleteBucket'],
  }),
  openToEveryone({
    id: 's3-bucket-policy-public-configuration',
    title: 'No bucket policy lets everyone change the settings of the bucket',
    why: 'Who may set the policy or the ACL gives themselves everything else.',
    actions: [
      's3:PutBucketPolicy',
      's3:PutBucketAcl',
      's3:PutBucketPublicAccessBlock',
      's3:PutEncryptionConfiguration',
      's3:PutBucketVersioning',
    ],
  }),
]

/** What Security Hub's S3.6 does not let other accounts do (AWS Security Hub User Guide). */
const settings = ['s3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutBucketPolicy', 's3:PutEncryptionConfiguration', 's3:PutObjectAcl']

const otherAccounts: ResourceControl = {
  ...notPublic,
  severity: 'high',
  id: 's3-bucket-policy-settings-by-other-accounts',
  title: 'No bucket policy lets another account change policy, ACLs or encryption',
  why: 'A break-in at the other account is then one at yours: it can open the bucket to the world or lock you out of it.',
  remedy: 'Give other accounts single actions on objects, none on the policy, the ACLs or the encryption of the bucket.',
  types,
  judge: (resource) => judgeReach(resource, settings, ['everyone', 'named-foreign']),
  passing: allow(own, ['s3:GetObject', 's3:ListBucket']),
  failing: allow({ AWS: 'arn:aws:iam::111122223333:root' }, ['s3:GetObject', 's3:PutBucketPolicy']),
}

const anyAction: ResourceControl = {
  ...notPublic,
  topic: 'iam-privilege',
  severity: 'high',
  id: 's3-bucket-policy-any-action',
  title: 'Bucket policies grant named actions, not all of them',
  why: 'All actions include deleting versions, changing the policy and turning the log off: more than any reader or writer needs.',
  remedy: 'Name the actions in place of s3:* and *.',
  types,
  judge: (resource) => {
    const read = statementsOf(resource.get('PolicyDocument'))
    const allowing = read.statements.filter(({ effect }) => effect === 'Allow')
    const all = allowing.find((statement) => gives(statement, ['s3:*']))
    if (all !== undefined) return fail(`PolicyDocument.Statement.${all.index}.Action`, all.actions.words)
    const [unread] = [
      ...unreadOf(read),
      ...allowing.filter(({ actions }) => actions.unknown).map(({ index }) => `the actions of Statement.${index}`),
    ]
    return unread === undefined ? pass('PolicyDocument', allowing.length) : undecided('PolicyDocument', unread)
  },
  passing: allow(own, ['s3:GetObject', 's3:ListBucket']),
  failing: allow(own, 's3:*'),
}

const hasPolicy: ResourceControl = {
  topic: 'authn-authz',
  severity: 'low',
  citations: [],
  id: 's3-bucket-policy-written',
  title: 'S3 buckets have a bucket policy',
  why: 'Without a policy nothing at the bucket itself demands TLS, or keeps out what a policy of some identity lets in by mistake.',
  remedy: 'Write an AWS::S3::BucketPolicy for the bucket.',
  types: ['AWS::S3::Bucket'],
  judge: (bucket, deployment) => {
    const { certain, possible } = attachedTo(bucket, deployment)
    if (certain[0] !== undefined) return pass('bucket policy', certain[0].logicalId)
    return possible[0] === undefined
      ? fail('bucket policy', undefined)
      : undecided('bucket policy', `${possible[0].logicalId} may be about this bucket`)
  },
  passing: { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} }, Policy: transportPolicy() },
  failing: { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } },
}

function transportPolicy() {
  const Statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, { 'Fn::Sub': '${Bucket.Arn}/*' }],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }
  const PolicyDocument = { Version: '2012-10-17', Statement: [Statement] }
  return { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument } }
}

/** Controls on what bucket policies grant and to whom. */
export const s3BucketPolicyControls: readonly ResourceControl[] = [...publicControls, otherAccounts, anyAction, hasPolicy]
