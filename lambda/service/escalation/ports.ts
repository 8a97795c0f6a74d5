/** What a service that notifies says of a message it has taken. */
export interface Taken {
  readonly messageId: string
}

/** Sends notifications. It promises nothing of delivery: a message that was taken may never be heard. */
export interface Notifier {
  /** @param number a registered number, E.164 @throws NotificationError when it was not taken, or nobody knows whether it was */
  readonly text: (number: string, words: string) => Promise<Taken>
  /** Calls the number and speaks the words. @throws NotificationError as `text` */
  readonly voice: (number: string, words: string) => Promise<Taken>
}

/** Why a message was not taken. `opted-out`: its receiver has answered STOP at some time. `unsure`: it may have been taken all the same. */
export type NotTaken = 'opted-out' | 'refused' | 'too-many' | 'unsure'

/** A message was not taken. It names no number and holds no words of the service that refused, as they may quote the number. */
export class NotificationError extends Error {
  override readonly name = 'NotificationError'
  readonly reason: NotTaken

  constructor(reason: NotTaken) {
    super(`The notification was not taken: ${reason}.`)
    this.reason = reason
  }
}
