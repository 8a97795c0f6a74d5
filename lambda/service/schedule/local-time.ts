import { Temporal } from 'temporal-polyfill'

/** Milliseconds of a day of 24 hours; a local day has 23 to 25, or none. */
export const dayMilliseconds = 86_400_000

/** The time zones this runtime knows, asked one at a time: an IANA name is known or it is not. */
export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** The local day of a moment. @param at milliseconds since 1970 */
export const localDay = (at: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()

/**
 * The moment of a local time, in milliseconds since 1970. A time that does not exist on a day, because clocks go forward, is as much later as they go
 * forward: 02:30 is 03:30. A time that exists twice is the earlier one. That is the disambiguation `compatible` (Temporal; RFC 5545, section 3.3.5).
 */
export const momentOf = (day: Temporal.PlainDate, time: string, timeZone: string): number =>
  day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds
