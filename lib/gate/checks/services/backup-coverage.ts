import { covers } from '../../access/pattern.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isMap, listOf, Reference, Unknown, type Value, type ValueMap } from '../../template/value.ts'
import { type ControlText, type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { unlessHarmless } from '../property-control.ts'
import { tagsOf } from './resource-tags.ts'
import { backup } from './safeguards.ts'

/** Resource part of ARNs, as selections of AWS Backup name all of a type: `arn:aws:dynamodb:*:*:table/*`. */
const arns: Readonly<Record<string, string>> = {
  'AWS::DocDB::DBCluster': 'rds:REGION:ACCOUNT:cluster:NAME',
  'AWS::DynamoDB::GlobalTable': 'dynamodb:REGION:ACCOUNT:table/NAME',
  'AWS::DynamoDB::Table': 'dynamodb:REGION:ACCOUNT:table/NAME',
  'AWS::EC2::Instance': 'ec2:REGION:ACCOUNT:instance/NAME',
  'AWS::EC2::Volume': 'ec2:REGION:ACCOUNT:volume/NAME',
  'AWS::EFS::FileSystem': 'elasticfilesystem:REGION:ACCOUNT:file-system/NAME',
  'AWS::FSx::FileSystem': 'fsx:REGION:ACCOUNT:file-system/NAME',
  'AWS::Neptune::DBCluster': 'rds:REGION:ACCOUNT:cluster:NAME',
  'AWS::RDS::DBCluster': 'rds:REGION:ACCOUNT:cluster:NAME',
  'AWS::RDS::DBInstance': 'rds:REGION:ACCOUNT:db:NAME',
  'AWS::Redshift::Cluster': 'redshift:REGION:ACCOUNT:cluster:NAME',
  'AWS::S3::Bucket': 's3:::NAME',
  'AWS::StorageGateway::Volume': 'storagegateway:REGION:ACCOUNT:gateway/GATEWAY/volume/NAME',
}

type Answer = 'yes' | 'no' | 'unknown'

/**
 * Whether a plan of AWS Backup in the deployment takes a resource: a selection names it, its type or its tags.
 *
 * A resource is selected where it is among `Resources` and meets all `Conditions`, or has one of `ListOfTags`; a selection that names
 * none of these takes everything; `NotResources` takes away. ("Assign resources to Backup plans", AWS re:Post;
 * "BackupSelectionResourceType", AWS CloudFormation.)
 */
export function backupCoverage(resource: Resource, deployment: Deployment): Outcome {
  const answers = deployment
    .ofType('AWS::Backup::BackupSelection')
    .map((selection) => ({ selection, answer: selects(selection, resource, deployment) }))
  const taken = answers.find(({ answer }) => answer === 'yes')
  if (taken !== undefined) return pass(`BackupSelection ${taken.selection.logicalId}`, true)
  const open = answers.find(({ answer }) => answer === 'unknown')
  if (open !== undefined) return undecided(`BackupSelection ${open.selection.logicalId}`, 'what it selects is computed at deployment')
  return fail('AWS::Backup::BackupSelection', undefined, 'No selection of a backup plan in these templates takes it.')
}

function selects(selection: Resource, resource: Resource, deployment: Deployment): Answer {
  const value = selection.get('BackupSelection')
  if (!isMap(value)) return 'unknown'
  const { Resources, NotResources, ListOfTags, Conditions } = value
  const tags = tagsOf(resource)
  const refused = oneOf(listOf(NotResources).map((word) => namesIt(word, resource, deployment)))
  if (refused === 'yes') return 'no'
  const byTag = oneOf(listOf(ListOfTags).map((tag) => (isMap(tag) ? hasTag(tags, tag) : 'unknown')))
  const named =
    Resources === undefined
      ? ListOfTags === undefined
        ? 'yes'
        : 'no'
      : oneOf(listOf(Resources).map((word) => namesIt(word, resource, deployment)))
  const meets =
    Conditions === undefined
      ? 'yes'
      : isMap(Conditions)
        ? allOf(Object.entries(Conditions).flatMap(([kind, list]) => testsOf(kind, list, tags)))
        : 'unknown'
  const answer = oneOf([byTag, allOf([named, meets])])
  return answer === 'yes' && refused === 'unknown' ? 'unknown' : answer
}

const oneOf = (answers: readonly Answer[]): Answer => (answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no')
const allOf = (answers: readonly Answer[]): Answer => (answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes')

function namesIt(word: Value, resource: Resource, deployment: Deployment): Answer {
  if (deployment.names(word, resource)) return 'yes'
  if (word instanceof Reference) return 'no'
  if (word instanceof Unknown) return word.parameter === undefined ? 'unknown' : 'no'
  const arn = arns[resource.type]
  if (typeof word !== 'string' || arn === undefined) return 'no'
  const filled = word
    .replace(/⟨AWS::Region⟩/g, 'REGION')
    .replace(/⟨AWS::AccountId⟩/g, 'ACCOUNT')
    .replace(/⟨AWS::Partition⟩/g, 'aws')
  return covers(filled, `arn:aws:${arn}`) ? 'yes' : 'no'
}

type Tags = ReadonlyMap<string, Value> | undefined

const hasTag = (tags: Tags, tag: ValueMap): Answer => compare(tags, tag['ConditionKey'], tag['ConditionValue'], 'StringEquals')

const testsOf = (kind: string, list: Value, tags: Tags): readonly Answer[] =>
  listOf(list).map((one) => (isMap(one) ? compare(tags, one['ConditionKey'], one['ConditionValue'], kind) : 'unknown'))

function compare(tags: Tags, key: Value | undefined, wanted: Value | undefined, kind: string): Answer {
  if (tags === undefined || typeof key !== 'string' || typeof wanted !== 'string') return 'unknown'
  const given = tags.get(key.replace(/^aws:ResourceTag\//, ''))
  if (given !== undefined && typeof given !== 'string') return 'unknown'
  const equal = given !== undefined && (kind.endsWith('Like') ? covers(wanted, given) : given === wanted)
  return equal !== kind.startsWith('StringNot') ? 'yes' : 'no'
}

const planned = (Resources: unknown): ExampleResources => ({
  Plan: {
    Type: 'AWS::Backup::BackupPlan',
    Properties: {
      BackupPlan: {
        BackupPlanName: 'daily',
        BackupPlanRule: [{ RuleName: 'daily', TargetBackupVault: 'vault', ScheduleExpression: 'cron(0 5 ? * * *)' }],
      },
    },
  },
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: {
      BackupPlanId: { Ref: 'Plan' },
      BackupSelection: { SelectionName: 'data', IamRoleArn: 'arn:aws:iam::111122223333:role/backup', Resources },
    },
  },
})

interface Covered extends Pick<ControlText, 'id' | 'title'> {
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  /** Attribute of its ARN; `Arn` unless told otherwise. */
  readonly arn?: string
  /** An outcome that settles it before plans are looked at. */
  readonly settled?: (resource: Resource) => Outcome | undefined
}

/** A control: resources of a type are in a backup plan of the deployment. */
export const inBackupPlan = ({ id, title, type, properties, arn = 'Arn', settled }: Covered): ResourceControl => ({
  ...backup,
  id,
  title,
  why: 'Copies in a vault of AWS Backup have a retention, a key and a lock of their own, and outlive the resource and whoever deletes it.',
  remedy: 'Name it, or a tag of it, in the BackupSelection of a backup plan.',
  types: [type],
  judge: (resource, deployment) => unlessHarmless(resource, deployment, [settled?.(resource) ?? backupCoverage(resource, deployment)]),
  passing: { Store: { Type: type, Properties: properties }, ...planned([{ 'Fn::GetAtt': ['Store', arn] }]) },
  failing: { Store: { Type: type, Properties: properties }, ...planned(['arn:aws:rds:us-east-1:111122223333:db:another']) },
})
