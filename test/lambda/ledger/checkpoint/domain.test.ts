import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Checkpointing, checkpointAll, checkpointPractice } from '../../../../lambda/ledger/checkpoint/domain.ts'
import type { Items } from '../../../../lambda/shared/items/items.ts'
import { lastPoint } from '../../../../lambda/shared/ledger/append.ts'
import { beginning } from '../../../../lambda/shared/ledger/chain.ts'
import type { Checkpoint } from '../../../../lambda/shared/ledger/checkpoint.ts'
import { recordDisclosure } from '../../../../lambda/shared/ledger/ledger.ts'
import { ledgerKeys } from '../../../../lambda/shared/ledger/ledger-keys.ts'
import { verifyPractice } from '../../../../lambda/shared/ledger/verify-practice.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { look, practice } from '../../shared/ledger/ledger-fixture.ts'

const logged: unknown[] = []
for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation((line) => void logged.push(line))
afterEach(() => void logged.splice(0))

const now = Date.UTC(2026, 10, 22, 16)
const later = now + 60_000

function started() {
  const items = itemsInMemory()
  const kept: Checkpoint[] = []
  const checkpointing: Checkpointing = { items, archive: { keep: async (checkpoint) => void kept.push(checkpoint) }, now: () => now }
  const entered = async (from: number, to: number) => {
    for (let seconds = from; seconds < to; seconds += 1) await recordDisclosure(items, look(seconds))
  }
  return { items, kept, checkpointing, entered }
}

const chainKey = (number: number): string => {
  const { table, pk, sk } = ledgerKeys.link(practice, number)
  return `${table}\n${pk}\n${sk}`
}

describe('A checkpoint', () => {
  test('keeps the last link in the archive, and the next one goes on from there', async () => {
    const { items, kept, checkpointing, entered } = started()
    await entered(0, 3)
    const first = await lastPoint(items, practice)
    expect(await checkpointPractice(checkpointing, practice, later)).toBe('holds')
    await entered(3, 5)
    await checkpointPractice(checkpointing, practice, later)
    expect(kept).toEqual([
      { version: 1, practice, ...first, time: '2026-11-22T16:00:00.000Z', previous: beginning },
      { version: 1, practice, ...(await lastPoint(items, practice)), time: '2026-11-22T16:00:00.000Z', previous: first },
    ])
    expect(logged).toEqual([3, 5].map((count) => ({ event: 'ledger-holds', resource: practice, count })))
    expect((await verifyPractice(items, practice, kept)).breaks).toEqual([])
  })

  test('is not taken again when nothing is new, but the chain is said to hold', async () => {
    const { kept, checkpointing, entered } = started()
    expect(await checkpointPractice(checkpointing, practice, later)).toBe('holds')
    await entered(0, 1)
    for (const _ of [1, 2]) expect(await checkpointPractice(checkpointing, practice, later)).toBe('holds')
    expect(kept).toHaveLength(1)
  })

  test('is never taken behind a break, and rings each time until what was removed is back', async () => {
    const { items, kept, checkpointing, entered } = started()
    await entered(0, 5)
    const removed = items.stored.get(chainKey(4))
    items.stored.delete(chainKey(4))
    for (const _ of [1, 2]) expect(await checkpointPractice(checkpointing, practice, later)).toBe('broken')
    expect(kept.map(({ number }) => number)).toEqual([3])
    expect(logged).toEqual(Array(2).fill({ event: 'ledger-broken', resource: practice, kind: 'link-removed', count: 4 }))
    if (removed !== undefined) items.stored.set(chainKey(4), removed)
    expect(await checkpointPractice(checkpointing, practice, later)).toBe('holds')
    expect(kept.map(({ number }) => number)).toEqual([3, 5])
  })

  test.each([
    ['is gone', 'tail-removed'],
    ['is another', 'not-as-checkpointed'],
  ])('rings when the link of the last one %s', async (how, kind) => {
    const { items, kept, checkpointing, entered } = started()
    await entered(0, 3)
    await checkpointPractice(checkpointing, practice, later)
    const link = items.stored.get(chainKey(3))
    if (how === 'is gone') items.stored.delete(chainKey(3))
    else if (link !== undefined) items.stored.set(chainKey(3), { ...link, attributes: { ...link.attributes, hash: 'f'.repeat(64) } })
    expect(await checkpointPractice(checkpointing, practice, later)).toBe('broken')
    expect(logged.at(-1)).toMatchObject({ event: 'ledger-broken', kind, count: 3 })
    expect(kept).toHaveLength(1)
  })

  test('rings for a mark that names no link', async () => {
    const { items, checkpointing, entered } = started()
    await entered(0, 3)
    await items.write([{ put: { ...ledgerKeys.mark(practice, 999), attributes: { hash: 'x' } } }])
    expect(await checkpointPractice(checkpointing, practice, later)).toBe('broken')
  })

  test('of a long chain is taken part by part when the time is short', async () => {
    const { kept, checkpointing, entered } = started()
    await entered(0, 250)
    const onePage = () => {
      let asked = 0
      return () => (asked++ < 1 ? now : later)
    }
    for (const expected of ['unfinished', 'unfinished', 'holds'])
      expect(await checkpointPractice({ ...checkpointing, now: onePage() }, practice, later)).toBe(expected)
    expect(kept.map(({ number }) => number)).toEqual([100, 200, 250])
    expect(logged.slice(0, 2)).toEqual([100, 200].map((count) => ({ event: 'ledger-checkpoint-unfinished', resource: practice, count })))
  })

  test('is repeated after a crash between archive and mark, and says the same', async () => {
    const { items, kept, checkpointing, entered } = started()
    await entered(0, 3)
    const crashing: Items = { ...items, write: () => Promise.reject(new Error('crash')) }
    await expect(checkpointPractice({ ...checkpointing, items: crashing }, practice, later)).rejects.toThrow('crash')
    await checkpointPractice(checkpointing, practice, later)
    expect(kept).toHaveLength(2)
    expect(kept[0]).toEqual(kept[1])
  })
})

describe('Checkpoints of every practice', () => {
  test('are taken though one fails, and its error is logged by name only', async () => {
    const { items, checkpointing, entered } = started()
    await entered(0, 2)
    const query: Items['query'] = (range) =>
      range.pk.startsWith('practice0') ? Promise.reject(new TypeError('secret')) : items.query(range)
    const outcomes = await checkpointAll({ ...checkpointing, items: { ...items, query } }, ['practice0', practice], later)
    expect(outcomes).toEqual({ practice0: 'failed', [practice]: 'holds' })
    expect(logged[0]).toEqual({ event: 'ledger-checkpoint-failed', resource: 'practice0', kind: 'TypeError' })
  })
})
