import type { ServiceRequest, ServiceResponse } from '../../shared/http/exchange.ts'
import type { Valid } from '../../shared/http/validated.ts'
import type { Items } from '../../shared/items/items.ts'
import type { ReadLimits } from '../../shared/ledger/read-budget.ts'
import type { Vault } from '../../shared/vault/vault.ts'
import type { RouteId, routes } from '../api/routes.ts'

/** Ids of the routes the provider function answers. */
export type ProviderRoute = { [Id in RouteId]: (typeof routes)[Id]['function'] extends 'provider' ? Id : never }[RouteId]

/** One request of a signed-in provider, as far as every route needs it. */
export interface Work {
  readonly request: ServiceRequest
  /** Id of the provider. */
  readonly person: string
  /** The practice of the session. */
  readonly practice: string
  /** Items as the session reaches them: those of the practice. */
  readonly items: Items
  /** Items as the function itself reaches them: read budgets, and nothing else. */
  readonly standing: Items
  /** Seals and opens with the session's keys. */
  readonly vault: Vault
  readonly budget: ReadLimits
  /** Whether the phase lets the practice write. */
  readonly writable: boolean
  /** Milliseconds since 1970. */
  readonly now: number
  /** The same moment, ISO 8601 in UTC. */
  readonly time: string
}

/** A request of one route, with what was sent, checked. */
export interface RouteWork<Id extends ProviderRoute> extends Work {
  readonly sent: Valid<(typeof routes)[Id]>
}

/** Answers one route. */
export type Act<Id extends ProviderRoute> = (work: RouteWork<Id>) => Promise<ServiceResponse>
