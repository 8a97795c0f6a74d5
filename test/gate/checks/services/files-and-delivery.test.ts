import { describe, expect, test } from 'vitest'
import { behavior, customOrigin, distribution } from '../../../../lib/gate/checks/services/cloudfront-example.ts'
import { statusOf } from './judge-control.ts'

const cloudfront = (part: Readonly<Record<string, unknown>>) => ({
  Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: distribution(part) },
})
const parameters = { Parameters: { Word: { Type: 'String' } } }

describe('origins of a distribution', () => {
  const matching = { Origins: [customOrigin({ OriginProtocolPolicy: 'match-viewer' })] }
  test('that follow the viewer are safe where viewers use TLS', () => {
    expect(statusOf('cloudfront-origin-https', cloudfront(matching))).toBe('pass')
    const open = { ...matching, CacheBehaviors: [behavior({ PathPattern: '/a', ViewerProtocolPolicy: 'allow-all' })] }
    expect(statusOf('cloudfront-origin-https', cloudfront(open))).toBe('fail')
  })

  test('that are not told leave it open', () => {
    expect(statusOf('cloudfront-origin-https', cloudfront({ Origins: { Ref: 'Word' } }), parameters)).toBe('undecided')
  })

  test('over HTTP have no versions of TLS', () => {
    expect(
      statusOf(
        'cloudfront-distribution-origin-tls-versions',
        cloudfront({ Origins: [customOrigin({ OriginProtocolPolicy: 'http-only' })] }),
      ),
    ).toBe('')
    expect(
      statusOf('cloudfront-distribution-origin-tls-versions', cloudfront({ Origins: [customOrigin({ OriginSSLProtocols: [] })] })),
    ).toBe('fail')
  })

  test.each([
    ['by its attribute', { 'Fn::GetAtt': ['Data', 'RegionalDomainName'] }],
    ['by a text', { 'Fn::Sub': '${Data}.s3.${AWS::Region}.amazonaws.com' }],
  ])('that are buckets are known %s', (_name, DomainName) => {
    const origin = { Id: 'application', DomainName }
    const resources = { ...cloudfront({ Origins: [origin] }), Data: { Type: 'AWS::S3::Bucket' } }
    expect(statusOf('cloudfront-distribution-s3-origin-restricted', resources)).toBe('fail')
    const signed = {
      ...cloudfront({ Origins: [{ ...origin, OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] } }] }),
      Data: { Type: 'AWS::S3::Bucket' },
    }
    expect(statusOf('cloudfront-distribution-s3-origin-restricted', signed)).toBe('pass')
  })

  test('that are no buckets need no access control', () => {
    expect(statusOf('cloudfront-distribution-s3-origin-restricted', cloudfront({}))).toBe('')
  })
})

test('a distribution with the certificate of CloudFront speaks TLS 1.0, whatever is written', () => {
  const ViewerCertificate = { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1.2_2021' }
  expect(statusOf('cloudfront-distribution-minimum-tls', cloudfront({ ViewerCertificate }))).toBe('fail')
})

test('a distribution logs by a delivery source too', () => {
  const source = {
    Type: 'AWS::Logs::DeliverySource',
    Properties: {
      Name: 'log',
      LogType: 'ACCESS_LOGS',
      ResourceArn: { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Distribution}' },
    },
  }
  expect(statusOf('cloudfront-distribution-logging', cloudfront({}))).toBe('fail')
  expect(statusOf('cloudfront-distribution-logging', { ...cloudfront({}), Source: source })).toBe('pass')
})

describe('a file system refuses mounts without TLS', () => {
  const files = (Statement: unknown) => ({
    Files: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemPolicy: { Version: '2012-10-17', Statement } } },
  })
  const demand = { Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  test.each([
    ['where all actions are denied', { ...demand, Action: '*' }, 'pass'],
    ['where all of EFS are', { ...demand, Action: 'elasticfilesystem:*' }, 'pass'],
    ['where the mount is', { ...demand, Action: ['elasticfilesystem:ClientMount'] }, 'pass'],
    ['not where NotAction leaves out reading', { ...demand, NotAction: 'elasticfilesystem:ClientMount' }, 'fail'],
    ['not where writing alone is', { ...demand, Action: 'elasticfilesystem:ClientWrite' }, 'fail'],
    [
      'not where TLS is only asked of what is allowed',
      { Effect: 'Allow', Principal: '*', Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      'fail',
    ],
  ])('%s', (_name, statement, expected) => {
    expect(statusOf('efs-file-system-tls-only', files(statement))).toBe(expected)
  })
})

describe('a password of a file system', () => {
  const windows = (Password: unknown) => ({
    Files: {
      Type: 'AWS::FSx::FileSystem',
      Properties: {
        FileSystemType: 'WINDOWS',
        SubnetIds: ['subnet-1'],
        WindowsConfiguration: { ThroughputCapacity: 32, SelfManagedActiveDirectoryConfiguration: { UserName: 'fsx', Password } },
      },
    },
  })
  test.each([
    ['fails as a text', 'example-password-1', 'fail'],
    ['passes as a dynamic reference', '{{resolve:secretsmanager:fsx:SecretString:password}}', 'pass'],
    ['passes as a parameter', { Ref: 'Word' }, 'pass'],
  ])('%s', (_name, password, expected) => {
    expect(statusOf('fsx-passwords', windows(password), parameters)).toBe(expected)
  })
})

describe('a scratch file system of Lustre', () => {
  const lustre = (DeploymentType?: string) => ({
    Files: {
      Type: 'AWS::FSx::FileSystem',
      Properties: {
        FileSystemType: 'LUSTRE',
        SubnetIds: ['subnet-1'],
        LustreConfiguration: { ...(DeploymentType !== undefined && { DeploymentType }) },
      },
    },
  })
  test.each([
    ['SCRATCH_2', ''],
    [undefined, ''],
    ['PERSISTENT_1', 'fail'],
  ])('(%s) has neither a key nor backups', (deployment, expected) => {
    expect(statusOf('fsx-customer-key', lustre(deployment))).toBe(expected)
    expect(statusOf('fsx-automatic-backup', lustre(deployment))).toBe(expected)
    expect(statusOf('fsx-file-system-in-backup-plan', lustre(deployment))).toBe(expected)
    expect(statusOf('fsx-backup-tags', lustre(deployment))).toBe(expected)
  })
})
