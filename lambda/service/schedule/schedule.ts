import type { EscalationPlan, Override, Rotation } from '../api/schemas.ts'

/** An override with its id; a later one has a larger id. */
export interface MadeOverride extends Override {
  readonly id: string
}

/** Who is on call when. */
export interface OnCallSchedule {
  /** Undefined as long as a practice has none: then only overrides put somebody on call. */
  readonly rotation?: Rotation
  readonly overrides: readonly MadeOverride[]
}

/** Everything a practice has said of its on-call line. */
export interface Schedule extends OnCallSchedule {
  /** How its calls are escalated. */
  readonly plan: EscalationPlan
  /** The registered number of each provider, by the provider's id. */
  readonly contacts: ReadonlyMap<string, string>
}

/** Escalation of a practice that has not said otherwise: notify, again after 2 minutes up to 5 times, voice after 10, backup after 15, operators after 20. */
export const defaultPlan: EscalationPlan = { repeatMinutes: 2, repeats: 5, voiceMinutes: 10, backupMinutes: 15, unansweredMinutes: 20 }
