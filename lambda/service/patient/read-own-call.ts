import { callElements, openedCall } from '../calls/opened-call.ts'
import { ownCall, standingOf } from './own-call.ts'
import { recordOwnLook } from './record-own-look.ts'
import type { Act } from './work.ts'

/** Opens an own call with its messages; the ledger entry comes first here as well. */
export const readOwnCall: Act<'readOwnCall'> = async (work) => {
  const call = await ownCall(work, work.sent.path.call)
  await recordOwnLook(work, callElements)
  const { messages, ...content } = await openedCall(work.items, work.vault, call)
  // Who of the practice wrote is left to the practice to say; that it was the practice is enough here.
  const shown = messages.map(({ by: _, ...message }) => message)
  return { status: 200, body: { ...standingOf(call), ...content, messages: shown } }
}
