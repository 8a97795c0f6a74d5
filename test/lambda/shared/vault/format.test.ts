import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { dataKeyOf } from '../../../../lambda/shared/vault/data-key.ts'
import { dataKeyCache } from '../../../../lambda/shared/vault/data-key-cache.ts'
import { openRecord } from '../../../../lambda/shared/vault/open-record.ts'
import { isRecordName } from '../../../../lambda/shared/vault/record-name.ts'
import { sealRecord } from '../../../../lambda/shared/vault/seal-record.ts'
import { vault } from '../../../../lambda/shared/vault/vault.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { read } from './independent-reader.ts'
import { kmsInMemory } from './kms-in-memory.ts'
import vectors from './vectors.json' with { type: 'json' }

const bytes = (hexadecimal: string): Uint8Array => Uint8Array.from(Buffer.from(hexadecimal, 'hex'))
const dataKeys = Object.fromEntries(Object.entries(vectors.dataKeys).map(([id, key]) => [id, bytes(key)]))
const keyFor = (sealed: Uint8Array) => {
  const id = sealed.slice(1, 17)
  const plaintext = dataKeys[Buffer.from(id).toString('hex')]
  return plaintext && dataKeyOf(id, plaintext)
}

describe('A published vector', () => {
  test.each(vectors.opens)('opens: $what', async ({ name, record, sealed }) => {
    expect(await read(dataKeys, name, bytes(sealed))).toEqual(bytes(record))
    const key = keyFor(bytes(sealed))
    expect(key && openRecord(key, name, bytes(sealed))).toEqual(bytes(record))
  })

  test.each(vectors.opens)('is what the vault makes of its key and salt: $what', ({ name, salt, record, sealed }) => {
    const key = keyFor(bytes(sealed))
    expect(key && sealRecord(key, name, bytes(record), bytes(salt))).toEqual(bytes(sealed))
  })

  test.each(vectors.refuses)('is refused: one $what', async ({ name, sealed }) => {
    expect(await read(dataKeys, name, bytes(sealed))).toBeUndefined()
    const key = keyFor(bytes(sealed))
    expect(key && openRecord(key, name, bytes(sealed))).toBeUndefined()
  })
})

test('the independent reader opens what the vault has just sealed', async () => {
  const keys = kmsInMemory()
  const items = itemsInMemory()
  const name = { practice: 'k3v9q2mx7t4z', patient: 'w8c5n1rj6h0d', type: 'call', id: '01hqzj60n4r8s1t5v9w2x6y0za', version: 3 }
  const record = new Uint8Array(randomBytes(1024))
  const sealed = await vault({ items, keys, cache: dataKeyCache(), holder: 'intake' }).seal(name, record)
  const [stored] = await items.query({ table: 'wrapped-keys', pk: 'k3v9q2mx7t4z#w8c5n1rj6h0d' })
  const opened = { [stored?.sk.slice('key#'.length) ?? '']: await keys.unwrap(stored?.attributes['wrapped'] as Uint8Array, name) }
  expect(await read(opened, name, sealed)).toEqual(record)
  expect(await read(opened, { ...name, version: 4 }, sealed)).toBeUndefined()
  expect(sealed.length).toBe(record.length + 97)
})

test.each([
  ['a practice with a separator', { practice: 'aaaaaaaa#b' }],
  ['a patient of seven letters', { patient: 'aaaaaaa' }],
  ['no type', { type: '' }],
  ['a type with a letter that is not ASCII', { type: 'cаll' }],
  ['an id with a line break', { id: 'a\nb' }],
  ['an id of 257 letters', { id: 'a'.repeat(257) }],
  ['version 0', { version: 0 }],
  ['a version with a fraction', { version: 1.5 }],
  ['a version too large to be exact', { version: 2 ** 53 }],
])('no record is called by %s', (_, wrong) => {
  const name = { practice: 'aaaaaaaa', patient: 'bbbbbbbb', type: 'call', id: 'c', version: 1 }
  expect(isRecordName(name)).toBe(true)
  expect(isRecordName({ ...name, ...wrong })).toBe(false)
})
