import type { Items } from '../../shared/items/items.ts'
import { type Call, callOf } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import type { Notifier } from './ports.ts'

/** What escalation works with. */
export interface Escalating {
  readonly items: Items
  readonly notifier: Notifier
  /** Practices that a sweep looks at. */
  readonly practices: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A call as it stands; undefined when there is none. */
export async function readCall(items: Pick<Items, 'get'>, practice: string, call: string): Promise<Call | undefined> {
  const item = await items.get(keys.routing(practice, call))
  return item && callOf(item)
}

/** Whether a call still waits for somebody to acknowledge it. */
export const isWaiting = (call: Call | undefined): call is Call => call?.state === 'open' || call?.state === 'unanswered'

/** A moment as items hold it. @param at milliseconds since 1970 */
export const momentText = (at: number): string => new Date(at).toISOString()
