import { tableArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import type { KeyArns } from '../../keys-stack.ts'
import { serviceWrites, sessionsAreMade } from '../phase.ts'
import { both, chainOfThePractice, ownPartition, returningNothing } from './partitions.ts'
import { nothingInThisPhase, thePatientAlone, useTablesAtRest } from './session-keys.ts'

/**
 * What a patient in session may do: read their own records and who saw them, and say that a message was read. What else a patient writes goes by intake, which cannot
 * read.
 */
export function patientSessionPermissions(config: EnvironmentConfig, keys: KeyArns): readonly Permission[] {
  if (!sessionsAreMade(config.phase)) return [nothingInThisPhase]
  return serviceWrites(config.phase) ? [...reading(config, keys), ...writing(config)] : reading(config, keys)
}

const reading = (config: EnvironmentConfig, keys: KeyArns): readonly Permission[] => [
  {
    sid: 'ReadTheirOwn',
    actions: ['dynamodb:GetItem', 'dynamodb:Query'],
    resources: ['records', 'wrapped-keys', 'routing'].map((table) => tableArn(config, table)),
    conditions: ownPartition(),
  },
  { sid: 'SeeWhoSawTheirs', actions: ['dynamodb:Query'], resources: [tableArn(config, 'ledger')], conditions: ownPartition() },
  {
    sid: 'EnterTheLedger',
    actions: ['dynamodb:PutItem'],
    resources: [tableArn(config, 'ledger')],
    conditions: both(ownPartition('chain'), returningNothing),
  },
  { sid: 'FollowTheChain', actions: ['dynamodb:Query'], resources: [tableArn(config, 'ledger')], conditions: chainOfThePractice },
  { sid: 'OpenTheirOwn', actions: ['kms:Decrypt'], resources: [keys.vault], conditions: thePatientAlone },
  useTablesAtRest(config, keys),
]

const writing = (config: EnvironmentConfig): readonly Permission[] => [
  {
    sid: 'ConfirmReading',
    actions: ['dynamodb:PutItem'],
    resources: [tableArn(config, 'routing')],
    conditions: both(ownPartition(), returningNothing),
  },
]
