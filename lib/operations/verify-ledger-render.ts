import { breakWords } from '../../lambda/shared/ledger/breaks.ts'
import type { VerifiedPractice } from '../../lambda/shared/ledger/verify-practice.ts'
import type { LedgerVerdict } from './verify-ledger.ts'

/** Most breaks that are printed of one practice. */
const mostBreaks = 20

/** A verdict in plain text, a paragraph a practice. */
export function renderLedgerVerdict({ practices, unasked, compared }: LedgerVerdict): string {
  const lines = practices.flatMap((practice) => [...paragraph(practice, compared), ''])
  if (unasked.length > 0) lines.push(`Checkpoints speak of practices that were not verified: ${unasked.join(', ')}.`, '')
  return [...lines, conclusion(practices)].join('\n')
}

function paragraph(verified: VerifiedPractice, compared: boolean): string[] {
  const { practice, links, holdsTo, breaks } = verified
  const holds =
    breaks.length === 0 ? `holds: ${entries(links)}.` : `is broken. It holds up to number ${holdsTo}; the last number is ${links}.`
  return [`Ledger of practice ${practice} ${holds}`, `  ${checkpointLine(verified, compared)}`, ...breakLines(verified)]
}

function checkpointLine({ checkpoint, compared: count, links }: VerifiedPractice, compared: boolean): string {
  if (!compared) return 'It was compared with no checkpoint: a tail that was cut off would not be seen.'
  if (count === 0) return 'The archive has no checkpoint of it yet: a tail that was cut off would not be seen.'
  const compares = `${count} ${count === 1 ? 'checkpoint was' : 'checkpoints were'} compared.`
  if (checkpoint === undefined) return `${compares} None agrees with what holds.`
  const after = Math.max(0, links - checkpoint.number)
  return `${compares} The latest that agrees is of number ${checkpoint.number}, taken ${checkpoint.time}; ${entries(after)} came later.`
}

function breakLines({ breaks }: VerifiedPractice): string[] {
  const told = breaks.slice(0, mostBreaks).map(({ kind, number }) => `  BROKEN at number ${number}: ${breakWords[kind]} (${kind})`)
  const rest = breaks.length - told.length
  return rest > 0 ? [...told, `  ... and ${rest} more.`] : told
}

function conclusion(practices: readonly VerifiedPractice[]): string {
  if (practices.length === 0) return 'No practice has a ledger here. Nothing was verified.'
  const broken = practices.filter(({ breaks }) => breaks.length > 0).length
  return broken === 0 ? 'Every ledger holds.' : `${broken} of ${practices.length} ledgers are broken.`
}

const entries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`)
