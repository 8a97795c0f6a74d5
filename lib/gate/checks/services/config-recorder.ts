import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isTrue, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { lesserMonitoring, operatorsKey } from './platform-safeguards.ts'
import { exampleKey, monitoring } from './safeguards.ts'

const type = 'AWS::Config::ConfigurationRecorder'
const role = { RoleARN: 'arn:aws:iam::111122223333:role/config' }
const recorder = (RecordingGroup: Readonly<Record<string, unknown>>) => ({
  Recorder: { Type: type, Properties: { ...role, RecordingGroup } },
})

// Without a group all types but those of IAM are recorded ("AWS::Config::ConfigurationRecorder RecordingGroup", CloudFormation reference).
function judgeTypes(resource: Resource): Outcome {
  const group = resource.get('RecordingGroup')
  const [all, strategy] = [resource.get('RecordingGroup.AllSupported'), resource.get('RecordingGroup.RecordingStrategy.UseOnly')]
  const open = [group, all, strategy].find((value) => value instanceof Unknown)
  if (open instanceof Unknown) return undecided('RecordingGroup', open.reason)
  const complete = group === undefined || isTrue(all) || strategy === 'ALL_SUPPORTED_RESOURCE_TYPES'
  return complete ? pass('RecordingGroup.AllSupported', all) : fail('RecordingGroup.AllSupported', all)
}

const globalTypes = 'RecordingGroup.IncludeGlobalResourceTypes'

// One Region of an account is enough for types that have no Region.
function judgeGlobalTypes(resource: Resource, deployment: Deployment): Outcome {
  const recorders = [resource, ...deployment.ofType(type).filter((other) => other !== resource)]
  const recording = recorders.find((one) => isTrue(one.get(globalTypes)))
  if (recording !== undefined) return pass(globalTypes, recording === resource ? true : `recorded by ${recording.logicalId}`)
  const value = resource.get(globalTypes)
  return value instanceof Unknown ? undecided(globalTypes, value.reason) : fail(globalTypes, value)
}

const logic: readonly ResourceControl[] = [
  {
    ...monitoring,
    id: 'config-recorder-all-types',
    title: 'AWS Config records every type of resource',
    why: 'What is not recorded has no history: after an incident nobody can tell how it was set the day before.',
    remedy: 'Leave RecordingGroup out, or set AllSupported to true.',
    types: [type],
    judge: judgeTypes,
    passing: recorder({ AllSupported: true }),
    failing: recorder({ AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] }),
  },
  {
    ...monitoring,
    id: 'config-recorder-global-types',
    title: 'AWS Config records users, groups, roles and policies of IAM',
    severity: 'low',
    why: 'Changes of permissions are what an investigation asks for first, and by default they are left out.',
    remedy: 'Set RecordingGroup.IncludeGlobalResourceTypes to true in one Region.',
    types: [type],
    judge: judgeGlobalTypes,
    passing: recorder({ AllSupported: true, IncludeGlobalResourceTypes: true }),
    failing: recorder({ AllSupported: true }),
  },
]

const channel = { S3BucketName: 'config-history' }
const aggregator = 'AWS::Config::ConfigurationAggregator'
const rows = propertyControls([
  {
    ...lesserMonitoring,
    id: 'config-recorder-continuous',
    title: 'AWS Config records changes as they happen',
    why: 'A recorder that looks once a day misses what is opened in the morning and closed at night.',
    remedy: 'Leave RecordingMode out, or set RecordingFrequency to CONTINUOUS.',
    type,
    path: 'RecordingMode.RecordingFrequency',
    expect: isOneOf('CONTINUOUS'),
    absent: 'passes',
    passing: { ...role, RecordingMode: { RecordingFrequency: 'CONTINUOUS' } },
    failing: { ...role, RecordingMode: { RecordingFrequency: 'DAILY' } },
  },
  {
    ...operatorsKey,
    id: 'config-delivery-channel-customer-key',
    title: 'AWS Config encrypts its history under a key that the customer manages',
    why: 'The history is a map of the account: names, networks, policies.',
    remedy: 'Set S3KmsKeyArn to a KMS key of your own.',
    type: 'AWS::Config::DeliveryChannel',
    path: 'S3KmsKeyArn',
    passing: { ...channel, S3KmsKeyArn: exampleKey },
    failing: channel,
  },
  {
    ...lesserMonitoring,
    id: 'config-delivery-channel-notifications',
    title: 'AWS Config tells of changes',
    why: 'A change that nobody hears of is found when it has done its harm.',
    remedy: 'Set SnsTopicARN.',
    type: 'AWS::Config::DeliveryChannel',
    path: 'SnsTopicARN',
    expect: isGiven,
    absent: 'fails',
    passing: { ...channel, SnsTopicARN: 'arn:aws:sns:us-east-1:111122223333:changes' },
    failing: channel,
  },
  {
    ...lesserMonitoring,
    id: 'config-aggregator-every-region',
    title: 'AWS Config aggregators of accounts cover every Region',
    why: 'A Region that is not on the list is where nobody looks.',
    remedy: 'Set AllAwsRegions of the source to true.',
    type: aggregator,
    path: 'AccountAggregationSources.*.AllAwsRegions',
    expect: isOn,
    absent: 'fails',
    when: { path: 'AccountAggregationSources', expect: isGiven },
    passing: { AccountAggregationSources: [{ AccountIds: ['111122223333'], AllAwsRegions: true }] },
    failing: { AccountAggregationSources: [{ AccountIds: ['111122223333'], AwsRegions: ['us-east-1'] }] },
  },
  {
    ...lesserMonitoring,
    id: 'config-organization-aggregator-every-region',
    title: 'AWS Config aggregators of an organization cover every Region',
    why: 'A Region that is not on the list is where nobody looks.',
    remedy: 'Set OrganizationAggregationSource.AllAwsRegions to true.',
    type: aggregator,
    path: 'OrganizationAggregationSource.AllAwsRegions',
    expect: isOn,
    absent: 'fails',
    when: { path: 'OrganizationAggregationSource', expect: isGiven },
    passing: { OrganizationAggregationSource: { RoleArn: 'arn:aws:iam::111122223333:role/aggregator', AllAwsRegions: true } },
    failing: { OrganizationAggregationSource: { RoleArn: 'arn:aws:iam::111122223333:role/aggregator', AwsRegions: ['us-east-1'] } },
  },
])

/** Controls on AWS Config. */
export const configControls: readonly ResourceControl[] = [...logic, ...rows]
