import { describe, expect, test } from 'vitest'
import type { ExampleResources } from '../../../../lib/gate/checks/control.ts'
import { hardeningControls } from '../../../../lib/gate/checks/services/hardening.ts'
import { judgeExample } from '../judge-example.ts'

type Json = Readonly<Record<string, unknown>>

/** What a control says of all resources: its distinct outcomes, in order. */
function outcomes(id: string, Resources: ExampleResources): readonly string[] {
  const control = hardeningControls.find((one) => one.id === id)
  return control === undefined ? ['no such control'] : [...new Set(judgeExample(control, Resources).map(({ status }) => status))]
}

const document = (...Statement: readonly Json[]) => ({ Version: '2012-10-17', Statement })
const everybody = (Action: string, Condition?: Json): Json => ({
  Effect: 'Allow',
  Principal: '*',
  Action,
  Resource: '*',
  ...(Condition && { Condition }),
})

describe('policies that let in everybody within a condition', () => {
  const key = (Condition?: Json) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(everybody('kms:Decrypt', Condition)) } })
  const files = (Condition?: Json) => ({
    Type: 'AWS::EFS::FileSystem',
    Properties: { FileSystemPolicy: document(everybody('elasticfilesystem:ClientMount', Condition)) },
  })
  const bucket = (Condition?: Json) => ({
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: 'site', PolicyDocument: document(everybody('s3:GetObject', Condition)) },
  })
  const domain = (more: Json = {}) => ({
    Type: 'AWS::OpenSearchService::Domain',
    Properties: { AccessPolicies: document(everybody('es:ESHttp*')), ...more },
  })
  const account = { Ref: 'AWS::AccountId' }
  const endpoint = 'vpce-0123456789abcdef0'

  test.each<[string, Json & { readonly Type: string }, string]>([
    ['name callers of a key by the account they call from', key({ StringEquals: { 'kms:CallerAccount': account } }), 'pass'],
    [
      'also beside the service they call through',
      key({ StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }),
      'pass',
    ],
    ['not by the service alone', key({ StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }), 'fail'],
    ['not by an account of which any will do', key({ StringLike: { 'kms:CallerAccount': '*' } }), 'fail'],
    ['not where the key may be missing', key({ StringEqualsIfExists: { 'kms:CallerAccount': account } }), 'fail'],
    ['name clients of a file system by its mount targets', files({ Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } }), 'pass'],
    ['not by being elsewhere', files({ Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'false' } }), 'fail'],
    ['name readers of a bucket by their endpoint', bucket({ StringEquals: { 'aws:SourceVpce': endpoint } }), 'pass'],
    ['not by all but one endpoint', bucket({ StringNotEquals: { 'aws:SourceVpce': endpoint } }), 'fail'],
    ['need names where callers of a key sign anyway', key({ StringEquals: { 'aws:SourceVpce': endpoint } }), 'fail'],
    ['leave names to a domain that knows its users', domain({ AdvancedSecurityOptions: { Enabled: true } }), 'pass'],
    ['not where it lets in anonymous ones', domain({ AdvancedSecurityOptions: { Enabled: true, AnonymousAuthEnabled: true } }), 'fail'],
    ['nor to a network', domain({ VPCOptions: { SubnetIds: ['subnet-0123456789abcdef0'] } }), 'fail'],
  ])('%s', (_name, One, expected) => {
    expect(outcomes('resource-policy-names-principals', { One })).toEqual([expected])
  })
})

describe('policies of VPC endpoints', () => {
  const endpoint = (Resource: unknown) => ({
    Data: { Type: 'AWS::S3::Bucket' },
    Endpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcId: 'vpc-1a2b3c4d',
        ServiceName: 'com.amazonaws.us-east-1.s3',
        PolicyDocument: document({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource }),
      },
    },
  })

  test.each<[string, unknown, string]>([
    ['of a bucket that is named', 'arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*', 'pass'],
    ['of one in the Region', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::prod-${AWS::Region}-starport-layer-bucket/*' }, 'pass'],
    ['of one in the template', { 'Fn::Sub': '${Data.Arn}/*' }, 'pass'],
    ['not of every bucket', 'arn:aws:s3:::*', 'fail'],
    ['not of buckets by a pattern', 'arn:aws:s3:::prod-*/*', 'fail'],
    ['not of a named one beside every other', ['arn:aws:s3:::layers/*', '*'], 'fail'],
  ])('let anybody through to objects %s', (_name, resource, expected) => {
    expect(outcomes('vpc-endpoint-policy-names-callers', endpoint(resource))).toEqual([expected])
    expect(outcomes('vpc-endpoint-policy-names-owners', endpoint(resource))).toEqual([expected])
  })
})

test('a key policy that allows all but some actions of KMS still has to say for what the account uses the key', () => {
  const key = (NotAction: string) => ({
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: document({
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } },
        NotAction,
        Resource: '*',
      }),
    },
  })
  expect(outcomes('kms-key-policy-use-narrowed', { Key: key('kms:ScheduleKeyDeletion') })).toEqual(['fail'])
  expect(outcomes('kms-key-policy-use-narrowed', { Key: key('s3:*') })).toEqual(['pass'])
})
