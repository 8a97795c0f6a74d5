import { ServiceError } from '../../shared/http/service-error.ts'
import type { Write } from '../../shared/items/items.ts'
import { patientsOf } from '../../shared/vault/wrapped-keys.ts'
import { type Call, callOf, changedCall } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import { once } from '../idempotency.ts'
import { disclose } from './disclose.ts'
import { findCall } from './find-call.ts'
import { takeOverLooks } from './looks.ts'
import { movedRecords } from './moved-records.ts'
import type { Act, RouteWork, Work } from './work.ts'

/**
 * Gives a call of an unknown caller to the known patient who it turned out to be. Records never move from one known patient to another:
 *
 * - only a call that the answering line took under a patient id of its own moves, and it moves once;
 * - only the provider who acknowledged the call says whose it is, as they have spoken with the patient;
 * - the patient is one whom the practice already keeps data for and no unknown caller, so that no call is lost to a mistyped id.
 *
 * It shows the call to the provider's session and ties it to the known patient, so budget and ledger come first, for both.
 */
export const mergeCall: Act<'mergeCall'> = (work) =>
  once(work.items, work, async () => {
    const { patient } = work.sent.body
    const call = await findCall(work, work.sent.path.call)
    const response = { status: 200, body: { call: call.call } }
    if (call.acknowledgedBy !== work.person) throw new ServiceError('conflict')
    if (call.unknownCaller !== true) {
      if (call.patient !== patient) throw new ServiceError('conflict')
      return { response, writes: [] }
    }
    await requireKnown(work, call, patient)
    return { response, writes: await mergedWrites(work, call, patient) }
  })

async function mergedWrites(work: RouteWork<'mergeCall'>, call: Call, patient: string): Promise<Write[]> {
  const { purpose } = work.sent.query
  await disclose(work, call.patient, purpose)
  await disclose(work, patient, purpose)
  await requireNoUnknownCaller(work, patient)
  await takeOverLooks(work, call, patient)
  const change = { patient, unknownCaller: false, looks: [] }
  return [...(await movedRecords(work.items, work.vault, call, patient)), ...changedCall(call, change)]
}

// Words of a refusal are those of a call that is not there: they do not say which ids the practice keeps.
async function requireKnown({ items, practice }: Work, call: Call, patient: string): Promise<void> {
  const known = await items.get({ ...patientsOf(practice), sk: patient })
  if (known === undefined || patient === call.patient) throw new ServiceError('not-found')
}

// An id made for an unknown caller has that one call; given to it, this call would be out of reach for the patient who it is of.
async function requireNoUnknownCaller({ items, practice }: Work, patient: string): Promise<void> {
  const { table, pk, sk } = keys.call(practice, patient, '')
  const [first] = await items.query({ table, pk, from: sk, to: `${sk}~`, limit: 1, attributes: [] })
  const routed = first && (await items.get(keys.routing(practice, first.sk.slice(sk.length))))
  if (routed !== undefined && callOf(routed).unknownCaller === true) throw new ServiceError('conflict')
}
