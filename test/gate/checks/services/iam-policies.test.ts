import { describe, expect, test } from 'vitest'
import type { ExampleResources, ResourceControl } from '../../../../lib/gate/checks/control.ts'
import { judgeResource } from '../../../../lib/gate/checks/judge-resource.ts'
import { identityControls } from '../../../../lib/gate/checks/services/iam-and-secrets.ts'
import { deploymentOf, judgeExample } from '../judge-example.ts'

const control = (id: string): ResourceControl => {
  const found = identityControls.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no control ${id}`)
  return found
}

type Json = Readonly<Record<string, unknown>>
const document = (...Statement: readonly Json[]) => ({ Version: '2012-10-17', Statement })
const managed = (...Statement: readonly Json[]): ExampleResources => ({
  Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(...Statement) } },
})
const allow = (Action: unknown, Resource: unknown = '*', more: Json = {}): Json => ({ Effect: 'Allow', Action, Resource, ...more })
const failing = (Resources: ExampleResources): readonly string[] =>
  identityControls
    .filter((one) => judgeExample(one, Resources).some(({ status }) => status === 'fail'))
    .map(({ id }) => id)
    .filter((id) => !/inline|managed$/.test(id))

const administration = [
  'iam-policy-full-administrator',
  'iam-policy-write-anywhere',
  'iam-policy-permissions-management-anywhere',
  'iam-policy-escalation',
  'iam-policy-read-any-store',
  'iam-policy-credentials-anywhere',
]

describe('policies of identities', () => {
  test.each<[string, readonly Json[], readonly string[]]>([
    ['full administration is also every lesser right on everything', [allow('*')], administration],
    ['a narrow grant is fine', [allow('s3:GetObject', 'arn:aws:s3:::records/*')], []],
    ['a whole service on one bucket', [allow('s3:*', ['arn:aws:s3:::records', 'arn:aws:s3:::records/*'])], ['iam-policy-whole-service']],
    ['logs of a function', [allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:aws:logs:*:*:*')], []],
    [
      'network interfaces of a function',
      [allow(['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'])],
      [],
    ],
    [
      'descriptions have no resources',
      [allow(['ec2:DescribeInstances', 'cloudwatch:PutMetricData', 'ecr:GetAuthorizationToken', 'xray:PutTraceSegments'])],
      [],
    ],
    [
      'a device for a second factor, which users make and enable for themselves',
      [
        allow('iam:CreateVirtualMFADevice', 'arn:aws:iam::*:mfa/*'),
        allow(['iam:EnableMFADevice', 'iam:ResyncMFADevice'], 'arn:aws:iam::*:user/${aws:username}'),
      ],
      [],
    ],
    ['taking devices of others away', [allow('iam:DeleteVirtualMFADevice', 'arn:aws:iam::*:mfa/*')], ['iam-policy-write-anywhere']],
    ['reading all objects', [allow('s3:GetObject')], ['iam-policy-read-any-object']],
    ['reading all secrets', [allow('ssm:GetParameter')], ['iam-policy-read-any-secret']],
    [
      'decrypting with all keys of the account',
      [allow('kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:key/*')],
      ['iam-policy-decrypt-any-key'],
    ],
    [
      'decrypting through a service',
      [allow('kms:Decrypt', '*', { Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } })],
      [],
    ],
    ['passing any role', [allow('iam:PassRole')], ['iam-policy-pass-any-role']],
    [
      'passing any role to a service',
      [allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } })],
      ['iam-policy-pass-any-role-to-service'],
    ],
    ['assuming any role', [allow('sts:AssumeRole')], ['iam-policy-assume-any-role']],
    ['a role of a name in any account', [allow('sts:AssumeRole', 'arn:aws:iam::*:role/deploy')], ['iam-policy-assume-role-in-any-account']],
    ['a misspelled action', [allow('s3:GetObjekt', 'arn:aws:s3:::records/*')], ['iam-policy-actions-exist']],
    ['letters of any case', [allow('S3:getobject', 'arn:aws:s3:::records/*')], []],
    [
      'resources of another service',
      [allow('sqs:SendMessage', 'arn:aws:sns:us-east-1:111122223333:alerts')],
      ['iam-policy-resources-fit-actions'],
    ],
  ])('%s', (_name, statements, expected) => {
    expect(failing(managed(...statements))).toEqual(expected)
  })

  test('a boundary grants nothing', () => {
    const resources = {
      ...managed(allow('*')),
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
          PermissionsBoundary: { Ref: 'Policy' },
        },
      },
    }
    expect(judgeExample(control('iam-policy-full-administrator'), resources)).toEqual([])
  })

  test('what a parameter decides is undecided only where it makes a difference', () => {
    const deployment = deploymentOf({
      Parameters: { Target: { Type: 'String' } },
      Resources: managed(allow('s3:GetObject', { Ref: 'Target' })),
    })
    const [policy] = deployment.ofType('AWS::IAM::ManagedPolicy')
    if (policy === undefined) throw new Error('expected the policy')
    const said = (id: string) => judgeResource(control(id), policy, deployment).map(({ status }) => status)
    expect(said('iam-policy-read-any-object')).toEqual(['undecided'])
    expect(said('iam-policy-full-administrator')).toEqual(['pass'])
    expect(said('iam-policy-read-any-secret')).toEqual(['pass'])
  })

  test.each([
    [
      'a policy of AWS in a partition that is computed',
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AdministratorAccess']] },
    ],
    ['a literal', 'arn:aws:iam::aws:policy/AdministratorAccess'],
  ])('%s is known', (_name, arn) => {
    const Group = { Type: 'AWS::IAM::Group', Properties: { ManagedPolicyArns: [arn] } }
    expect(failing({ Group })).toContain('iam-managed-policy-administrator')
  })
})

describe('resource policies', () => {
  const topic = (...Statement: readonly Json[]): ExampleResources => ({
    Topic: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: ['arn:aws:sns:us-east-1:111122223333:alerts'], PolicyDocument: document(...Statement) },
    },
  })
  const publish = (Principal: unknown, Condition?: Json): Json => ({
    Effect: 'Allow',
    Principal,
    Action: 'sns:Publish',
    Resource: '*',
    ...(Condition && { Condition }),
  })
  test.each<[string, readonly Json[], readonly string[]]>([
    ['everybody', [publish('*')], ['sns-topic-policy-not-public']],
    ['everybody as AWS', [publish({ AWS: '*' })], ['sns-topic-policy-not-public']],
    ['everybody of the own account', [publish({ AWS: '*' }, { StringEquals: { 'AWS:SourceOwner': { Ref: 'AWS::AccountId' } } })], []],
    ['everybody of the organization', [publish('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-abcde12345' } })], []],
    ['everybody over TLS', [publish('*', { Bool: { 'aws:SecureTransport': 'true' } })], ['sns-topic-policy-not-public']],
    [
      'everybody if the key is there',
      [publish('*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcde12345' } })],
      ['sns-topic-policy-not-public'],
    ],
    ['another account', [publish({ AWS: '444455556666' })], ['sns-topic-policy-own-account']],
    ['the own account', [publish({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } })], []],
    ['a service', [publish({ Service: 's3.amazonaws.com' })], ['sns-topic-policy-service-source']],
    ['a service for a source', [publish({ Service: 's3.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::uploads' } })], []],
    [
      'a service beside another account',
      [publish({ Service: 's3.amazonaws.com', AWS: '444455556666' })],
      ['sns-topic-policy-own-account', 'sns-topic-policy-service-source'],
    ],
    ['all but one', [{ ...publish('*'), Principal: undefined, NotPrincipal: { AWS: '444455556666' } }], ['resource-policy-not-principal']],
    ['a denial of plain text', [{ ...publish('*', { Bool: { 'aws:SecureTransport': 'false' } }), Effect: 'Deny' }], []],
  ])('%s', (_name, statements, expected) => {
    expect(failing(topic(...statements))).toEqual(expected)
  })

  const search = (Principal: unknown, more: Json = {}): ExampleResources => ({
    Domain: {
      Type: 'AWS::OpenSearchService::Domain',
      Properties: { AccessPolicies: document({ Effect: 'Allow', Principal, Action: 'es:ESHttp*', Resource: '*' }), ...more },
    },
  })
  const network = { VPCOptions: { SubnetIds: ['subnet-0123456789abcdef0'] } }
  test.each<[string, Json, readonly string[]]>([
    ['is public', {}, ['fail']],
    ['is public with users of its own, for its endpoint is on the internet', { AdvancedSecurityOptions: { Enabled: true } }, ['fail']],
    ['is not public in a VPC', network, ['pass']],
    ['is not public in a VPC with users of its own', { ...network, AdvancedSecurityOptions: { Enabled: true } }, ['pass']],
    ['is public in no subnets', { VPCOptions: { SubnetIds: [] } }, ['fail']],
    ['may be in a VPC that is not told', { VPCOptions: { 'Fn::ImportValue': 'network' } }, ['undecided']],
  ])('a search domain that lets in everybody %s', (_name, more, expected) => {
    const found = judgeExample(control('opensearch-domain-policy-not-public'), search('*', more))
    expect(found.map(({ status }) => status)).toEqual(expected)
  })

  test('another account that a condition names is told by its id', () => {
    const Key = {
      Type: 'AWS::KMS::Key',
      Properties: {
        KeyPolicy: document({
          ...{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*' },
          Condition: { StringEquals: { 'kms:CallerAccount': '444455556666' } },
        }),
      },
    }
    expect(judgeExample(control('kms-key-policy-own-account'), { Key })).toMatchObject([
      { status: 'fail', message: 'Another account is let in: 444455556666.' },
    ])
  })

  test('an API that denies all but one endpoint is not public', () => {
    const invoke = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }
    const Policy = document(
      { Effect: 'Allow', ...invoke },
      { Effect: 'Deny', ...invoke, Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } } },
    )
    const Api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'records', Policy } }
    expect(failing({ Api })).toEqual([])
  })
})

describe('trust policies', () => {
  const role = (statement: Json): ExampleResources => ({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }) },
    },
  })
  test.each<[string, Json, readonly string[]]>([
    ['a service', { Principal: { Service: 'lambda.amazonaws.com' } }, []],
    ['everybody', { Principal: '*' }, ['iam-role-trust-everyone']],
    [
      'everybody with an external id',
      { Principal: { AWS: '*' }, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
      ['iam-role-trust-everyone'],
    ],
    [
      'another account as a whole',
      { Principal: { AWS: '444455556666' } },
      ['iam-role-trust-foreign-account-condition', 'iam-role-trust-foreign-account-whole'],
    ],
    [
      'the own account as a whole',
      { Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } } },
      ['iam-role-trust-own-account-whole'],
    ],
    ['all but one', { NotPrincipal: { AWS: '444455556666' } }, ['iam-role-trust-not-principal']],
    ['any service', { Principal: { Service: '*' } }, ['iam-role-trust-any-service']],
  ])('%s', (_name, statement, expected) => {
    expect(failing(role(statement))).toEqual(expected)
  })
})
