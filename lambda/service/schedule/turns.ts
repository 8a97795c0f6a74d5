import { Temporal } from 'temporal-polyfill'
import type { Rotation } from '../api/schemas.ts'
import { dayMilliseconds, localDay, momentOf } from './local-time.ts'
import type { Span } from './span.ts'

/** A provider's turn. Whether they are on call in it depends on what is covered. */
export interface Turn extends Span {
  readonly provider: string
}

/**
 * The turns that touch a window of time, in order, without gaps. The first provider's turn begins on the first day at the handover; before that it is nobody's
 * turn. A handover at a local time that does not exist, or exists twice, is where `momentOf` puts it.
 */
export function turns(rotation: Omit<Rotation, 'covered' | 'backup'>, window: Span): Turn[] {
  const { timeZone, handoverAt, turnDays, providers } = rotation
  const firstDay = Temporal.PlainDate.from(rotation.firstDay)
  const start = (turn: number): number => momentOf(firstDay.add({ days: turn * turnDays }), handoverAt, timeZone)
  const days = firstDay.until(localDay(window.from, timeZone), { largestUnit: 'days' }).days
  // The turn of the day before holds until the handover of the day, and a day may be missing from a calendar.
  const first = Math.max(0, Math.floor((days - 2) / turnDays))
  const count = Math.ceil((window.until - window.from) / (turnDays * dayMilliseconds)) + 4
  return Array.from({ length: count }, (_, index) => first + index)
    .map((turn) => ({ from: start(turn), until: start(turn + 1), provider: providers[turn % providers.length] as string }))
    .filter(({ from, until }) => until > window.from && from < window.until)
}
