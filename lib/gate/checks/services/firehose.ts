import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isTrue, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isCustomerKey, isGiven, isNoneOf, isOneOf } from '../expectations.ts'
import { propertyControls, unlessHarmless } from '../property-control.ts'
import { atRest, backup, customerKey, exampleKey, inTransit, monitoring } from './safeguards.ts'

const type = 'AWS::KinesisFirehose::DeliveryStream'
const s3 = { BucketARN: 'arn:aws:s3:::clinic', RoleARN: 'arn:aws:iam::111122223333:role/firehose' } as const
const base = { ExtendedS3DestinationConfiguration: s3 } as const
const database = {
  Type: 'PostgreSQL',
  Endpoint: 'db.example',
  Port: 5432,
  Databases: { Include: ['clinic'] },
  Tables: { Include: ['clinic.visits'] },
  SnapshotWatermarkTable: 'clinic.watermark',
  DatabaseSourceAuthenticationConfiguration: {
    SecretsManagerConfiguration: { Enabled: true, SecretARN: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:clinic-AbCdEf' },
  },
  DatabaseSourceVPCConfiguration: { VpcEndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0' },
} as const
const directPut = { path: 'DeliveryStreamType', expect: isOneOf('DirectPut'), absent: 'applies' } as const

const rows = propertyControls([
  {
    ...atRest,
    id: 'firehose-stream-encrypted',
    title: 'Firehose streams encrypt what they hold for delivery',
    why: 'Records wait in the stream, up to a day when the destination is down, and are written to disk as they came.',
    remedy: 'Set DeliveryStreamEncryptionConfigurationInput.',
    type,
    path: 'DeliveryStreamEncryptionConfigurationInput',
    expect: isGiven,
    absent: 'fails',
    when: directPut,
    passing: { ...base, DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' } },
    failing: base,
  },
  {
    ...customerKey,
    id: 'firehose-stream-customer-key',
    title: "Firehose streams are encrypted with a customer's key",
    why: 'With a key that AWS owns nobody sees it used, or can stop the stream by disabling it.',
    remedy: 'Set DeliveryStreamEncryptionConfigurationInput with KeyType CUSTOMER_MANAGED_CMK and a KeyARN.',
    type,
    path: 'DeliveryStreamEncryptionConfigurationInput.KeyType',
    expect: isOneOf('CUSTOMER_MANAGED_CMK'),
    when: directPut,
    passing: { ...base, DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: exampleKey } },
    failing: { ...base, DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' } },
  },
  {
    ...inTransit,
    id: 'firehose-database-source-tls',
    title: 'Firehose reads databases over TLS',
    why: 'Every change of the database crosses the network in the clear.',
    remedy: 'Set DatabaseSourceConfiguration.SSLMode to Enabled.',
    type,
    path: 'DatabaseSourceConfiguration.SSLMode',
    expect: isOneOf('Enabled'),
    absent: 'does not apply',
    passing: { ...base, DatabaseSourceConfiguration: { ...database, SSLMode: 'Enabled' } },
    failing: { ...base, DatabaseSourceConfiguration: { ...database, SSLMode: 'Disabled' } },
  },
  {
    ...inTransit,
    id: 'firehose-http-endpoint-tls',
    title: 'Firehose delivers to HTTPS endpoints only',
    why: 'Records go to a third party in the clear.',
    remedy: 'Begin HttpEndpointDestinationConfiguration.EndpointConfiguration.Url with https.',
    type,
    path: 'HttpEndpointDestinationConfiguration.EndpointConfiguration.Url',
    expect: (url) => (typeof url === 'string' ? !/^http:/i.test(url) : undefined),
    absent: 'does not apply',
    passing: { HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: 'https://collector.example' }, S3Configuration: s3 } },
    failing: { HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: 'http://collector.example' }, S3Configuration: s3 } },
  },
  {
    ...backup,
    severity: 'low',
    id: 'firehose-s3-backup',
    title: 'Firehose streams that change records keep the originals',
    why: 'When a transformation goes wrong, the records as they came are gone.',
    remedy: 'Set ExtendedS3DestinationConfiguration.S3BackupMode to Enabled.',
    type,
    path: 'ExtendedS3DestinationConfiguration.S3BackupMode',
    expect: isNoneOf('Disabled'),
    absent: 'fails',
    when: { path: 'ExtendedS3DestinationConfiguration.ProcessingConfiguration.Enabled', expect: (value) => isTrue(value) },
    passing: {
      ExtendedS3DestinationConfiguration: {
        ...s3,
        ProcessingConfiguration: { Enabled: true },
        S3BackupMode: 'Enabled',
        S3BackupConfiguration: s3,
      },
    },
    failing: { ExtendedS3DestinationConfiguration: { ...s3, ProcessingConfiguration: { Enabled: true } } },
  },
])

const destinations = [
  'ExtendedS3DestinationConfiguration',
  'S3DestinationConfiguration',
  'RedshiftDestinationConfiguration',
  'AmazonopensearchserviceDestinationConfiguration',
  'AmazonOpenSearchServerlessDestinationConfiguration',
  'ElasticsearchDestinationConfiguration',
  'HttpEndpointDestinationConfiguration',
  'SplunkDestinationConfiguration',
  'SnowflakeDestinationConfiguration',
  'IcebergDestinationConfiguration',
]

const present = (stream: Resource): string[] => destinations.filter((path) => stream.get(path) !== undefined)

/** Where a destination writes objects: itself, or the bucket for what could not be delivered. */
const objectsOf = (stream: Resource): string[] =>
  present(stream).map((path) =>
    path === 'ExtendedS3DestinationConfiguration' || path === 'S3DestinationConfiguration' ? path : `${path}.S3Configuration`,
  )

function judgeLogging(stream: Resource): Outcome[] {
  return present(stream).map((destination) => {
    const path = `${destination}.CloudWatchLoggingOptions.Enabled`
    const value = stream.get(path)
    if (value instanceof Unknown) return undecided(path, value.reason)
    return isTrue(value) ? pass(path, value) : fail(path, value)
  })
}

function judgeObjectKey(stream: Resource, deployment: Deployment): readonly Outcome[] {
  const outcomes = objectsOf(stream).map((objects): Outcome => {
    const path = `${objects}.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN`
    const key = stream.get(path)
    if (key === undefined) return fail(path, undefined)
    if (key instanceof Unknown) return undecided(path, key.reason)
    const own = isCustomerKey(key, deployment)
    return own === undefined ? undecided(path, 'it is computed at deployment', key) : own ? pass(path, key) : fail(path, key)
  })
  return unlessHarmless(stream, deployment, outcomes)
}

/** Controls on Firehose. */
export const firehoseControls: readonly ResourceControl[] = [
  ...rows,
  {
    ...monitoring,
    id: 'firehose-destination-logging',
    title: 'Firehose streams log failed deliveries',
    why: 'Records that cannot be delivered are dropped after a day, and nobody learns why.',
    remedy: 'Set CloudWatchLoggingOptions.Enabled to true in the configuration of the destination.',
    types: [type],
    judge: judgeLogging,
    passing: {
      Stream: {
        Type: type,
        Properties: {
          ExtendedS3DestinationConfiguration: {
            ...s3,
            CloudWatchLoggingOptions: { Enabled: true, LogGroupName: 'clinic', LogStreamName: 'delivery' },
          },
        },
      },
    },
    failing: { Stream: { Type: type, Properties: base } },
  },
  {
    ...atRest,
    severity: 'low',
    id: 'firehose-destination-customer-key',
    title: "Objects that Firehose writes are encrypted with a customer's key",
    why: "Objects take the bucket's default, which may be a key that every reader of the bucket can use.",
    remedy: 'Set EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN in the configuration of the destination.',
    types: [type],
    judge: judgeObjectKey,
    passing: {
      Stream: {
        Type: type,
        Properties: {
          ExtendedS3DestinationConfiguration: { ...s3, EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: exampleKey } } },
        },
      },
    },
    failing: { Stream: { Type: type, Properties: base } },
  },
]
