import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Item } from '../../../../lambda/shared/items/items.ts'
import { dataKeyCache } from '../../../../lambda/shared/vault/data-key-cache.ts'
import { type RecordName, SealedRecordError, vault } from '../../../../lambda/shared/vault/vault.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { kmsInMemory } from './kms-in-memory.ts'

const name: RecordName = { practice: 'k3v9q2mx7t4z', patient: 'w8c5n1rj6h0d', type: 'message', id: 'call#message', version: 1 }
const text = (what: string): Uint8Array => new TextEncoder().encode(what)

function parts(holder = 'intake') {
  const made = { items: itemsInMemory(), keys: kmsInMemory(), cache: dataKeyCache(), holder }
  return { ...made, vault: vault(made) }
}
const { vault: shared, items: sharedItems } = parts()

const visible = (maxLength: number) =>
  fc.array(fc.integer({ min: 0x21, max: 0x7e }), { minLength: 1, maxLength }).map((codes) => String.fromCharCode(...codes))
const identifier = fc.stringMatching(/^[a-z0-9]{8,32}$/)
const names = fc.record({
  practice: identifier,
  patient: identifier,
  type: visible(64),
  id: visible(256),
  version: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
})
const records = fc.uint8Array({ maxLength: 300 })

describe('A sealed record', () => {
  test('opens under its name to what was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(names, records, async (called, record) => {
        expect(await shared.open(called, await shared.seal(called, record))).toEqual(Uint8Array.from(record))
      }),
    )
  })

  test('opens under no other name', async () => {
    const parted = fc.tuple(names, names, fc.subarray(['practice', 'patient', 'type', 'id', 'version'] as const, { minLength: 1 }))
    await fc.assert(
      fc.asyncProperty(parted, async ([one, other, changes]) => {
        const changed = { ...one, ...Object.fromEntries(changes.map((part) => [part, other[part]])) } as RecordName
        fc.pre(changes.some((part) => one[part] !== other[part]))
        // The other patient has keys too, and even those of the first, copied.
        const sealed = await shared.seal(one, text('secret'))
        await shared.seal(changed, text('another'))
        for (const { sk, attributes } of await sharedItems.query({ table: 'wrapped-keys', pk: `${one.practice}#${one.patient}` }))
          await sharedItems.write([{ put: { table: 'wrapped-keys', pk: `${changed.practice}#${changed.patient}`, sk, attributes } }])
        await expect(shared.open(changed, sealed)).rejects.toThrow(SealedRecordError)
      }),
    )
  })

  test('does not open with any bit changed', async () => {
    const sealed = await shared.seal(name, text('The fever is back.'))
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Uint8Array.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await expect(shared.open(name, changed)).rejects.toThrow(SealedRecordError)
    }
  })

  test('does not open cut to any length, or longer than it was', async () => {
    const sealed = await shared.seal(name, text('The fever is back.'))
    for (let length = 0; length < sealed.length; length += 1)
      await expect(shared.open(name, sealed.slice(0, length))).rejects.toThrow(SealedRecordError)
    await expect(shared.open(name, Uint8Array.of(...sealed, 0))).rejects.toThrow(SealedRecordError)
  })

  test('does not open after any tampering with its bytes', async () => {
    const sealed = await shared.seal(name, text('The fever is back.'))
    const splice = fc.tuple(fc.nat(sealed.length), fc.nat(sealed.length), fc.uint8Array({ maxLength: 64 }))
    await fc.assert(
      fc.asyncProperty(splice, async ([from, removed, put]) => {
        const changed = Uint8Array.of(...sealed.slice(0, from), ...put, ...sealed.slice(from + removed))
        fc.pre(Buffer.compare(changed, sealed) !== 0)
        await expect(shared.open(name, changed)).rejects.toThrow(SealedRecordError)
      }),
    )
  })

  test('differs each time, although the record is the same', async () => {
    const sealed = await Promise.all(Array.from({ length: 300 }, () => shared.seal(name, text('same'))))
    expect(new Set(sealed.map((one) => Buffer.from(one.slice(17)).toString('hex'))).size).toBe(300)
  })
})

describe('A refusal is the same whatever the reason', () => {
  const reasons = {
    'another practice': { change: { practice: 'k3v9q2mx7t4y' } },
    'another patient': { change: { patient: 'w8c5n1rj6h0e' } },
    'an older version': { change: { version: 2 } },
    'a name no record has': { change: { id: '' } },
    'another format': { bytes: (sealed: Uint8Array) => sealed.with(0, 2) },
    'a key that is not there': { bytes: (sealed: Uint8Array) => sealed.with(5, (sealed[5] ?? 0) ^ 1) },
    'a changed record': { bytes: (sealed: Uint8Array) => sealed.with(90, (sealed[90] ?? 0) ^ 1) },
    'a changed tag': { bytes: (sealed: Uint8Array) => sealed.with(sealed.length - 1, (sealed.at(-1) ?? 0) ^ 1) },
    'no bytes': { bytes: () => new Uint8Array() },
  } as const satisfies Record<string, { change?: Partial<RecordName>; bytes?: (sealed: Uint8Array) => Uint8Array }>

  test.each(Object.entries(reasons))(
    '%s',
    async (_, reason: { change?: Partial<RecordName>; bytes?: (sealed: Uint8Array) => Uint8Array }) => {
      const sealed = await shared.seal(name, text('The fever is back.'))
      const error = await shared.open({ ...name, ...reason.change }, reason.bytes?.(sealed) ?? sealed).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(SealedRecordError)
      const { stack, message, cause } = error as Error
      expect({ stack, message, cause, own: Object.keys(error as Error) }).toEqual({
        stack: 'SealedRecordError: The sealed record cannot be opened.',
        message: 'The sealed record cannot be opened.',
        cause: undefined,
        own: ['name'],
      })
    },
  )

  test('a wrapped key that is damaged, or wrapped by another vault key', async () => {
    const { vault: one, items, keys } = parts()
    const sealed = await one.seal(name, text('x'))
    const [stored] = (await items.query({ table: 'wrapped-keys', pk: 'k3v9q2mx7t4z#w8c5n1rj6h0d' })) as [Item]
    const wrapped = stored.attributes['wrapped'] as Uint8Array
    for (const bad of [wrapped.with(20, (wrapped[20] ?? 0) ^ 1), new Uint8Array(), 'text']) {
      await items.write([{ put: { ...stored, attributes: { ...stored.attributes, wrapped: bad } } }])
      await expect(vault({ items, keys, cache: dataKeyCache(), holder: 'a' }).open(name, sealed)).rejects.toThrow(SealedRecordError)
    }
    await items.write([{ put: stored }])
    await expect(vault({ items, keys: kmsInMemory(), cache: dataKeyCache(), holder: 'a' }).open(name, sealed)).rejects.toThrow(
      SealedRecordError,
    )
    expect(await vault({ items, keys, cache: dataKeyCache(), holder: 'a' }).open(name, sealed)).toEqual(text('x'))
  })
})

test.each(['AccessDeniedException', 'ThrottlingException', 'KMSInternalException'])('%s keeps its name', async (kind) => {
  const { vault: one, items, keys, cache } = parts()
  const sealed = await one.seal(name, text('x'))
  const refuse = async () => Promise.reject(Object.assign(new Error('refused'), { name: kind }))
  await expect(vault({ items, keys: { ...keys, unwrap: refuse }, cache, holder: 'a' }).open(name, sealed)).rejects.toMatchObject({
    name: kind,
  })
  await expect(vault({ items: { ...items, get: refuse }, keys, cache, holder: 'a' }).open(name, sealed)).rejects.toMatchObject({
    name: kind,
  })
  await expect(vault({ items, keys: { ...keys, generate: refuse }, cache, holder: 'a' }).seal(name, text('x'))).rejects.toMatchObject({
    name: kind,
  })
})

test('a name no record can have is not sealed, and not quoted', async () => {
  const error = await shared.seal({ ...name, id: 'Müller' }, text('x')).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(RangeError)
  expect(String(error)).not.toContain('Müller')
})
