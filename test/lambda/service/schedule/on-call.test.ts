import { describe, expect, test } from 'vitest'
import { backupsAt, currentAndNext, onCallAt } from '../../../../lambda/service/schedule/on-call.ts'
import { always, at, nights, scheduleOf } from './schedules.ts'

const week = scheduleOf({})

describe('Whoever is on call', () => {
  test.each([
    ['on the first evening', '2026-01-05T17:00:00-05:00', 'provider0a'],
    ['a moment before the evening', '2026-01-05T16:59:59-05:00', undefined],
    ['overnight', '2026-01-06T03:00:00-05:00', 'provider0a'],
    ['until the morning', '2026-01-06T07:59:59-05:00', 'provider0a'],
    ['not in office hours', '2026-01-06T08:00:00-05:00', undefined],
    ['all weekend', '2026-01-10T12:00:00-05:00', 'provider0a'],
    ['until the handover on Monday', '2026-01-12T07:59:59-05:00', 'provider0a'],
    ['the next in turn on Monday evening', '2026-01-12T17:00:00-05:00', 'provider0b'],
    ['the third in the third week', '2026-01-20T20:00:00-05:00', 'provider0c'],
    ['the first again in the fourth', '2026-01-27T20:00:00-05:00', 'provider0a'],
    ['nobody before the first day', '2026-01-04T20:00:00-05:00', undefined],
    ['nobody before the first handover', '2026-01-05T07:00:00-05:00', undefined],
  ])('is as the rotation says %s', (_when, moment, expected) => {
    expect(onCallAt(week, at(moment))).toBe(expected)
  })

  test('is nobody where there is no schedule', () => {
    expect(onCallAt({ overrides: [] }, 0)).toBeUndefined()
    expect(currentAndNext({ overrides: [] }, 0)).toEqual({})
    expect(backupsAt({ overrides: [] }, 0)).toEqual([])
  })

  test('is whom an override names, in office hours too, and of two overrides the one made last', () => {
    const overrides = [
      { id: '01b', provider: 'locum0000b', from: '2026-01-06T15:00:00Z', to: '2026-01-06T19:00:00Z' },
      { id: '01a', provider: 'locum0000a', from: '2026-01-06T16:00:00Z', to: '2026-01-07T00:00:00Z' },
    ]
    const who = (moment: string) => onCallAt({ ...week, overrides }, at(moment))
    expect(who('2026-01-06T14:59:59Z')).toBeUndefined()
    expect(who('2026-01-06T15:00:00Z')).toBe('locum0000b')
    expect(who('2026-01-06T16:30:00Z')).toBe('locum0000b')
    expect(who('2026-01-06T19:00:00Z')).toBe('locum0000a')
    expect(who('2026-01-07T00:00:00Z')).toBe('provider0a')
  })

  test('has backups, and is never their own', () => {
    expect(backupsAt(week, at('2026-01-06T03:00:00-05:00'))).toEqual(['backup000a', 'backup000b'])
    const own = scheduleOf({ backup: ['provider0a', 'backup000b'] })
    expect(backupsAt(own, at('2026-01-06T03:00:00-05:00'))).toEqual(['backup000b'])
  })
})

describe('Current and next', () => {
  test('are said with the moment between them', () => {
    const between = at('2026-01-12T08:00:00-05:00')
    expect(currentAndNext(scheduleOf(always), between - 1)).toEqual({
      current: { provider: 'provider0a', until: between },
      next: { provider: 'provider0b', from: between },
    })
  })

  test('may be the same person after hours that are not covered', () => {
    expect(currentAndNext(week, at('2026-01-06T03:00:00-05:00'))).toEqual({
      current: { provider: 'provider0a', until: at('2026-01-06T08:00:00-05:00') },
      next: { provider: 'provider0a', from: at('2026-01-06T17:00:00-05:00') },
    })
  })

  test('say who comes when nobody is on call', () => {
    expect(currentAndNext(week, at('2026-01-06T12:00:00-05:00'))).toEqual({
      next: { provider: 'provider0a', from: at('2026-01-06T17:00:00-05:00') },
    })
  })

  test('have no end where one person is always on call', () => {
    const alone = scheduleOf({ ...always, providers: ['provider0a'] })
    expect(currentAndNext(alone, at('2026-01-06T12:00:00-05:00'))).toEqual({ current: { provider: 'provider0a' } })
  })

  test('look no further than eight weeks', () => {
    const late = { overrides: [{ id: '1', provider: 'locum0000a', from: '2026-03-10T00:00:00Z', to: '2026-03-11T00:00:00Z' }] }
    expect(currentAndNext(late, at('2026-01-13T00:00:00Z'))).toEqual({})
    expect(currentAndNext(late, at('2026-01-13T00:00:01Z')).next?.provider).toBe('locum0000a')
  })

  test('take under five milliseconds as a rule', () => {
    const rotations = [nights, always, { ...nights, timeZone: 'Australia/Lord_Howe' }]
    const times = Array.from({ length: 100 }, (_, index) => {
      const began = performance.now()
      currentAndNext(scheduleOf(rotations[index % rotations.length] ?? nights), at('2026-02-20T00:00:00Z') + index * 86_400_000)
      return performance.now() - began
    }).sort((one, other) => one - other)
    expect(times[50]).toBeLessThan(5)
  })
})
