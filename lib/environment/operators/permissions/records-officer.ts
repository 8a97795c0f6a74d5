import { nameOf, tableArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import { keysNamed, opensThrough } from './keys.ts'

/** The records officer erases a patient or a practice by deleting wrapped keys, and can open none of them: the vault key is not theirs. */
export const recordsOfficerPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  { sid: 'EraseByDeletingWrappedKeys', actions: ['dynamodb:DeleteItem', 'dynamodb:Query'], resources: [tableArn(config, 'wrapped-keys')] },
  {
    sid: 'OpenTheTableAtRest',
    actions: ['kms:Decrypt'],
    resources: [keysNamed(config, 'workload')],
    conditions: opensThrough(config, 'storage', 'dynamodb', {
      'kms:EncryptionContext:aws:dynamodb:tableName': nameOf(config, 'wrapped-keys'),
    }),
  },
]
