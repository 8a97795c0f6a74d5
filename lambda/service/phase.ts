import { ServiceError } from '../shared/http/service-error.ts'
import type { Route } from './api/routes.ts'

/** The phases of the restoration, in order; the configuration of an environment names one. */
export const servicePhases = ['isolated', 'evidence', 'restoring', 'read-only', 'pilot', 'open'] as const
/** One phase of the restoration. */
export type ServicePhase = (typeof servicePhases)[number]

/** Who is served now. */
export interface Served {
  readonly phase: ServicePhase
  /** Ids of all practices of the service. */
  readonly practices: readonly string[]
  /** Ids of the practices that phase `pilot` begins with. */
  readonly pilotPractices: readonly string[]
}

/** What a phase opens. The API is closed in the same phases; that the functions ask too means that neither has to be trusted alone. */
const open = {
  isolated: () => false,
  evidence: () => false,
  restoring: () => false,
  'read-only': (_, __, { writes }) => !writes,
  pilot: ({ pilotPractices }, practice) => pilotPractices.includes(practice),
  open: () => true,
} as const satisfies Record<ServicePhase, (served: Served, practice: string, route: Pick<Route, 'writes'>) => boolean>

/**
 * Lets a request for a practice pass when this phase serves it.
 *
 * @throws ServiceError `not-allowed` for a practice that is none of ours, in every phase; `unavailable` when the phase keeps it closed
 */
export function requireServed(served: Served, practice: string, route: Pick<Route, 'writes'>): void {
  if (!served.practices.includes(practice)) throw new ServiceError('not-allowed')
  if (!open[served.phase](served, practice, route)) throw new ServiceError('unavailable')
}
