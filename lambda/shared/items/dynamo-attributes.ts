import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Attribute, Attributes, Item, ItemKey, TableName } from './items.ts'

/** An item as DynamoDB takes and returns it. */
export type DynamoItem = Record<string, AttributeValue>

/** Partition and sort key of an item. */
export const dynamoKey = ({ pk, sk }: Pick<ItemKey, 'pk' | 'sk'>): DynamoItem => ({ pk: { S: pk }, sk: { S: sk } })

/** An item with its keys. */
export const dynamoItem = (item: Item): DynamoItem => ({ ...dynamoAttributes(item.attributes), ...dynamoKey(item) })

/** Attributes by their names. */
export const dynamoAttributes = (attributes: Attributes): DynamoItem =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, dynamoValue(value)]))

/** A list of text becomes a list, not a set: a set can neither be empty nor keep an order (Amazon DynamoDB Developer Guide, "Data types"). */
export function dynamoValue(value: Attribute): AttributeValue {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  return value instanceof Uint8Array ? { B: value } : { L: value.map((text) => ({ S: text })) }
}

/** @throws TypeError when the table holds what this service never writes */
export function itemFrom(table: TableName, { pk, sk, ...rest }: DynamoItem): Item {
  const attributes = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, attributeFrom(value)]))
  return { table, pk: textFrom(pk), sk: textFrom(sk), attributes }
}

function attributeFrom({ S, N, BOOL, B, L }: AttributeValue): Attribute {
  const value = S ?? BOOL ?? B ?? L?.map(textFrom) ?? (N === undefined ? undefined : Number(N))
  if (value === undefined) throw new TypeError('An attribute is of a type that this service does not store.')
  return value
}

function textFrom(value: AttributeValue | undefined): string {
  if (value?.S === undefined) throw new TypeError('An attribute that must be text is none.')
  return value.S
}
