import { createHash } from 'node:crypto'
import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import type { Outbox, Repeats } from './ports.ts'

/** How long a claim holds before another event may take it, in seconds: longer than the function runs. */
const claimSeconds = 120
/** How long a finding that was told is not told again, in seconds: a day. */
const windowSeconds = 86_400

/** Sends alerts to an SNS topic. */
export const snsOutbox = (TopicArn: string, sns = new SNSClient()): Outbox => ({
  send: async ({ subject, body }) => {
    await sns.send(new PublishCommand({ TopicArn, Subject: subject, Message: body }))
  },
})

/** Remembers in a DynamoDB table. The key is a hash: what a finding is about stays out of the table, and of the trail of its keys. */
export const dynamoRepeats = (TableName: string, dynamo = new DynamoDBClient(fastFailing)): Repeats => ({
  claim: async (identity, eventId, now) => {
    try {
      await dynamo.send(
        new PutItemCommand({
          TableName,
          Item: { id: { S: hashOf(identity) }, event: { S: eventId }, sent: { BOOL: false }, expiresAt: { N: `${now + claimSeconds}` } },
          // Free, or forgotten, or claimed by an earlier attempt at this very event that never sent anything. DynamoDB removes expired
          // items within days, not at once ("Using time to live (TTL) in DynamoDB"), hence the comparison.
          ConditionExpression: 'attribute_not_exists(id) OR expiresAt <= :now OR (sent = :no AND #event = :event)',
          ExpressionAttributeNames: { '#event': 'event' },
          ExpressionAttributeValues: { ':now': { N: `${now}` }, ':no': { BOOL: false }, ':event': { S: eventId } },
        }),
      )
      return 'first'
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'repeat'
      throw error
    }
  },
  sent: async (identity, eventId, now) => {
    await dynamo.send(
      new UpdateItemCommand({
        TableName,
        Key: { id: { S: hashOf(identity) } },
        UpdateExpression: 'SET sent = :yes, #event = :event, expiresAt = :until',
        ExpressionAttributeNames: { '#event': 'event' },
        ExpressionAttributeValues: { ':yes': { BOOL: true }, ':event': { S: eventId }, ':until': { N: `${now + windowSeconds}` } },
      }),
    )
  },
})

// An alert must not wait for its memory until the function's time is up.
const fastFailing = { maxAttempts: 2, requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true } }

const hashOf = (identity: string): string => createHash('sha256').update(identity).digest('hex')
