import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, expect, test } from 'vitest'
import { logGroupTrail, readsPattern } from '../../../../lambda/ledger/reconcile/adapters.ts'

const logs = mockClient(CloudWatchLogsClient)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  logs.restore()
})
const span = { from: 1000, to: 2000 }

async function all(events: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = []
  for await (const text of events) found.push(text)
  return found
}

test('the log group is read to its last page, also behind an empty one', async () => {
  logs
    .on(FilterLogEventsCommand)
    .resolvesOnce({ events: [{ message: 'a' }], nextToken: '1' })
    .resolvesOnce({ events: [], nextToken: '2' })
    .resolvesOnce({ events: [{ message: 'b' }, {}] })
  expect(await all(logGroupTrail('trail', () => false, new CloudWatchLogsClient()).events(span))).toEqual(['a', 'b'])
  const inputs = logs.commandCalls(FilterLogEventsCommand).map(({ args }) => args[0].input)
  expect(inputs.map(({ nextToken }) => nextToken)).toEqual([undefined, '1', '2'])
  expect(inputs[0]).toMatchObject({ logGroupName: 'trail', startTime: 1000, endTime: 1999, filterPattern: readsPattern })
})

test('a time that is up is an error', async () => {
  await expect(all(logGroupTrail('trail', () => true, new CloudWatchLogsClient()).events(span))).rejects.toThrow('The time was up')
})

test('the pattern names every way to read, within its limit', () => {
  expect(readsPattern.length).toBeLessThanOrEqual(1024)
  for (const name of ['GetItem', 'Query', 'Scan', 'ExecuteTransaction', 'Decrypt', 'ReEncrypt']) expect(readsPattern).toContain(`"${name}"`)
})
