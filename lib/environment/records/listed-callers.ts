import { roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'

/**
 * Roles that reach a store of the service without coming through its VPC endpoint. AWS Backup reads objects with its role; of a table it takes
 * the copy inside DynamoDB, by a management action (AWS Managed Policy Reference, AWSBackupServiceRolePolicyForBackup and ...ForS3Backup).
 * A restore test reads what was restored, never the store. Scanning means GuardDuty's malware scan of new objects.
 */
const listedCallers = {
  tables: ['break-glass'],
  // The records officer erases a patient or a practice by deleting the wrapped keys, from a desk outside the network, and opens nothing.
  'wrapped-keys': ['break-glass', 'records-officer'],
  // The privacy officer answers from the ledger whose data was seen, from a desk outside the network.
  ledger: ['break-glass', 'privacy-officer'],
  attachments: ['backup', 'scanning', 'break-glass'],
} as const satisfies Record<string, readonly string[]>

/** A list of callers: of one store, or of all tables that have none of their own. */
export type ListedStore = keyof typeof listedCallers

/** ARNs of the listed roles, by computed name: a condition, unlike a principal, may name a role that does not exist yet. */
export const callerArns = (config: EnvironmentConfig, store: ListedStore): string[] =>
  listedCallers[store].map((caller) => roleArn(config, 'workload', caller))
