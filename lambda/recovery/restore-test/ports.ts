import type { StoredItem } from '../../shared/record-header.ts'

/** A finished restore job, as far as its verdict needs it. */
export interface RestoreJob {
  readonly kind: 'table' | 'bucket'
  /** Name of the table or bucket that was backed up. */
  readonly source: string
  /** Name of what was restored. */
  readonly restored: string
  /** What AWS Backup said about the job; a complete restore says nothing. */
  readonly remark: string | undefined
}

/** What the restore test says to AWS Backup (AWS Backup Developer Guide, "Restore testing validation"). */
export interface Verdict {
  readonly status: 'SUCCESSFUL' | 'FAILED'
  /** One sentence without anything of an item. */
  readonly reason: string
}

/** AWS Backup. */
export interface Backups {
  /** @throws Error when the job is unknown or restored nothing that can be tested */
  restoreJob(id: string): Promise<RestoreJob>
  report(id: string, verdict: Verdict): Promise<void>
}

/** Tables. Items of a source are never read: its count is the one DynamoDB keeps, about six hours old. */
export interface Tables {
  approximateCount(table: string): Promise<number>
  exactCount(table: string): Promise<number>
  /** A few items from all over the table. */
  sample(table: string): Promise<readonly StoredItem[]>
}
