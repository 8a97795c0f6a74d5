/** The tables of the service, by the part of their names after the environment. */
export const tableNames = ['records', 'wrapped-keys', 'ledger', 'routing'] as const
/** One table of the service. */
export type TableName = (typeof tableNames)[number]

/** Where an item is: a table, and its partition and sort key. */
export interface ItemKey {
  readonly table: TableName
  readonly pk: string
  readonly sk: string
}

/** What an attribute may hold. A list holds text. */
export type Attribute = string | number | boolean | Uint8Array | readonly string[]

/** Attributes of an item beside its keys. `expiresAt`, in seconds since 1970, lets an item of `routing` be removed some time after. */
export type Attributes = Readonly<Record<string, Attribute>>

/** An item as it is stored. */
export interface Item extends ItemKey {
  readonly attributes: Attributes
}

/** What must hold of the item as it is stored for a write to happen. */
export type Condition = 'absent' | 'present' | { readonly equals: Attributes }

/** One part of a write. */
export type Write =
  | { readonly put: Item; readonly onlyIf?: Condition }
  | { readonly remove: ItemKey; readonly onlyIf?: Condition }
  | { readonly check: ItemKey; readonly onlyIf: Condition }

/** Items of one partition, in order of their sort keys. */
export interface Range {
  readonly table: TableName
  readonly pk: string
  /** Smallest sort key, inclusive. @default the first */
  readonly from?: string
  /** Largest sort key, inclusive. @default the last */
  readonly to?: string
  /** Last item first. @default false */
  readonly backwards?: boolean
  /** At most so many. @default all */
  readonly limit?: number
  /** Names of the attributes to return beside the keys, where a caller may read no others. @default all */
  readonly attributes?: readonly string[]
}

/**
 * The tables of the service, as far as a caller may use them. Reads see every write that has returned. Whose credentials are used, and so which
 * partitions can be reached at all, is the adapter's.
 */
export interface Items {
  readonly get: (key: ItemKey) => Promise<Item | undefined>
  readonly query: (range: Range) => Promise<readonly Item[]>
  /**
   * Writes all parts or none, at most 100, no two of the same item.
   * @returns `refused` when a condition did not hold, or another write came between; nothing was written then
   */
  readonly write: (parts: readonly Write[]) => Promise<'written' | 'refused'>
}
