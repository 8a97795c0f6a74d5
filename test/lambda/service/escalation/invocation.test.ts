import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keys } from '../../../../lambda/service/calls/keys.ts'
import { answerInvocation, UnknownEventError } from '../../../../lambda/service/escalation/invocation.ts'
import { minute, practice, practiceWith, receive, rings, start, stored } from './practice.ts'

let heard: string[] = []

beforeEach(() => {
  heard = rings()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A record of the stream, as DynamoDB gives it with keys only. */
const record = (number: number, { pk, sk }: { pk: string; sk: string }, eventName = 'INSERT') => ({
  ...{ eventID: `event-${number}`, eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: 'us-east-1', eventName },
  dynamodb: { SequenceNumber: `${number}`, StreamViewType: 'KEYS_ONLY', SizeBytes: 40, Keys: { pk: { S: pk }, sk: { S: sk } } },
  eventSourceARN: 'arn:aws:dynamodb:us-east-1:111122223333:table/safe-harbor-sandbox-routing/stream/2026-01-01T00:00:00.000',
})
const due = (call: string, of = practice) => keys.due(of, new Date(start).toISOString(), call)

describe('A batch of the stream', () => {
  test('notifies at once of the calls that have become due, and of nothing else', async () => {
    const deps = await practiceWith()
    for (const call of ['call00000001', 'call00000002', 'call00000003']) await receive(deps, call)
    const Records = [
      record(1, due('call00000001')),
      record(2, due('call00000002'), 'REMOVE'),
      record(3, keys.open(practice, 'call00000003')),
      record(4, keys.due(practice, new Date(start + 2 * minute).toISOString(), 'call00000001')),
      record(5, due('gone00000001')),
    ]
    expect(await answerInvocation({ Records }, deps)).toEqual({ batchItemFailures: [] })
    expect(deps.messages).toHaveLength(1)
    expect(stored(deps.items, 'call00000001').step).toBe(1)
    expect(heard).toEqual([])
  })

  test('gives back the records that failed, and those alone', async () => {
    const deps = await practiceWith()
    for (const call of ['call00000001', 'call00000002']) await receive(deps, call)
    const get: typeof deps.items.get = (key) => (key.sk === 'call00000001' ? Promise.reject(new Error('down')) : deps.items.get(key))
    const Records = [record(1, due('call00000001')), record(2, due('call00000002'))]
    const answer = await answerInvocation({ Records }, { ...deps, items: { ...deps.items, get } })
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] })
    expect(deps.messages).toHaveLength(1)
    expect(heard).toEqual(['escalation-failed'])
  })
})

test('The schedule makes it sweep', async () => {
  const deps = await practiceWith()
  await receive(deps, 'call00000001')
  expect(await answerInvocation({ sweep: true }, deps)).toEqual({ batchItemFailures: [] })
  expect(deps.messages).toHaveLength(1)
  expect(heard).toEqual(['escalation-swept'])
})

test.each([
  ['nothing', undefined],
  ['an empty object', {}],
  ['a sweep that is none', { sweep: false }],
  ['a sweep with something more', { sweep: true, practice }],
  ['records of a queue', { Records: [{ eventSource: 'aws:sqs', body: 'secret' }] }],
])('%s is an error that quotes nothing', async (_what, event) => {
  const failure = await answerInvocation(event, await practiceWith()).catch((caught: unknown) => caught)
  expect(failure).toBeInstanceOf(UnknownEventError)
  expect(String(failure)).not.toContain('secret')
})
