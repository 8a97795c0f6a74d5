import { recordDisclosure } from '../../shared/ledger/ledger.ts'
import type { Work } from './work.ts'

/** Purpose of a patient's own look: the right to inspect what is kept about oneself (45 CFR 164.524). */
export const ownPurpose = 'own-access'

/** Writes what comes before a patient's look at their own records. @throws Error unless the entry is written; nothing may be read then */
export const recordOwnLook = ({ items, practice, patient, person, time, request }: Work, elements: readonly string[]): Promise<void> =>
  recordDisclosure(items, {
    ...{ practice, patient, person, role: 'patient', purpose: ownPurpose, time },
    ...{ elements, requestId: request.requestId },
  })
