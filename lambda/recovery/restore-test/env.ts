/** Environment variables of the restore test; the recovery stack sets them by these names. */
export const restoreTestEnvironment = {
  /** Name of the table whose items are sealed records; of other tables only the keys are checked. */
  sealedTable: 'SEALED_TABLE',
} as const

/** Names that AWS Backup gives what a restore test restores start so (AWS Backup Developer Guide, "Restore testing inferred metadata"). */
export const restoredNamePrefix = 'awsbackup-restore-test-'

/** Words the function logs about each verdict; the stack counts them. */
export const verdictEvents = { SUCCESSFUL: 'restore-test-passed', FAILED: 'restore-test-failed' } as const
