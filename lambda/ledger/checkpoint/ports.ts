import type { Checkpoint } from '../../shared/ledger/checkpoint.ts'

/** The locked archive of the audit account. It takes and never gives. */
export interface Archive {
  /** @throws Error when the archive has not taken it */
  readonly keep: (checkpoint: Checkpoint) => Promise<void>
}
