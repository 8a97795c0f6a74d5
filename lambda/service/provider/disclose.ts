import { recordDisclosure } from '../../shared/ledger/ledger.ts'
import { spendReadBudget } from '../../shared/ledger/read-budget.ts'
import type { Purpose } from '../api/schemas.ts'
import { callElements } from '../calls/opened-call.ts'
import type { Work } from './work.ts'

/**
 * What comes before every look at a patient's records: the read budget is spent, and the ledger says who looks and why. Until this has returned, no record is
 * read and no key is opened.
 *
 * @throws ServiceError `over-budget`; Error when the ledger could not be written
 */
export async function disclose(work: Work, patient: string, purpose: Purpose): Promise<void> {
  const { practice, person, now, time, request } = work
  await spendReadBudget(work.standing, { practice, person, patient, now }, work.budget)
  await recordDisclosure(work.items, {
    ...{ practice, patient, person, role: 'provider', purpose, time },
    ...{ elements: callElements, requestId: request.requestId },
  })
}
