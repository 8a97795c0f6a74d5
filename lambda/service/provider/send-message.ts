import { ServiceError } from '../../shared/http/service-error.ts'
import { newIdentifier } from '../../shared/identifiers.ts'
import { changedCall } from '../calls/call.ts'
import { messageRecord, sealedRecord } from '../calls/record.ts'
import { once } from '../idempotency.ts'
import { findCall } from './find-call.ts'
import type { Act } from './work.ts'

/** Writes to the patient of a call that is not closed. Nothing of the patient is read for it. */
export const sendMessage: Act<'sendMessage'> = (work) =>
  once(work.items, work, async () => {
    const { practice, person: by, time: at, sent } = work
    const call = await findCall(work, sent.path.call)
    if (call.state === 'closed') throw new ServiceError('conflict')
    const id = newIdentifier(work.now)
    const content = { message: sent.body.message, from: 'provider', by, at } as const
    const record = await sealedRecord(work.vault, messageRecord(practice, call.patient, call.call, id), content)
    // The call moves on by a version, so that a merge which has read its messages before this one does not leave it behind.
    return { response: { status: 201, body: { message: id } }, writes: [{ put: record, onlyIf: 'absent' }, ...changedCall(call, {})] }
  })
