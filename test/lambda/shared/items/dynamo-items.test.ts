import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { dynamoItems } from '../../../../lambda/shared/items/dynamo-items.ts'
import type { Attributes, Condition } from '../../../../lambda/shared/items/items.ts'

const dynamo = mockClient(DynamoDBClient)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  dynamo.restore()
})
const tables = { records: 't-records', 'wrapped-keys': 't-wrapped-keys', ledger: 't-ledger', routing: 't-routing' }
const items = dynamoItems(tables)
const key = { table: 'routing', pk: 'p#calls', sk: 'a' } as const
const dynamoKey = { pk: { S: 'p#calls' }, sk: { S: 'a' } }
const put = (attributes: Attributes, onlyIf?: Condition) => ({ put: { ...key, attributes }, ...(onlyIf === undefined ? {} : { onlyIf }) })
const transactions = () => dynamo.commandCalls(TransactWriteItemsCommand).map(({ args: [{ input }] }) => input)
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ $metadata: {}, message: '', CancellationReasons: codes.map((Code) => ({ Code })) })

beforeEach(() => dynamo.reset())

test('a read asks for the latest state, and brings back every kind of attribute', async () => {
  const Item = {
    ...dynamoKey,
    text: { S: 't' },
    number: { N: '1.5' },
    no: { BOOL: false },
    bytes: { B: Uint8Array.of(1) },
    list: { L: [{ S: 'x' }] },
  }
  dynamo.on(GetItemCommand, { TableName: 't-routing', Key: dynamoKey, ConsistentRead: true }).resolves({ Item })
  expect(await items.get(key)).toEqual({
    ...key,
    attributes: { text: 't', number: 1.5, no: false, bytes: Uint8Array.of(1), list: ['x'] },
  })
})

test('an item that is not there is undefined, and one that this service cannot have written is an error without its content', async () => {
  dynamo
    .on(GetItemCommand)
    .resolvesOnce({})
    .resolvesOnce({ Item: { ...dynamoKey, name: { SS: ['Jane Doe'] } } })
  expect(await items.get(key)).toBeUndefined()
  await expect(items.get(key)).rejects.toThrow(/^An attribute is of a type/)
})

test('a query follows every page', async () => {
  dynamo
    .on(QueryCommand)
    .resolvesOnce({ Items: [dynamoKey], LastEvaluatedKey: dynamoKey })
    .resolvesOnce({ Items: [], LastEvaluatedKey: { pk: { S: 'p' }, sk: { S: 'b' } } })
    .resolvesOnce({ Items: [{ pk: { S: 'p#calls' }, sk: { S: 'c' } }] })
  expect((await items.query({ table: 'routing', pk: 'p#calls' })).map(({ sk }) => sk)).toEqual(['a', 'c'])
  const starts = dynamo.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input.ExclusiveStartKey?.['sk']?.S)
  expect(starts).toEqual([undefined, 'a', 'b'])
})

test('a limit is asked for, counts over pages, and ends the query', async () => {
  dynamo.on(QueryCommand).resolves({ Items: [dynamoKey], LastEvaluatedKey: dynamoKey })
  expect(await items.query({ table: 'routing', pk: 'p#calls', limit: 2 })).toHaveLength(2)
  expect(dynamo.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input.Limit)).toEqual([2, 1])
})

test.each([
  [{}, 'pk = :pk', {}],
  [{ from: 'a' }, 'pk = :pk AND sk >= :b0', { ':b0': { S: 'a' } }],
  [{ to: 'b' }, 'pk = :pk AND sk <= :b0', { ':b0': { S: 'b' } }],
  [{ from: 'a', to: 'b' }, 'pk = :pk AND sk BETWEEN :b0 AND :b1', { ':b0': { S: 'a' }, ':b1': { S: 'b' } }],
])('the span %j becomes %s', async (span, KeyConditionExpression, values) => {
  dynamo.on(QueryCommand).resolves({})
  await items.query({ table: 'ledger', pk: 'p', backwards: true, ...span })
  const [input] = dynamo.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input)
  expect(input).toMatchObject({ TableName: 't-ledger', KeyConditionExpression, ConsistentRead: true, ScanIndexForward: false })
  expect(input?.ExpressionAttributeValues).toEqual({ ':pk': { S: 'p' }, ...values })
})

test('DynamoDB is asked for the named attributes only, with the keys', async () => {
  dynamo.on(QueryCommand).resolves({})
  await items.query({ table: 'ledger', pk: 'p', attributes: ['hash', 'sk'] })
  expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({
    Select: 'SPECIFIC_ATTRIBUTES',
    ProjectionExpression: '#p0, #p1, #p2',
    ExpressionAttributeNames: { '#p0': 'pk', '#p1': 'sk', '#p2': 'hash' },
  })
})

test('a single write without condition needs no transaction', async () => {
  dynamo.on(PutItemCommand).resolves({}).on(DeleteItemCommand).resolves({})
  expect(await items.write([put({ n: 1 })])).toBe('written')
  expect(await items.write([{ remove: key }])).toBe('written')
  expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({ TableName: 't-routing', Item: { ...dynamoKey, n: { N: '1' } } })
  expect(dynamo.commandCalls(DeleteItemCommand)[0]?.args[0].input).toEqual({ TableName: 't-routing', Key: dynamoKey })
  expect(transactions()).toEqual([])
})

test.each([
  ['absent', { ConditionExpression: 'attribute_not_exists(pk)' }],
  ['present', { ConditionExpression: 'attribute_exists(pk)' }],
  [
    { equals: { state: 'open', list: ['a'] } },
    {
      ConditionExpression: '#n0 = :v0 AND #n1 = :v1',
      ExpressionAttributeNames: { '#n0': 'state', '#n1': 'list' },
      ExpressionAttributeValues: { ':v0': { S: 'open' }, ':v1': { L: [{ S: 'a' }] } },
    },
  ],
] as const)('the condition %j goes into every kind of part', async (onlyIf, condition) => {
  dynamo.on(TransactWriteItemsCommand).resolves({})
  const other = { ...key, table: 'records' } as const
  await items.write([put({}, onlyIf), { remove: other, onlyIf }, { check: { ...other, sk: 'b' }, onlyIf }])
  expect(transactions()[0]?.TransactItems).toEqual([
    { Put: { TableName: 't-routing', Item: dynamoKey, ...condition } },
    { Delete: { TableName: 't-records', Key: dynamoKey, ...condition } },
    { ConditionCheck: { TableName: 't-records', Key: { ...dynamoKey, sk: { S: 'b' } }, ...condition } },
  ])
})

test('a write with a condition knows itself again when the client tries twice; every write has a token of its own', async () => {
  dynamo.on(TransactWriteItemsCommand).resolves({})
  await items.write([put({}, 'absent')])
  await items.write([put({}, 'absent')])
  const tokens = transactions().map(({ ClientRequestToken = '' }) => ClientRequestToken)
  expect(new Set(tokens).size).toBe(2)
  for (const token of tokens) expect(token).toMatch(/^[0-9a-f-]{36}$/)
})

test.each([[['ConditionalCheckFailed']], [['None', 'TransactionConflict']], [['ConditionalCheckFailed', 'TransactionConflict', 'None']]])(
  'a transaction cancelled for %j is refused',
  async (codes) => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled(...codes))
    expect(await items.write([put({}, 'absent')])).toBe('refused')
  },
)

test('a single write that meets a transaction is refused', async () => {
  dynamo.on(PutItemCommand).rejects(new TransactionConflictException({ $metadata: {}, message: '' }))
  expect(await items.write([put({})])).toBe('refused')
})

test.each([
  cancelled('ThrottlingError'),
  cancelled('ConditionalCheckFailed', 'ProvisionedThroughputExceeded'),
  cancelled('ConditionalCheckFailed', 'AccessDenied'),
  cancelled('ValidationError'),
  cancelled(),
  Object.assign(new Error(), { name: 'AccessDeniedException' }),
  new ConditionalCheckFailedException({ $metadata: {}, message: '' }),
])('anything else is an error, and comes through as it is: %s', async (error) => {
  dynamo.on(TransactWriteItemsCommand).rejects(error)
  await expect(items.write([put({}, 'absent')])).rejects.toBe(error)
})

test('nothing to write is written, and a table that the function was not told is an error before anything is sent', async () => {
  expect(await items.write([])).toBe('written')
  const few = dynamoItems({ routing: 't-routing' })
  const elsewhere = { ...key, table: 'ledger' } as const
  await expect(few.get(elsewhere)).rejects.toThrow('was not told the table ledger')
  await expect(few.query(elsewhere)).rejects.toThrow(TypeError)
  await expect(few.write([put({}), { remove: elsewhere }])).rejects.toThrow(TypeError)
  expect(dynamo.calls()).toHaveLength(0)
})
