import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ServiceError } from '../../../../lambda/shared/http/service-error.ts'
import { defaultReadLimits, type Reading, readBudgetExceededEvent, spendReadBudget } from '../../../../lambda/shared/ledger/read-budget.ts'
import { itemsInMemory } from '../../items-in-memory.ts'

const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
afterEach(() => warned.mockClear())

const start = Date.UTC(2026, 10, 22, 15)
const hour = 3_600_000
const reading = (patient: string, over: Partial<Reading> = {}): Reading => ({
  practice: 'practice1',
  person: 'person001',
  patient,
  now: start,
  ...over,
})
const spend = async (items: ReturnType<typeof itemsInMemory>, what: Reading, limits = { hour: 2, day: 3 }): Promise<'spent' | string> => {
  try {
    await spendReadBudget(items, what, limits)
    return 'spent'
  } catch (error) {
    if (error instanceof ServiceError) return error.refusal
    throw error
  }
}

describe('A budget', () => {
  test('of an hour is refused beyond its limit, and it rings without saying who', async () => {
    const items = itemsInMemory()
    expect([await spend(items, reading('a')), await spend(items, reading('b')), await spend(items, reading('c'))]).toEqual([
      'spent',
      'spent',
      'over-budget',
    ])
    expect(warned.mock.calls).toEqual([[{ event: readBudgetExceededEvent, kind: 'hour', count: 2 }]])
  })

  test('costs nothing for the same patient, even when it is used up', async () => {
    const items = itemsInMemory()
    for (const patient of ['a', 'b', 'a', 'b', 'a']) expect(await spend(items, reading(patient))).toBe('spent')
    expect(await spend(items, reading('c'))).toBe('over-budget')
    expect(await spend(items, reading('a'))).toBe('spent')
  })

  test('is new the next hour, but the day goes on; the next day is new', async () => {
    const items = itemsInMemory()
    for (const patient of ['a', 'b']) await spend(items, reading(patient))
    expect(await spend(items, reading('c', { now: start + hour }))).toBe('spent')
    expect(await spend(items, reading('d', { now: start + hour }))).toBe('over-budget')
    expect(await spend(items, reading('a', { now: start + hour }))).toBe('spent')
    expect(await spend(items, reading('d', { now: start + 24 * hour }))).toBe('spent')
  })

  test('is each person’s own, over all their practices', async () => {
    const items = itemsInMemory()
    for (const patient of ['a', 'b']) await spend(items, reading(patient))
    expect(await spend(items, reading('c', { person: 'person002' }))).toBe('spent')
    expect(await spend(items, reading('c', { practice: 'practice2' }))).toBe('over-budget')
    expect(await spend(items, reading('a', { practice: 'practice2' }))).toBe('over-budget')
  })

  test('stands in two items that may go a day after their span', async () => {
    const items = itemsInMemory()
    await spend(items, reading('a'))
    expect([...items.stored.values()]).toEqual(
      ['hour#2026-11-22T15', 'day#2026-11-22'].map((span) => ({
        table: 'routing',
        pk: 'people#budget',
        sk: `person001#${span}`,
        attributes: { patients: ['practice1#a'], version: 1, expiresAt: start / 1000 + 172_800 },
      })),
    )
  })

  test('is thirty an hour and a hundred and twenty a day unless said otherwise', async () => {
    expect(defaultReadLimits).toEqual({ hour: 30, day: 120 })
  })

  test('cannot be exceeded by reading at once', async () => {
    const items = itemsInMemory()
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => spend(items, reading(`p${index}`), { hour: 4, day: 9 })))
    expect(outcomes.filter((outcome) => outcome === 'spent')).toHaveLength(4)
    expect(outcomes.filter((outcome) => outcome === 'over-budget')).toHaveLength(6)
  })

  test('is unknown when readings of one person meet too often, and then nothing is read', async () => {
    const items = { ...itemsInMemory(), write: async () => 'refused' as const }
    await expect(spendReadBudget(items, reading('a'))).rejects.toMatchObject({ refusal: 'too-many' })
  })

  test('behaves as sets of patients by hour and by day do', async () => {
    const steps = fc.array(fc.record({ patient: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minutes: fc.nat(90) }), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(steps, async (readings) => {
        const items = itemsInMemory()
        const spans = new Map<string, Set<string>>()
        const of = (span: string) => spans.get(span) ?? new Set<string>()
        let now = start
        for (const { patient, minutes } of readings) {
          now += minutes * 60_000
          const time = new Date(now).toISOString()
          const both = [
            { span: time.slice(0, 13), limit: 2 },
            { span: time.slice(0, 10), limit: 3 },
          ]
          const fits = both.every(({ span, limit }) => of(span).has(patient) || of(span).size < limit)
          if (fits) for (const { span } of both) spans.set(span, of(span).add(patient))
          expect(await spend(items, reading(patient, { now }))).toBe(fits ? 'spent' : 'over-budget')
        }
      }),
    )
  })
})
