import * as z from 'zod/mini'
import { ServiceError } from '../http/service-error.ts'
import type { Item, Items, Write } from '../items/items.ts'
import { log } from '../log.ts'

/** How many distinct patients a person may open, over all practices they work for. */
export interface ReadLimits {
  readonly hour: number
  readonly day: number
}

/**
 * What an on-call night needs, and no more: a patient every two minutes for an hour, a patient every twelve minutes around the clock. Somebody who takes a
 * provider's session away opens 120 patients a day with it; a list of 914,138 would take it 7,618 days, and the first refusal rings.
 */
export const defaultReadLimits: ReadLimits = { hour: 30, day: 120 }

/** What is logged when somebody is refused for their budget; `kind` is the span that was used up. */
export const readBudgetExceededEvent = 'read-budget-exceeded'

/** Who is about to open whose record, and when, in milliseconds since 1970. */
export interface Reading {
  readonly practice: string
  readonly person: string
  readonly patient: string
  readonly now: number
}

/** How often a reading is tried when readings of the same person meet. */
const mostTries = 12

/**
 * Spends of a person's budget, which is one for all their practices; the same patient again costs nothing within the span. Hours and days begin on the clock, in
 * UTC, so that up to two hours' worth can fall within sixty minutes. Both spans are spent in one write, conditional on what was read: readings at the same moment
 * cannot exceed together.
 *
 * @throws ServiceError `over-budget` when the patient would be one too many; `too-many` when readings of the same person met too often
 */
export async function spendReadBudget(items: Items, reading: Reading, limits: ReadLimits = defaultReadLimits): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const spans = await Promise.all(spansOf(reading, limits).map((span) => readSpan(items, span)))
    const patient = `${reading.practice}#${reading.patient}`
    const open = spans.filter(({ patients }) => !patients.includes(patient))
    if (open.length === 0) return
    const full = open.find(({ patients, limit }) => patients.length >= limit)
    if (full !== undefined) refuse(full)
    if ((await items.write(open.map((span) => spending(span, patient)))) === 'written') return
  }
  throw new ServiceError('too-many')
}

interface Span {
  readonly kind: keyof ReadLimits
  readonly sk: string
  readonly limit: number
  /** Seconds since 1970, after which the item may go: a day after the span's end. */
  readonly expiresAt: number
}

interface SpentSpan extends Span {
  /** `<practice>#<patient>` each. */
  readonly patients: readonly string[]
  /** Undefined when nothing was spent yet. */
  readonly version: number | undefined
}

function spansOf({ person, now }: Reading, limits: ReadLimits): Span[] {
  const time = new Date(now).toISOString()
  const expiresAt = Math.floor(now / 1000) + 2 * 86_400
  return [
    { kind: 'hour', sk: `${person}#hour#${time.slice(0, 13)}`, limit: limits.hour, expiresAt },
    { kind: 'day', sk: `${person}#day#${time.slice(0, 10)}`, limit: limits.day, expiresAt },
  ]
}

const spent = z.object({ patients: z.array(z.string()), version: z.int() })

// No practice's own, so that a person of several has one budget, and no session reaches it. `people` has six letters and an id of a practice at least eight.
const pk = 'people#budget'

async function readSpan(items: Items, span: Span): Promise<SpentSpan> {
  const item: Item | undefined = await items.get({ table: 'routing', pk, sk: span.sk })
  const { patients, version } = item === undefined ? { patients: [], version: undefined } : spent.parse(item.attributes)
  return { ...span, patients, version }
}

const spending = ({ sk, patients, version, expiresAt }: SpentSpan, patient: string): Write => ({
  put: { table: 'routing', pk, sk, attributes: { patients: [...patients, patient], version: (version ?? 0) + 1, expiresAt } },
  onlyIf: version === undefined ? 'absent' : { equals: { version } },
})

function refuse({ kind, limit }: SpentSpan): never {
  log('warn', { event: readBudgetExceededEvent, kind, count: limit })
  throw new ServiceError('over-budget')
}
