import type { Answer } from '../../shared/http/exchange.ts'
import { validated } from '../../shared/http/validated.ts'
import { routes } from '../api/routes.ts'
import { requireServed } from '../phase.ts'
import { patientCaller } from './caller.ts'
import type { IntakeParts } from './intake-parts.ts'
import { storeCall } from './store-call.ts'

/** Takes a call of a signed-in patient, to their own practice. */
export const sendCall =
  (parts: IntakeParts): Answer =>
  async (request) => {
    const { person, practice, patient } = patientCaller(request)
    requireServed(parts.served, practice, routes.sendCall)
    const { body } = validated(routes.sendCall, request)
    return storeCall(parts, request, { practice, patient, sender: person, content: body })
  }
