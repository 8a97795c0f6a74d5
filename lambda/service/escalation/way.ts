import { backupsAt, onCallAt } from '../schedule/on-call.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { MessageStep } from './steps.ts'
import type { Channel } from './words.ts'

/** Whom a message goes to, and how. */
export interface Way {
  /** Id of the provider. */
  readonly who: string
  readonly channel: Channel
}

/**
 * The way a step goes: to whoever it is meant for at this moment, or to the next one who has a registered number. A way that has failed for this call is left
 * for another way, as long as there is one. Undefined when nobody can be notified.
 *
 * @param failed ways that have failed for this call
 */
export function wayOf(schedule: Schedule, step: MessageStep, now: number, failed: readonly Way[]): Way | undefined {
  const other: Channel = step.channel === 'text' ? 'voice' : 'text'
  const ways = candidates(schedule, step, now).flatMap((who): Way[] => [
    { who, channel: step.channel },
    { who, channel: other },
  ])
  return ways.find((way) => !failed.some(({ who, channel }) => who === way.who && channel === way.channel)) ?? ways[0]
}

function candidates(schedule: Schedule, { to, place }: MessageStep, now: number): readonly string[] {
  const onCall = onCallAt(schedule, now) ?? []
  const backups = backupsAt(schedule, now).filter((provider) => schedule.contacts.has(provider))
  const first = backups.length === 0 ? 0 : place % backups.length
  const inTurn = [...backups.slice(first), ...backups.slice(0, first)]
  const everybody = to === 'on-call' ? [onCall, backups].flat() : [inTurn, onCall].flat()
  return everybody.filter((provider) => schedule.contacts.has(provider))
}
