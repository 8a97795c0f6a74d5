import { accountingOf } from '../../shared/ledger/accounting.ts'
import type { Act } from './work.ts'

/** Who saw which of the patient's data, when and why, in the last six years, the latest first (45 CFR 164.528). */
export const listDisclosures: Act<'listDisclosures'> = async ({ items, practice, patient, now }) => {
  return { status: 200, body: { disclosures: await accountingOf(items, practice, patient, now) } }
}
