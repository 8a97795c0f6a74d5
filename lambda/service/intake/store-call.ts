import type { ServiceRequest, ServiceResponse } from '../../shared/http/exchange.ts'
import { newIdentifier } from '../../shared/identifiers.ts'
import type { PatientCall } from '../api/schemas.ts'
import { newCall } from '../calls/call.ts'
import { callRecord, sealedRecord } from '../calls/record.ts'
import { once } from '../idempotency.ts'
import { countedCall } from './call-limit.ts'
import type { IntakeParts } from './intake-parts.ts'

/** A call whose sender and content were checked. */
export interface CheckedCall {
  readonly practice: string
  readonly patient: string
  /** Whether nobody knows yet who the patient is: the id is new, and a provider may merge the call once. @default false */
  readonly unknownCaller?: true
  /** Whose Idempotency-Key the request carries. */
  readonly sender: string
  readonly content: PatientCall
}

/**
 * Seals a call, and stores it together with what routes it: open, and due for its first notification at once. The urgency stays outside the seal, as it
 * says how soon and not why.
 */
export function storeCall({ items, vault, now }: IntakeParts, request: ServiceRequest, checked: CheckedCall): Promise<ServiceResponse> {
  const { practice, patient, sender, content, ...known } = checked
  const { urgency, callbackNumber, kind, message } = content
  const time = now()
  const receivedAt = new Date(time).toISOString()
  const call = newIdentifier(time)
  return once(items, { practice, person: sender, request, now: time }, async () => {
    const counted = known.unknownCaller ? [] : [await countedCall(items, { practice, person: sender, now: time })]
    const record = await sealedRecord(vault, callRecord(practice, patient, call), { callbackNumber, kind, message })
    const routed = {
      practice,
      call,
      patient,
      urgency,
      ...known,
      state: 'open',
      receivedAt,
      step: 0,
      dueAt: receivedAt,
      version: 1,
    } as const
    return { response: { status: 201, body: { call } }, writes: [{ put: record, onlyIf: 'absent' }, ...newCall(routed), ...counted] }
  })
}
