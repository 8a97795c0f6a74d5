import { afterEach, expect, test, vi } from 'vitest'
import { reconcile } from '../../../../lambda/ledger/reconcile/domain.ts'
import { entryItem } from '../../../../lambda/shared/ledger/disclosure.ts'
import { recordDisclosure } from '../../../../lambda/shared/ledger/ledger.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { look, practice, start } from '../../shared/ledger/ledger-fixture.ts'
import { itemRead, keyRead, names, readAt } from './trail-events.ts'

const logged: unknown[] = []
for (const level of ['info', 'error'] as const) vi.spyOn(console, level).mockImplementation((line) => void logged.push(line))
afterEach(() => void logged.splice(0))

const day = 86_400_000
const span = { from: readAt - day, to: readAt + 1000 }
const trailOf = (events: readonly (object | string)[]) => ({
  events: async function* () {
    for (const event of events) yield typeof event === 'string' ? event : JSON.stringify(event)
  },
})

async function reconciled(events: readonly (object | string)[], items = itemsInMemory()) {
  return reconcile({ items, trail: trailOf(events), practices: ['practice0', practice], names }, span)
}

test('reads with an entry are counted and nothing rings', async () => {
  const items = itemsInMemory()
  for (let seconds = 0; seconds < 30; seconds += 1) await recordDisclosure(items, look(seconds))
  expect(await reconciled([itemRead(), keyRead(), itemRead({}, 'another')], items)).toEqual({ reads: 2, unaccounted: 0 })
  expect(logged).toEqual([{ event: 'ledger-reconciled', count: 2 }])
})

test('a read without an entry rings by the id of its event, and says nothing of the patient', async () => {
  expect(await reconciled([itemRead(), keyRead(), 'no JSON'])).toEqual({ reads: 3, unaccounted: 3 })
  expect(logged).toEqual([
    { event: 'read-without-entry', kind: 'records', count: 1, requestId: 'e-item' },
    { event: 'read-without-entry', kind: 'vault-key', count: 1, requestId: 'e-key' },
    { event: 'read-without-entry', kind: 'not-readable', count: 1 },
    { event: 'ledger-reconciled', count: 3 },
  ])
  expect(JSON.stringify(logged)).not.toMatch(/patient0|person0/)
})

test('an entry beside the chain accounts for nothing', async () => {
  const items = itemsInMemory()
  await recordDisclosure(items, look(1))
  await items.write([{ put: entryItem(look(0), 2) }])
  expect(await reconciled([itemRead()], items)).toEqual({ reads: 1, unaccounted: 1 })
})

test('entries are found page by page behind many later ones, and older ones are left alone', async () => {
  const items = itemsInMemory()
  for (let index = 0; index < 600; index += 1) {
    const time = new Date(index < 40 ? start - 2 * day : start + index).toISOString()
    await recordDisclosure(items, look(index === 40 ? 0 : 1, { time, person: index === 40 ? 'person001' : 'person002' }))
  }
  expect(await reconciled([itemRead()], items)).toEqual({ reads: 1, unaccounted: 0 })
})

test('of many findings a hundred have their own line', async () => {
  await reconciled(Array.from({ length: 130 }, () => itemRead()))
  expect(logged).toHaveLength(102)
  expect(logged[100]).toEqual({ event: 'read-without-entry', kind: 'more', count: 30 })
})

test('a trail that fails is an error, and nothing is said to be reconciled', async () => {
  const trail = {
    // biome-ignore lint/correctness/useYield: it fails before it has anything
    events: async function* (): AsyncIterable<string> {
      throw new Error('throttled')
    },
  }
  await expect(reconcile({ items: itemsInMemory(), trail, practices: [practice], names }, span)).rejects.toThrow('throttled')
  expect(logged).toEqual([])
})
