import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { dataKeyCache } from '../../../../lambda/shared/vault/data-key-cache.ts'
import { type RecordName, vault } from '../../../../lambda/shared/vault/vault.ts'
import { itemsInMemory, itemsOf } from '../../items-in-memory.ts'
import { kmsInMemory } from './kms-in-memory.ts'

const name: RecordName = { practice: 'k3v9q2mx7t4z', patient: 'w8c5n1rj6h0d', type: 'call', id: 'c', version: 1 }
const record = Uint8Array.of(1, 2, 3)
const never = async () => Promise.reject(new Error('must not be called'))

afterEach(() => {
  vi.useRealTimers()
})

function parts() {
  const made = { items: itemsInMemory(), keys: kmsInMemory(), cache: dataKeyCache() }
  return { ...made, of: (holder: string, over: object = {}) => vault({ ...made, holder, ...over }) }
}
const wrappedIn = (items: ReturnType<typeof itemsInMemory>) => items.query({ table: 'wrapped-keys', pk: 'k3v9q2mx7t4z#w8c5n1rj6h0d' })

describe('A data key', () => {
  test('is made once for a thousand records that are sealed at the same time', async () => {
    const { of, keys, items } = parts()
    const one = of('intake')
    await Promise.all(Array.from({ length: 1000 }, () => one.seal(name, record)))
    expect(keys.calls).toEqual({ generate: 1, unwrap: 0, wrapForRecovery: 1 })
    expect(await wrappedIn(items)).toHaveLength(1)
  })

  test('is opened once for a thousand records that are opened at the same time', async () => {
    const { of, keys } = parts()
    const sealed = await of('intake').seal(name, record)
    const one = of('person')
    const opened = await Promise.all(Array.from({ length: 1000 }, () => one.open(name, sealed)))
    expect(opened.every((bytes) => Buffer.compare(bytes, record) === 0)).toBe(true)
    expect(keys.calls.unwrap).toBe(1)
  })

  test('is stored, wrapped twice, before anything is sealed with it', async () => {
    const { of, items } = parts()
    let sealed = false
    const slow = {
      ...items,
      write: async (...[written]: Parameters<typeof items.write>) => {
        await new Promise((resolve) => setTimeout(resolve, 20))
        expect(sealed).toBe(false)
        return items.write(written)
      },
    }
    await of('intake', { items: slow }).seal(name, record)
    sealed = true
    const [stored] = await wrappedIn(items)
    expect(stored?.sk).toMatch(/^key#[0-9a-f]{32}$/)
    expect(stored?.attributes).toMatchObject({
      wrapped: expect.any(Uint8Array),
      recovery: expect.any(Uint8Array),
      madeAt: expect.any(String),
    })
    expect(await items.query({ table: 'wrapped-keys', pk: 'k3v9q2mx7t4z#index' })).toMatchObject([{ sk: 'w8c5n1rj6h0d' }])
  })

  test.each(['write', 'wrapForRecovery'] as const)('is wiped and forgotten when %s fails', async (failing) => {
    const { of, keys, items, cache } = parts()
    let made: Uint8Array | undefined
    const generate: typeof keys.generate = async (context) => {
      const key = await keys.generate(context)
      made = key.plaintext
      return key
    }
    const broken = {
      items: failing === 'write' ? { ...items, write: never } : items,
      keys: { ...keys, generate, ...(failing !== 'write' && { [failing]: never }) },
    }
    await expect(of('intake', broken).seal(name, record)).rejects.toThrow('must not be called')
    expect(made).toEqual(new Uint8Array(32))
    expect(cache.size).toBe(0)
    await expect(of('intake').seal(name, record)).resolves.toBeInstanceOf(Uint8Array)
  })

  test('is stored after others stood in its way for a moment, and given up when they stay', async () => {
    const { of, items } = parts()
    let refusals = 2
    const contended = {
      ...items,
      write: async (...[written]: Parameters<typeof items.write>) => (refusals-- > 0 ? 'refused' : items.write(written)),
    }
    await expect(of('intake', { items: contended }).seal(name, record)).resolves.toBeInstanceOf(Uint8Array)
    expect(await wrappedIn(items)).toHaveLength(1)
    await expect(of('other', { items: { ...items, write: async () => 'refused' } }).seal(name, record)).rejects.toThrow(
      'could not be stored',
    )
  })

  test('gives way to a newer one when its time is up, and still opens what it sealed', async () => {
    vi.useFakeTimers()
    const { of, items, keys } = parts()
    const one = of('intake')
    const early = await one.seal(name, record)
    vi.advanceTimersByTime(299_999)
    await one.seal(name, record)
    expect(keys.calls.generate).toBe(1)
    vi.advanceTimersByTime(1)
    const late = await one.seal(name, record)
    expect(keys.calls.generate).toBe(2)
    expect(await wrappedIn(items)).toHaveLength(2)
    for (const sealed of [early, late]) expect(await of('person').open(name, sealed)).toEqual(record)
  })
})

describe('Sealing', () => {
  test('needs no right to open or to read', async () => {
    const { of, keys, items } = parts()
    const writeOnly = { items: { ...items, get: never, query: never }, keys: { ...keys, unwrap: never } }
    const sealed = await of('intake', writeOnly).seal(name, record)
    await of('intake', writeOnly).seal(name, record)
    expect(await of('person').open(name, sealed)).toEqual(record)
  })

  test('gives no right to open: whoever sealed asks the key service to open, and may be refused', async () => {
    const { of, keys } = parts()
    const one = of('intake', { keys: { ...keys, unwrap: never } })
    await expect(one.open(name, await one.seal(name, record))).rejects.toThrow('must not be called')
  })

  test('reaches the partitions of the patient and the index of the practice, and no others', async () => {
    const { of, items } = parts()
    const reached = itemsOf(
      items,
      ({ table, pk }) => table === 'wrapped-keys' && ['k3v9q2mx7t4z#w8c5n1rj6h0d', 'k3v9q2mx7t4z#index'].includes(pk),
    )
    await expect(of('intake', { items: reached }).seal(name, record)).resolves.toBeInstanceOf(Uint8Array)
  })
})

test('a cached key of one holder opens nothing for another', async () => {
  const { of, keys } = parts()
  const sealed = await of('first').seal(name, record)
  await of('first').open(name, sealed)
  const second = of('second', { keys: { ...keys, unwrap: never } })
  await expect(second.open(name, sealed)).rejects.toThrow('must not be called')
})

test('neither vault nor cache shows a key when printed', async () => {
  const { keys, items, cache } = parts()
  const seen: Uint8Array[] = []
  const generate: typeof keys.generate = async (context) => {
    const key = await keys.generate(context)
    seen.push(Uint8Array.from(key.plaintext))
    return key
  }
  const one = vault({ items, keys: { ...keys, generate }, cache, holder: 'intake' })
  await one.seal(name, record)
  const [key = new Uint8Array()] = seen
  const how = { showHidden: true, depth: Number.POSITIVE_INFINITY, maxArrayLength: null, getters: true }
  const printed = [cache, one].flatMap((thing) => [inspect(thing, how), JSON.stringify(thing), String(thing)]).join('\n')
  const forms = [
    Buffer.from(key).toString('hex'),
    Buffer.from(key).toString('base64'),
    [...key].join(', '),
    [...key].join(','),
    inspect(key, how),
  ]
  for (const form of forms) expect(printed).not.toContain(form)
  expect(printed).not.toContain(name.patient)
})
