import type { EscalationPlan, Override, Rotation } from '../api/schemas.ts'
import { isTimeZone } from './local-time.ts'

/** What a schema cannot see in a rotation, an override or a plan. */
export type ScheduleProblem = 'unknown-time-zone' | 'nobody-twice' | 'ends-before-it-begins' | 'finer-than-a-clock' | 'unanswered-too-early'

/** What is wrong with a rotation; undefined when nothing is. A rotation with a problem must not be stored. */
export function rotationProblem({ timeZone, backup }: Pick<Rotation, 'timeZone' | 'backup'>): ScheduleProblem | undefined {
  if (!isTimeZone(timeZone)) return 'unknown-time-zone'
  return new Set(backup).size === backup.length ? undefined : 'nobody-twice'
}

// `2026-03-08T07:30:00.000000000Z`: a schema takes any number of digits, and everything that is said of a schedule is read at each step of an escalation.
const longestMoment = 30

/** What is wrong with an override; undefined when nothing is. */
export function overrideProblem({ from, to }: Pick<Override, 'from' | 'to'>): ScheduleProblem | undefined {
  if (Math.max(from.length, to.length) > longestMoment) return 'finer-than-a-clock'
  return Date.parse(from) < Date.parse(to) ? undefined : 'ends-before-it-begins'
}

/** What is wrong with a plan; undefined when nothing is. The operators are told last: after the voice call and after the backup. */
export const planProblem = ({ voiceMinutes, backupMinutes, unansweredMinutes }: EscalationPlan): ScheduleProblem | undefined =>
  Math.max(voiceMinutes, backupMinutes) < unansweredMinutes ? undefined : 'unanswered-too-early'
