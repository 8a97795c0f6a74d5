import type { EscalationPlan } from '../api/schemas.ts'
import type { Channel } from './words.ts'

/** One step of a call's escalation. Moments are milliseconds since 1970. */
export type Step = MessageStep | { readonly number: number; readonly at: number; readonly to: 'operators' }

/** A step that notifies somebody. */
export interface MessageStep {
  readonly number: number
  readonly at: number
  readonly to: 'on-call' | 'backup'
  readonly channel: Channel
  /** How many of the backups come before the one who is meant. @default 0 */
  readonly place: number
}

/** Minutes between rings for a call that stays unanswered. */
export const ringAgainMinutes = 5

/**
 * The steps of a call's escalation, in order; the last one tells the operators. The provider on call gets texts and a voice call; from `backupMinutes` on, the
 * backups get a text and a voice call one after the other, at the pace of the texts. What a plan puts after the operators happens together with them.
 */
export function escalationSteps(plan: EscalationPlan, receivedAt: number): readonly Step[] {
  const messages = [...texts(plan), voice(plan), ...backups(plan)].sort((one, other) => one.minutes - other.minutes)
  return [...messages, { to: 'operators', minutes: plan.unansweredMinutes } as const].map(({ minutes, ...step }, number) => ({
    number,
    at: receivedAt + minutes * 60_000,
    ...step,
  }))
}

/**
 * The step to take now; undefined when none is due. After a stoppage several are: each person is then notified once in each way, by the last step that
 * would have, and the operators are told without delay.
 *
 * @param done steps that are done already
 */
export function dueStep(steps: readonly Step[], done: number, now: number): Step | undefined {
  const due = steps.slice(done).filter(({ at }) => at <= now)
  return due.find((step, index) => !due.slice(index + 1).some((later) => isSameWay(step, later)))
}

type Planned = Omit<MessageStep, 'number' | 'at'> & { readonly minutes: number }

const texts = ({ repeats, repeatMinutes, unansweredMinutes }: EscalationPlan): Planned[] =>
  Array.from({ length: 1 + repeats }, (_, index) => onCall('text', index * repeatMinutes)).filter(
    ({ minutes }) => minutes < unansweredMinutes,
  )

const voice = ({ voiceMinutes, unansweredMinutes }: EscalationPlan): Planned => onCall('voice', Math.min(voiceMinutes, unansweredMinutes))

const backups = ({ repeats, repeatMinutes, backupMinutes, unansweredMinutes }: EscalationPlan): Planned[] =>
  Array.from({ length: 2 + repeats }, (_, index) => ({
    to: 'backup' as const,
    channel: index % 2 === 0 ? ('text' as const) : ('voice' as const),
    place: Math.floor(index / 2),
    minutes: Math.min(backupMinutes, unansweredMinutes) + index * repeatMinutes,
  })).filter(({ minutes }, index) => index === 0 || minutes < unansweredMinutes)

const onCall = (channel: Channel, minutes: number): Planned => ({ to: 'on-call', channel, place: 0, minutes })

const isSameWay = (one: Step, other: Step): boolean =>
  one.to !== 'operators' && other.to !== 'operators' && one.to === other.to && one.channel === other.channel && one.place === other.place
