import type { Answer } from '../../shared/http/exchange.ts'
import { ServiceError } from '../../shared/http/service-error.ts'
import type { Items } from '../../shared/items/items.ts'
import type { DataKeyCache } from '../../shared/vault/data-key-cache.ts'
import type { KeyService } from '../../shared/vault/ports.ts'
import { vault } from '../../shared/vault/vault.ts'
import type { RouteId, routes } from '../api/routes.ts'
import type { Served } from '../phase.ts'
import type { IntakeParts } from './intake-parts.ts'
import { replyToCall } from './reply-to-call.ts'
import { sendCall } from './send-call.ts'
import { takeCall } from './take-call.ts'

/** Ids of the routes this function answers. */
type IntakeRoute = { [Id in RouteId]: (typeof routes)[Id]['function'] extends 'intake' ? Id : never }[RouteId]

const answers: Readonly<Record<IntakeRoute, (parts: IntakeParts) => Answer>> = { takeCall, sendCall, replyToCall }

/** Where calls go, and for whom. */
export interface IntakeProps {
  readonly items: Items
  readonly keys: KeyService
  readonly cache: DataKeyCache
  readonly served: Served
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Takes calls and messages of patients: seals them and puts them where they are routed from. It reads no record and opens nothing. */
export function intake({ items, keys, cache, served, now }: IntakeProps): Answer {
  // Of the key service, it gets what sealing needs; there is nothing here that could open a record.
  const { generate, wrapForRecovery } = keys
  const sealing: KeyService = {
    generate,
    wrapForRecovery,
    unwrap: () => Promise.reject(new TypeError('The intake function opens nothing.')),
  }
  const { seal } = vault({ items, keys: sealing, cache, holder: 'intake' })
  const parts = { items, vault: { seal }, served, now }
  return async (request) => {
    if (!Object.hasOwn(answers, request.route)) throw new ServiceError('not-found')
    return answers[request.route as IntakeRoute](parts)(request)
  }
}
