import type { Answer } from '../../shared/http/exchange.ts'
import { validated } from '../../shared/http/validated.ts'
import { newIdentifier } from '../../shared/identifiers.ts'
import { routes } from '../api/routes.ts'
import { requireServed } from '../phase.ts'
import { lineCaller } from './caller.ts'
import type { IntakeParts } from './intake-parts.ts'
import { storeCall } from './store-call.ts'

/**
 * Takes a call that the answering line heard. Nobody asks who the caller is: they get a new patient id, and a provider who knows them merges the call later.
 */
export const takeCall =
  (parts: IntakeParts): Answer =>
  async (request) => {
    const { client } = lineCaller(request)
    const { practice, ...content } = validated(routes.takeCall, request).body
    requireServed(parts.served, practice, routes.takeCall)
    const patient = newIdentifier(parts.now())
    return storeCall(parts, request, { practice, patient, unknownCaller: true, sender: client, content })
  }
