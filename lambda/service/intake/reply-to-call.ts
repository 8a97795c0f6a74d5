import type { Answer, ServiceRequest } from '../../shared/http/exchange.ts'
import { ServiceError } from '../../shared/http/service-error.ts'
import { validated } from '../../shared/http/validated.ts'
import { newIdentifier } from '../../shared/identifiers.ts'
import type { Items } from '../../shared/items/items.ts'
import { routes } from '../api/routes.ts'
import { type Call, callOf, changedCall } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import { messageRecord, sealedRecord } from '../calls/record.ts'
import { once } from '../idempotency.ts'
import { requireServed } from '../phase.ts'
import { type PatientCaller, patientCaller } from './caller.ts'
import type { IntakeParts } from './intake-parts.ts'

/** Adds a signed-in patient's message to a call of their own that is not closed; the practice's list says since when there is one. */
export const replyToCall =
  (parts: IntakeParts): Answer =>
  async (request) => {
    const sender = patientCaller(request)
    requireServed(parts.served, sender.practice, routes.replyToCall)
    const { path, body } = validated(routes.replyToCall, request)
    return storeMessage(parts, request, sender, { call: path.call, text: body.message })
  }

function storeMessage(
  { items, vault, now }: IntakeParts,
  request: ServiceRequest,
  { person, practice, patient }: PatientCaller,
  { call, text }: { readonly call: string; readonly text: string },
) {
  const time = now()
  const message = newIdentifier(time)
  const content = { message: text, from: 'patient', by: person, at: new Date(time).toISOString() } as const
  return once(items, { practice, person, request, now: time }, async () => {
    const found = await openCallOf(items, { practice, patient, call })
    const record = await sealedRecord(vault, messageRecord(practice, patient, call, message), content)
    return {
      response: { status: 201, body: { call, message } },
      // A call that is closed, or given to the patient it turned out to be of, while the message is being sealed does not get the message.
      writes: [...changedCall(found, { repliedAt: content.at }), { put: record, onlyIf: 'absent' }],
    }
  })
}

type OwnCall = Pick<Call, 'practice' | 'patient' | 'call'>

async function openCallOf(items: Items, { practice, patient, call }: OwnCall): Promise<Call> {
  const item = await items.get(keys.routing(practice, call))
  const found = item && callOf(item)
  // Another patient's call and none at all are told apart by nobody.
  if (found?.patient !== patient) throw new ServiceError('not-found')
  if (found.state === 'closed') throw new ServiceError('conflict')
  return found
}
