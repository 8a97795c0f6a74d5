import type { TableName } from '../items/items.ts'

/** Environment variables of a function that opens people's sessions; its stack sets each one. */
export const sessionEnvironment = {
  /** ARN of the role of the sessions. */
  roleArn: 'SESSION_ROLE_ARN',
  /** ARN of the vault key. */
  vaultKeyArn: 'VAULT_KEY_ARN',
  /** ARN, by alias, of the key of the recovery account that data keys are wrapped with a second time. */
  recoveryKeyArn: 'RECOVERY_KEY_ARN',
  /** Names of the tables. */
  records: 'RECORDS_TABLE',
  wrappedKeys: 'WRAPPED_KEYS_TABLE',
  ledger: 'LEDGER_TABLE',
  routing: 'ROUTING_TABLE',
} as const

/** Names of the variables, for `readEnvironmentVariables`. */
export const sessionVariables = Object.values(sessionEnvironment)

/** Names of the tables, by the variables. */
export const tablesFrom = (values: Readonly<Record<(typeof sessionVariables)[number], string>>): Readonly<Record<TableName, string>> => ({
  records: values[sessionEnvironment.records],
  'wrapped-keys': values[sessionEnvironment.wrappedKeys],
  ledger: values[sessionEnvironment.ledger],
  routing: values[sessionEnvironment.routing],
})

/**
 * What is logged when AWS STS does not take a token; `kind` is its error. `AccessDenied` for everybody means that trust, tags or endpoint are not set up as they
 * should be.
 */
export const exchangeRefusedEvent = 'exchange-refused'
