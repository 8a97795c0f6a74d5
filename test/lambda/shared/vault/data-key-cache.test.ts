import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type DataKey, dataKeyOf } from '../../../../lambda/shared/vault/data-key.ts'
import { type CachedKeyName, dataKeyCache } from '../../../../lambda/shared/vault/data-key-cache.ts'

const named = (holder: string, purpose = 'sealing'): CachedKeyName => ({
  holder,
  practice: 'k3v9q2mx7t4z',
  patient: 'w8c5n1rj6h0d',
  purpose,
})
const newKey = (): DataKey => dataKeyOf(new Uint8Array(16), new Uint8Array(32).fill(7))
const isWiped = ({ plaintext }: DataKey): boolean => plaintext.every((byte) => byte === 0)
const same = <Value>(value: Value): Value => value

afterEach(() => {
  vi.useRealTimers()
})

describe('A cached key is wiped', () => {
  test('when another takes its place, the one used longest ago first', async () => {
    const cache = dataKeyCache({ entries: 2 })
    const [first, second, third] = [newKey(), newKey(), newKey()]
    await cache.use(named('first'), async () => first, same)
    await cache.use(named('second'), async () => second, same)
    await cache.use(named('first'), async () => newKey(), same)
    await cache.use(named('third'), async () => third, same)
    expect([first, second, third].map(isWiped)).toEqual([false, true, false])
  })

  test('when its time is up, even if nobody asks for it again', async () => {
    vi.useFakeTimers()
    const cache = dataKeyCache({ age: 1000 })
    const key = await cache.use(named('a'), async () => newKey(), same)
    vi.advanceTimersByTime(999)
    expect(isWiped(key)).toBe(false)
    vi.advanceTimersByTime(1)
    expect(isWiped(key)).toBe(true)
    expect(cache.size).toBe(0)
  })

  test('when it has been used as often as it may', async () => {
    const cache = dataKeyCache({ uses: 2 })
    const key = await cache.use(named('a'), async () => newKey(), same)
    expect(await cache.use(named('a'), async () => newKey(), same)).toBe(key)
    expect(await cache.use(named('a'), async () => newKey(), same)).not.toBe(key)
    expect(isWiped(key)).toBe(true)
  })

  test.each([
    ['when its time passed while timers stood still, as in a frozen function', 1000],
    ['when the clock was set back', -1],
  ])('%s', async (_, milliseconds) => {
    let now = 10_000
    const cache = dataKeyCache({ now: () => now, age: 1000 })
    const key = await cache.use(named('a'), async () => newKey(), same)
    now += milliseconds
    expect(await cache.use(named('a'), async () => newKey(), same)).not.toBe(key)
    expect(isWiped(key)).toBe(true)
  })

  test('when all are cleared', async () => {
    const cache = dataKeyCache()
    const key = await cache.use(named('a'), async () => newKey(), same)
    cache.clear()
    expect([isWiped(key), cache.size]).toEqual([true, 0])
  })

  test('never while somebody waits for it', async () => {
    const cache = dataKeyCache({ entries: 1 })
    const key = newKey()
    const seen = Array.from({ length: 10 }, () => cache.use(named('a'), async () => key, isWiped))
    // Both end it before it has come.
    const other = cache.use(named('b'), async () => newKey(), same)
    cache.clear()
    expect(await Promise.all(seen)).toEqual(Array(10).fill(false))
    await other
    expect(isWiped(key)).toBe(true)
  })
})

describe('A load', () => {
  test('that fails is told to all who waited, and tried again by the next', async () => {
    const cache = dataKeyCache()
    let loads = 0
    const failing = async (): Promise<DataKey> => {
      loads += 1
      throw new Error('throttled')
    }
    const results = await Promise.allSettled(Array.from({ length: 1000 }, () => cache.use(named('a'), failing, same)))
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect([loads, cache.size]).toEqual([1, 0])
    await expect(cache.use(named('a'), async () => newKey(), same)).resolves.toBeDefined()
  })

  test('that fails late does not end the key that came after it', async () => {
    const cache = dataKeyCache()
    let fail = (_: Error): void => {}
    const late = cache.use(named('a'), () => new Promise<DataKey>((_, reject) => (fail = reject)), same)
    cache.clear()
    const key = await cache.use(named('a'), async () => newKey(), same)
    fail(new Error('too late'))
    await expect(late).rejects.toThrow('too late')
    expect(await cache.use(named('a'), async () => newKey(), same)).toBe(key)
  })

  test('that throws at once is a failure like any other', async () => {
    const broken = (): Promise<DataKey> => {
      throw new Error('at once')
    }
    await expect(dataKeyCache().use(named('a'), broken, same)).rejects.toThrow('at once')
  })
})

test('an error of the work leaves the key where it was', async () => {
  const cache = dataKeyCache()
  const fails = (): never => {
    throw new Error('of the work')
  }
  await expect(cache.use(named('a'), async () => newKey(), fails)).rejects.toThrow('of the work')
  expect(cache.size).toBe(1)
})

test('whatever happens, the bounds hold, no key is wiped in use, and every key that has gone is wiped', async () => {
  const use = fc.record({ kind: fc.constant('use' as const), who: fc.nat(7), wait: fc.nat(5), fails: fc.boolean() })
  const pass = fc.record({ kind: fc.constant('pass' as const), milliseconds: fc.integer({ min: 1, max: 60 }) })
  const clear = fc.record({ kind: fc.constant('clear' as const) })
  const operations = fc.array(fc.oneof({ arbitrary: use, weight: 8 }, { arbitrary: pass, weight: 3 }, clear), { maxLength: 60 })
  vi.useFakeTimers()
  await fc.assert(
    fc.asyncProperty(operations, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), async (steps, entries, uses) => {
      const cache = dataKeyCache({ entries, uses, age: 50 })
      const loaded: { readonly key: DataKey; readonly who: number; readonly asked: number; used: number }[] = []
      const running: Promise<unknown>[] = []
      const load = (who: number, wait: number, fails: boolean) => async () => {
        const asked = Date.now()
        for (let turn = 0; turn < wait; turn += 1) await Promise.resolve()
        if (fails) throw new Error('expected')
        const key = newKey()
        loaded.push({ key, who, asked, used: 0 })
        return key
      }
      for (const step of steps) {
        if (step.kind === 'pass') await vi.advanceTimersByTimeAsync(step.milliseconds)
        else if (step.kind === 'clear') cache.clear()
        else {
          const asked = Date.now()
          const work = (key: DataKey) => {
            const found = loaded.find((one) => one.key === key)
            if (found === undefined || found.who !== step.who || isWiped(key) || asked - found.asked >= 50) throw new Error('a wrong key')
            found.used += 1
          }
          running.push(
            cache.use(named(`holder ${step.who}`), load(step.who, step.wait, step.fails), work).catch((error: Error) => {
              if (error.message !== 'expected') throw error
            }),
          )
        }
        expect(cache.size).toBeLessThanOrEqual(entries)
      }
      await Promise.all(running)
      expect(loaded.every(({ used }) => used <= uses)).toBe(true)
      expect(loaded.filter(({ key }) => !isWiped(key)).length).toBe(cache.size)
      cache.clear()
      expect(loaded.every(({ key }) => isWiped(key))).toBe(true)
    }),
  )
})
