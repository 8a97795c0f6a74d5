import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Notifier } from '../../lambda/service/escalation/ports.ts'

/** One notification, as it stands in a line of `notifications.jsonl`. */
export interface PrintedNotification {
  /** ISO 8601 in UTC. */
  readonly at: string
  readonly kind: 'text' | 'voice'
  readonly number: string
  readonly words: string
  readonly messageId: string
}

/**
 * A notifier that reaches nobody: it prints what would go out, and keeps it in `notifications.jsonl` of the data folder. Notifications carry no health
 * information, so that both may be looked at.
 * @param now milliseconds since 1970
 */
export function printedNotifier(dataFolder: string, print: (line: string) => void, now: () => number): Notifier {
  const send = async (kind: PrintedNotification['kind'], number: string, words: string) => {
    const notification: PrintedNotification = { at: new Date(now()).toISOString(), kind, number, words, messageId: randomUUID() }
    await appendFile(join(dataFolder, 'notifications.jsonl'), `${JSON.stringify(notification)}\n`, { mode: 0o600 })
    print(`${kind} to ${number}: ${words}`)
    return { messageId: notification.messageId }
  }
  return { text: (number, words) => send('text', number, words), voice: (number, words) => send('voice', number, words) }
}
