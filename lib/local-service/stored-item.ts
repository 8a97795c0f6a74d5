import type { Attribute, Attributes, Item, ItemKey, TableName } from '../../lambda/shared/items/items.ts'

// Between the parts of a key. It sorts before every character of an id, so that items stand in order of table, partition and sort key,
// each compared byte by byte in UTF-8, as DynamoDB compares text (Amazon DynamoDB Developer Guide, "Data types").
const separator = '\u0000'
const afterSeparator = '\u0001'

/** The key of an item in one ordered store. @throws Error when a part holds the separator, which no key of the service does */
export function storedKey({ table, pk, sk }: ItemKey): string {
  if (pk.includes(separator) || sk.includes(separator)) throw new Error('A key holds a character that no key may hold.')
  return `${table}${separator}${pk}${separator}${sk}`
}

/** Bounds of stored keys: `gte` belongs to the range, `lt` does not. */
export interface StoredRange {
  readonly gte: string
  readonly lt: string
}

/** Where the items of a partition stand, from one sort key to another, both inclusive. */
export const storedRange = (table: TableName, pk: string, from?: string, to?: string): StoredRange => ({
  gte: storedKey({ table, pk, sk: from ?? '' }),
  lt: to === undefined ? `${table}${separator}${pk}${afterSeparator}` : storedKey({ table, pk, sk: to }) + separator,
})

/** Where the items of a table stand. */
export const storedTable = (table: TableName): StoredRange => ({ gte: `${table}${separator}`, lt: `${table}${afterSeparator}` })

/** The value of an item: its attributes as JSON, bytes as `{ "base64": "…" }`. Attributes without a value are left out. */
export const storedValue = (attributes: Attributes): string =>
  JSON.stringify(Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, written(value)])))

/** An item from its stored key and value. */
export function storedItem(key: string, value: string): Item {
  const [table, pk = '', sk = ''] = key.split(separator)
  const attributes = JSON.parse(value) as Record<string, Exclude<Attribute, Uint8Array> | StoredBytes>
  return {
    table: table as TableName,
    pk,
    sk,
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, read(attribute)])),
  }
}

interface StoredBytes {
  readonly base64: string
}

const written = (value: Attribute): Exclude<Attribute, Uint8Array> | StoredBytes =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value

const read = (value: Exclude<Attribute, Uint8Array> | StoredBytes): Attribute =>
  typeof value === 'object' && 'base64' in value ? new Uint8Array(Buffer.from(value.base64, 'base64')) : value
