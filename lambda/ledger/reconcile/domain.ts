import type { Items } from '../../shared/items/items.ts'
import { log } from '../../shared/log.ts'
import { accountedFor, tolerated, type Unaccounted, unaccounted } from './account-for.ts'
import { enteredLooks } from './entered-looks.ts'
import { ledgerReconciledEvent, readWithoutEntryEvent } from './env.ts'
import type { Span, Trail } from './ports.ts'
import { type TrailNames, type TrailRead, trailRead } from './trail-read.ts'

/** What comparing needs. */
export interface Reconciling {
  readonly items: Items
  readonly trail: Trail
  readonly practices: readonly string[]
  readonly names: TrailNames
}

/** What came of it. */
export interface Reconciled {
  /** Reads of patient data that were compared. */
  readonly reads: number
  /** Those the ledger does not account for. */
  readonly unaccounted: number
}

/** Most findings that get a line of their own; the rest are told as a number. */
const mostLines = 100

/** How late the trail may deliver an event that is still judged rightly, in milliseconds; it usually takes minutes. */
const lateDelivery = 6 * 3_600_000

/**
 * Compares the trail's reads with the ledger.
 *
 * What it shows: a read of the records' table, or the opening of a patient's key, by a person's session without an entry, or by anything else than a person's session.
 * What it does not: a second look of the same person at the same patient within twenty minutes of an entry, or what of the record was looked at. It trusts the name of a
 * person's session to be the person, which the roles' trust must enforce; and a Query whose key the trail does not have is judged by its person alone.
 * Reads of attachments are not compared, nor is an event that comes to the log group an hour or more after its time there.
 *
 * It remembers nothing: runs overlap, and a finding in the overlap rings twice.
 *
 * @param span of the trail's events, by the times of their log group
 * @throws Error when the trail or the ledger does not answer, or the time is up: nothing was reconciled then, whatever was told before
 */
export async function reconcile({ items, trail, practices, names }: Reconciling, span: Span): Promise<Reconciled> {
  const looks = await enteredLooks(items, practices, { from: span.from - lateDelivery - accountedFor, to: span.to + tolerated })
  let reads = 0
  let findings = 0
  for await (const text of trail.events(span)) {
    const read = readIn(text, names)
    if (read === undefined) continue
    reads += 1
    const why = read === 'not-readable' ? read : unaccounted(read, looks)
    if (why === undefined) continue
    findings += 1
    if (findings <= mostLines) ring(why, read)
  }
  if (findings > mostLines) log('error', { event: readWithoutEntryEvent, kind: 'more', count: findings - mostLines })
  log('info', { event: ledgerReconciledEvent, count: reads })
  return { reads, unaccounted: findings }
}

// What cannot be read may be a read.
function readIn(text: string, names: TrailNames): TrailRead | 'not-readable' | undefined {
  try {
    return trailRead(text, names)
  } catch {
    return 'not-readable'
  }
}

function ring(kind: Unaccounted, read: TrailRead | 'not-readable'): void {
  log('error', { event: readWithoutEntryEvent, kind, count: 1, ...(read === 'not-readable' ? {} : { requestId: read.eventId }) })
}
