import { earliestIdentifier } from '../../shared/identifiers.ts'
import { callOf } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import type { Span } from '../schedule/span.ts'
import { isWithin } from '../schedule/span.ts'
import { readSchedule } from '../schedule/stored-schedule.ts'
import { dailyNumbers } from './daily-numbers.ts'
import { spanOfDay } from './local-day.ts'
import type { Act, Work } from './work.ts'

/** The day's calls of the practice in numbers. The day is one of the rotation's time zone, or of UTC as long as the practice has no rotation. */
export const readDailyReport: Act<'readDailyReport'> = async (work) => {
  const { date } = work.sent.query
  const { rotation } = await readSchedule(work.items, work.practice)
  const timeZone = rotation?.timeZone ?? 'UTC'
  const day = spanOfDay(date, timeZone)
  const { calls, notices } = await routedOn(work, day)
  return { status: 200, body: { date, timeZone, ...dailyNumbers(calls, notices) } }
}

// Ids of calls begin with their time, so a day is a range of them. No id has a time before 1970.
async function routedOn({ items, practice }: Work, day: Span) {
  const range = { from: earliestIdentifier(Math.max(0, day.from)), to: earliestIdentifier(Math.max(0, day.until)) }
  const [routed, notices] = await Promise.all([
    items.query({ ...partition(keys.routing(practice, '')), ...range }),
    items.query({ ...partition(keys.notice(practice, '', 0)), ...range }),
  ])
  const calls = routed.map(callOf).filter(({ receivedAt }) => isWithin(Date.parse(receivedAt), day))
  return { calls, notices }
}

const partition = ({ table, pk }: ReturnType<typeof keys.routing>) => ({ table, pk })
