import type { Items } from '../../lambda/shared/items/items.ts'
import type { Checkpoint } from '../../lambda/shared/ledger/checkpoint.ts'
import { type VerifiedPractice, verifyPractice } from '../../lambda/shared/ledger/verify-practice.ts'

/** What is verified, and against what. */
export interface LedgerUnderTest {
  readonly items: Items
  readonly practices: readonly string[]
  /** Checkpoints of any practices; undefined when there are none to be had, as of the service on one machine. */
  readonly checkpoints: readonly Checkpoint[] | undefined
}

/** What was found. */
export interface LedgerVerdict {
  readonly practices: readonly VerifiedPractice[]
  /** Practices that checkpoints speak of and that were not asked about: somebody should ask. */
  readonly unasked: readonly string[]
  /** Whether checkpoints were to be had at all. */
  readonly compared: boolean
}

/** What was given cannot be read. The words say what and the next step; the command line ends with exit code 2. */
export class LedgerInputError extends Error {
  override readonly name = 'LedgerInputError'
  readonly code = 'LEDGER_INPUT'
}

/** Verifies the ledger of each practice, one after the other. @throws the error of the store when it does not answer: nothing is known then */
export async function verifyLedger({ items, practices, checkpoints }: LedgerUnderTest): Promise<LedgerVerdict> {
  const verified: VerifiedPractice[] = []
  for (const practice of practices) {
    const own = (checkpoints ?? []).filter((checkpoint) => checkpoint.practice === practice)
    verified.push(await verifyPractice(items, practice, own))
  }
  const others = (checkpoints ?? []).map(({ practice }) => practice).filter((practice) => !practices.includes(practice))
  return { practices: verified, unasked: [...new Set(others)].sort(), compared: checkpoints !== undefined }
}

/** 2 when nothing was judged, 1 when a ledger is broken, 0 when every one holds. */
export function exitCodeOfLedger({ practices }: LedgerVerdict): 0 | 1 | 2 {
  if (practices.length === 0) return 2
  return practices.some(({ breaks }) => breaks.length > 0) ? 1 : 0
}
