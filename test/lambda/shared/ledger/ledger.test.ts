import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Items } from '../../../../lambda/shared/items/items.ts'
import { append, LedgerError } from '../../../../lambda/shared/ledger/append.ts'
import { inTurn } from '../../../../lambda/shared/ledger/in-turn.ts'
import { disclosuresOf, recordDisclosure } from '../../../../lambda/shared/ledger/ledger.ts'
import { verifyPractice } from '../../../../lambda/shared/ledger/verify-practice.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { look, patients, practice } from './ledger-fixture.ts'

const soon = () => Promise.resolve()

describe('An entry', () => {
  test('is told back as it was written, to its patient only, oldest first', async () => {
    const items = itemsInMemory()
    for (const seconds of [0, 3, 1]) await recordDisclosure(items, look(seconds))
    expect(await disclosuresOf(items, practice, patients[0])).toEqual([look(0), look(3)])
    expect(await disclosuresOf(items, practice, patients[1])).toEqual([look(1)])
    expect(await disclosuresOf(items, practice, patients[0], look(1).time)).toEqual([look(3)])
  })

  test('and its link are put in one write, and only where nothing stands', async () => {
    const writes: unknown[] = []
    const items = itemsInMemory()
    const seen: Items = {
      ...items,
      write: (parts) => {
        writes.push(parts)
        return items.write(parts)
      },
    }
    await recordDisclosure(seen, look(0))
    expect(writes).toEqual([
      [
        { put: expect.objectContaining({ pk: `${practice}#chain`, sk: '000000000001' }), onlyIf: 'absent' },
        { put: expect.objectContaining({ pk: `${practice}#patient01`, sk: `${look(0).time}#000000000001` }), onlyIf: 'absent' },
      ],
    ])
  })

  test('needs no more of the chain than the hash of its last link', async () => {
    const items = itemsInMemory()
    const ranges: unknown[] = []
    const asked: Items = {
      get: () => Promise.reject(new Error('reads an item')),
      query: (range) => {
        ranges.push(range)
        return items.query(range)
      },
      write: items.write,
    }
    await recordDisclosure(asked, look(0))
    expect(ranges).toEqual([{ table: 'ledger', pk: `${practice}#chain`, backwards: true, limit: 1, attributes: ['hash'] }])
  })

  test('that cannot be written is an error, after many tries, and nothing is written', async () => {
    const items = itemsInMemory()
    let tries = 0
    const busy: Items = {
      ...items,
      write: async () => {
        tries += 1
        return 'refused'
      },
    }
    await expect(append(busy, look(0), soon)).rejects.toThrow(LedgerError)
    expect(tries).toBe(24)
    expect(items.stored.size).toBe(0)
  })

  test('is an error when the store does not answer', async () => {
    const broken: Items = { ...itemsInMemory(), write: () => Promise.reject(new Error('unavailable')) }
    await expect(recordDisclosure(broken, look(0))).rejects.toThrow('unavailable')
  })

  test('is an error when the last link is not readable', async () => {
    const items = itemsInMemory()
    await items.write([{ put: { table: 'ledger', pk: `${practice}#chain`, sk: 'zzz', attributes: { hash: 'no' } } }])
    await expect(recordDisclosure(items, look(0))).rejects.toThrow(LedgerError)
  })
})

describe('Entries at the same moment', () => {
  test('of one process make one unbroken chain without a single collision', async () => {
    const items = itemsInMemory()
    let refused = 0
    const counting: Items = {
      ...items,
      write: async (parts) => {
        const outcome = await items.write(parts)
        if (outcome === 'refused') refused += 1
        return outcome
      },
    }
    await Promise.all(Array.from({ length: 200 }, (_, seconds) => recordDisclosure(counting, look(seconds))))
    expect(await verifyPractice(items, practice, [])).toMatchObject({ links: 200, holdsTo: 200, breaks: [] })
    expect(refused).toBe(0)
  })

  test('of processes that know nothing of each other make one unbroken chain, whatever comes between', async () => {
    const delays = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(delays, async (processes) => {
        const items = itemsInMemory()
        const total = processes.flat().length
        await Promise.all(
          processes.map(async (waits, process) => {
            for (const [index, wait] of waits.entries()) {
              const slow: Items = {
                ...items,
                write: async (parts) => {
                  for (let tick = 0; tick < wait; tick += 1) await Promise.resolve()
                  return items.write(parts)
                },
              }
              await append(slow, look(process * 10 + index), soon)
            }
          }),
        )
        expect(await verifyPractice(items, practice, [])).toMatchObject({ links: total, holdsTo: total, breaks: [] })
      }),
      { numRuns: 50 },
    )
  })
})

describe('Work in turn', () => {
  test('of one name follows one another, also after a failure; another name does not wait', async () => {
    const turn = inTurn()
    const done: string[] = []
    const work =
      (what: string, milliseconds: number, fails = false) =>
      async () => {
        await pause(milliseconds)
        done.push(what)
        if (fails) throw new Error(what)
      }
    const first = turn('a', work('first', 20, true))
    await Promise.all([expect(first).rejects.toThrow('first'), turn('a', work('second', 1)), turn('b', work('beside', 1))])
    expect(done).toEqual(['beside', 'first', 'second'])
  })
})
