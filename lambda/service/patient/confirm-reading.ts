import { ServiceError } from '../../shared/http/service-error.ts'
import { keys } from '../calls/keys.ts'
import { ownCall } from './own-call.ts'
import type { Act } from './work.ts'

/**
 * Says that a message was read. The first moment holds, whoever repeats it and under whatever Idempotency-Key: the receipt itself makes the request happen once,
 * and so the patient's session needs no way to the practice's list of requests.
 *
 * Whether the call has such a message is not asked. That would be a read of records, which the ledger had to know, and a receipt of a message that is not
 * there is shown to nobody.
 */
export const confirmReading: Act<'confirmReading'> = async (work) => {
  const { items, practice, patient, time, sent } = work
  const { call, message } = sent.path
  await ownCall(work, call)
  const key = keys.receipt(practice, patient, message)
  if ((await items.write([{ put: { ...key, attributes: { readAt: time } }, onlyIf: 'absent' }])) === 'written') return answer(message, time)
  const earlier = await items.get(key)
  if (earlier === undefined) throw new ServiceError('conflict')
  return answer(message, String(earlier.attributes['readAt']))
}

const answer = (message: string, readAt: string) => ({ status: 200, body: { message, readAt } })
