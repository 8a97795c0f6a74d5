import type { Items } from '../items/items.ts'
import { type Disclosure, disclosuresOf } from './ledger.ts'

/**
 * One line of what a patient is shown: "the date of the disclosure", "the name of the entity or person who received the protected health information",
 * "a brief description of the protected health information disclosed" and "a brief statement of the purpose" (45 CFR 164.528(b)(2)).
 */
export interface AccountedDisclosure {
  /** ISO 8601 in UTC. */
  readonly date: string
  /** Opaque id of who looked. The practice knows the name; the service keeps none. */
  readonly recipient: string
  readonly role: Disclosure['role']
  /** `message, callback-number`. */
  readonly description: string
  readonly purpose: string
}

/** "In the six years prior to the date on which the accounting is requested" (45 CFR 164.528(a)(1)). */
const accountedYears = 6

/**
 * The accounting of disclosures of a patient, newest first. It says more than the rule asks: uses for treatment, payment and operations, and the patient's own
 * looks, need not be accounted for (45 CFR 164.528(a)(1)) and are all the same.
 *
 * @param now milliseconds since 1970
 */
export async function accountingOf(items: Items, practice: string, patient: string, now: number): Promise<readonly AccountedDisclosure[]> {
  const disclosures = await disclosuresOf(items, practice, patient, yearsBefore(now))
  return disclosures.map(accounted).reverse()
}

const accounted = ({ time, person, role, elements, purpose }: Disclosure): AccountedDisclosure => ({
  date: time,
  recipient: person,
  role,
  description: elements.join(', '),
  purpose,
})

function yearsBefore(now: number): string {
  const start = new Date(now)
  start.setUTCFullYear(start.getUTCFullYear() - accountedYears)
  return start.toISOString()
}
