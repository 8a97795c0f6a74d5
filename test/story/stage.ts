import type { Caller } from '../local-service/caller.ts'

/** The people of the story: two providers of a practice each, one of both, a patient, and the answering line. */
export const people = ['rivera', 'lindgren', 'okafor', 'avery', 'line'] as const
/** One of them. */
export type PersonName = (typeof people)[number]

/** Somebody who is signed in. */
export interface SignedIn extends Caller {
  readonly token: string
}

/**
 * Where the story is played: the service as it is reached from outside, and what a spectator sees. Rivera is on call for Northside, Lindgren for Lakeview, and Okafor
 * is the backup of both; avery is a patient of Northside.
 */
export interface Stage {
  readonly practices: { readonly northside: string; readonly lakeview: string }
  /** Opaque id of a person. */
  readonly person: (name: PersonName) => string
  /** Id that Avery's records are kept under. */
  readonly patient: string
  /** Somebody with this token, or without one. */
  readonly caller: (token?: string) => Caller
  /** @param practice the chosen one, of a provider of several */
  readonly signIn: (name: PersonName, practice?: string) => Promise<SignedIn>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Lets minutes go by for the calls that wait, and the sweep look at them. */
  readonly later: (minutes: number) => Promise<void>
  /** Messages to providers so far: `text to <number>: <words>`. */
  readonly sent: () => readonly string[]
  /** Takes the service offline, or online again, by the command's own code. */
  readonly switch: (to: 'offline' | 'online') => Promise<void>
  /** What a caller gets while the service is offline. */
  readonly closed: { readonly status: number; readonly title?: string }
}
