import type { Rotation } from '../api/schemas.ts'
import { dayMilliseconds, localDay, momentOf } from './local-time.ts'
import type { Span } from './span.ts'

/**
 * When the line is covered, around a window of time: every span that touches it, in no order; spans may overlap. Hours are read on local clocks, each
 * edge by itself, so that spans that meet on the clock meet in time also on the nights clocks change. A span whose both edges fall into the hour that does not
 * exist has no length and is left out.
 */
export function coverage({ covered, timeZone }: Pick<Rotation, 'covered' | 'timeZone'>, window: Span): Span[] {
  return daysAround(window, timeZone).flatMap((day) =>
    covered
      .filter(({ weekdays }) => weekdays.includes(day.dayOfWeek))
      .map(({ from, to }) => ({
        from: momentOf(day, from, timeZone),
        until: momentOf(to > from ? day : day.add({ days: 1 }), to, timeZone),
      }))
      .filter(({ from, until }) => from < until && until > window.from && from < window.until),
  )
}

// A span that runs overnight began the day before. One more day on either side, because a day may be missing from a calendar (a zone that changed sides of the
// date line) and a midnight may exist twice.
function daysAround({ from, until }: Span, timeZone: string) {
  const first = localDay(from, timeZone).subtract({ days: 2 })
  const count = Math.ceil((until - from) / dayMilliseconds) + 4
  return Array.from({ length: count }, (_, index) => first.add({ days: index }))
}
