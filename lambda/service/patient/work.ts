import type { ServiceRequest, ServiceResponse } from '../../shared/http/exchange.ts'
import type { Valid } from '../../shared/http/validated.ts'
import type { Items } from '../../shared/items/items.ts'
import type { Vault } from '../../shared/vault/vault.ts'
import type { RouteId, routes } from '../api/routes.ts'

/** Ids of the routes the patient function answers. */
export type PatientRoute = { [Id in RouteId]: (typeof routes)[Id]['function'] extends 'patient' ? Id : never }[RouteId]

/** One request of a signed-in patient, as far as every route needs it. */
export interface Work {
  readonly request: ServiceRequest
  readonly person: string
  readonly practice: string
  /** The patient of the session. */
  readonly patient: string
  /** Items as the session reaches them: the patient's own. */
  readonly items: Items
  /** Items as the function itself reaches them: where a call stands, one call at a time. */
  readonly standing: Items
  readonly vault: Vault
  /** Milliseconds since 1970. */
  readonly now: number
  /** The same moment, ISO 8601 in UTC. */
  readonly time: string
}

/** A request of one route, with what was sent, checked. */
export interface RouteWork<Id extends PatientRoute> extends Work {
  readonly sent: Valid<(typeof routes)[Id]>
}

/** Answers one route. */
export type Act<Id extends PatientRoute> = (work: RouteWork<Id>) => Promise<ServiceResponse>
