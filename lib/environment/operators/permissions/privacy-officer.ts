import { nameOf, tableArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import { keysNamed, opensThrough } from './keys.ts'

/** The privacy officer asks the access ledger who saw which patient, and cannot open a record to do so (45 CFR 164.528). */
export const privacyOfficerPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  {
    sid: 'ReadTheAccessLedger',
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DescribeTable'],
    resources: [
      tableArn(config, 'ledger'),
      { matching: `${tableArn(config, 'ledger')}/index/*`, because: 'The indexes of the ledger: by person and by practice.' },
    ],
  },
  {
    sid: 'OpenTheLedgerAtRest',
    // Only a call that uses the key tells its context, so that the condition leaves no other.
    actions: ['kms:Decrypt'],
    resources: [keysNamed(config, 'workload')],
    conditions: opensThrough(config, 'storage', 'dynamodb', { 'kms:EncryptionContext:aws:dynamodb:tableName': nameOf(config, 'ledger') }),
  },
]
