import * as z from 'zod/mini'
import type { Item } from '../items/items.ts'
import { digest } from './digest.ts'
import { entrySortKey, ledgerKeys } from './ledger-keys.ts'

const content = z.strictObject({
  person: z.string(),
  role: z.enum(['provider', 'patient']),
  purpose: z.string(),
  elements: z.readonly(z.array(z.string())),
  requestId: z.string(),
  time: z.string(),
})

/** One look at a patient's data, as the ledger keeps it. */
export interface Disclosure {
  readonly practice: string
  readonly patient: string
  /** Opaque id of who looked. */
  readonly person: string
  readonly role: 'provider' | 'patient'
  readonly purpose: string
  /** What was looked at, by kind: `message`, `callback-number`. Never the data itself. */
  readonly elements: readonly string[]
  readonly requestId: string
  /** ISO 8601 in UTC, with milliseconds. */
  readonly time: string
}

/** An entry as it is stored. Readable without a key: the ledger says who looked, and nothing of what was seen. */
export function entryItem({ practice, patient, ...attributes }: Disclosure, number: number): Item {
  return { ...ledgerKeys.entry(practice, patient, entrySortKey(attributes.time, number)), attributes }
}

/** An entry from its item; undefined when it is none, as a changed one may be. */
export function disclosureIn({ pk, attributes }: Item): Disclosure | undefined {
  const [practice = '', patient = ''] = pk.split('#')
  const parsed = content.safeParse(attributes)
  return parsed.success ? { practice, patient, ...parsed.data } : undefined
}

/** Hash of an entry: every field in the order of `Disclosure`. */
export const entryHash = ({ practice, patient, person, role, purpose, elements, requestId, time }: Disclosure): string =>
  digest('safe-harbor ledger entry 1', [practice, patient, person, role, purpose, elements, requestId, time])
