import { expect, test } from 'vitest'
import { noticeItem } from '../../../../lambda/service/escalation/notice.ts'
import { dailyNumbers } from '../../../../lambda/service/provider/daily-numbers.ts'
import { spanOfDay } from '../../../../lambda/service/provider/local-day.ts'
import { scheduleItems } from '../../../../lambda/service/schedule/stored-schedule.ts'
import { newIdentifier } from '../../../../lambda/shared/identifiers.ts'
import { quietLog } from '../../quiet-log.ts'
import { ids, practiceWorld } from './practice-world.ts'

quietLog()

const hour = 3_600_000
const midnight = Date.UTC(2026, 2, 8, 7) // In Denver, on the day that has 23 hours.

async function dayOfCalls() {
  const world = practiceWorld()
  const takeAt = async (at: number) => {
    world.clock.now = at
    const call = newIdentifier(at)
    await world.take(call)
    return call
  }
  await takeAt(midnight - 1)
  const calls = [await takeAt(midnight), await takeAt(midnight + 5 * hour), await takeAt(midnight + 23 * hour - 1)]
  await takeAt(midnight + 23 * hour)
  world.clock.now = midnight + 5 * hour + 90_000
  await world.ask('doctor', 'acknowledgeCall', { path: { call: calls[1] ?? '' } })
  world.clock.now = midnight + 6 * hour
  await world.ask('doctor', 'acknowledgeCall', { path: { call: calls[0] ?? '' } })
  await world.ask('doctor', 'closeCall', { path: { call: calls[0] ?? '' } })
  const notice = { practice: ids.practice, call: calls[1] ?? '', to: 'on-call', who: ids.doctor, claimedAt: '', attempts: 1 } as const
  await world.items.write([
    { put: noticeItem({ ...notice, number: 1, state: 'sent', channel: 'text' }) },
    { put: noticeItem({ ...notice, number: 2, state: 'sent', channel: 'voice' }) },
    { put: noticeItem({ ...notice, number: 3, state: 'failed', channel: 'text' }) },
  ])
  return { world, calls }
}
const report = { query: { date: '2026-03-08' } }
const denver = {
  ...{
    timeZone: 'America/Denver',
    providers: [ids.doctor],
    firstDay: '2026-03-02',
    handoverAt: '08:00',
    turnDays: 7,
    backup: [ids.colleague],
  },
  covered: [{ weekdays: [1], from: '17:00', to: '08:00' }],
}

test('the day is the practice’s own, and everything in it is a number', async () => {
  const { world, calls } = await dayOfCalls()
  await world.items.write([{ put: scheduleItems.rotation(ids.practice, denver) }])
  const { body } = await world.ask('doctor', 'readDailyReport', report)
  expect(body).toEqual({
    ...{ date: '2026-03-08', timeZone: 'America/Denver', calls: 3, acknowledged: 2, unanswered: 0, closed: 1 },
    minutesToAcknowledgement: { median: 180.8, longest: 360 },
    notifications: { text: 1, voice: 1 },
  })
  for (const id of [...calls, ids.patient, ids.doctor]) expect(JSON.stringify(body)).not.toContain(id)
})

test('without a rotation the day is one of UTC, and another practice sees nothing of it', async () => {
  const { world } = await dayOfCalls()
  expect((await world.ask('doctor', 'readDailyReport', report)).body).toMatchObject({ timeZone: 'UTC', calls: 3 })
  expect((await world.ask('elsewhere', 'readDailyReport', report)).body).toMatchObject({ calls: 0, notifications: { text: 0, voice: 0 } })
})

test('a day that is none is not valid', async () => {
  const { world } = await dayOfCalls()
  expect((await world.ask('doctor', 'readDailyReport', { query: { date: '2026-02-30' } })).status).toBe(400)
})

test.each(['1969-12-31', '0000-01-01', '9999-12-31'])(
  'a day without calls, as %s must be, is one of zeros and no failure',
  async (date) => {
    const { world } = await dayOfCalls()
    const { status, body } = await world.ask('doctor', 'readDailyReport', { query: { date } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ date, calls: 0 })
  },
)

test('without acknowledged calls there is no median', () => {
  expect(dailyNumbers([], []).minutesToAcknowledgement).toEqual({ median: null, longest: null })
})

test('days meet without gap or overlap, also when clocks change', () => {
  const [before, short] = [spanOfDay('2026-03-07', 'America/Denver'), spanOfDay('2026-03-08', 'America/Denver')]
  expect(before.until).toBe(short.from)
  expect((short.until - short.from) / hour).toBe(23)
})
