import type { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail'
import { bucketName, tableArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { type EndpointName, endpointNames } from '../network/endpoint-policies.ts'
import { auditBucketArn } from './archive-layout.ts'

/** Tables whose items are recorded one by one. A table restored under the same name with a suffix is recorded too. */
const recordedTables = ['records', 'wrapped-keys', 'ledger', 'routing']

/** Buckets of the workload account whose objects are recorded one by one. */
const recordedBuckets = ['attachments', 'quarantine']

/**
 * Event sources of the endpoints whose calls CloudTrail records as such. AWS Backup, CloudWatch Logs, End User Messaging and STS are not named here: a source
 * that CloudTrail does not offer would make it refuse the whole trail (AWS CloudTrail User Guide, "Logging network activity events"). What they are asked for
 * is a management event all the same, the exchange of a token among them.
 */
const networkActivity: Readonly<Record<EndpointName, string | undefined>> = {
  backup: undefined,
  dynamodb: 'dynamodb.amazonaws.com',
  kms: 'kms.amazonaws.com',
  logs: undefined,
  s3: 's3.amazonaws.com',
  'sms-voice': undefined,
  sns: 'sns.amazonaws.com',
  sts: undefined,
}

/** What the trail records: every management event, every event on patient data, and every call through an endpoint. */
export function eventSelectors(config: EnvironmentConfig): CfnTrail.AdvancedEventSelectorProperty[] {
  const sources = endpointNames.flatMap((endpoint) => networkActivity[endpoint] ?? [])
  return [
    { name: 'Every management event, reads included', fieldSelectors: [category('Management')] },
    {
      name: 'Every item of a table of this environment',
      fieldSelectors: dataOf('AWS::DynamoDB::Table', [...recordedTables.map((table) => tableArn(config, table)), restoredTable(config)]),
    },
    {
      name: 'Every object of patient data and of quarantine',
      fieldSelectors: dataOf('AWS::S3::Object', [
        ...recordedBuckets.map((bucket) => `arn:aws:s3:::${bucketName(config, bucket, 'workload')}/`),
        'arn:aws:s3:::awsbackup-restore-test-',
      ]),
    },
    {
      // Deliveries are writes: were they recorded, each would be followed by another.
      name: 'Every read of the archive',
      fieldSelectors: [...dataOf('AWS::S3::Object', [`${auditBucketArn(config, 'archive')}/`]), { field: 'readOnly', equalTo: ['true'] }],
    },
    ...sources.map((source) => ({
      name: `Every call through the endpoint of ${source}`,
      fieldSelectors: [category('NetworkActivity'), { field: 'eventSource', equalTo: [source] }],
    })),
  ]
}

// A restore test holds the same data for a day, under a name that AWS Backup gives it (AWS Backup Developer Guide, "Restore testing").
const restoredTable = (config: EnvironmentConfig): string =>
  `arn:aws:dynamodb:${config.regions.primary}:${config.accounts.workload}:table/awsbackup-restore-test-`

const category = (name: string): CfnTrail.AdvancedFieldSelectorProperty => ({ field: 'eventCategory', equalTo: [name] })

const dataOf = (type: string, startsWith: string[]): CfnTrail.AdvancedFieldSelectorProperty[] => [
  category('Data'),
  { field: 'resources.type', equalTo: [type] },
  { field: 'resources.ARN', startsWith },
]
