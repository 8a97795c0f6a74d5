import * as z from 'zod/mini'
import { identifier } from './api/schemas.ts'
import { type Served, servicePhases } from './phase.ts'

/** Environment variables that tell a function of the service whom it serves. */
export const servedEnvironment = {
  /** The phase: `open`. */
  phase: 'PHASE',
  /** Ids of all practices, as a JSON list. */
  practices: 'PRACTICES',
  /** Ids of the pilot's practices, as a JSON list; `[]` when there are none. */
  pilotPractices: 'PILOT_PRACTICES',
} as const

/** Names of the variables, for `readEnvironmentVariables`. */
export const servedVariables = Object.values(servedEnvironment)

const practices = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text): unknown => JSON.parse(text)),
  ),
  z.array(identifier),
)
const variables = z.object({
  [servedEnvironment.phase]: z.enum(servicePhases),
  [servedEnvironment.practices]: practices,
  [servedEnvironment.pilotPractices]: practices,
})

/**
 * Whom a function serves, by its environment variables.
 *
 * @throws Error when a variable does not parse; the function then fails at start, before it has taken a request
 */
export function servedFrom(values: Readonly<Record<(typeof servedVariables)[number], string>>): Served {
  const { PHASE: phase, PRACTICES, PILOT_PRACTICES: pilotPractices } = variables.parse(values)
  return { phase, practices: PRACTICES, pilotPractices }
}
