import type { Call } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import { readSchedule } from '../schedule/stored-schedule.ts'
import { type Escalating, momentText } from './escalating.ts'
import { changedNotice, type Notice, noticesOf } from './notice.ts'
import { failed, type MessageNotice, sendNotice } from './send-notice.ts'

/** How long a begun notice is left to whoever began it, in milliseconds: longer than the function runs. */
export const leaseMilliseconds = 90_000
/** How often a notice is begun at most. After that it counts as failed: the fault is not a passing one. */
export const mostAttempts = 5

/** Takes again what a crash left half done: the notices of a waiting call that were begun and never settled. */
export async function retakeNotices(deps: Escalating, call: Call): Promise<void> {
  const lapsed = (await noticesOf(deps.items, call.practice, call.call)).filter((notice) => isLapsed(notice, deps.now()))
  if (lapsed.length === 0) return
  const { contacts } = await readSchedule(deps.items, call.practice)
  for (const notice of lapsed.filter(isMessage)) await retake(deps, call, notice, contacts.get(notice.who))
}

async function retake(deps: Escalating, call: Call, notice: MessageNotice, number: string | undefined): Promise<void> {
  if (notice.attempts >= mostAttempts) {
    await deps.items.write(changedNotice(notice, failed('given-up')))
    return
  }
  const again = { ...notice, attempts: notice.attempts + 1, claimedAt: momentText(deps.now()) }
  const unchanged = { check: keys.routing(call.practice, call.call), onlyIf: { equals: { version: call.version } } } as const
  const taken = await deps.items.write([unchanged, ...changedNotice(notice, again)])
  if (taken === 'written') await sendNotice(deps, again, number)
}

const isLapsed = ({ state, claimedAt }: Notice, now: number): boolean =>
  state === 'sending' && Date.parse(claimedAt) + leaseMilliseconds <= now

const isMessage = (notice: Notice): notice is MessageNotice => notice.who !== undefined && notice.channel !== undefined
