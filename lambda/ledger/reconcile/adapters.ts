import { CloudWatchLogsClient, type CloudWatchLogsClientConfig, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { Trail } from './ports.ts'
import { itemReads, keyReads } from './trail-read.ts'

/** A page may take a while to be found, and five requests a second are allowed ("CloudWatch Logs quotas"): the client waits and tries again. */
const patient = { maxAttempts: 8, retryMode: 'adaptive' } as const satisfies CloudWatchLogsClientConfig

const anyOf = (names: readonly string[]): string => `(${names.map((name) => `$.eventName = "${name}"`).join(' || ')})`

/**
 * What may be a read of patient data, in the language of log groups ("Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail";
 * at most 1024 characters).
 */
export const readsPattern = `{ ($.eventCategory = "Data" && $.eventSource = "dynamodb.amazonaws.com" && ${anyOf(itemReads)}) || ($.eventCategory = "Management" && $.eventSource = "kms.amazonaws.com" && ${anyOf(keyReads)}) }`

/**
 * The trail in its log group, page by page. A page may be empty and yet not the last.
 *
 * @param expired whether the time is up; asked before each page
 */
export const logGroupTrail = (
  logGroupName: string,
  expired: () => boolean,
  client: Pick<CloudWatchLogsClient, 'send'> = new CloudWatchLogsClient(patient),
): Trail => ({
  events: async function* ({ from, to }) {
    let nextToken: string | undefined
    do {
      if (expired()) throw new Error('The time was up before every read was compared. Invoke the function for parts of the span.')
      const page = await client.send(
        // The end is inclusive (Amazon CloudWatch Logs API Reference, FilterLogEvents: "Events with a timestamp later than this time are not returned").
        new FilterLogEventsCommand({ logGroupName, startTime: from, endTime: to - 1, filterPattern: readsPattern, nextToken }),
      )
      for (const { message } of page.events ?? []) if (message !== undefined) yield message
      nextToken = page.nextToken
    } while (nextToken !== undefined)
  },
})
