import { describe, expect, test } from 'vitest'
import { statusOf } from './judge-control.ts'

const bucket = { Type: 'AWS::S3::Bucket' } as const
const arn = { 'Fn::GetAtt': ['Data', 'Arn'] }
const objects = { 'Fn::Sub': '${Data.Arn}/*' }
const plainText = { Bool: { 'aws:SecureTransport': 'false' } }
const demand = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, objects], Condition: plainText }

const policy = (Statement: unknown, Bucket: unknown = { Ref: 'Data' }) => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket, PolicyDocument: { Version: '2012-10-17', Statement } },
})
const parameters = (...names: readonly string[]) => ({ Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' }])) })

describe('a bucket takes requests over TLS alone', () => {
  test.each([
    ['when all but TLS is denied on bucket and objects', demand, 'pass'],
    ['in one statement that stands for a list', [demand], 'pass'],
    [
      'by two statements, one for each',
      [
        { ...demand, Resource: arn },
        { ...demand, Resource: objects },
      ],
      'pass',
    ],
    ['by a resource of *', { ...demand, Resource: '*' }, 'pass'],
    ['by one wildcard for both', { ...demand, Resource: { 'Fn::Sub': '${Data.Arn}*' } }, 'pass'],
    ['for the principal AWS *', { ...demand, Principal: { AWS: '*' } }, 'pass'],
    ['by the version of TLS', { ...demand, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }, 'pass'],
    [
      'with services of AWS left out',
      { ...demand, Condition: { Bool: { 'aws:SecureTransport': 'false', 'aws:PrincipalIsAWSService': 'false' } } },
      'pass',
    ],
    ['not when the objects are left out', { ...demand, Resource: arn }, 'fail'],
    ['not when the bucket is left out', { ...demand, Resource: objects }, 'fail'],
    ['not when only a prefix is meant', { ...demand, Resource: [arn, { 'Fn::Sub': '${Data.Arn}/public/*' }] }, 'fail'],
    ['not when one principal is meant', { ...demand, Principal: { AWS: 'arn:aws:iam::111122223333:role/one' } }, 'fail'],
    ['not when only reading is denied', { ...demand, Action: 's3:GetObject' }, 'fail'],
    ['by all actions but those of other services', { ...demand, Action: undefined, NotAction: ['sqs:*', 'iam:PassRole'] }, 'pass'],
    [
      'not when reading and writing are left out by NotAction',
      { ...demand, Action: undefined, NotAction: ['s3:GetObject', 's3:PutObject'] },
      'fail',
    ],
    ['not when NotAction leaves out a pattern of all services', { ...demand, Action: undefined, NotAction: '*:Get*' }, 'fail'],
    ['not when TLS itself is denied', { ...demand, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, 'fail'],
    [
      'not when another condition narrows it',
      { ...demand, Condition: { ...plainText, StringEquals: { 'aws:SourceVpc': 'vpc-1' } } },
      'fail',
    ],
    [
      'not by a condition of what is allowed',
      { ...demand, Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      'fail',
    ],
    [
      'which a principal that is not known does not hide',
      { Effect: 'Allow', Principal: { AWS: { Ref: 'Somebody' } }, Action: 's3:GetObject', Resource: objects },
      'fail',
    ],
    ['or it cannot be known', { ...demand, Condition: { Bool: { 'aws:SecureTransport': { Ref: 'Somebody' } } } }, 'undecided'],
  ])('%s', (_name, statement, expected) => {
    const resources = { Data: bucket, Policy: policy(statement) }
    expect(statusOf('s3-bucket-tls-only', resources, parameters('Somebody'))).toBe(expected)
    expect(statusOf('s3-bucket-tls-only', resources, parameters('Somebody'))).toBe(expected)
  })

  test('when its policy names it by the same computed name', () => {
    const name = { 'Fn::Sub': 'records-${AWS::AccountId}' }
    expect(statusOf('s3-bucket-tls-only', { Data: { ...bucket, Properties: { BucketName: name } }, Policy: policy(demand, name) })).toBe(
      'pass',
    )
  })

  test('when its policy names it by the same parameter', () => {
    const name = { Ref: 'Name' }
    expect(
      statusOf(
        's3-bucket-tls-only',
        { Data: { ...bucket, Properties: { BucketName: name } }, Policy: policy(demand, name) },
        parameters('Name'),
      ),
    ).toBe('pass')
  })

  test('not by a policy of a bucket from elsewhere', () => {
    expect(statusOf('s3-bucket-tls-only', { Data: bucket, Policy: policy(demand, { Ref: 'Elsewhere' }) }, parameters('Elsewhere'))).toBe(
      'fail pass',
    )
  })
})

describe('a bucket policy opens nothing to everyone', () => {
  const read = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objects }
  test.each([
    ['reading is found', 's3-bucket-policy-public-read', read, 'fail'],
    ['reading by a wildcard is found', 's3-bucket-policy-public-read', { ...read, Action: 's3:Get*' }, 'fail'],
    [
      'reading by all actions but one is found',
      's3-bucket-policy-public-read',
      { Effect: 'Allow', Principal: '*', NotAction: 's3:DeleteObject', Resource: objects },
      'fail',
    ],
    ['reading is no writing', 's3-bucket-policy-public-write', read, 'pass'],
    ['writing is found', 's3-bucket-policy-public-write', { ...read, Action: ['s3:PutObject'] }, 'fail'],
    ['deleting is found', 's3-bucket-policy-public-delete', { ...read, Action: 's3:*' }, 'fail'],
    ['listing is found', 's3-bucket-policy-public-list', { ...read, Action: 's3:ListBucket', Resource: arn }, 'fail'],
    [
      'changing the policy is found',
      's3-bucket-policy-public-configuration',
      { ...read, Action: 's3:PutBucketPolicy', Resource: arn },
      'fail',
    ],
    [
      'a network confines',
      's3-bucket-policy-public-read',
      { ...read, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } } },
      'pass',
    ],
    [
      'a referrer does not',
      's3-bucket-policy-public-read',
      { ...read, Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } } },
      'fail',
    ],
    [
      'a named service is not everyone',
      's3-bucket-policy-public-read',
      { ...read, Principal: { Service: 'cloudfront.amazonaws.com' } },
      'pass',
    ],
    [
      'a principal may be anybody until it is known',
      's3-bucket-policy-public-read',
      { ...read, Principal: { AWS: { Ref: 'Somebody' } } },
      'undecided',
    ],
    ['what is denied opens nothing', 's3-bucket-policy-public-read', { ...read, Effect: 'Deny' }, 'pass'],
    ['another account may read', 's3-bucket-policy-settings-by-other-accounts', { ...read, Principal: { AWS: '111122223333' } }, 'pass'],
    [
      'another account may not set the policy',
      's3-bucket-policy-settings-by-other-accounts',
      { ...read, Principal: { AWS: '111122223333' }, Action: 's3:*' },
      'fail',
    ],
    [
      'all actions are found whoever gets them',
      's3-bucket-policy-any-action',
      { ...read, Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: '*' },
      'fail',
    ],
  ])('%s', (_name, id, statement, expected) => {
    expect(statusOf(id, { Data: bucket, Policy: policy(statement) }, parameters('Somebody'))).toBe(expected)
  })
})

test('a denial of everybody outside one endpoint leaves nothing open to everyone', () => {
  const read = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objects }
  const outside = { StringNotEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' }, Bool: { 'aws:ViaAWSService': 'false' } }
  const judged = (denial: object) =>
    statusOf('s3-bucket-policy-public-read', { Data: bucket, Policy: policy([read, { ...read, Effect: 'Deny', ...denial }]) })
  expect(judged({ Action: 's3:*', Condition: outside })).toBe('pass')
  expect(judged({ Action: 's3:PutObject', Condition: outside })).toBe('fail')
  expect(judged({ Action: 's3:*', Resource: { 'Fn::Sub': '${Data.Arn}/private/*' }, Condition: outside })).toBe('fail')
  expect(judged({ Action: 's3:*', Condition: plainText })).toBe('fail')
})

describe('buckets of logs', () => {
  const data = { ...bucket, Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'Logs' } } } }
  const byDefault = (SSEAlgorithm: string) => ({
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm } }] },
  })
  const encrypted = { ...bucket, Properties: byDefault('AES256') }

  test('need no log and no KMS key of their own', () => {
    expect(statusOf('s3-bucket-access-logging', { Data: data, Logs: bucket })).toBe('pass')
    expect(statusOf('s3-bucket-kms-encryption', { Logs: encrypted })).toBe('fail')
    expect(
      statusOf('s3-bucket-kms-encryption', {
        Data: { ...bucket, Properties: { ...data.Properties, ...byDefault('aws:kms') } },
        Logs: encrypted,
      }),
    ).toBe('pass')
    expect(
      statusOf('s3-bucket-object-lock', { Data: { ...bucket, Properties: { ...data.Properties, ObjectLockEnabled: true } }, Logs: bucket }),
    ).toBe('pass')
  })

  test('are no targets of their own', () => {
    const own = { ...bucket, Properties: { BucketName: 'records', LoggingConfiguration: { DestinationBucketName: 'records' } } }
    expect(statusOf('s3-bucket-access-log-elsewhere', { Data: own })).toBe('fail')
    expect(
      statusOf('s3-bucket-access-log-elsewhere', {
        Data: { ...bucket, Properties: { LoggingConfiguration: { DestinationBucketName: 'logs' } } },
      }),
    ).toBe('pass')
  })

  test('may use ACLs where CloudFront needs them', () => {
    const logs = { ...bucket, Properties: { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } } }
    const distribution = {
      Type: 'AWS::CloudFront::Distribution',
      Properties: { DistributionConfig: { Logging: { Bucket: { 'Fn::GetAtt': ['Logs', 'DomainName'] } } } },
    }
    expect(statusOf('s3-bucket-acls-disabled', { Logs: logs })).toBe('fail')
    expect(statusOf('s3-bucket-acls-disabled', { Logs: logs, Distribution: distribution })).toBe('pass')
  })
})

test('the switches of a public access block that are not named are off', () => {
  const block = {
    ...bucket,
    Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: 'true', BlockPublicPolicy: true, IgnorePublicAcls: true } },
  }
  expect(statusOf('s3-bucket-public-access-block', { Data: block })).toBe('fail')
  expect(statusOf('s3-bucket-block-public-acls', { Data: block })).toBe('pass')
  expect(statusOf('s3-bucket-restrict-public-buckets', { Data: block })).toBe('fail')
})
