import { ServiceError } from '../../shared/http/service-error.ts'
import { changedCall } from '../calls/call.ts'
import { once } from '../idempotency.ts'
import { findCall } from './find-call.ts'
import type { Act } from './work.ts'

/** Closes a call that somebody of the practice has acknowledged; a shift may end before the call does, so it need not be the same person. */
export const closeCall: Act<'closeCall'> = (work) =>
  once(work.items, work, async () => {
    const before = await findCall(work, work.sent.path.call)
    const answer = (closedAt: string) => ({ status: 200, body: { call: before.call, state: 'closed', closedAt } })
    if (before.state === 'closed') return { response: answer(before.closedAt ?? work.time), writes: [] }
    if (before.state !== 'acknowledged') throw new ServiceError('conflict')
    return { response: answer(work.time), writes: changedCall(before, { state: 'closed', closedAt: work.time }) }
  })
