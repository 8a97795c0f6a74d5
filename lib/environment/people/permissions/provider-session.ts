import { tableArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import type { KeyArns } from '../../keys-stack.ts'
import { serviceWrites, sessionsAreMade } from '../phase.ts'
import {
  both,
  chainOfThePractice,
  entriesOfThePractice,
  everyPartitionOfThePractice,
  partitionsOfThePractice,
  returningNothing,
} from './partitions.ts'
import { anyPatientOfThePractice, nothingInThisPhase, useTablesAtRest, wrapForRecovery } from './session-keys.ts'

/**
 * What a provider in session may do: read, answer and close the calls of one practice, and enter each look in its ledger. Of the ledger a provider reads no entry;
 * of routing, the read budget is not among what is written, for who spends it does not refill it.
 */
export function providerSessionPermissions(config: EnvironmentConfig, keys: KeyArns): readonly Permission[] {
  if (!sessionsAreMade(config.phase)) return [nothingInThisPhase]
  return serviceWrites(config.phase) ? [...reading(config, keys), ...writing(config, keys)] : reading(config, keys)
}

const reading = (config: EnvironmentConfig, keys: KeyArns): readonly Permission[] => [
  {
    sid: 'ReadThePractice',
    actions: ['dynamodb:GetItem', 'dynamodb:Query'],
    resources: ['records', 'wrapped-keys', 'routing'].map((table) => tableArn(config, table)),
    conditions: everyPartitionOfThePractice,
  },
  {
    sid: 'EnterTheLedger',
    actions: ['dynamodb:PutItem'],
    resources: [tableArn(config, 'ledger')],
    conditions: both(entriesOfThePractice, returningNothing),
  },
  { sid: 'FollowTheChain', actions: ['dynamodb:Query'], resources: [tableArn(config, 'ledger')], conditions: chainOfThePractice },
  { sid: 'OpenForThePractice', actions: ['kms:Decrypt'], resources: [keys.vault], conditions: anyPatientOfThePractice },
  useTablesAtRest(config, keys),
]

const writing = (config: EnvironmentConfig, keys: KeyArns): readonly Permission[] => [
  {
    sid: 'WriteRecordsOfThePractice',
    actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    resources: [tableArn(config, 'records')],
    conditions: everyPartitionOfThePractice,
  },
  {
    sid: 'KeepWrappedKeysOfThePractice',
    actions: ['dynamodb:PutItem'],
    resources: [tableArn(config, 'wrapped-keys')],
    conditions: everyPartitionOfThePractice,
  },
  {
    sid: 'RouteForThePractice',
    actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    resources: [tableArn(config, 'routing')],
    conditions: partitionsOfThePractice('calls', 'open', 'due', 'requests', 'schedule'),
  },
  { sid: 'SealForThePractice', actions: ['kms:GenerateDataKey'], resources: [keys.vault], conditions: anyPatientOfThePractice },
  wrapForRecovery(config),
]
