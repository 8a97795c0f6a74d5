import { ServiceError } from '../../shared/http/service-error.ts'
import { changedCall } from '../calls/call.ts'
import { once } from '../idempotency.ts'
import { findCall } from './find-call.ts'
import type { Act } from './work.ts'

/** Takes a call on. Of several who try, one gets it; the same person may say so again. */
export const acknowledgeCall: Act<'acknowledgeCall'> = (work) =>
  once(work.items, work, async () => {
    const before = await findCall(work, work.sent.path.call)
    const answer = (acknowledgedAt: string) => ({ status: 200, body: { call: before.call, state: 'acknowledged', acknowledgedAt } })
    if (before.state === 'acknowledged' && before.acknowledgedBy === work.person) {
      return { response: answer(before.acknowledgedAt ?? work.time), writes: [] }
    }
    if (before.state !== 'open' && before.state !== 'unanswered') throw new ServiceError('conflict')
    const change = { state: 'acknowledged', acknowledgedBy: work.person, acknowledgedAt: work.time } as const
    return { response: answer(work.time), writes: changedCall(before, change) }
  })
