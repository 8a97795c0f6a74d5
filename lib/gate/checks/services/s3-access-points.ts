import type { ResourceControl } from '../control.ts'
import { isGiven, isNoneOf, isOn, isOneOf } from '../expectations.ts'
import { type PropertyRow, propertyControls } from '../property-control.ts'
import { blocksAllPublicAccess } from './s3-bucket-access.ts'
import { hygiene, monitoring, notPublic, privateNetwork } from './safeguards.ts'

const allOn = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
const oneOff = { ...allOn, RestrictPublicBuckets: false }

interface Point {
  readonly id: string
  readonly noun: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

const points: readonly Point[] = [
  { id: 's3-access-point', noun: 'S3 access points', type: 'AWS::S3::AccessPoint', properties: { Bucket: 'data' } },
  {
    id: 's3-multi-region-access-point',
    noun: 'S3 Multi-Region Access Points',
    type: 'AWS::S3::MultiRegionAccessPoint',
    properties: { Regions: [{ Bucket: 'data' }] },
  },
  {
    id: 's3express-access-point',
    noun: 'Access points of S3 directory buckets',
    type: 'AWS::S3Express::AccessPoint',
    properties: { Bucket: 'data--use1-az4--x-s3' },
  },
]

// S3 turns all four on where a template names none ("Managing public access to access points", Amazon S3 User Guide).
const whole = ({ id, noun, type, properties }: Point): PropertyRow => ({
  ...notPublic,
  severity: 'high',
  id: `${id}-public-access-block`,
  title: `${noun} block public access in all four ways`,
  why: 'The settings of an access point cannot be changed later, and a policy on it opens a way to the bucket beside the policy of the bucket.',
  remedy: 'Set all four switches of PublicAccessBlockConfiguration to true, or leave it out.',
  type,
  path: 'PublicAccessBlockConfiguration',
  expect: blocksAllPublicAccess,
  absent: 'passes',
  passing: { ...properties, PublicAccessBlockConfiguration: allOn },
  failing: { ...properties, PublicAccessBlockConfiguration: oneOff },
})

const inVpc = ({ id, noun, type, properties }: Point): PropertyRow => ({
  ...privateNetwork,
  id: `${id}-vpc-only`,
  title: `${noun} answer requests from one VPC only`,
  why: 'With the origin Internet, stolen credentials work from anywhere. With a VPC they work only from inside.',
  remedy: 'Set VpcConfiguration.VpcId.',
  type,
  path: 'VpcConfiguration.VpcId',
  expect: isGiven,
  absent: 'fails',
  passing: { ...properties, VpcConfiguration: { VpcId: 'vpc-0123456789abcdef0' } },
  failing: properties,
})

const lambdaPoint = (more: Readonly<Record<string, unknown>>) => ({
  ObjectLambdaConfiguration: {
    SupportingAccessPoint: 'arn:aws:s3:us-east-1:111122223333:accesspoint/data',
    TransformationConfigurations: [
      {
        Actions: ['GetObject'],
        ContentTransformation: { AwsLambda: { FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:redact' } },
      },
    ],
    ...more,
  },
})

const lens = (destination: Readonly<Record<string, unknown>>) => ({
  StorageLensConfiguration: {
    Id: 'all-buckets',
    IsEnabled: true,
    AccountLevel: { BucketLevel: {} },
    DataExport: {
      S3BucketDestination: {
        AccountId: '111122223333',
        Arn: 'arn:aws:s3:::lens',
        Format: 'CSV',
        OutputSchemaVersion: 'V_1',
        ...destination,
      },
    },
  },
})

const outpostsEndpoint = {
  OutpostId: 'op-0123456789abcdef0',
  SecurityGroupId: 'sg-0123456789abcdef0',
  SubnetId: 'subnet-0123456789abcdef0',
}

/** Controls on the ways to S3 beside the bucket itself. */
export const s3AccessPointControls: readonly ResourceControl[] = propertyControls([
  ...points.map(whole),
  ...points.filter(({ id }) => id !== 's3-multi-region-access-point').map(inVpc),
  {
    ...monitoring,
    severity: 'low',
    id: 's3objectlambda-access-point-metrics',
    title: 'S3 Object Lambda access points send metrics to CloudWatch',
    why: 'Without metrics nobody sees that the function which redacts objects fails or answers with errors.',
    remedy: 'Set ObjectLambdaConfiguration.CloudWatchMetricsEnabled to true.',
    type: 'AWS::S3ObjectLambda::AccessPoint',
    path: 'ObjectLambdaConfiguration.CloudWatchMetricsEnabled',
    expect: isOn,
    absent: 'fails',
    passing: lambdaPoint({ CloudWatchMetricsEnabled: true }),
    failing: lambdaPoint({}),
  },
  {
    ...privateNetwork,
    id: 's3outposts-endpoint-private',
    title: 'Endpoints of S3 on Outposts are private',
    why: 'An endpoint with an address of the customer network is reached by every machine there, not by the VPC alone.',
    remedy: 'Set AccessType to Private, or leave it out.',
    type: 'AWS::S3Outposts::Endpoint',
    path: 'AccessType',
    expect: isOneOf('Private'),
    absent: 'passes',
    passing: { ...outpostsEndpoint, AccessType: 'Private' },
    failing: { ...outpostsEndpoint, AccessType: 'CustomerOwnedIp', CustomerOwnedIpv4Pool: 'ipv4pool-coip-0123456789abcdef0' },
  },
  {
    ...hygiene,
    topic: 'iam-privilege',
    severity: 'medium',
    citations: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)'],
    id: 's3-access-grants-location-scope',
    title: 'S3 Access Grants are registered for named buckets',
    why: 'A location of s3:// makes every bucket of the Region grantable through one role, also those made later.',
    remedy: 'Set LocationScope to a bucket or a prefix.',
    type: 'AWS::S3::AccessGrantsLocation',
    path: 'LocationScope',
    expect: isNoneOf('s3://'),
    absent: 'fails',
    passing: { LocationScope: 's3://data/*', IamRoleArn: 'arn:aws:iam::111122223333:role/grants' },
    failing: { LocationScope: 's3://', IamRoleArn: 'arn:aws:iam::111122223333:role/grants' },
  },
  {
    ...hygiene,
    topic: 'encryption-at-rest',
    id: 's3-storage-lens-export-encrypted',
    title: 'Exports of S3 Storage Lens say how they are encrypted',
    why: 'The export lists buckets and prefixes of the whole account: a map for whoever looks for data.',
    remedy: 'Set DataExport.S3BucketDestination.Encryption.',
    type: 'AWS::S3::StorageLens',
    path: 'StorageLensConfiguration.DataExport.S3BucketDestination.Encryption',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'StorageLensConfiguration.DataExport.S3BucketDestination.Arn', expect: () => true },
    passing: lens({ Encryption: { SSEKMS: { KeyId: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' } } }),
    failing: lens({}),
  },
])
