import { vi } from 'vitest'
import { type Call, callOf, changedCall, newCall } from '../../../../lambda/service/calls/call.ts'
import { keys } from '../../../../lambda/service/calls/keys.ts'
import { escalationEvents } from '../../../../lambda/service/escalation/env.ts'
import type { Escalating } from '../../../../lambda/service/escalation/escalating.ts'
import type { Notifier } from '../../../../lambda/service/escalation/ports.ts'
import { scheduleItems } from '../../../../lambda/service/schedule/stored-schedule.ts'
import { type ItemsInMemory, itemsInMemory } from '../../items-in-memory.ts'
import { always } from '../schedule/schedules.ts'

export const practice = 'practice0001'
export const start = Date.parse('2026-01-06T03:00:00Z')
export const minute = 60_000
/** Numbers of who is on call at `start` and of the two backups. */
export const numbers = { provider0a: '+12025550101', backup000a: '+12025550102', backup000b: '+12025550103' } as const

/** A message as the notifier was given it. */
export interface Message {
  readonly channel: 'text' | 'voice'
  readonly number: string
  readonly words: string
  readonly at: number
}

/** A practice with somebody on call around the clock, and what notifies its providers, in memory. */
export interface Practice extends Escalating {
  readonly items: ItemsInMemory
  /** What the notifier was given, in order. */
  readonly messages: Message[]
  readonly clock: { now: number }
  /** Numbers whose messages are not taken. */
  readonly refused: Set<string>
}

export async function practiceWith(contacts: Readonly<Record<string, string>> = numbers): Promise<Practice> {
  const items = itemsInMemory()
  const clock = { now: start }
  const messages: Message[] = []
  const refused = new Set<string>()
  await items.write([
    { put: scheduleItems.rotation(practice, always) },
    ...Object.entries(contacts).map(([who, number]) => ({ put: scheduleItems.contact(practice, who, number) })),
  ])
  const send = (channel: Message['channel']) => async (number: string, words: string) => {
    messages.push({ channel, number, words, at: clock.now })
    if (refused.has(number)) throw new Error('refused')
    return { messageId: `message-${messages.length}` }
  }
  const notifier: Notifier = { text: send('text'), voice: send('voice') }
  return { items, notifier, practices: [practice], now: () => clock.now, messages, clock, refused }
}

/** Stores a new call, as the intake does. */
export async function receive({ items, clock }: Pick<Practice, 'items' | 'clock'>, call: string): Promise<void> {
  const receivedAt = new Date(clock.now).toISOString()
  const state = { state: 'open', receivedAt, dueAt: receivedAt, step: 0, version: 1 } as const
  await items.write(newCall({ practice, call, patient: 'patient00001', urgency: 'urgent', ...state }))
}

/** A call as it is stored. */
export const stored = (items: ItemsInMemory, call: string): Call => {
  const { table, pk, sk } = keys.routing(practice, call)
  return callOf(items.stored.get(`${table}\n${pk}\n${sk}`) as Parameters<typeof callOf>[0])
}

/** Acknowledges or closes a call, as a provider does; refused when somebody else was faster. */
export const change = (items: ItemsInMemory, call: string, state: 'acknowledged' | 'closed') =>
  items.write(changedCall(stored(items, call), { state }))

/** Collects what rings, and keeps it off the terminal. */
export function rings(): string[] {
  const heard: string[] = []
  const hear = (line: unknown) => {
    heard.push((line as { event: string }).event)
  }
  for (const level of ['error', 'warn', 'info'] as const) vi.spyOn(console, level).mockImplementation(hear)
  return heard
}

export { escalationEvents as events }
