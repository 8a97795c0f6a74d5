import { describe, expect, test } from 'vitest'
import { currentAndNext, onCallAt } from '../../../../lambda/service/schedule/on-call.ts'
import { at, scheduleOf } from './schedules.ts'

const sundays = (from: string, to: string, timeZone = 'America/New_York') =>
  scheduleOf({ timeZone, firstDay: '2025-01-05', handoverAt: '00:00', covered: [{ weekdays: [7], from, to }] })
const isCovered = (schedule: ReturnType<typeof sundays>, moment: string) => onCallAt(schedule, at(moment)) !== undefined

describe('On the night clocks go forward', () => {
  test('a span that begins at a time that does not exist begins as much later', () => {
    const schedule = sundays('02:30', '06:00')
    expect(isCovered(schedule, '2026-03-08T03:29:59-04:00')).toBe(false)
    expect(isCovered(schedule, '2026-03-08T03:30:00-04:00')).toBe(true)
  })

  test('a span inside the hour that does not exist is moved, and one that would end before it begins is none', () => {
    expect(isCovered(sundays('02:15', '02:45'), '2026-03-08T03:20:00-04:00')).toBe(true)
    const before = at('2026-03-08T06:00:00Z')
    expect(currentAndNext(sundays('02:30', '03:00'), before).next?.from).toBe(at('2026-03-15T02:30:00-04:00'))
  })

  test('a turn that passes on at a time that does not exist passes on as much later', () => {
    const schedule = scheduleOf({
      firstDay: '2026-03-01',
      handoverAt: '02:30',
      covered: [{ weekdays: [6, 7], from: '00:00', to: '00:00' }],
    })
    expect(currentAndNext(schedule, at('2026-03-08T06:00:00Z'))).toEqual({
      current: { provider: 'provider0a', until: at('2026-03-08T03:30:00-04:00') },
      next: { provider: 'provider0b', from: at('2026-03-08T03:30:00-04:00') },
    })
  })

  test('clocks of Lord Howe Island go forward by half an hour', () => {
    const schedule = sundays('02:15', '06:00', 'Australia/Lord_Howe')
    expect(isCovered(schedule, '2026-10-04T02:44:59+11:00')).toBe(false)
    expect(isCovered(schedule, '2026-10-04T02:45:00+11:00')).toBe(true)
  })
})

describe('On the night clocks go back', () => {
  test('a span begins and ends at the first of two equal times', () => {
    const schedule = sundays('00:00', '01:30')
    expect(isCovered(schedule, '2026-11-01T01:29:59-04:00')).toBe(true)
    expect(isCovered(schedule, '2026-11-01T01:30:00-04:00')).toBe(false)
    expect(isCovered(schedule, '2026-11-01T01:15:00-05:00')).toBe(false)
    expect(isCovered(sundays('01:30', '06:00'), '2026-11-01T01:15:00-05:00')).toBe(true)
  })

  test('a night is an hour longer', () => {
    const schedule = scheduleOf({ timeZone: 'Europe/London', covered: [{ weekdays: [6], from: '20:00', to: '08:00' }] })
    const { next } = currentAndNext(schedule, at('2026-10-24T12:00:00Z'))
    const { current } = currentAndNext(schedule, at('2026-10-25T00:30:00Z'))
    expect(((current?.until ?? 0) - (next?.from ?? 0)) / 3_600_000).toBe(13)
  })
})

test('Where clocks do not change, a night has twelve hours on the same nights', () => {
  const schedule = scheduleOf({ timeZone: 'America/Phoenix', covered: [{ weekdays: [7], from: '20:00', to: '08:00' }] })
  for (const day of ['2026-03-09', '2026-11-02']) {
    const { current } = currentAndNext(schedule, at(`${day}T05:00:00Z`))
    expect(current?.until).toBe(at(`${day}T15:00:00Z`))
  }
})

test('A day that a calendar leaves out moves its hours into the next one', () => {
  // Samoa went from 29 to 31 December 2011.
  const schedule = scheduleOf({
    timeZone: 'Pacific/Apia',
    firstDay: '2011-12-28',
    handoverAt: '08:00',
    turnDays: 1,
    covered: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }],
  })
  const who = (moment: string) => onCallAt(schedule, at(moment))
  expect(who('2011-12-29T09:00:00-10:00')).toBe('provider0b')
  expect(who('2011-12-31T07:00:00+14:00')).toBe('provider0b')
  expect(who('2011-12-31T09:00:00+14:00')).toBe('provider0a')
})
