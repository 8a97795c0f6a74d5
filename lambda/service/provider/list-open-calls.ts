import { urgencies } from '../api/schemas.ts'
import { type Call, callOf } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import type { Act } from './work.ts'

/** How many calls are listed at most; the oldest ones. */
const most = 200

/** Open calls of the practice, the most urgent and then the oldest first. Nothing but routing is read, so no budget is spent and no ledger entry written. */
export const listOpenCalls: Act<'listOpenCalls'> = async ({ items, practice }) => {
  const { table, pk } = keys.open(practice, '')
  const open = await items.query({ table, pk, limit: most })
  const found = await Promise.all(open.map(({ sk }) => items.get(keys.routing(practice, sk))))
  const calls = found.flatMap((item) => (item === undefined ? [] : [callOf(item)])).sort(byUrgency)
  return { status: 200, body: { calls: calls.map(routingView) } }
}

/** What the practice's list says of a call. The patient is left out: who called is part of what opening a call discloses. */
export const routingView = ({
  call,
  urgency,
  state,
  receivedAt,
  acknowledgedBy,
  acknowledgedAt,
  repliedAt,
  unknownCaller = false,
}: Call) => ({
  ...{ call, urgency, state, receivedAt, unknownCaller },
  ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }),
  ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
  ...(repliedAt === undefined ? {} : { repliedAt }),
})

const byUrgency = (one: Call, other: Call): number =>
  urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency) || (one.call < other.call ? -1 : 1)
