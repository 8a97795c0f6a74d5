import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { dynamoItem, dynamoKey, dynamoValue } from './dynamo-attributes.ts'
import { type DynamoTables, tableIn } from './dynamo-tables.ts'
import type { Condition, Write } from './items.ts'

/** One part of a write as a transaction takes it. */
export function transactItem(tables: DynamoTables, part: Write): TransactWriteItem {
  const condition = part.onlyIf === undefined ? {} : conditionInput(part.onlyIf)
  if ('put' in part) return { Put: { TableName: tableIn(tables, part.put.table), Item: dynamoItem(part.put), ...condition } }
  if ('remove' in part) return { Delete: { TableName: tableIn(tables, part.remove.table), Key: dynamoKey(part.remove), ...condition } }
  const { check } = part
  return { ConditionCheck: { TableName: tableIn(tables, check.table), Key: dynamoKey(check), ...conditionInput(part.onlyIf) } }
}

interface ConditionInput {
  readonly ConditionExpression: string
  readonly ExpressionAttributeNames?: Record<string, string>
  readonly ExpressionAttributeValues?: Record<string, AttributeValue>
}

function conditionInput(condition: Condition): ConditionInput {
  if (condition === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' }
  const expected = condition === 'present' ? [] : Object.entries(condition.equals)
  if (expected.length === 0) return { ConditionExpression: 'attribute_exists(pk)' }
  return {
    // Names go in by placeholder, as many words are reserved (Amazon DynamoDB Developer Guide, "Reserved words in DynamoDB").
    ConditionExpression: expected.map((_, index) => `#n${index} = :v${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(expected.map(([name], index) => [`#n${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(expected.map(([, value], index) => [`:v${index}`, dynamoValue(value)])),
  }
}
