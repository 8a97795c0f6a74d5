import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { resourcesOf, type TemplateResource } from './claim.ts'
import { expectStatements, type Statement } from './policies.ts'

/** What a bucket of logs should be. */
export interface LogBucket {
  readonly name: string
  /** Days after which an object expires. */
  readonly expires: number
  /** Encryption, access logging and lock; everything else is the same for all. */
  readonly rest: object
  /** Statements of its policy beyond those that ask for TLS. */
  readonly statements: readonly Statement[]
}

/** Says everything there is to say about a bucket and its policy. Gives its logical id. */
export function expectLogBucket(
  template: Template,
  { purpose }: EnvironmentConfig,
  { name, expires, rest, statements }: LogBucket,
): string {
  const [id, bucket] = only(template, 'AWS::S3::Bucket', 'BucketName', name)
  expect(name.length).toBeLessThanOrEqual(63)
  expect(bucket.Properties).toEqual({
    BucketName: name,
    LifecycleConfiguration: {
      Rules: [
        { Id: 'abort-incomplete-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        { Id: 'expire', Status: 'Enabled', ExpirationInDays: expires, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
        { Id: 'expire-delete-markers', Status: 'Enabled', ExpiredObjectDeleteMarker: true },
      ],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    VersioningConfiguration: { Status: 'Enabled' },
    ...rest,
  })
  expectKept(bucket, purpose)
  expect(bucket.Metadata?.SafeHarborDataClass).toBe('audit-trail')
  expectPolicy(template, id, statements)
  return id
}

function expectPolicy(template: Template, id: string, statements: readonly Statement[]): void {
  const policies = Object.values(resourcesOf(template, 'AWS::S3::BucketPolicy')).filter(({ Properties }) => refers(Properties.Bucket, id))
  expect(policies).toHaveLength(1)
  const { PolicyDocument, ...rest } = policies[0]?.Properties ?? {}
  expect(rest).toEqual({ Bucket: { Ref: id } })
  const document = PolicyDocument as { Version: string; Statement: (Statement & { Condition?: object })[] }
  const isTls = ({ Action, Effect }: Statement) => Action === 's3:*' && Effect === 'Deny'
  const everything = [{ 'Fn::GetAtt': [id, 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/*']] }]
  const tls = (Sid: string, Condition: object) => ({
    Sid,
    Action: 's3:*',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Resource: everything,
    Condition,
  })
  expect(document.Statement.filter(isTls)).toEqual([
    tls('NobodyWithoutTls', { Bool: { 'aws:SecureTransport': 'false' } }),
    tls('NobodyBelowTls12', { NumericLessThan: { 's3:TlsVersion': 1.2 } }),
  ])
  expectStatements({ ...document, Statement: document.Statement.filter((statement) => !isTls(statement)) }, statements)
}

/** The only resource of a type whose property has this value. */
export function only(template: Template, type: string, property: string, value: unknown): [string, TemplateResource] {
  const found = Object.entries(resourcesOf(template, type)).filter(([, { Properties }]) => Properties[property] === value)
  expect(found).toHaveLength(1)
  return found[0] as [string, TemplateResource]
}

const refers = (reference: unknown, id: string): boolean => JSON.stringify(reference) === JSON.stringify({ Ref: id })

/** Says that a resource stays in production, and goes with a trial, whether its stack is removed or it is replaced. */
export function expectKept(resource: TemplateResource, purpose: EnvironmentConfig['purpose']): void {
  const { DeletionPolicy, UpdateReplacePolicy } = resource as TemplateResource & { UpdateReplacePolicy?: string }
  const fate = purpose === 'production' ? 'Retain' : 'Delete'
  expect({ DeletionPolicy, UpdateReplacePolicy }).toEqual({ DeletionPolicy: fate, UpdateReplacePolicy: fate })
}

/** How many resources of each type a template holds. */
export function inventoryOf(template: Template): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { Type } of Object.values(template.toJSON().Resources as Record<string, TemplateResource>))
    counts[Type] = (counts[Type] ?? 0) + 1
  return counts
}
