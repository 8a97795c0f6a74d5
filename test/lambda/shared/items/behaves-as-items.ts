import { describe, expect, test } from 'vitest'
import { type Attributes, type Item, type ItemKey, type Items, tableNames } from '../../../../lambda/shared/items/items.ts'

/**
 * What every implementation of `Items` does, whatever it stores them in. Each test works in a partition of its own, so that tables may be shared.
 *
 * @param make empty tables, or tables in which others keep other partitions
 */
export function behavesAsItems(make: () => Items | Promise<Items>): void {
  const partition = () => `practice#${Math.random().toString(36).slice(2)}`
  const at = (pk: string, sk: string): ItemKey => ({ table: 'routing', pk, sk })
  const item = (pk: string, sk: string, attributes: Attributes = {}): Item => ({ ...at(pk, sk), attributes })
  const withItems = async (names: readonly string[]) => {
    const [items, pk] = [await make(), partition()]
    if (names.length > 0) await items.write(names.map((sk) => ({ put: item(pk, sk, { name: sk, length: sk.length }) })))
    const found = async (range: object) => (await items.query({ table: 'routing', pk, ...range })).map(({ sk }) => sk)
    return { items, pk, found }
  }

  describe('An item', () => {
    test('comes back as it was written, with every kind of attribute', async () => {
      const { items, pk } = await withItems([])
      const attributes = {
        text: 'né #1\n"',
        number: -12.5,
        large: 1_700_000_000_000,
        yes: true,
        no: false,
        bytes: Uint8Array.of(0, 1, 255),
        list: ['b', 'a', 'b'],
        none: [],
      }
      expect(await items.write([{ put: item(pk, 'a', attributes) }])).toBe('written')
      expect(await items.get(at(pk, 'a'))).toEqual(item(pk, 'a', attributes))
    })

    test('that was never written is undefined', async () => {
      const { items, pk } = await withItems([])
      expect(await items.get(at(pk, 'a'))).toBeUndefined()
    })

    test('is replaced as a whole by the next write', async () => {
      const { items, pk } = await withItems(['a'])
      await items.write([{ put: item(pk, 'a', { other: 'b' }) }])
      expect((await items.get(at(pk, 'a')))?.attributes).toEqual({ other: 'b' })
    })

    test('is another one in another table', async () => {
      const [items, pk] = [await make(), partition()]
      await items.write(tableNames.map((table) => ({ put: { table, pk, sk: 'a', attributes: { table } } })))
      for (const table of tableNames) expect((await items.get({ table, pk, sk: 'a' }))?.attributes).toEqual({ table })
    })

    test('does not change when what was handed in or out is changed', async () => {
      const { items, pk } = await withItems([])
      const bytes = Uint8Array.of(1, 2)
      await items.write([{ put: item(pk, 'a', { bytes }) }])
      bytes.fill(9)
      const first = (await items.get(at(pk, 'a')))?.attributes['bytes'] as Uint8Array
      expect([...first]).toEqual([1, 2])
    })

    test('that was removed is gone, and removing it again is no error', async () => {
      const { items, pk } = await withItems(['a'])
      expect(await items.write([{ remove: at(pk, 'a') }])).toBe('written')
      expect(await items.write([{ remove: at(pk, 'a') }])).toBe('written')
      expect(await items.get(at(pk, 'a'))).toBeUndefined()
    })
  })

  describe('A query', () => {
    const names = ['a', 'aa', 'b#1', 'b#2', 'c']

    test.each([
      ['finds a partition in order', {}, names],
      ['begins at a sort key, that one included', { from: 'aa' }, ['aa', 'b#1', 'b#2', 'c']],
      ['ends at a sort key, that one included', { to: 'b#1' }, ['a', 'aa', 'b#1']],
      ['takes a span', { from: 'aa', to: 'b#2' }, ['aa', 'b#1', 'b#2']],
      ['takes a span by a start of keys', { from: 'b#', to: 'b#~' }, ['b#1', 'b#2']],
      ['finds nothing in a span that ends before it begins', { from: 'c', to: 'a' }, []],
      ['goes backwards', { backwards: true }, [...names].reverse()],
      ['stops at a limit', { limit: 2 }, ['a', 'aa']],
      ['stops at a limit from behind', { backwards: true, limit: 2, to: 'b#2' }, ['b#2', 'b#1']],
    ])('%s', async (_, range, expected) => {
      const { found } = await withItems([...names].reverse())
      expect(await found(range)).toEqual(expected)
    })

    test('sees its own partition only', async () => {
      const { items, pk, found } = await withItems(['a'])
      await items.write([{ put: item(`${pk}0`, 'b') }, { put: item(pk.slice(0, -1), 'b') }])
      expect(await found({})).toEqual(['a'])
    })

    test('gives the attributes that are asked for and no others, with the keys', async () => {
      const { items, pk } = await withItems(['a', 'aa'])
      const range = { table: 'routing', pk } as const
      expect(await items.query({ ...range, attributes: ['length', 'missing'] })).toEqual([
        item(pk, 'a', { length: 1 }),
        item(pk, 'aa', { length: 2 }),
      ])
      expect(await items.query({ ...range, attributes: [] })).toEqual([item(pk, 'a'), item(pk, 'aa')])
    })

    test('finds everything, however much it is', async () => {
      const [items, pk] = [await make(), partition()]
      const large = 'x'.repeat(30_000)
      const names = Array.from({ length: 60 }, (_, index) => String(index).padStart(3, '0'))
      for (const sk of names) await items.write([{ put: item(pk, sk, { large }) }])
      expect((await items.query({ table: 'routing', pk })).map(({ sk }) => sk)).toEqual(names)
    })
  })

  describe('A condition', () => {
    const there = { name: 'a', length: 1 }
    const cases = [
      ['absent', 'absent', 'refused', 'written'],
      ['present', 'present', 'written', 'refused'],
      ['equal in one attribute', { equals: { length: 1 } }, 'written', 'refused'],
      ['equal in several attributes', { equals: there }, 'written', 'refused'],
      ['equal in one of two attributes', { equals: { ...there, length: 2 } }, 'refused', 'refused'],
      ['of another type', { equals: { length: '1' } }, 'refused', 'refused'],
      ['equal in an attribute it does not have', { equals: { size: 1 } }, 'refused', 'refused'],
    ] as const

    test.each(cases)('%s: holds as it says for an item that is there, and for one that is not', async (_, onlyIf, there, notThere) => {
      for (const [stored, expected] of [[['a'], there] as const, [[], notThere] as const]) {
        const { items, pk } = await withItems(stored)
        expect(await items.write([{ check: at(pk, 'a'), onlyIf }])).toBe(expected)
        expect(await items.write([{ put: item(pk, 'a', { new: true }), onlyIf }])).toBe(expected)
        const after = await items.get(at(pk, 'a'))
        expect(after?.attributes['new']).toBe(expected === 'written' ? true : undefined)
      }
    })

    test('holds or not for a removal as well', async () => {
      const { items, pk, found } = await withItems(['a'])
      expect(await items.write([{ remove: at(pk, 'a'), onlyIf: { equals: { length: 2 } } }])).toBe('refused')
      expect(await items.write([{ remove: at(pk, 'b'), onlyIf: 'present' }])).toBe('refused')
      expect(await found({})).toEqual(['a'])
      expect(await items.write([{ remove: at(pk, 'a'), onlyIf: { equals: { length: 1 } } }])).toBe('written')
      expect(await found({})).toEqual([])
    })

    test('compares bytes and lists by what they hold', async () => {
      const { items, pk } = await withItems([])
      await items.write([{ put: item(pk, 'a', { bytes: Uint8Array.of(1, 2), list: ['x', 'y'] }) }])
      const check = (equals: Attributes) => items.write([{ check: at(pk, 'a'), onlyIf: { equals } }])
      expect(await check({ bytes: Uint8Array.of(1, 2), list: ['x', 'y'] })).toBe('written')
      expect(await check({ bytes: Uint8Array.of(2, 1) })).toBe('refused')
      expect(await check({ list: ['y', 'x'] })).toBe('refused')
    })
  })

  describe('A write of several parts', () => {
    test('happens as a whole', async () => {
      const { items, pk, found } = await withItems(['a'])
      const parts = [
        { put: item(pk, 'b'), onlyIf: 'absent' },
        { remove: at(pk, 'a'), onlyIf: 'present' },
      ] as const
      expect(await items.write(parts)).toBe('written')
      expect(await found({})).toEqual(['b'])
    })

    test('does not happen at all when one of its conditions does not hold, wherever that stands', async () => {
      const { items, pk, found } = await withItems(['a'])
      const good = [{ put: item(pk, 'b') }, { remove: at(pk, 'a') }] as const
      const bad = { check: at(pk, 'c'), onlyIf: 'present' } as const
      expect(await items.write([bad, ...good])).toBe('refused')
      expect(await items.write([...good, bad])).toBe('refused')
      expect(await found({})).toEqual(['a'])
    })

    test('takes a hundred parts, and is an error when one item is named twice', async () => {
      const { items, pk, found } = await withItems([])
      const names = Array.from({ length: 100 }, (_, index) => String(index).padStart(3, '0'))
      expect(await items.write(names.map((sk) => ({ put: item(pk, sk) })))).toBe('written')
      expect(await found({})).toEqual(names)
      await expect(items.write([{ put: item(pk, 'x') }, { remove: at(pk, 'x') }])).rejects.toThrow()
      expect(await found({ from: 'x' })).toEqual([])
    })

    test('that meets others at the same item is decided for one of them', async () => {
      const { items, pk } = await withItems([])
      const write = (by: number) => items.write([{ put: item(pk, 'a', { by }), onlyIf: 'absent' }, { put: item(pk, `b${by}`) }])
      const outcomes = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(write))
      expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1)
      const by = outcomes.indexOf('written')
      expect((await items.get(at(pk, 'a')))?.attributes).toEqual({ by })
      expect((await items.query({ table: 'routing', pk })).map(({ sk }) => sk)).toEqual(['a', `b${by}`])
    })
  })
}
