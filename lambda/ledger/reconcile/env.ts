/** Environment variables of the reconciliation; its stack sets them by these names. */
export const reconcileEnvironment = {
  /** Ids of all practices, as a JSON list. */
  practices: 'PRACTICES',
  /** Name of the table of the ledger. */
  ledgerTable: 'LEDGER_TABLE',
  /** Name of the table of sealed records, whose reads are looked for. */
  recordsTable: 'RECORDS_TABLE',
  /** Name of the log group the trail is delivered to. */
  trailLogGroup: 'TRAIL_LOG_GROUP',
  /** Names of the roles of people's sessions, as a JSON list. */
  sessionRoles: 'SESSION_ROLES',
  /** Name of the role for emergencies, whose every call rings by itself. */
  breakGlassRole: 'BREAK_GLASS_ROLE',
} as const

/** What is logged for a read that the trail knows and the ledger does not; `requestId` is the id of the trail's event, `kind` what was read or why it counts. It rings. */
export const readWithoutEntryEvent = 'read-without-entry'

/** What is logged when every read of the span was compared; `count` is how many. An alarm rings when it is not heard for a day. */
export const ledgerReconciledEvent = 'ledger-reconciled'
