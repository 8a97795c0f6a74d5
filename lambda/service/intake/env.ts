/** Environment variables of the intake function, beside those that say whom it serves (lambda/service/env.ts); its stack sets each one. */
export const intakeEnvironment = {
  /** Names of the tables it writes. The ledger is not among them: it discloses nothing. */
  records: 'RECORDS_TABLE',
  wrappedKeys: 'WRAPPED_KEYS_TABLE',
  routing: 'ROUTING_TABLE',
  /** ARN of the vault key. */
  vaultKeyArn: 'VAULT_KEY_ARN',
  /** ARN, by alias, of the key of the recovery account that data keys are wrapped with a second time. */
  recoveryKeyArn: 'RECOVERY_KEY_ARN',
} as const

/** What the answering line's access token must allow (RFC 6749, section 3.3): a scope of the resource server `line`. */
export const lineScope = 'line/calls.write'
