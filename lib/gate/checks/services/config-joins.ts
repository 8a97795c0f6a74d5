import type { Joined } from '../across-types.ts'
import type { ExampleResources } from '../control.ts'
import { exampleKey } from './safeguards.ts'

const logs = ['audit', 'error', 'general', 'slowquery', 'postgresql', 'upgrade', 'alert', 'listener', 'trace', 'agent', 'diag']

const one = (Type: string, Properties: Readonly<Record<string, unknown>>): ExampleResources => ({ Example: { Type, Properties } })
const stage = (settings: Readonly<Record<string, unknown>>) =>
  one('AWS::ApiGateway::Stage', {
    RestApiId: 'a1b2c3d4e5',
    DeploymentId: 'abc123',
    StageName: 'prod',
    CacheClusterEnabled: true,
    CacheClusterSize: '0.5',
    MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...settings }],
  })
const database = (EnableCloudwatchLogsExports: readonly string[]) =>
  one('AWS::RDS::DBInstance', {
    Engine: 'mariadb',
    DBInstanceClass: 'db.m6g.large',
    AllocatedStorage: '100',
    MasterUsername: 'clinic',
    ManageMasterUserPassword: true,
    EnableCloudwatchLogsExports,
  })
const warehouse = (more: Readonly<Record<string, unknown>>) =>
  one('AWS::Redshift::Cluster', {
    ClusterType: 'multi-node',
    NumberOfNodes: 2,
    NodeType: 'ra3.xlplus',
    DBName: 'clinic',
    MasterUsername: 'clinic',
    ManageMasterPassword: true,
    ...more,
  })
const table = (BillingMode: Readonly<Record<string, unknown>>) =>
  one('AWS::DynamoDB::Table', {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...BillingMode,
  })
const trail = (more: Readonly<Record<string, unknown>>) =>
  one('AWS::CloudTrail::Trail', { IsLogging: true, S3BucketName: 'audit-records', ...more })

/**
 * Rules of AWS Config and controls of Security Hub that ask several things at once, in one line for whoever must answer them
 * ("List of AWS Config Managed Rules", AWS Config Developer Guide). The things they ask stay controls of their own.
 */
export const configJoins: readonly Joined[] = [
  {
    id: 'lambda-public-access',
    title: 'No stranger may call a Lambda function or use a layer, directly or through a service',
    severity: 'high',
    topic: 'public-access',
    remedy: 'Name in Principal who may call, with SourceArn and, for S3, SourceAccount where it is a service.',
    of: [
      'lambda-permission-not-public',
      'lambda-resource-policy-not-public',
      'lambda-permission-service-source',
      'lambda-permission-s3-source-account',
      'lambda-layer-not-public',
    ],
    partsStay: true,
  },
  {
    id: 'apigateway-stage-cache-enabled-and-encrypted',
    title: 'Methods of REST APIs use the cache of their stage, and it is encrypted',
    severity: 'low',
    topic: 'encryption-at-rest',
    remedy: 'Set CachingEnabled and CacheDataEncrypted to true in MethodSettings for all methods.',
    of: ['apigateway-stage-cache-encrypted', 'apigateway-stage-methods-cached'],
    passing: stage({ CachingEnabled: true, CacheDataEncrypted: true }),
    failing: stage({ CachingEnabled: true }),
    partsStay: true,
  },
  {
    id: 'rds-logging',
    title: 'RDS databases send all the logs that their engine has to CloudWatch Logs',
    severity: 'medium',
    remedy: 'List every log of the engine in EnableCloudwatchLogsExports.',
    of: ['rds-log-exports', ...logs.map((log) => `rds-log-export-${log}`)],
    passing: database(['audit', 'error', 'general', 'slowquery']),
    failing: database(['audit']),
    partsStay: true,
  },
  {
    id: 'rds-in-backup-plan',
    title: 'RDS databases are in a plan of AWS Backup',
    of: ['rds-instance-in-backup-plan', 'rds-cluster-in-backup-plan'],
  },
  {
    id: 'redshift-cluster-configuration',
    title: 'Redshift clusters are encrypted and keep an audit log',
    remedy: 'Set LoggingProperties, and Encrypted to true or leave it out.',
    of: ['redshift-cluster-encrypted', 'redshift-cluster-audit-logging'],
    passing: warehouse({ LoggingProperties: { BucketName: 'clinic-audit' } }),
    failing: warehouse({ Encrypted: true }),
    partsStay: true,
  },
  {
    id: 'redshift-cluster-maintenance-settings',
    title: 'Redshift clusters take upgrades, keep snapshots and name their maintenance window',
    severity: 'low',
    remedy: 'Set AllowVersionUpgrade, AutomatedSnapshotRetentionPeriod and PreferredMaintenanceWindow.',
    of: ['redshift-cluster-version-upgrade', 'redshift-cluster-snapshots', 'redshift-cluster-maintenance-window'],
    passing: warehouse({ PreferredMaintenanceWindow: 'sun:03:00-sun:04:00' }),
    failing: warehouse({ AutomatedSnapshotRetentionPeriod: 0 }),
    partsStay: true,
  },
  {
    id: 'dynamodb-autoscaling',
    title: 'DynamoDB tables scale their capacity with demand, for reading and writing',
    of: ['dynamodb-read-capacity-scales', 'dynamodb-table-write-capacity-scales'],
    passing: table({ BillingMode: 'PAY_PER_REQUEST' }),
    failing: table({ ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } }),
    partsStay: true,
  },
  {
    id: 's3-bucket-public-read',
    title: 'No ACL and no policy lets everyone read an S3 bucket',
    severity: 'high',
    of: ['s3-bucket-acl-public-read', 's3-bucket-acl-authenticated-read', 's3-bucket-policy-public-read', 's3-bucket-policy-public-list'],
    partsStay: true,
  },
  {
    id: 's3-bucket-public-write',
    title: 'No ACL and no policy lets everyone change an S3 bucket',
    severity: 'high',
    of: ['s3-bucket-acl-public-write', 's3-bucket-policy-public-write', 's3-bucket-policy-public-delete'],
    partsStay: true,
  },
  {
    id: 'iam-policy-full-access',
    title: 'No policy allows every action, of all services or of one',
    severity: 'medium',
    of: ['iam-policy-whole-service', 'iam-policy-full-administrator'],
    partsStay: true,
  },
  {
    id: 'cloudtrail-security-trail',
    title: 'Trails record all management events of all Regions, signed and encrypted under a KMS key',
    severity: 'medium',
    remedy: 'Set IsMultiRegionTrail, IncludeGlobalServiceEvents, EnableLogFileValidation and KMSKeyId, and record reads and writes.',
    of: [
      'cloudtrail-trail-log-file-validation',
      'cloudtrail-trail-global-services',
      'cloudtrail-multi-region',
      'cloudtrail-customer-key',
      'cloudtrail-logging',
      'cloudtrail-trail-management-writes',
      'cloudtrail-trail-management-reads',
      'cloudtrail-trail-management-sources',
    ],
    passing: trail({ IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true, EnableLogFileValidation: true, KMSKeyId: exampleKey }),
    failing: trail({ IsMultiRegionTrail: true, EnableLogFileValidation: true }),
    partsStay: true,
  },
]
