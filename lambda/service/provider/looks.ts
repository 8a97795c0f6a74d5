import { ServiceError } from '../../shared/http/service-error.ts'
import { recordDisclosure } from '../../shared/ledger/ledger.ts'
import { type Purpose, purposes } from '../api/schemas.ts'
import { type Call, changedCall } from '../calls/call.ts'
import { callElements } from '../calls/opened-call.ts'
import { findCall } from './find-call.ts'
import type { Work } from './work.ts'

/** Looks that a call remembers; the ledger has every one of them under the id made for the caller. */
const most = 100
/** How often it is tried while the call changes by other hands. */
const tries = 5

/**
 * Remembers on an unknown caller's call that somebody opened it: when, who and why. Whose call it was is known only later, and that patient may then ask who
 * has seen it (45 CFR 164.528). While the practice only reads, nothing is remembered; nothing is merged then either.
 *
 * @throws ServiceError `conflict` when the call keeps changing; nothing has been opened then
 */
export async function rememberLook(work: Work, call: Call, purpose: Purpose): Promise<Call> {
  if (call.unknownCaller !== true || !work.writable) return call
  const look = [work.time, work.person, purpose].join(' ')
  let current = call
  for (let tried = 0; tried < tries; tried += 1) {
    const looks = current.looks ?? []
    if (looks.length >= most) return current
    if ((await work.items.write(changedCall(current, { looks: [...looks, look] }))) === 'written') return findCall(work, call.call)
    current = await findCall(work, call.call)
    // Somebody has said meanwhile whose call it is: the look belongs to that patient, who is opened with budget and ledger of their own.
    if (current.unknownCaller !== true) break
  }
  throw new ServiceError('conflict')
}

/** Enters what an unknown caller's call remembers into the ledger of the patient it turned out to be of, each look with its own time. */
export async function takeOverLooks(work: Work, { looks = [] }: Call, patient: string): Promise<void> {
  for (const look of looks) {
    const [time = '', person = '', purpose = ''] = look.split(' ')
    if (!(purposes as readonly string[]).includes(purpose)) continue
    await recordDisclosure(work.items, {
      ...{ practice: work.practice, patient, person, role: 'provider', purpose, time },
      ...{ elements: callElements, requestId: work.request.requestId },
    })
  }
}
