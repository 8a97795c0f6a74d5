import { keyAlias, nameOf, tableArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import type { KeyArns } from '../../keys-stack.ts'

/** What can be done with items of a table; a transaction is judged by the actions it consists of. */
export type ItemAction = 'ConditionCheckItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query'

/**
 * Items of a table in partitions of some kinds, of whichever practice. `ForAllValues` holds for no key at all, hence the Null test beside it
 * (IAM User Guide, "Condition operators"; Amazon DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control").
 *
 * @param kinds second parts of the partition keys: `calls` for `<practice>#calls`
 */
export const itemsUnder = (
  config: EnvironmentConfig,
  sid: string,
  actions: readonly ItemAction[],
  table: 'routing' | 'ledger',
  kinds: readonly string[],
): Permission => ({
  sid,
  actions: actions.map((action) => `dynamodb:${action}` as const),
  resources: [tableArn(config, table)],
  conditions: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map((kind) => `*#${kind}`) },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
})

/** Items of a table, one partition at a time. */
export const itemsOf = (config: EnvironmentConfig, sid: string, actions: readonly ItemAction[], tables: readonly string[]): Permission => ({
  sid,
  actions: actions.map((action) => `dynamodb:${action}` as const),
  resources: tables.map((table) => tableArn(config, table)),
})

/**
 * DynamoDB asks for the caller's right to decrypt even to write (Amazon DynamoDB Developer Guide, "DynamoDB encryption at rest: usage notes"). The condition
 * leaves nothing but what DynamoDB does with these tables.
 */
export const tablesKey = (config: EnvironmentConfig, sid: string, keyArn: string, tables: readonly string[]): Permission => ({
  sid,
  actions: ['kms:Decrypt'],
  resources: [keyArn],
  conditions: {
    StringEquals: {
      'kms:ViaService': `dynamodb.${config.regions.primary}.amazonaws.com`,
      'kms:EncryptionContext:aws:dynamodb:tableName': tables.map((table) => nameOf(config, table)),
    },
  },
})

/** Encryption context of every data key: both names, and no other (lambda/shared/vault). */
const underPracticeAndPatient = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['practice', 'patient'] },
  Null: { 'kms:EncryptionContext:practice': 'false', 'kms:EncryptionContext:patient': 'false' },
}

/** New data keys for a patient: made by the vault key, which cannot be asked to open one again, and wrapped a second time for recovery. */
export const sealing = (config: EnvironmentConfig, { vault }: KeyArns): Permission[] => [
  { sid: 'MakeDataKeysForAPatient', actions: ['kms:GenerateDataKey'], resources: [vault], conditions: underPracticeAndPatient },
  {
    sid: 'WrapThemForRecovery',
    actions: ['kms:Encrypt'],
    resources: [
      {
        matching: `arn:aws:kms:${config.regions.primary}:${config.accounts.recovery}:key/*`,
        because: 'The id of a key of another account is not known here; the condition names the one key by the alias it is called by.',
      },
    ],
    conditions: { ...underPracticeAndPatient, StringEquals: { 'kms:RequestAlias': keyAlias(config, 'recovery') } },
  },
]
