const dayInMilliseconds = 86_400_000

/** Whole days from one day to another, both in UTC; negative when it has passed, NaN when the text is no date `YYYY-MM-DD`. */
export function daysUntil(date: string, today: Date): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return Number.NaN
  return Math.round((Date.parse(date) - Date.parse(dayOf(today))) / dayInMilliseconds)
}

/** The day of a moment in UTC, `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)
