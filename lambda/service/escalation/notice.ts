import * as z from 'zod/mini'
import type { Attributes, Item, Items, Write } from '../../shared/items/items.ts'
import { keys } from '../calls/keys.ts'

/**
 * What became of a step.
 * - `sending`: begun; if it stays so, nobody knows whether it went out, and it is begun again as long as the call waits
 * - `sent`: taken by the service that notifies
 * - `failed`: not taken, or given up
 * - `withdrawn`: the call was acknowledged before anything was sent
 * - `nobody`: nobody with a registered number was there, and the operators were told
 * - `told`: the operators were told that nobody answers
 */
export const noticeStates = ['sending', 'sent', 'failed', 'withdrawn', 'nobody', 'told'] as const

const shape = z.object({
  state: z.enum(noticeStates),
  to: z.enum(['on-call', 'backup', 'operators']),
  /** Id of the provider; missing where no message was meant. */
  who: z.optional(z.string()),
  channel: z.optional(z.enum(['text', 'voice'])),
  /** When it was begun last, ISO 8601 in UTC. */
  claimedAt: z.string(),
  /** How often it was begun. More than one: its receiver may have got it as often. */
  attempts: z.int().check(z.minimum(1)),
  /** What the service that notifies calls the message. */
  messageId: z.optional(z.string()),
})

/** The proof of one step of one call: who was notified when, and how. It never holds a number. */
export type Notice = z.infer<typeof shape> & { readonly practice: string; readonly call: string; readonly number: number }

/** A notice as an item of `routing`. */
export const noticeItem = ({ practice, call, number, ...attributes }: Notice): Item => ({
  ...keys.notice(practice, call, number),
  attributes: attributes as Attributes,
})

/** The parts of a write that take a notice on, if it is still as it was. */
export const changedNotice = (before: Notice, change: Partial<Notice>): Write[] => [
  { put: noticeItem({ ...before, ...change }), onlyIf: { equals: { state: before.state, attempts: before.attempts } } },
]

/** The notices of a call, in order of their steps. */
export async function noticesOf(items: Pick<Items, 'query'>, practice: string, call: string): Promise<readonly Notice[]> {
  const { table, pk } = keys.notice(practice, call, 0)
  const found = await items.query({ table, pk, from: `${call}#`, to: `${call}#~` })
  return found.map(({ sk, attributes }) => ({ ...shape.parse(attributes), practice, call, number: Number(sk.slice(call.length + 1)) }))
}
