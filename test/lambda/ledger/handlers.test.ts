import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkpointEnvironment } from '../../../lambda/ledger/checkpoint/env.ts'
import { practicesFrom } from '../../../lambda/ledger/practices.ts'
import { reconcileEnvironment } from '../../../lambda/ledger/reconcile/env.ts'

const dynamo = mockClient(DynamoDBClient)
const s3 = mockClient(S3Client)
const logs = mockClient(CloudWatchLogsClient)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  dynamo.restore()
  s3.restore()
  logs.restore()
})
const context = { getRemainingTimeInMillis: () => 300_000 }
const logged: unknown[] = []

beforeEach(() => {
  for (const mock of [dynamo, s3, logs]) mock.reset()
  vi.resetModules()
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation((line) => void logged.push(line))
  vi.stubEnv('AWS_REGION', 'us-east-1')
  const values = { ...checkpointEnvironment, ...reconcileEnvironment }
  for (const name of Object.values(values)) vi.stubEnv(name, `the-${name.toLowerCase()}`)
  vi.stubEnv('PRACTICES', '["practice1","practice2"]')
  vi.stubEnv('SESSION_ROLES', '["provider-session"]')
})
afterEach(() => {
  logged.splice(0)
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('The checkpoint function', () => {
  test('looks at every practice and writes nothing where there is nothing', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [] })
    const { handler } = await import('../../../lambda/ledger/checkpoint/handler.ts')
    await handler({}, context)
    expect(logged).toEqual(['practice1', 'practice2'].map((resource) => ({ event: 'ledger-holds', resource, count: 0 })))
    expect(s3.commandCalls(PutObjectCommand)).toEqual([])
    expect(new Set(dynamo.commandCalls(QueryCommand).map(({ args }) => args[0].input.TableName))).toEqual(new Set(['the-ledger_table']))
  })

  test('fails when a practice could not be checkpointed', async () => {
    dynamo.on(QueryCommand).rejects(new Error('unavailable'))
    const { handler } = await import('../../../lambda/ledger/checkpoint/handler.ts')
    await expect(handler({}, context)).rejects.toThrow('2 of 2 practices could not be checkpointed')
  })
})

describe('The reconciliation', () => {
  const spanOf = () => {
    const { startTime, endTime } = logs.commandCalls(FilterLogEventsCommand)[0]?.args[0].input ?? {}
    return { startTime, endTime }
  }

  test.each([
    ['the last twenty-five hours by itself', {}, Date.UTC(2026, 10, 21, 2), Date.UTC(2026, 10, 22, 3) - 1],
    [
      'a span that somebody names',
      { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
      Date.UTC(2026, 0, 1),
      Date.UTC(2026, 0, 2) - 1,
    ],
  ])('compares %s', async (_, event, startTime, endTime) => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 22, 3))
    dynamo.on(QueryCommand).resolves({ Items: [] })
    logs.on(FilterLogEventsCommand).resolves({ events: [] })
    const { handler } = await import('../../../lambda/ledger/reconcile/handler.ts')
    await handler(event, context)
    expect(spanOf()).toEqual({ startTime, endTime })
    expect(logged).toEqual([{ event: 'ledger-reconciled', count: 0 }])
  })
})

test.each(['', '[]', '["Practice 1"]', '{"a":1}'])('%j names no practices, and a function with it fails at start', (value) => {
  expect(() => practicesFrom(value)).toThrow()
})
