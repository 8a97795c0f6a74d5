import type { ResourceControl } from '../control.ts'
import { isGiven, isOn, isOneOf } from '../expectations.ts'
import { type PropertyRow, propertyControls } from '../property-control.ts'
import { inBackupPlan } from './backup-coverage.ts'
import { retained } from './retained.ts'
import { atRest, availability, backup, customerKey, exampleKey, monitoring } from './safeguards.ts'

const type = 'AWS::DynamoDB::GlobalTable'
const Region = 'us-east-1'
const keys = { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }] }
const table = (replica: Readonly<Record<string, unknown>> = {}) => ({
  ...keys,
  BillingMode: 'PAY_PER_REQUEST',
  Replicas: [{ Region, ...replica }],
})
const target = { MinCapacity: 5, MaxCapacity: 100, TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 } }
const writes = { WriteProvisionedThroughputSettings: { WriteCapacityAutoScalingSettings: target } }
const reads = (settings: Readonly<Record<string, unknown>>) => ({
  ...keys,
  BillingMode: 'PROVISIONED',
  ...writes,
  Replicas: [{ Region, ReadProvisionedThroughputSettings: settings }],
})
const sensitive = { type, absent: 'fails', sensitiveOnly: true } as const

const rows = propertyControls([
  {
    ...backup,
    ...sensitive,
    id: 'dynamodb-global-table-point-in-time-recovery',
    title: 'Every replica of a DynamoDB global table can be restored to any second of the last weeks',
    why: 'Replication copies a faulty or malicious write to every Region within a second: replicas are no backup of each other.',
    remedy: 'Set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled of each replica to true.',
    path: 'Replicas.*.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
    expect: isOn,
    passing: table({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
    failing: table(),
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'dynamodb-global-table-kms-encryption',
    title: 'DynamoDB global tables are encrypted under KMS keys of the account',
    why: 'By default the key belongs to DynamoDB: no use of it stands in your CloudTrail, and no policy of yours governs it.',
    remedy: 'Set SSESpecification.SSEEnabled to true.',
    type,
    path: 'SSESpecification.SSEEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...table(), SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } },
    failing: table(),
  },
  {
    ...customerKey,
    type,
    id: 'dynamodb-global-table-customer-key',
    title: 'Every replica of a DynamoDB global table is encrypted under a key that the customer manages',
    why: 'Each Region has a key of its own: one replica under a key of AWS holds the same data as those under yours.',
    remedy: 'Set SSESpecification.KMSMasterKeyId of each replica to a KMS key of your own in its Region.',
    path: 'Replicas.*.SSESpecification.KMSMasterKeyId',
    passing: { ...table({ SSESpecification: { KMSMasterKeyId: exampleKey } }), SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } },
    failing: { ...table(), SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } },
  },
  {
    ...availability,
    ...sensitive,
    id: 'dynamodb-global-table-deletion-protection',
    title: 'Every replica of a DynamoDB global table is protected from deletion',
    why: 'One call, or the deletion of a stack, removes a replica with every item and its point-in-time recovery.',
    remedy: 'Set DeletionProtectionEnabled of each replica to true.',
    path: 'Replicas.*.DeletionProtectionEnabled',
    expect: isOn,
    passing: table({ DeletionProtectionEnabled: true }),
    failing: table(),
  },
  {
    ...availability,
    id: 'dynamodb-global-table-read-capacity-scales',
    title: 'Replicas of DynamoDB global tables scale their read capacity with demand',
    why: 'A fixed capacity refuses reads as soon as a busy day exceeds it, and a care application then stands still.',
    remedy: 'Set BillingMode to PAY_PER_REQUEST, or ReadCapacityAutoScalingSettings of each replica.',
    type,
    path: 'Replicas.*.ReadProvisionedThroughputSettings.ReadCapacityAutoScalingSettings',
    expect: isGiven,
    absent: 'fails',
    // Provisioned is the default, and writes of a global table always scale then ("WriteProvisionedThroughputSettings", AWS CloudFormation).
    when: { path: 'BillingMode', expect: isOneOf('PROVISIONED'), absent: 'applies' },
    passing: reads({ ReadCapacityAutoScalingSettings: target }),
    failing: reads({ ReadCapacityUnits: 5 }),
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'dynamodb-global-table-contributor-insights',
    title: 'Replicas of DynamoDB global tables show which keys are asked for most',
    why: 'Somebody who copies the record of one patient after another, or hammers one key, shows in the keys that are read.',
    remedy: 'Set ContributorInsightsSpecification.Enabled of each replica to true.',
    type,
    path: 'Replicas.*.ContributorInsightsSpecification.Enabled',
    expect: isOn,
    absent: 'fails',
    passing: table({ ContributorInsightsSpecification: { Enabled: true } }),
    failing: table(),
  },
] satisfies readonly PropertyRow[])

/** Controls on DynamoDB global tables and their replicas. */
export const dynamodbGlobalTableControls: readonly ResourceControl[] = [
  ...rows,
  inBackupPlan({
    id: 'dynamodb-global-table-in-backup-plan',
    title: 'DynamoDB global tables are in a plan of AWS Backup',
    type,
    properties: table(),
  }),
  ...retained({ id: 'dynamodb-global-table', noun: 'DynamoDB global tables', type, properties: table() }),
]
