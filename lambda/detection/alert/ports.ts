/** A message as the topic takes it. */
export interface Message {
  /** ASCII, under 100 characters. */
  readonly subject: string
  /** Plain text. */
  readonly body: string
}

/** Where alerts go. */
export interface Outbox {
  /** @throws Error when the message was not taken; the event is then tried again. */
  readonly send: (message: Message) => Promise<void>
}

/** Remembers what was sent, across invocations that run at once and across restarts. */
export interface Repeats {
  /**
   * Takes the duty of sending an alert. Only one of several invocations gets it; the same event gets it again as long as nothing was sent.
   *
   * @param identity what makes two alerts the same
   * @param eventId id of the EventBridge event, the same when it is delivered twice
   * @param now seconds since 1970
   */
  readonly claim: (identity: string, eventId: string, now: number) => Promise<'first' | 'repeat'>
  /** Says that the alert was sent; repeats are dropped from now on, for as long as the window lasts. */
  readonly sent: (identity: string, eventId: string, now: number) => Promise<void>
}
