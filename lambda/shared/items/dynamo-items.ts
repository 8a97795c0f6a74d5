import { randomUUID } from 'node:crypto'
import {
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { dynamoKey, itemFrom } from './dynamo-attributes.ts'
import { type DynamoTables, tableIn } from './dynamo-tables.ts'
import { transactItem } from './dynamo-writes.ts'
import type { Item, Items, Range, Write } from './items.ts'

/** Settings of a client whose caller waits: a try is given up after seconds, and the third one is the last. */
export const fastFailing = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const satisfies DynamoDBClientConfig

/**
 * The service's tables in DynamoDB, as far as the client's credentials reach. Errors of DynamoDB come through as they are, a denial as
 * `AccessDeniedException`.
 *
 * @param client one with the credentials of a person's session. @default one with the credentials of the function
 */
export const dynamoItems = (tables: DynamoTables, client = new DynamoDBClient(fastFailing)): Items => ({
  get: async (key) => {
    const command = new GetItemCommand({ TableName: tableIn(tables, key.table), Key: dynamoKey(key), ConsistentRead: true })
    const { Item } = await client.send(command)
    return Item && itemFrom(key.table, Item)
  },
  query: async (range) => itemsIn(client, tableIn(tables, range.table), range),
  write: async (parts) => {
    try {
      await written(client, tables, parts)
      return 'written'
    } catch (error) {
      if (isRefusal(error)) return 'refused'
      throw error
    }
  },
})

async function itemsIn(client: DynamoDBClient, TableName: string, range: Range): Promise<Item[]> {
  const { table, from = '', to, limit = Number.POSITIVE_INFINITY } = range
  const found: Item[] = []
  // A span that ends before it begins is an error to DynamoDB; here it is empty, as to everybody else.
  if (to !== undefined && from > to) return found
  let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey']
  while (found.length < limit) {
    const left = limit - found.length
    const page = { TableName, ...queryOf(range), ExclusiveStartKey, Limit: Number.isFinite(left) ? left : undefined }
    const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(page))
    found.push(...Items.map((item) => itemFrom(table, item)))
    if (LastEvaluatedKey === undefined) break
    ExclusiveStartKey = LastEvaluatedKey
  }
  return found
}

function queryOf({ pk, from = '', to, backwards = false, attributes }: Range): Partial<QueryCommandInput> {
  const bounds = [...(from === '' ? [] : [['>=', from] as const]), ...(to === undefined ? [] : [['<=', to] as const])]
  const [first, last] = bounds
  // A sort key may stand in one condition only, hence the BETWEEN.
  const sort = first && last ? 'sk BETWEEN :b0 AND :b1' : first && `sk ${first[0]} :b0`
  return {
    KeyConditionExpression: ['pk = :pk', ...(sort === undefined ? [] : [sort])].join(' AND '),
    ExpressionAttributeValues: {
      ':pk': { S: pk },
      ...Object.fromEntries(bounds.map(([, value], index) => [`:b${index}`, { S: value }])),
    },
    ConsistentRead: true,
    ScanIndexForward: !backwards,
    ...(attributes === undefined ? {} : projectionOf(attributes)),
  }
}

function projectionOf(attributes: readonly string[]): Partial<QueryCommandInput> {
  const names = [...new Set(['pk', 'sk', ...attributes])]
  return {
    Select: 'SPECIFIC_ATTRIBUTES',
    ProjectionExpression: names.map((_, index) => `#p${index}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#p${index}`, name])),
  }
}

async function written(client: DynamoDBClient, tables: DynamoTables, parts: readonly Write[]): Promise<void> {
  if (parts.length === 0) return
  const items = parts.map((part) => transactItem(tables, part))
  const { Put, Delete } = items[0] ?? {}
  // A single write with a condition is a transaction too: when its answer is lost, the client's next try would find its own item and be
  // refused; a transaction knows itself again by its token for ten minutes.
  if (parts.length > 1 || parts[0]?.onlyIf !== undefined)
    await client.send(new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: randomUUID() }))
  else if (Put) await client.send(new PutItemCommand(Put))
  else if (Delete) await client.send(new DeleteItemCommand(Delete))
}

/** A condition that did not hold, or another write at the same time. Every other reason, throttling and denial among them, is an error. */
function isRefusal(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : []
  return reasons.length > 0 && reasons.every(({ Code = '' }) => ['None', 'ConditionalCheckFailed', 'TransactionConflict'].includes(Code))
}
