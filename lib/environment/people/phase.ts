import { type Phase, recordsAreWritable } from '../../config/phases.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'

/** Phases in which people sign in to a session; before them nobody's session exists. */
const phasesWithSessions = ['read-only', 'pilot', 'open'] as const satisfies readonly Phase[]

/** Whether the session of a signed-in person may be made in this phase. */
export const sessionsAreMade = (phase: Phase): boolean => (phasesWithSessions as readonly Phase[]).includes(phase)

/** Whether the service takes calls and messages in this phase. Records are writable in phase `restoring` too, but by the importer alone. */
export const serviceWrites = (phase: Phase): boolean => sessionsAreMade(phase) && recordsAreWritable(phase)

/** Ids of the practices whose people may be in session in this phase. */
export const servedPractices = ({ phase, practices, pilotPractices }: EnvironmentConfig): readonly string[] =>
  phase === 'pilot' ? pilotPractices : practices.map(({ id }) => id)
