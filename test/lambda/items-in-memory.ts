import { isDeepStrictEqual } from 'node:util'
import type { Attributes, Condition, Item, ItemKey, Items, Range, Write } from '../../lambda/shared/items/items.ts'

/** Tables in memory, as the stores behave: whole writes or none, reads that see every write that returned. */
export interface ItemsInMemory extends Items {
  /** Everything that is stored, in order of its keys; a test may look, and may break things on purpose. */
  readonly stored: Map<string, Item>
}

/** Empty tables. */
export function itemsInMemory(): ItemsInMemory {
  const stored = new Map<string, Item>()
  return {
    stored,
    get: async (key) => stored.get(nameOf(key)),
    query: async (range) => inRange(stored, range),
    write: async (parts) => {
      await Promise.resolve()
      if (new Set(parts.map((part) => nameOf(keyOf(part)))).size !== parts.length) throw new Error('A write names an item twice.')
      if (parts.length > 100) throw new Error('A write has more than 100 parts.')
      if (!parts.every((part) => holds(part.onlyIf, stored.get(nameOf(keyOf(part)))))) return 'refused'
      for (const part of parts) {
        if ('put' in part) stored.set(nameOf(part.put), structuredClone(part.put))
        else if ('remove' in part) stored.delete(nameOf(part.remove))
      }
      return 'written'
    },
  }
}

/** The same tables, as a session reaches them: partitions whose keys begin so, and no others. */
export function itemsOf(items: Items, mayReach: (key: Pick<ItemKey, 'table' | 'pk'>) => boolean): Items {
  const guard = (key: Pick<ItemKey, 'table' | 'pk'>): void => {
    if (!mayReach(key)) throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' })
  }
  return {
    get: async (key) => {
      guard(key)
      return items.get(key)
    },
    query: async (range) => {
      guard(range)
      return items.query(range)
    },
    write: async (parts) => {
      for (const part of parts) guard(keyOf(part))
      return items.write(parts)
    },
  }
}

const keyOf = (part: Write): ItemKey => ('put' in part ? part.put : 'remove' in part ? part.remove : part.check)
const nameOf = ({ table, pk, sk }: ItemKey): string => `${table}\n${pk}\n${sk}`

function holds(condition: Condition | undefined, item: Item | undefined): boolean {
  if (condition === undefined) return true
  if (condition === 'absent') return item === undefined
  if (condition === 'present') return item !== undefined
  return item !== undefined && Object.entries(condition.equals).every(([name, value]) => isDeepStrictEqual(item.attributes[name], value))
}

function inRange(stored: Map<string, Item>, range: Range): Item[] {
  const { table, pk, from = '', to = '\uffff', backwards = false, limit, attributes } = range
  const found = [...stored.values()]
    .filter((item) => item.table === table && item.pk === pk && item.sk >= from && item.sk <= to)
    .sort((one, other) => (one.sk < other.sk ? -1 : 1))
  const taken = (backwards ? found.reverse() : found).slice(0, limit)
  return attributes === undefined ? taken : taken.map((item) => ({ ...item, attributes: picked(item.attributes, attributes) }))
}

const picked = (attributes: Attributes, names: readonly string[]): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)))
