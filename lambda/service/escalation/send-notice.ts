import { errorKind, log } from '../../shared/log.ts'
import { escalationEvents } from './env.ts'
import { type Escalating, isWaiting, readCall } from './escalating.ts'
import { changedNotice, type Notice } from './notice.ts'
import { NotificationError, type Notifier, type Taken } from './ports.ts'
import { type Channel, notificationWords } from './words.ts'

/** A notice whose message is to be sent. */
export type MessageNotice = Notice & { readonly who: string; readonly channel: Channel }

/**
 * Sends what a claimed notice says and records what became of it. The call is read again right before: once an acknowledgement is stored nothing is begun any
 * more; what remains is the time between that read and the call of the notifier, a few milliseconds. Nothing that happens between sending and
 * recording is lost, but it is done again: a provider may get one notification twice.
 *
 * @param number the registered number, undefined when there is none any more
 */
export async function sendNotice({ items, notifier }: Escalating, notice: MessageNotice, number: string | undefined): Promise<void> {
  const settle = (change: Partial<Notice>): Promise<void> => settled(items, notice, change)
  if (!isWaiting(await readCall(items, notice.practice, notice.call))) {
    // One that was begun before may have gone out then, so it stays `sending`.
    return notice.attempts > 1 ? undefined : settle({ state: 'withdrawn' })
  }
  if (number === undefined) return settle(failed('no-number'))
  await settle(await outcome(notifier, notice.channel, number))
}

// A write can be refused for a passing reason, and then the message would go out again. If it is refused for good, the notice was taken again meanwhile,
// because this took too long, and the later attempt settles it.
async function settled(items: Escalating['items'], notice: Notice, change: Partial<Notice>): Promise<void> {
  for (let left = 3; left > 0; left -= 1) if ((await items.write(changedNotice(notice, change))) === 'written') return
}

/** What a notice becomes that could not be sent. It rings. @param kind why, in a word */
export function failed(kind: string): Pick<Notice, 'state'> {
  log('error', { event: escalationEvents.notificationFailed, kind })
  return { state: 'failed' }
}

async function outcome(notifier: Notifier, channel: Channel, number: string): Promise<Partial<Notice>> {
  const answer = await taken(notifier, channel, number)
  return 'messageId' in answer ? { state: 'sent', messageId: answer.messageId } : failed(answer.notTaken)
}

// Whatever the notifier's error is, escalation goes on: the next step goes another way.
async function taken(notifier: Notifier, channel: Channel, number: string): Promise<Taken | { readonly notTaken: string }> {
  try {
    return await notifier[channel](number, notificationWords[channel])
  } catch (error) {
    return { notTaken: error instanceof NotificationError ? error.reason : errorKind(error) }
  }
}
