import * as z from 'zod/mini'
import { errorKind, log } from '../../shared/log.ts'
import { escalate } from './domain.ts'
import { escalationEvents, sweepEvent } from './env.ts'
import type { Escalating } from './escalating.ts'
import { sideBySide } from './side-by-side.ts'

/** The function was invoked with something that it does not take. */
export class UnknownEventError extends Error {
  override readonly name = 'UnknownEventError'

  constructor() {
    super('The event is neither the sweep of the schedule nor records of the stream. See what invokes this function.')
  }
}

/** What Lambda is told of a batch: the records to give again (AWS Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda"). */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

const text = z.object({ S: z.string() })
// Records of a stream of keys only (Amazon DynamoDB Developer Guide, "DynamoDB Streams and AWS Lambda triggers").
const record = z.object({
  eventSource: z.literal('aws:dynamodb'),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.object({ SequenceNumber: z.string().check(z.minLength(1)), Keys: z.object({ pk: text, sk: text }) }),
})
const invocation = z.union([z.strictObject({ sweep: z.literal(sweepEvent.sweep) }), z.object({ Records: z.array(record) })])

/**
 * Does what an event says: a sweep, or the calls of a batch that have become due.
 * @throws UnknownEventError when it is something else; SweepError when a part of a sweep failed
 */
export async function answerInvocation(event: unknown, deps: Escalating): Promise<BatchAnswer> {
  const { data } = invocation.safeParse(event)
  if (data === undefined) throw new UnknownEventError()
  if ('Records' in data) return takeRecords(data.Records, deps)
  await escalate(deps, 'sweep')
  return { batchItemFailures: [] }
}

async function takeRecords(records: readonly z.infer<typeof record>[], deps: Escalating): Promise<BatchAnswer> {
  const failures: { itemIdentifier: string }[] = []
  await sideBySide(
    records.filter(isDue),
    4,
    () => true,
    async ({ dynamodb: { Keys, SequenceNumber } }) => {
      const practice = Keys.pk.S.slice(0, -dueEnd.length)
      const call = Keys.sk.S.slice(Keys.sk.S.indexOf('#') + 1)
      await escalate(deps, { practice, call }).catch((error: unknown) => {
        log('error', { event: escalationEvents.failed, kind: errorKind(error) })
        failures.push({ itemIdentifier: SequenceNumber })
      })
    },
  )
  return { batchItemFailures: failures }
}

const dueEnd = '#due'
const isDue = ({ eventName, dynamodb: { Keys } }: z.infer<typeof record>): boolean => eventName === 'INSERT' && Keys.pk.S.endsWith(dueEnd)
