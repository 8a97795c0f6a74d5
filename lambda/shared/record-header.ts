/** Version of the sealed format: the first byte of every sealed value. */
export const sealedFormatVersion = 1

/** Attributes every sealed record has beside what its type adds. Nothing but the keys and the version is readable without the patient's data key. */
export const recordAttributes = {
  /** Partition key, text: `<practice>#<patient>`. */
  partition: 'pk',
  /** Sort key, text: `<type>#<id>`. */
  sort: 'sk',
  /** The sealed value, binary; its first byte is the format version. */
  sealed: 'sealed',
  /** How often the record has been written, a whole number from 1; part of the sealed value's additional data, so that no old value passes for a new one. */
  version: 'version',
} as const

/** An attribute as DynamoDB returns it, as far as headers need it (Amazon DynamoDB API Reference, AttributeValue). */
export interface StoredAttribute {
  readonly S?: string | undefined
  readonly N?: string | undefined
  readonly B?: Uint8Array | undefined
}

/** An item as DynamoDB returns it. */
export type StoredItem = Readonly<Record<string, StoredAttribute>>

/** What can be wrong with the header of an item. The words say nothing about the item itself and may be logged and reported. */
export type HeaderProblem = 'no-key' | 'no-sealed-value' | 'unknown-format' | 'no-version'

/** What is wrong with the keys of an item of any of the service's tables; undefined when nothing is. */
export const keyProblem = (item: StoredItem): HeaderProblem | undefined =>
  isText(item[recordAttributes.partition]) && isText(item[recordAttributes.sort]) ? undefined : 'no-key'

/** What is wrong with the header of a sealed record; undefined when nothing is. Whether the value opens is another question. */
export function headerProblem(item: StoredItem): HeaderProblem | undefined {
  const sealed = item[recordAttributes.sealed]?.B
  if (keyProblem(item) !== undefined) return 'no-key'
  if (sealed === undefined || sealed.length < 2) return 'no-sealed-value'
  if (sealed[0] !== sealedFormatVersion) return 'unknown-format'
  return /^[1-9]\d*$/.test(item[recordAttributes.version]?.N ?? '') ? undefined : 'no-version'
}

const isText = (attribute: StoredAttribute | undefined): boolean => (attribute?.S ?? '') !== ''
