import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Items } from '../../lambda/shared/items/items.ts'
import { dataKeyCache } from '../../lambda/shared/vault/data-key-cache.ts'
import { SealedRecordError, vault } from '../../lambda/shared/vault/vault.ts'
import { openLocalItems } from '../../lib/local-service/level-items.ts'
import { ErasureError, erasePatient, erasePractice } from '../../lib/operations/erase.ts'
import { itemsInMemory } from '../lambda/items-in-memory.ts'
import { keysInMemory } from '../lambda/keys-in-memory.ts'

const practice = 'k3v9q2mx7t4z'
const otherPractice = 'w8c5n1rj6h0d'
const record = Uint8Array.of(1, 2, 3)
const folders: string[] = []

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const stores: readonly [string, () => Promise<Items & { close?: () => Promise<void> }>][] = [
  ['in memory', async () => itemsInMemory()],
  [
    'in a folder',
    async () => {
      folders.push(mkdtempSync(join(tmpdir(), 'erase-')))
      return openLocalItems(folders.at(-1) ?? '')
    },
  ],
]

/** Seals with a new key each time, and opens without remembering. */
function service(items: Items) {
  const keys = keysInMemory()
  const fresh = () => vault({ items, keys, cache: dataKeyCache(), holder: 'test' })
  const named = (patient: string, of = practice) => ({ practice: of, patient, type: 'call', id: 'c', version: 1 })
  return {
    seal: (patient: string, of = practice) => fresh().seal(named(patient, of), record),
    open: (patient: string, sealed: Uint8Array, of = practice) => fresh().open(named(patient, of), sealed),
  }
}

describe.each(stores)('With tables %s', (_, open) => {
  test('an erased patient cannot be opened any more, and everybody else can', async () => {
    const items = await open()
    const { seal, ...opening } = service(items)
    const sealed = [await seal('patient01'), await seal('patient01')]
    const other = await seal('patient02')
    const elsewhere = await seal('patient01', otherPractice)
    expect(await erasePatient(items, practice, 'patient01')).toEqual({ patients: 1, keys: 2 })
    for (const one of sealed) await expect(opening.open('patient01', one)).rejects.toThrow(SealedRecordError)
    expect(await opening.open('patient02', other)).toEqual(record)
    expect(await opening.open('patient01', elsewhere, otherPractice)).toEqual(record)
    await items.close?.()
  })

  test('an erased practice leaves no key and no name of a patient, and another practice is as it was', async () => {
    const items = await open()
    const { seal, ...opening } = service(items)
    const patients = Array.from({ length: 25 }, (_unused, number) => `patient${number}x`)
    for (const patient of patients) await seal(patient)
    await seal(patients[3] ?? '')
    const elsewhere = await seal('patient01', otherPractice)
    const told: number[] = []
    expect(await erasePractice(items, practice, (done) => told.push(done.patients))).toEqual({ patients: 25, keys: 26 })
    expect(told).toEqual([10, 20, 25])
    for (const pk of [...patients.map((patient) => `${practice}#${patient}`), `${practice}#index`])
      expect(await items.query({ table: 'wrapped-keys', pk })).toEqual([])
    expect(await opening.open('patient01', elsewhere, otherPractice)).toEqual(record)
    await items.close?.()
  })
})

test('erasing again finds nothing left to do', async () => {
  const items = itemsInMemory()
  await service(items).seal('patient01')
  await erasePractice(items, practice)
  expect(await erasePractice(items, practice)).toEqual({ patients: 0, keys: 0 })
  expect(await erasePatient(items, practice, 'patient01')).toEqual({ patients: 1, keys: 0 })
})

test('a patient with more keys than one write takes is erased', async () => {
  const items = itemsInMemory()
  for (let key = 0; key < 2345; key += 1)
    await items.write([{ put: { table: 'wrapped-keys', pk: `${practice}#patient01`, sk: `key#${key}`, attributes: {} } }])
  expect(await erasePatient(items, practice, 'patient01')).toEqual({ patients: 1, keys: 2345 })
})

test('wherever a run is cut off, the next one finishes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(12), { maxLength: 5 }), async (cuts) => {
      const items = itemsInMemory()
      const { seal } = service(items)
      for (const patient of ['patient01', 'patient02', 'patient02', 'patient03']) await seal(patient)
      for (const cut of cuts) await erasePractice(cutOff(items, cut), practice).catch(() => undefined)
      await erasePractice(items, practice)
      expect([...items.stored.keys()]).toEqual([])
    }),
  )
})

test('a key that is made while the patient is erased is erased too, and stays listed until it is', async () => {
  const items = itemsInMemory()
  const { seal } = service(items)
  await seal('patient01')
  let made = 0
  const write: Items['write'] = async (parts) => {
    const written = await items.write(parts)
    if (made++ < 3) await seal('patient01')
    return written
  }
  expect(await erasePatient({ ...items, write }, practice, 'patient01')).toEqual({ patients: 1, keys: 4 })
  expect(items.stored.size).toBe(0)
})

test('an erasure gives up aloud when keys come back every time, or its writes are always refused', async () => {
  const items = itemsInMemory()
  const { seal } = service(items)
  await seal('patient01')
  const write: Items['write'] = async (parts) => {
    const written = await items.write(parts)
    await seal('patient01')
    return written
  }
  await expect(erasePatient({ ...items, write }, practice, 'patient01')).rejects.toThrow(ErasureError)
  await expect(erasePatient({ ...items, write: async () => 'refused' }, practice, 'patient01')).rejects.toThrow(ErasureError)
})

test('whoever erases reads names only and nothing but wrapped keys', async () => {
  const items = itemsInMemory()
  await service(items).seal('patient01')
  const reads: unknown[] = []
  const get: Items['get'] = async () => Promise.reject(new Error('must not read an item'))
  const query: Items['query'] = async (range) => {
    reads.push([range.table, range.attributes])
    return items.query(range)
  }
  await erasePractice({ ...items, get, query }, practice)
  expect(new Set(reads.map((read) => JSON.stringify(read)))).toEqual(new Set(['["wrapped-keys",[]]']))
})

/** Tables that fail at a call of that number and from then on. */
function cutOff(items: Items, calls: number): Items {
  let left = calls
  const counted = <Result>(call: () => Promise<Result>): Promise<Result> => {
    left -= 1
    return left < 0 ? Promise.reject(new Error('cut off')) : call()
  }
  return { ...items, query: (range) => counted(() => items.query(range)), write: (parts) => counted(() => items.write(parts)) }
}
