import type { Items } from '../items/items.ts'
import { append } from './append.ts'
import { type Disclosure, disclosureIn } from './disclosure.ts'
import { inTurn } from './in-turn.ts'
import { ledgerKeys } from './ledger-keys.ts'

export type { Disclosure } from './disclosure.ts'

// A busy function would otherwise compete with itself for the end of the chain.
const inTurnOfPractice = inTurn()

/**
 * Writes an entry of the access ledger: "implement hardware, software, and/or procedural mechanisms that record and examine activity in information systems
 * that contain or use electronic protected health information" (45 CFR 164.312(b)). Call it before the data is read: no entry, no data.
 *
 * When the answer to a write is lost, the entry may stand twice; a look that is told twice is no harm.
 *
 * @param items of the session that looks
 * @throws LedgerError or an error of the store unless the entry is written
 */
export const recordDisclosure = (items: Items, disclosure: Disclosure): Promise<void> =>
  inTurnOfPractice(disclosure.practice, () => append(items, disclosure))

/**
 * Every entry about a patient, oldest first. An item that is no entry is left out here; `ledger verify` names it.
 *
 * @param since earliest time, ISO 8601 in UTC. @default the first entry
 */
export async function disclosuresOf(items: Items, practice: string, patient: string, since?: string): Promise<readonly Disclosure[]> {
  const pk = ledgerKeys.entries(practice, patient)
  const found = await items.query({ table: 'ledger', pk, ...(since === undefined ? {} : { from: since }) })
  return found.flatMap((item) => disclosureIn(item) ?? [])
}
