import type { Answer, ServiceRequest } from '../../shared/http/exchange.ts'
import { ServiceError } from '../../shared/http/service-error.ts'
import { validated } from '../../shared/http/validated.ts'
import type { Items } from '../../shared/items/items.ts'
import type { Session, Sessions } from '../../shared/session/session.ts'
import { signedIn } from '../../shared/session/signed-in.ts'
import type { DataKeyCache } from '../../shared/vault/data-key-cache.ts'
import { vault } from '../../shared/vault/vault.ts'
import { routes } from '../api/routes.ts'
import { requireServed, type Served } from '../phase.ts'
import { confirmReading } from './confirm-reading.ts'
import { listDisclosures } from './list-disclosures.ts'
import { listOwnCalls } from './list-own-calls.ts'
import { readOwnCall } from './read-own-call.ts'
import type { Act, PatientRoute, Work } from './work.ts'

const acts: { readonly [Id in PatientRoute]: Act<Id> } = { listOwnCalls, readOwnCall, confirmReading, listDisclosures }

/** What answering patients needs. */
export interface PatientProps {
  readonly sessions: Sessions
  /** Items by the function's own role: where a call stands, and nothing else. */
  readonly standing: Items
  readonly cache: DataKeyCache
  readonly served: Served
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Answers signed-in patients about their own calls. A session reaches one patient, whatever is asked for. */
export const patient =
  (props: PatientProps): Answer =>
  async (request) => {
    const id = routeOf(request)
    const session = await signedIn(props.sessions, request, 'patient')
    requireServed(props.served, session.person.practice, routes[id])
    const work = workOf(props, session, request)
    // The table pairs each route with its own act; which pair it is stands in the request alone.
    return (acts[id] as Act<PatientRoute>)({ ...work, sent: validated(routes[id], request) } as Parameters<Act<PatientRoute>>[0])
  }

function routeOf({ route }: ServiceRequest): PatientRoute {
  if (!Object.hasOwn(acts, route)) throw new ServiceError('not-found')
  return route as PatientRoute
}

function workOf({ standing, cache, now }: PatientProps, { person, items, keys }: Session, request: ServiceRequest): Work {
  const { id, practice, patient } = person
  if (patient === undefined) throw new ServiceError('not-signed-in')
  const at = now()
  return {
    ...{ request, person: id, practice, patient, items, standing, now: at, time: new Date(at).toISOString() },
    vault: vault({ items, keys, cache, holder: `${practice}#${id}` }),
  }
}
