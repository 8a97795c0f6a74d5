import type { Answer, ServiceRequest } from '../../shared/http/exchange.ts'
import { ServiceError } from '../../shared/http/service-error.ts'
import { validated } from '../../shared/http/validated.ts'
import type { Items } from '../../shared/items/items.ts'
import type { ReadLimits } from '../../shared/ledger/read-budget.ts'
import type { Session, Sessions } from '../../shared/session/session.ts'
import { signedIn } from '../../shared/session/signed-in.ts'
import type { DataKeyCache } from '../../shared/vault/data-key-cache.ts'
import { vault } from '../../shared/vault/vault.ts'
import { routes } from '../api/routes.ts'
import { requireServed, type Served } from '../phase.ts'
import { acts } from './acts.ts'
import type { Act, ProviderRoute, Work } from './work.ts'

/** What answering providers needs. */
export interface ProviderProps {
  readonly sessions: Sessions
  /** Items by the function's own role: read budgets, and nothing else. */
  readonly standing: Items
  readonly cache: DataKeyCache
  readonly served: Served
  /** How many patients a person may open. */
  readonly budget: ReadLimits
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Answers signed-in providers. Everything of the practice is reached by the person's session, so that this function's own role opens nothing; who is
 * signed in is asked before anything that was sent is looked at.
 */
export const provider =
  (props: ProviderProps): Answer =>
  async (request) => {
    const id = routeOf(request)
    const session = await signedIn(props.sessions, request, 'provider')
    requireServed(props.served, session.person.practice, routes[id])
    const work = workOf(props, session, request)
    // The table pairs each route with its own act; which pair it is stands in the request alone.
    return (acts[id] as Act<ProviderRoute>)({ ...work, sent: validated(routes[id], request) } as Parameters<Act<ProviderRoute>>[0])
  }

function routeOf({ route }: ServiceRequest): ProviderRoute {
  if (!Object.hasOwn(acts, route)) throw new ServiceError('not-found')
  return route as ProviderRoute
}

function workOf({ standing, cache, budget, now, served }: ProviderProps, { person, items, keys }: Session, request: ServiceRequest): Work {
  const { id, practice } = person
  const at = now()
  return {
    ...{ request, person: id, practice, items, standing, budget, now: at, time: new Date(at).toISOString() },
    writable: served.phase !== 'read-only',
    vault: vault({ items, keys, cache, holder: `${practice}#${id}` }),
  }
}
