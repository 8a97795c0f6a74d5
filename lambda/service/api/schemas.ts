import * as z from 'zod/mini'
import { identifierPattern } from '../../shared/identifiers.ts'

// Something that can be seen; then characters of no kind but the visible ones, and the four that are needed without being seen.
const visibleText = /^(?=[\s\S]*[^\s\p{DI}\u2800])(?:[^\p{C}]|[\t\n\u200c\u200d])*$/u

/**
 * Text that people write. Refused are control characters but tab and line feed, halves of characters, the marks that change the direction of text or are
 * invisible, and text of which nothing can be seen: what a provider reads is what stands there (Unicode Technical Report 36, "Unicode Security Considerations").
 * Joiner and non-joiner are taken, as Persian and many pictures cannot be written without. Letters come out composed, so that the same words are the same text
 * whichever keyboard wrote them (Unicode Standard Annex 15, form NFC).
 */
const text = (most: number) => z.string().check(z.normalize('NFC'), z.minLength(1), z.maxLength(most), z.regex(visibleText), z.regex(/\S/))

/** An id of ours. */
export const identifier = z.string().check(z.regex(identifierPattern))
/** A telephone number in international form, ASCII digits only (ITU-T E.164). */
export const telephoneNumber = z.string().check(z.regex(/^\+[1-9][0-9]{6,14}$/))
/** A moment, in UTC to the second or finer: `2026-03-08T07:30:00Z`. */
export const moment = z.iso.datetime()
/** What a call is about. */
export const callKinds = ['symptom', 'prescription', 'lab-result', 'other'] as const
/** How soon a provider is needed. Urgency is routing data: it says nothing of what is wrong. */
export const urgencies = ['urgent', 'soon', 'routine'] as const
/** Why a record is read (45 CFR 164.506(c)). */
export const purposes = ['treatment', 'payment', 'operations'] as const

const callFields = {
  callbackNumber: telephoneNumber,
  kind: z.enum(callKinds),
  urgency: z.enum(urgencies),
  /** What the patient said or wrote; health information from its first letter on. */
  message: text(4000),
}
/** A call that the answering line takes for a practice. */
export const lineCall = z.strictObject({ practice: identifier, ...callFields })
/** A call or message that a signed-in patient sends to their practice. */
export const patientCall = z.strictObject(callFields)
/** One message of a call. */
export const message = z.strictObject({ message: text(4000) })
/** The known patient that an unknown caller turned out to be. */
export const patientOfCall = z.strictObject({ patient: identifier })
/** Where a provider is notified. */
export const contact = z.strictObject({ number: telephoneNumber })

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most))
// At least one: a rotation of nobody, or one that covers nothing, is none.
const list = <Part extends z.ZodMiniType>(part: Part, most: number) => z.array(part).check(z.minLength(1), z.maxLength(most))
const minutesOfDay = z.string().check(z.regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/))
/** One rotation of providers over the hours it covers. */
export const rotation = z.strictObject({
  /** IANA time zone whose clocks the hours are read on: `America/Denver`. */
  timeZone: z.string().check(z.regex(/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){0,2}$/)),
  /** Providers in turn. */
  providers: list(identifier, 50),
  /** The local day the first provider's turn begins. */
  firstDay: z.iso.date(),
  /** Local time at which the turn passes on. */
  handoverAt: minutesOfDay,
  /** How long a turn lasts. */
  turnDays: whole(1, 28),
  /** Who steps in when the provider on call does not answer. */
  backup: list(identifier, 10),
  /** When the line is covered, by local weekday (1 is Monday) and hours; a span whose end is not after its start runs into the next day. */
  covered: list(z.strictObject({ weekdays: list(whole(1, 7), 7), from: minutesOfDay, to: minutesOfDay }), 14),
})
/** Somebody else is on call for a while. Of two that overlap, the later made holds. */
export const override = z.strictObject({ provider: identifier, from: moment, to: moment })
/** How a practice's calls are escalated, in minutes since the call came in. */
export const escalation = z.strictObject({
  /** Minutes between text messages. */
  repeatMinutes: whole(1, 30),
  /** Text messages after the first. */
  repeats: whole(0, 10),
  /** When the provider is called by voice. */
  voiceMinutes: whole(1, 60),
  /** When the backup is notified too. */
  backupMinutes: whole(1, 120),
  /** When the operators are told that nobody answers. */
  unansweredMinutes: whole(2, 240),
})

/** What the schemas accept. */
export type LineCall = z.infer<typeof lineCall>
/** A signed-in patient's call. */
export type PatientCall = z.infer<typeof patientCall>
/** A rotation. */
export type Rotation = z.infer<typeof rotation>
/** An override. */
export type Override = z.infer<typeof override>
/** Escalation of a practice. */
export type EscalationPlan = z.infer<typeof escalation>
/** Why a record is read. */
export type Purpose = (typeof purposes)[number]
