import type { ItemKey } from '../items/items.ts'

/**
 * Where the parts of the ledger stand in its table. `chain` and `marks` have five letters and an id of a patient at least eight, so that neither is a patient's.
 *
 * | `pk` | `sk` | what |
 * | --- | --- | --- |
 * | `<practice>#chain` | `<number>` | one link of the chain |
 * | `<practice>#<patient>` | `<time>#<number>` | one entry |
 * | `<practice>#marks` | `<number>` | that the chain was checkpointed up to a link |
 */
export const ledgerKeys = {
  chain: (practice: string): string => `${practice}#chain`,
  link: (practice: string, number: number): ItemKey => ({ table: 'ledger', pk: ledgerKeys.chain(practice), sk: numberText(number) }),
  entries: (practice: string, patient: string): string => `${practice}#${patient}`,
  entry: (practice: string, patient: string, sk: string): ItemKey => ({ table: 'ledger', pk: ledgerKeys.entries(practice, patient), sk }),
  marks: (practice: string): string => `${practice}#marks`,
  mark: (practice: string, number: number): ItemKey => ({ table: 'ledger', pk: ledgerKeys.marks(practice), sk: numberText(number) }),
} as const

/** Sort key of an entry. @param time ISO 8601 in UTC */
export const entrySortKey = (time: string, number: number): string => `${time}#${numberText(number)}`

/** A number as twelve digits, so that text sorts as numbers do. */
export const numberText = (number: number): string => String(number).padStart(12, '0')

/** Number of a link or a mark by its sort key; undefined when it is neither. */
export const numberOfLink = (sk: string): number | undefined => (/^\d{12}$/.test(sk) ? Number(sk) : undefined)

/** Number of an entry by its sort key; undefined when it is none. */
export const numberOfEntry = (sk: string): number | undefined => numberOfLink(sk.slice(sk.indexOf('#') + 1))
