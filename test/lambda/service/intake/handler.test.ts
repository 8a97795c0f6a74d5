import { DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { EncryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ProxyResult } from '../../../../lambda/shared/http/api-gateway.ts'
import { content, ids, lineClaims } from './intake-world.ts'

const [dynamo, kms] = [mockClient(DynamoDBClient), mockClient(KMSClient)]
let handler: (event: unknown) => Promise<ProxyResult>

beforeAll(async () => {
  for (const [name, value] of Object.entries({
    RECORDS_TABLE: 't-records',
    WRAPPED_KEYS_TABLE: 't-wrapped-keys',
    ROUTING_TABLE: 't-routing',
    VAULT_KEY_ARN: 'arn:aws:kms:us-east-1:111122223333:key/vault',
    RECOVERY_KEY_ARN: 'arn:aws:kms:us-east-1:444455556666:alias/recovery',
    PHASE: 'open',
    PRACTICES: JSON.stringify([ids.practice]),
    PILOT_PRACTICES: '[]',
    AWS_REGION: 'us-east-1',
  }))
    vi.stubEnv(name, value)
  handler = (await import('../../../../lambda/service/intake/handler.ts')).handler
})
afterAll(() => {
  vi.unstubAllEnvs()
  dynamo.restore()
  kms.restore()
})

test('a call goes from the API into the tables: wrapped key first, then record, route and answer in one transaction', async () => {
  kms.on(GenerateDataKeyCommand).callsFake(() => ({ Plaintext: new Uint8Array(32).fill(7), CiphertextBlob: Uint8Array.of(1) }))
  kms.on(EncryptCommand).resolves({ CiphertextBlob: Uint8Array.of(2) })
  dynamo.on(GetItemCommand).resolves({}).on(PutItemCommand).resolves({}).on(TransactWriteItemsCommand).resolves({})
  const { statusCode, body } = await handler({
    resource: '/line/calls',
    httpMethod: 'POST',
    multiValueHeaders: { 'Content-Type': ['application/json'], 'Idempotency-Key': ['0f8fad5b-d9cb-469f-a165'] },
    body: JSON.stringify({ practice: ids.practice, ...content }),
    requestContext: { requestId: 'request-1', authorizer: { claims: lineClaims } },
  })
  expect([statusCode, Object.keys(JSON.parse(body) as object)]).toEqual([201, ['call']])
  const [keys, call] = dynamo.commandCalls(TransactWriteItemsCommand).map(({ args: [{ input }] }) => input.TransactItems ?? [])
  expect(keys?.map(({ Put }) => Put?.TableName)).toEqual(['t-wrapped-keys', 't-wrapped-keys'])
  const places = call?.map(({ Put }) => `${Put?.TableName} ${Put?.Item?.['pk']?.S?.split('#')[1]}`)
  expect(places).toEqual([
    expect.stringMatching(/^t-records [a-z0-9]{26}$/),
    't-routing calls',
    't-routing open',
    't-routing due',
    't-routing requests',
  ])
  expect(kms.commandCalls(GenerateDataKeyCommand)[0]?.args[0].input.EncryptionContext).toMatchObject({ practice: ids.practice })
})
