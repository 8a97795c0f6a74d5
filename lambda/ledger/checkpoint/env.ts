/** Environment variables of the checkpoint function; its stack sets them by these names. */
export const checkpointEnvironment = {
  /** Ids of all practices, as a JSON list. */
  practices: 'PRACTICES',
  /** Name of the table of the ledger. */
  ledgerTable: 'LEDGER_TABLE',
  /** Name of the archive's bucket in the audit account. */
  archiveBucket: 'ARCHIVE_BUCKET',
  /** Id of the audit account. S3 refuses to write into a bucket of any other. */
  archiveAccount: 'ARCHIVE_ACCOUNT',
} as const

/** What is logged when a ledger does not hold; `kind` says how, `resource` is the practice, `count` the number of the link. It rings. */
export const ledgerBrokenEvent = 'ledger-broken'

/**
 * What is logged for each practice whose chain held to its end, whether or not there was anything new; `count` is the number of its last link. An alarm rings when it is
 * not heard for some hours.
 */
export const ledgerHoldsEvent = 'ledger-holds'

/** What is logged when the time was up before the end of a chain; the next run goes on there. */
export const ledgerUnfinishedEvent = 'ledger-checkpoint-unfinished'

/** What is logged when a practice could not be checkpointed; `kind` is the name of the error. */
export const checkpointFailedEvent = 'ledger-checkpoint-failed'
