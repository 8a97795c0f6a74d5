import { isDeepStrictEqual } from 'node:util'
import { ClassicLevel } from 'classic-level'
import type { Attributes, Condition, Item, ItemKey, Items, Range, TableName, Write } from '../../lambda/shared/items/items.ts'
import { groupCommit } from './group-commit.ts'
import { storedItem, storedKey, storedRange, storedTable, storedValue } from './stored-item.ts'

/** The tables of the service in a folder of this machine. */
export interface LocalItems extends Items {
  /** Every item of a table, in order of its keys, one at a time. No session has this. */
  readonly all: (table: TableName) => AsyncIterable<Item>
  /** Waits for writes that are on their way, then closes the folder. */
  readonly close: () => Promise<void>
}

/** The folder cannot be opened; the words say why and what to do. */
export class LocalItemsError extends Error {
  override readonly name = 'LocalItemsError'
  readonly code = 'LOCAL_ITEMS'
}

type Store = ClassicLevel<string, string>

/**
 * Opens tables that are kept by LevelDB. A write that was answered is on the disk: a crash afterwards does not lose it. Writes follow one another, so that a
 * condition is judged on what really is stored when the write happens.
 * @param folder of the tables alone; it is made when it is not there
 * @throws LocalItemsError when another process has the folder open, or it cannot be read
 */
export async function openLocalItems(folder: string): Promise<LocalItems> {
  const store: Store = new ClassicLevel(folder)
  try {
    await store.open()
  } catch (error) {
    throw new LocalItemsError(`${folder} cannot be opened. Is another server running on it?`, { cause: error })
  }
  const commits = groupCommit((writes: readonly (readonly Write[])[]) => commit(store, writes))
  return {
    get: async (key) => {
      const value = await store.get(storedKey(key))
      return value === undefined ? undefined : storedItem(storedKey(key), value)
    },
    query: (range) => query(store, range),
    write: async (parts) => commits.add(checked(parts)),
    all: (table) => everyItem(store, table),
    close: async () => {
      await commits.drained()
      await store.close()
    },
  }
}

async function query(store: Store, range: Range): Promise<readonly Item[]> {
  const { table, pk, from, to, backwards = false, limit = -1, attributes } = range
  const entries = await store.iterator({ ...storedRange(table, pk, from, to), reverse: backwards, limit }).all()
  return entries.map(([key, value]) => only(storedItem(key, value), attributes))
}

function only(item: Item, names: readonly string[] | undefined): Item {
  if (names === undefined) return item
  const kept = Object.entries(item.attributes).filter(([name]) => names.includes(name))
  return { ...item, attributes: Object.fromEntries(kept) }
}

async function* everyItem(store: Store, table: TableName): AsyncIterable<Item> {
  for await (const [key, value] of store.iterator(storedTable(table))) yield storedItem(key, value)
}

const keyOf = (part: Write): ItemKey => ('put' in part ? part.put : 'remove' in part ? part.remove : part.check)

// The same limits as a transaction of DynamoDB (Amazon DynamoDB API Reference, TransactWriteItems).
function checked(parts: readonly Write[]): readonly Write[] {
  if (parts.length > 100) throw new Error('A write has more than 100 parts.')
  if (new Set(parts.map((part) => storedKey(keyOf(part)))).size !== parts.length) throw new Error('A write names an item twice.')
  return structuredClone(parts)
}

// Conditions of a later write of the group see what an earlier one of it will have written: both reach the disk together or not at all.
async function commit(store: Store, writes: readonly (readonly Write[])[]): Promise<readonly ('written' | 'refused')[]> {
  const after = await conditionedValues(store, writes)
  const changes = new Map<string, string | undefined>()
  const answers = writes.map((parts) => {
    if (!parts.every((part) => holds(part.onlyIf, after.get(storedKey(keyOf(part)))))) return 'refused' as const
    for (const part of parts) {
      if ('check' in part) continue
      const value = 'put' in part ? storedValue(part.put.attributes) : undefined
      changes.set(storedKey(keyOf(part)), value)
      after.set(storedKey(keyOf(part)), value)
    }
    return 'written' as const
  })
  // Without `sync` the operating system keeps a write in memory, and a loss of power would lose it.
  if (changes.size > 0) await store.batch([...changes].map(operation), { sync: true })
  return answers
}

const operation = ([key, value]: readonly [string, string | undefined]) =>
  value === undefined ? { type: 'del' as const, key } : { type: 'put' as const, key, value }

async function conditionedValues(store: Store, writes: readonly (readonly Write[])[]): Promise<Map<string, string | undefined>> {
  const conditioned = writes.flat().filter(({ onlyIf }) => onlyIf !== undefined)
  const names = [...new Set(conditioned.map((part) => storedKey(keyOf(part))))]
  const values = await store.getMany(names)
  return new Map(names.map((name, index) => [name, values[index]]))
}

function holds(condition: Condition | undefined, value: string | undefined): boolean {
  if (condition === undefined) return true
  if (condition === 'absent') return value === undefined
  if (condition === 'present') return value !== undefined
  return value !== undefined && has(storedItem('', value).attributes, condition.equals)
}

const has = (attributes: Attributes, wanted: Attributes): boolean =>
  Object.entries(wanted).every(([name, value]) =>
    isDeepStrictEqual(attributes[name], storedItem('', storedValue({ value })).attributes['value']),
  )
