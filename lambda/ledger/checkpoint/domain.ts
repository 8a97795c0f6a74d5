import type { Items } from '../../shared/items/items.ts'
import type { Break } from '../../shared/ledger/breaks.ts'
import { beginning, linkIn, type Point } from '../../shared/ledger/chain.ts'
import { ledgerKeys } from '../../shared/ledger/ledger-keys.ts'
import { lastMark, markWrite } from '../../shared/ledger/marks.ts'
import { verifyChain } from '../../shared/ledger/verify-chain.ts'
import { errorKind, log } from '../../shared/log.ts'
import { checkpointFailedEvent, ledgerBrokenEvent, ledgerHoldsEvent, ledgerUnfinishedEvent } from './env.ts'
import type { Archive } from './ports.ts'

/** What checkpoints need. */
export interface Checkpointing {
  readonly items: Items
  readonly archive: Archive
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What became of one practice. */
export type Outcome = 'holds' | 'unfinished' | 'broken' | 'failed'

/**
 * Checkpoints every practice. Each has its share of the time that is left, so that a long chain of one keeps no other waiting, and one that fails stops no other.
 *
 * @param until milliseconds since 1970
 * @returns what became of each practice
 */
export async function checkpointAll(
  checkpointing: Checkpointing,
  practices: readonly string[],
  until: number,
): Promise<Readonly<Record<string, Outcome>>> {
  const outcomes: Record<string, Outcome> = {}
  for (const [index, practice] of practices.entries()) {
    const now = checkpointing.now()
    const share = now + (until - now) / (practices.length - index)
    outcomes[practice] = await checkpointPractice(checkpointing, practice, share).catch((error: unknown) => {
      // Whatever it was, the other practices have their turn; the handler then fails.
      log('error', { event: checkpointFailedEvent, resource: practice, kind: errorKind(error) })
      return 'failed'
    })
  }
  return outcomes
}

/**
 * Verifies a chain since its last checkpoint and puts a new checkpoint of what holds into the archive. A broken chain gets no checkpoint behind the break and rings
 * each time, until what was removed or changed has been put back as it was.
 *
 * The archive is written before the mark: a crash between the two repeats a checkpoint, and never skips one. What is verified in one run is checkpointed in that
 * run, so that a chain of any length gets done, some links each time.
 */
export async function checkpointPractice({ items, archive, now }: Checkpointing, practice: string, until: number): Promise<Outcome> {
  const mark = await lastMark(items, practice)
  const lost = await markedLinkBreak(items, practice, mark)
  if (lost !== undefined) return ring(practice, [lost])
  const { holdsTo, breaks, complete } = await verifyChain(items, { practice, after: mark, stop: () => now() >= until })
  if (holdsTo.number > mark.number) {
    const time = new Date(now()).toISOString()
    await archive.keep({ version: 1, practice, number: holdsTo.number, hash: holdsTo.hash, time, previous: mark })
    await items.write([markWrite(practice, holdsTo, time)])
  }
  if (breaks.length > 0) return ring(practice, breaks)
  log(complete ? 'info' : 'warn', {
    event: complete ? ledgerHoldsEvent : ledgerUnfinishedEvent,
    resource: practice,
    count: holdsTo.number,
  })
  return complete ? 'holds' : 'unfinished'
}

// Everything before the mark is spoken for by the hash of its link, if that still is what was checkpointed.
async function markedLinkBreak(items: Items, practice: string, mark: Point): Promise<Break | undefined> {
  if (mark.number === beginning.number) return undefined
  const item = await items.get(ledgerKeys.link(practice, mark.number))
  if (item === undefined) return { kind: 'tail-removed', number: mark.number }
  return linkIn(item)?.hash === mark.hash ? undefined : { kind: 'not-as-checkpointed', number: mark.number }
}

function ring(practice: string, breaks: readonly Break[]): 'broken' {
  for (const { kind, number } of breaks.slice(0, 10)) log('error', { event: ledgerBrokenEvent, resource: practice, kind, count: number })
  return 'broken'
}
