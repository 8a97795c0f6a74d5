import type { Rotation } from '../../../../lambda/service/api/schemas.ts'
import type { OnCallSchedule } from '../../../../lambda/service/schedule/schedule.ts'

/** Three providers in turn, a week each, nights and weekends, in New York; somebody steps in for them. */
export const nights: Rotation = {
  timeZone: 'America/New_York',
  providers: ['provider0a', 'provider0b', 'provider0c'],
  firstDay: '2026-01-05',
  handoverAt: '08:00',
  turnDays: 7,
  backup: ['backup000a', 'backup000b'],
  covered: [
    { weekdays: [1, 2, 3, 4, 5], from: '17:00', to: '08:00' },
    { weekdays: [6, 7], from: '08:00', to: '08:00' },
  ],
}

/** The same providers, around the clock. */
export const always: Rotation = { ...nights, covered: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }] }

/** A schedule of a rotation without overrides. */
export const scheduleOf = (rotation: Partial<Rotation>): OnCallSchedule => ({ rotation: { ...nights, ...rotation }, overrides: [] })

/** Milliseconds of a moment in ISO 8601. */
export const at = (text: string): number => Date.parse(text)
