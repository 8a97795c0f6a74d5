import { Temporal } from 'temporal-polyfill'
import { momentOf } from '../schedule/local-time.ts'
import type { Span } from '../schedule/span.ts'

/** A day from midnight to midnight on the clocks of a time zone: 23 to 25 hours. @param date a calendar date, `2026-03-08` */
export function spanOfDay(date: string, timeZone: string): Span {
  const day = Temporal.PlainDate.from(date)
  return { from: momentOf(day, '00:00', timeZone), until: momentOf(day.add({ days: 1 }), '00:00', timeZone) }
}
