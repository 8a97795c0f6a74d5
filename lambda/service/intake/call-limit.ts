import { ServiceError } from '../../shared/http/service-error.ts'
import type { Items, Write } from '../../shared/items/items.ts'
import { keys } from '../calls/keys.ts'

/**
 * How many calls a signed-in patient sends in an hour of the clock, in UTC. Each has providers notified again and again, so that whoever holds one patient's
 * sign-in could wear out the people on call and what the service may spend on messages. Messages of a call that is there notify nobody and have no limit.
 */
export const mostCallsAnHour = 10

/** Who sends a call, and when in milliseconds since 1970. */
export interface Sending {
  readonly practice: string
  readonly person: string
  readonly now: number
}

/**
 * The part of a write that counts a call. It stands or falls with the call, so that calls at the same moment cannot exceed the limit together.
 * @throws ServiceError `too-many` when the hour has no room for another
 */
export async function countedCall(items: Pick<Items, 'get'>, { practice, person, now }: Sending): Promise<Write> {
  const key = keys.sent(practice, person, new Date(now).toISOString().slice(0, 13))
  const sent = Number((await items.get(key))?.attributes['calls'] ?? 0)
  if (sent >= mostCallsAnHour) throw new ServiceError('too-many')
  const attributes = { calls: sent + 1, expiresAt: Math.floor(now / 1000) + 86_400 }
  return { put: { ...key, attributes }, onlyIf: sent === 0 ? 'absent' : { equals: { calls: sent } } }
}
