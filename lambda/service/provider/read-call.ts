import { openedCall } from '../calls/opened-call.ts'
import { disclose } from './disclose.ts'
import { findCall } from './find-call.ts'
import { routingView } from './list-open-calls.ts'
import { rememberLook } from './looks.ts'
import type { Act } from './work.ts'

/** Opens a call with its messages: looked up, then budget and ledger, then read. */
export const readCall: Act<'readCall'> = async (work) => {
  const { purpose } = work.sent.query
  const found = await findCall(work, work.sent.path.call)
  await disclose(work, found.patient, purpose)
  const call = await rememberLook(work, found, purpose)
  const opened = await openedCall(work.items, work.vault, call)
  return { status: 200, body: { ...routingView(call), patient: call.patient, ...opened } }
}
