import { errorKind, log } from '../../shared/log.ts'
import { type AlertContext, composeAlert } from './compose-alert.ts'
import { pathCheck, pathCheckedEvent } from './env.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import type { Outbox, Repeats } from './ports.ts'
import { readFinding } from './read-finding.ts'

/** What became of an event. */
export type Outcome = 'sent' | 'repeat' | 'path-checked'

/** What telling an event needs. */
export interface Telling extends AlertContext {
  readonly outbox: Outbox
  readonly repeats: Repeats
  /** Seconds since 1970. */
  readonly now: () => number
}

/**
 * Tells of an event once. It would rather tell twice than not at all: memory that fails only costs a repeated alert.
 * @throws Error of the outbox when the alert was not taken: the event is then tried again and waits in the dead-letter queue at last
 */
export async function tell(event: unknown, { outbox, repeats, now, ...context }: Telling): Promise<Outcome> {
  const envelope = readEnvelope(event)
  if (isPathCheck(envelope)) {
    log('info', { event: pathCheckedEvent })
    return 'path-checked'
  }
  const finding = readFinding(envelope)
  const eventId = envelope?.id ?? 'none'
  const known = await orElse('first', 'alert-memory-unread', () => repeats.claim(finding.identity, eventId, now()))
  if (known === 'repeat') {
    log('info', { event: 'alert-repeated', requestId: eventId, kind: finding.kind })
    return 'repeat'
  }
  await outbox.send(composeAlert(finding, context))
  await orElse(undefined, 'alert-memory-unwritten', () => repeats.sent(finding.identity, eventId, now()))
  log('info', { event: 'alert-sent', requestId: eventId, kind: finding.kind })
  return 'sent'
}

const isPathCheck = (envelope: Envelope | undefined): boolean =>
  envelope?.source === pathCheck.source && envelope['detail-type'] === pathCheck.detailType

async function orElse<T>(otherwise: T, event: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    // Whatever the memory's error is, the alert goes out.
    log('warn', { event, kind: errorKind(error) })
    return otherwise
  }
}
