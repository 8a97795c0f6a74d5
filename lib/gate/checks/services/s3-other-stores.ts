import type { ResourceControl } from '../control.ts'
import { isGiven, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { isWord, someEntry } from './entries.ts'
import { rootDirectory, userIdentity } from './file-access-point.ts'
import { atRest, backup, customerKey, exampleKey, hygiene, privateNetwork } from './safeguards.ts'

const directory = { LocationName: 'use1-az4', DataRedundancy: 'SingleAvailabilityZone' }
const encrypted = (byDefault: Readonly<Record<string, unknown>>) => ({
  ...directory,
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault }] },
})
const byDefault = 'BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault'
const table = { TableBucketName: 'visits' }
const filesystem = { Bucket: 'arn:aws:s3:::data', RoleArn: 'arn:aws:iam::111122223333:role/files' }
const kms =
  'With the encryption of S3 alone, whoever may read the data may read its content. A KMS key is a second door with a policy and a log of its own.'
const key = 'The policy of a key that AWS manages cannot be narrowed, and the key cannot be disabled when data must be cut off at once.'

const rows = propertyControls([
  {
    ...atRest,
    severity: 'medium',
    id: 's3express-directory-bucket-kms-encryption',
    title: 'S3 directory buckets encrypt new objects under a KMS key by default',
    why: kms,
    remedy: 'Set SSEAlgorithm of BucketEncryption to aws:kms.',
    type: 'AWS::S3Express::DirectoryBucket',
    path: `${byDefault}.SSEAlgorithm`,
    expect: isOneOf('aws:kms'),
    absent: 'fails',
    passing: encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: exampleKey }),
    failing: directory,
  },
  {
    ...customerKey,
    id: 's3express-directory-bucket-customer-key',
    title: 'S3 directory buckets encrypt under a key that the customer manages',
    why: key,
    remedy: 'Set KMSMasterKeyID of BucketEncryption to a KMS key of your own.',
    type: 'AWS::S3Express::DirectoryBucket',
    path: `${byDefault}.KMSMasterKeyID`,
    passing: encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: exampleKey }),
    failing: encrypted({ SSEAlgorithm: 'AES256' }),
  },
  {
    ...hygiene,
    citations: ['164.310(d)(2)(i)'],
    id: 's3express-directory-bucket-lifecycle',
    title: 'S3 directory buckets have a lifecycle rule',
    why: 'Without rules, data that nobody needs any more stays, in the dearest class of storage.',
    remedy: 'Set LifecycleConfiguration with an enabled rule.',
    type: 'AWS::S3Express::DirectoryBucket',
    path: 'LifecycleConfiguration.Rules',
    expect: someEntry((entry) => isWord(entry['Status'], 'Enabled')),
    absent: 'fails',
    passing: { ...directory, LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] } },
    failing: directory,
  },
  {
    ...atRest,
    severity: 'medium',
    id: 's3tables-table-bucket-kms-encryption',
    title: 'S3 table buckets encrypt tables under a KMS key',
    why: kms,
    remedy: 'Set EncryptionConfiguration.SSEAlgorithm to aws:kms.',
    type: 'AWS::S3Tables::TableBucket',
    path: 'EncryptionConfiguration.SSEAlgorithm',
    expect: isOneOf('aws:kms'),
    absent: 'fails',
    passing: { ...table, EncryptionConfiguration: { SSEAlgorithm: 'aws:kms', KMSKeyArn: exampleKey } },
    failing: table,
  },
  {
    ...customerKey,
    id: 's3tables-table-bucket-customer-key',
    title: 'S3 table buckets encrypt under a key that the customer manages',
    why: key,
    remedy: 'Set EncryptionConfiguration.KMSKeyArn to a KMS key of your own.',
    type: 'AWS::S3Tables::TableBucket',
    path: 'EncryptionConfiguration.KMSKeyArn',
    passing: { ...table, EncryptionConfiguration: { SSEAlgorithm: 'aws:kms', KMSKeyArn: exampleKey } },
    failing: { ...table, EncryptionConfiguration: { SSEAlgorithm: 'AES256' } },
  },
  {
    ...backup,
    severity: 'low',
    id: 's3tables-table-bucket-replication',
    title: 'S3 table buckets replicate their tables to another bucket',
    why: 'AWS Backup and versions of S3 do not reach table buckets: a replica is the copy that survives a deletion of the bucket.',
    remedy: 'Set ReplicationConfiguration with a rule.',
    type: 'AWS::S3Tables::TableBucket',
    path: 'ReplicationConfiguration.Rules',
    expect: isGiven,
    absent: 'fails',
    sensitiveOnly: true,
    passing: {
      ...table,
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::111122223333:role/replication',
        Rules: [{ Destinations: [{ DestinationTableBucketARN: 'arn:aws:s3tables:us-west-2:111122223333:bucket/visits' }] }],
      },
    },
    failing: table,
  },
  {
    ...atRest,
    severity: 'medium',
    id: 's3vectors-vector-bucket-kms-encryption',
    title: 'S3 vector buckets encrypt vectors under a KMS key',
    why: 'Vectors of notes can be turned back into much of their text, so they are as sensitive as the notes.',
    remedy: 'Set EncryptionConfiguration.SseType to aws:kms.',
    type: 'AWS::S3Vectors::VectorBucket',
    path: 'EncryptionConfiguration.SseType',
    expect: isOneOf('aws:kms'),
    absent: 'fails',
    passing: { EncryptionConfiguration: { SseType: 'aws:kms', KmsKeyArn: exampleKey } },
    failing: {},
  },
  {
    ...customerKey,
    id: 's3vectors-vector-bucket-customer-key',
    title: 'S3 vector buckets encrypt under a key that the customer manages',
    why: key,
    remedy: 'Set EncryptionConfiguration.KmsKeyArn to a KMS key of your own.',
    type: 'AWS::S3Vectors::VectorBucket',
    path: 'EncryptionConfiguration.KmsKeyArn',
    passing: { EncryptionConfiguration: { SseType: 'aws:kms', KmsKeyArn: exampleKey } },
    failing: {},
  },
  {
    ...customerKey,
    id: 's3files-file-system-customer-key',
    title: 'S3 file systems encrypt under a key that the customer manages',
    why: key,
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: 'AWS::S3Files::FileSystem',
    path: 'KmsKeyId',
    passing: { ...filesystem, KmsKeyId: exampleKey },
    failing: filesystem,
  },
  {
    ...privateNetwork,
    id: 's3files-mount-target-security-group',
    title: 'Mount targets of S3 file systems name their security groups',
    why: 'Without one the default security group of the VPC decides who mounts the files, and many share it.',
    remedy: 'Set SecurityGroups.',
    type: 'AWS::S3Files::MountTarget',
    path: 'SecurityGroups',
    expect: isGiven,
    absent: 'fails',
    passing: { FileSystemId: 'fs-0123456789abcdef0', SubnetId: 'subnet-0123456789abcdef0', SecurityGroups: ['sg-0123456789abcdef0'] },
    failing: { FileSystemId: 'fs-0123456789abcdef0', SubnetId: 'subnet-0123456789abcdef0' },
  },
  {
    ...hygiene,
    citations: ['164.310(d)(2)(i)'],
    id: 's3outposts-bucket-lifecycle',
    title: 'S3 buckets on Outposts have a lifecycle rule',
    why: 'An Outpost has a fixed size: without rules, data that nobody needs any more fills it until writes fail.',
    remedy: 'Set LifecycleConfiguration with an enabled rule.',
    type: 'AWS::S3Outposts::Bucket',
    path: 'LifecycleConfiguration.Rules',
    expect: someEntry((entry) => isWord(entry['Status'], 'Enabled')),
    absent: 'fails',
    passing: {
      BucketName: 'data',
      OutpostId: 'op-0123456789abcdef0',
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] },
    },
    failing: { BucketName: 'data', OutpostId: 'op-0123456789abcdef0' },
  },
  rootDirectory({ id: 's3files-access-point', noun: 'Access points of S3 file systems', type: 'AWS::S3Files::AccessPoint' }),
  userIdentity({ id: 's3files-access-point', noun: 'Access points of S3 file systems', type: 'AWS::S3Files::AccessPoint' }),
])

/** Controls on stores of S3 beside general purpose buckets: directory, table and vector buckets, file systems, Outposts. */
export const s3OtherStoreControls: readonly ResourceControl[] = rows
