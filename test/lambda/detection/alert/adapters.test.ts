import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { dynamoRepeats, snsOutbox } from '../../../../lambda/detection/alert/adapters.ts'

const dynamo = mockClient(DynamoDBClient)
const sns = mockClient(SNSClient)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  dynamo.restore()
  sns.restore()
})
const repeats = () => dynamoRepeats('repeats', new DynamoDBClient({ region: 'us-east-1' }))
const outbox = () => snsOutbox('arn:aws:sns:us-east-1:1:alerts', new SNSClient({ region: 'us-east-1' }))

beforeEach(() => {
  dynamo.reset()
  sns.reset()
})

describe('the memory', () => {
  test('claims by a condition that DynamoDB checks, so that one of several wins', async () => {
    dynamo.on(PutItemCommand).resolves({})
    expect(await repeats().claim('guardduty/1', 'event-1', 1000)).toBe('first')
    const [call] = dynamo.commandCalls(PutItemCommand)
    expect(call?.args[0].input).toEqual({
      TableName: 'repeats',
      Item: {
        id: { S: expect.stringMatching(/^[0-9a-f]{64}$/) },
        event: { S: 'event-1' },
        sent: { BOOL: false },
        expiresAt: { N: '1120' },
      },
      ConditionExpression: 'attribute_not_exists(id) OR expiresAt <= :now OR (sent = :no AND #event = :event)',
      ExpressionAttributeNames: { '#event': 'event' },
      ExpressionAttributeValues: { ':now': { N: '1000' }, ':no': { BOOL: false }, ':event': { S: 'event-1' } },
    })
  })

  test('knows a repeat by the failed condition, and passes every other error on', async () => {
    dynamo.on(PutItemCommand).rejectsOnce(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }))
    expect(await repeats().claim('guardduty/1', 'event-2', 1000)).toBe('repeat')
    dynamo.on(PutItemCommand).rejects(new Error('throttled'))
    await expect(repeats().claim('guardduty/1', 'event-2', 1000)).rejects.toThrow('throttled')
  })

  test('remembers for a day what was sent', async () => {
    dynamo.on(UpdateItemCommand).resolves({})
    await repeats().sent('guardduty/1', 'event-1', 1000)
    const [call] = dynamo.commandCalls(UpdateItemCommand)
    expect(call?.args[0].input).toMatchObject({
      TableName: 'repeats',
      ExpressionAttributeValues: { ':yes': { BOOL: true }, ':event': { S: 'event-1' }, ':until': { N: '87400' } },
    })
  })
})

describe('the outbox', () => {
  test('publishes subject and body, nothing else', async () => {
    sns.on(PublishCommand).resolves({})
    await outbox().send({ subject: 'HIGH', body: 'What' })
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      TopicArn: 'arn:aws:sns:us-east-1:1:alerts',
      Subject: 'HIGH',
      Message: 'What',
    })
  })

  test('passes the error of SNS on', async () => {
    sns.on(PublishCommand).rejects(new Error('no key'))
    await expect(outbox().send({ subject: 'HIGH', body: 'What' })).rejects.toThrow('no key')
  })
})
