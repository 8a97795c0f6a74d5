import type { ResourceControl } from '../control.ts'
import { atLeast, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { inBackupPlan } from './backup-coverage.ts'
import { retained } from './retained.ts'
import { atRest, availability, backup, customerKey, exampleKey, monitoring } from './safeguards.ts'

const type = 'AWS::DynamoDB::Table'
const table = {
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
}
const recovery = 'PointInTimeRecoverySpecification'

const rows = propertyControls([
  {
    ...backup,
    id: 'dynamodb-table-point-in-time-recovery',
    title: 'DynamoDB tables can be restored to any second of the last weeks',
    why: 'A faulty release or a stolen role overwrites items within minutes. Without point-in-time recovery the last backup, if there is one, is all that is left.',
    remedy: 'Set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled to true.',
    type,
    path: `${recovery}.PointInTimeRecoveryEnabled`,
    expect: isOn,
    absent: 'fails',
    sensitiveOnly: true,
    passing: { ...table, [recovery]: { PointInTimeRecoveryEnabled: true } },
    failing: table,
  },
  {
    ...backup,
    severity: 'low',
    id: 'dynamodb-table-recovery-period',
    title: 'DynamoDB tables can be restored to any second of the last 35 days',
    why: 'A change that is found only after the period of recovery can no longer be undone. The period is 35 days unless it is shortened.',
    remedy: 'Leave out RecoveryPeriodInDays, or set it to 35.',
    type,
    path: `${recovery}.RecoveryPeriodInDays`,
    expect: atLeast(35),
    absent: 'passes',
    sensitiveOnly: true,
    when: { path: `${recovery}.PointInTimeRecoveryEnabled`, expect: isOn },
    passing: { ...table, [recovery]: { PointInTimeRecoveryEnabled: true } },
    failing: { ...table, [recovery]: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 3 } },
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'dynamodb-table-kms-encryption',
    title: 'DynamoDB tables are encrypted under a KMS key of the account',
    why: 'By default the key belongs to DynamoDB: no use of it stands in your CloudTrail, and no policy of yours governs it.',
    remedy: 'Set SSESpecification.SSEEnabled to true.',
    type,
    path: 'SSESpecification.SSEEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...table, SSESpecification: { SSEEnabled: true } },
    failing: table,
  },
  {
    ...customerKey,
    id: 'dynamodb-table-customer-key',
    title: 'DynamoDB tables are encrypted under a key that the customer manages',
    why: 'Only the policy of an own key can keep readers of the table from its content, and only an own key can be disabled at once.',
    remedy: 'Set SSESpecification.KMSMasterKeyId to a KMS key of your own, with SSEEnabled true and SSEType KMS.',
    type,
    path: 'SSESpecification.KMSMasterKeyId',
    passing: { ...table, SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: exampleKey } },
    failing: { ...table, SSESpecification: { SSEEnabled: true } },
  },
  {
    ...availability,
    id: 'dynamodb-table-deletion-protection',
    title: 'DynamoDB tables are protected from deletion',
    why: 'One call, or the deletion of a stack, removes a table with every item and its point-in-time recovery.',
    remedy: 'Set DeletionProtectionEnabled to true.',
    type,
    path: 'DeletionProtectionEnabled',
    expect: isOn,
    absent: 'fails',
    sensitiveOnly: true,
    passing: { ...table, DeletionProtectionEnabled: true },
    failing: table,
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'dynamodb-table-contributor-insights',
    title: 'DynamoDB tables show which keys are asked for most',
    why: 'Somebody who copies the record of one patient after another, or hammers one key, shows in the keys that are read.',
    remedy: 'Set ContributorInsightsSpecification.Enabled to true.',
    type,
    path: 'ContributorInsightsSpecification.Enabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...table, ContributorInsightsSpecification: { Enabled: true } },
    failing: table,
  },
])

/** Controls on DynamoDB tables, except their capacity. */
export const dynamodbTableControls: readonly ResourceControl[] = [
  ...rows,
  inBackupPlan({ id: 'dynamodb-table-in-backup-plan', title: 'DynamoDB tables are in a plan of AWS Backup', type, properties: table }),
  ...retained({ id: 'dynamodb-table', noun: 'DynamoDB tables', type, properties: table }),
]
