import type { Patient, TrailRead } from './trail-read.ts'

/** What the ledger has entered, by person. */
export type Looks = ReadonlyMap<string, readonly Look[]>

/** One entry of the ledger, as far as a read needs it. */
export interface Look extends Patient {
  /** Milliseconds since 1970. */
  readonly time: number
}

/**
 * How long after an entry a read of the same person and patient still belongs to it, in milliseconds: fifteen minutes, which a person's session lasts, and five, which the
 * vault keeps a data key. The functions write an entry for every request, so that reads follow within seconds; but what a session has begun within its life, and a key
 * that was fetched at its end, is the same person looking at the same patient. A shorter time would ring for slow answers and retries.
 */
export const accountedFor = 20 * 60_000

/** How much later than the read its entry may seem, in milliseconds: the trail cuts its times to whole seconds, and two clocks differ a little. */
export const tolerated = 5_000

/** Why a read is not accounted for. */
export type Unaccounted = 'records' | 'vault-key' | 'other-principal' | 'not-readable'

/**
 * Judges a read by the ledger; undefined when all is well. A read is accounted for when the same person has an entry of every patient it names, not later than the read and
 * not much before it. When it names none, any entry of the person does. Break-glass writes no entry and rings by every call, so it is no finding here.
 */
export function unaccounted({ reader, time, patients, of }: TrailRead, looks: Looks): Unaccounted | undefined {
  if (reader.kind === 'break-glass') return undefined
  if (reader.kind === 'other') return 'other-principal'
  const near = (looks.get(reader.person) ?? []).filter((look) => look.time <= time + tolerated && look.time >= time - accountedFor)
  const entered = ({ practice, patient }: Patient): boolean => near.some((look) => look.practice === practice && look.patient === patient)
  const all = patients.length === 0 ? near.length > 0 : patients.every(entered)
  return all ? undefined : of
}
