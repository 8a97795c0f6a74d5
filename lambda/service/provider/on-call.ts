import { currentAndNext } from '../schedule/on-call.ts'
import { readSchedule } from '../schedule/stored-schedule.ts'
import type { Act } from './work.ts'

/** Who is on call for the practice now and who is next, with the moments in ISO 8601; `null` where nobody is. */
export const readOnCall: Act<'readOnCall'> = async ({ items, practice, now }) => {
  const { current, next } = currentAndNext(await readSchedule(items, practice), now)
  const until = current?.until === undefined ? {} : { until: new Date(current.until).toISOString() }
  const body = {
    current: current === undefined ? null : { provider: current.provider, ...until },
    next: next === undefined ? null : { provider: next.provider, from: new Date(next.from).toISOString() },
  }
  return { status: 200, body }
}
