import { afterEach, describe, expect, test, vi } from 'vitest'
import { keys } from '../../../../lambda/service/calls/keys.ts'
import { overrideProblem, planProblem, rotationProblem } from '../../../../lambda/service/schedule/problems.ts'
import { defaultPlan } from '../../../../lambda/service/schedule/schedule.ts'
import { readSchedule, scheduleItems } from '../../../../lambda/service/schedule/stored-schedule.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { nights } from './schedules.ts'

const practice = 'practice0001'
const override = { provider: 'locum0000a', from: '2026-01-06T15:00:00Z', to: '2026-01-06T19:00:00Z' }

afterEach(() => {
  vi.restoreAllMocks()
})

describe('A stored schedule', () => {
  test('is what was stored, of this practice alone', async () => {
    const items = itemsInMemory()
    await items.write([
      { put: scheduleItems.rotation(practice, nights) },
      { put: scheduleItems.override(practice, '01a', override) },
      { put: scheduleItems.escalation(practice, { ...defaultPlan, repeats: 1 }) },
      { put: scheduleItems.contact(practice, 'provider0a', '+12025550101') },
      { put: scheduleItems.contact('practice0002', 'provider0b', '+12025550102') },
    ])
    expect(await readSchedule(items, practice)).toEqual({
      rotation: nights,
      overrides: [{ id: '01a', ...override }],
      plan: { ...defaultPlan, repeats: 1 },
      contacts: new Map([['provider0a', '+12025550101']]),
    })
  })

  test('of which nothing is stored has the plan every practice begins with', async () => {
    expect(await readSchedule(itemsInMemory(), practice)).toEqual({ overrides: [], plan: defaultPlan, contacts: new Map() })
  })

  test('that is spoilt in parts holds in the others, and says so without quoting', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const items = itemsInMemory()
    await items.write([
      { put: scheduleItems.rotation(practice, { ...nights, timeZone: 'Atlantis/Center' }) },
      { put: { ...keys.contact(practice, 'provider0a'), attributes: { said: '{"number":"12"}' } } },
      { put: { ...keys.escalation(practice), attributes: { said: 'no JSON' } } },
      { put: { ...keys.override(practice, '01a'), attributes: {} } },
      { put: scheduleItems.contact(practice, 'provider0b', '+12025550102') },
    ])
    expect(await readSchedule(items, practice)).toEqual({
      overrides: [],
      plan: defaultPlan,
      contacts: new Map([['provider0b', '+12025550102']]),
    })
    expect(said.mock.calls.map(([line]) => line)).toEqual([
      { event: 'schedule-unreadable', kind: '$ZodError' },
      { event: 'schedule-unreadable', kind: '$ZodError' },
      { event: 'schedule-unreadable', kind: 'SyntaxError' },
      { event: 'schedule-unreadable', kind: '$ZodError' },
    ])
  })
})

describe('What a schema cannot see', () => {
  test.each([
    ['a zone that is known', nights, undefined],
    ['a zone without a city', { ...nights, timeZone: 'UTC' }, undefined],
    ['a zone that nobody knows', { ...nights, timeZone: 'America/Atlantis' }, 'unknown-time-zone'],
    ['a backup who is named twice', { ...nights, backup: ['backup000a', 'backup000a'] }, 'nobody-twice'],
  ])('%s', (_what, rotation, problem) => {
    expect(rotationProblem(rotation)).toBe(problem)
  })

  test('an override that ends before it begins, or when it begins', () => {
    expect(overrideProblem(override)).toBeUndefined()
    expect(overrideProblem({ from: override.to, to: override.from })).toBe('ends-before-it-begins')
    expect(overrideProblem({ from: override.to, to: override.to })).toBe('ends-before-it-begins')
  })

  test('a plan that tells the operators before the backup or the voice call', () => {
    expect(planProblem(defaultPlan)).toBeUndefined()
    expect(planProblem({ ...defaultPlan, backupMinutes: 20 })).toBe('unanswered-too-early')
    expect(planProblem({ ...defaultPlan, voiceMinutes: 30 })).toBe('unanswered-too-early')
  })
})
