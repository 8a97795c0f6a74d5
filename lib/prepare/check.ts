import type { Duty } from '../config/names.ts'
import type { Reader } from './reader.ts'

/** What an account is for, the organization's management account included. */
export type AccountDuty = Duty | 'management'

/** A way to mend something: a command to copy, or a sentence where no command does it. */
export type Step = { readonly run: string } | { readonly do: string }

/** How a check came out, and what it was judged by. An `unknown` one says what would decide it. */
export interface Judgement {
  readonly verdict: 'ok' | 'mend' | 'unknown'
  /** What was found, or why nothing was. One sentence; no secrets. */
  readonly because: string
  /** Steps for what was found, in place of the check's own. */
  readonly mend?: readonly Step[]
}

/** Where a judgement comes from. Reading is the only part that calls AWS; judging is pure. */
export type Evidence =
  | { readonly from: 'configuration'; readonly judge: () => Judgement }
  | { readonly from: 'account'; readonly permission: string; readonly judge: (reader: Reader) => Promise<Judgement> }
  | { readonly from: 'hand'; readonly because: string }

/** Something that must be true of an account before Safe Harbor can be deployed into it, or before it can be trusted. */
export interface Check {
  /** Kebab-case; one of its kind in each account and Region. */
  readonly id: string
  /** What must be true, as a sentence without full stop. */
  readonly title: string
  /** Undefined for what the configuration alone decides. */
  readonly duty: AccountDuty | undefined
  /** Undefined for what is one in all Regions. */
  readonly region: string | undefined
  /** One sentence: what goes wrong otherwise. */
  readonly why: string
  readonly evidence: Evidence
  /** Command that shows the state, for whoever looks by hand. */
  readonly look?: string
  readonly mend: readonly Step[]
}

/** A check with its judgement. */
export interface PreparedCheck extends Check {
  readonly judgement: Judgement
}

export const ok = (because: string): Judgement => ({ verdict: 'ok', because })
export const unknown = (because: string): Judgement => ({ verdict: 'unknown', because })
export const mend = (because: string, ...steps: Step[]): Judgement => ({
  verdict: 'mend',
  because,
  ...(steps.length > 0 && { mend: steps }),
})

/**
 * Reads facts from the account, then judges them.
 *
 * @param permission IAM action that the reading needs, named when it is denied
 */
export const read = <Facts>(
  permission: string,
  facts: (reader: Reader) => Promise<Facts>,
  judge: (facts: Facts) => Judgement,
): Evidence => ({
  from: 'account',
  permission,
  judge: async (reader) => judge(await facts(reader)),
})

/** A check that nobody but a person can decide. */
export const byHand = (because: string): Evidence => ({ from: 'hand', because })
