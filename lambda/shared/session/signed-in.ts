import type { ServiceRequest } from '../http/exchange.ts'
import { ServiceError } from '../http/service-error.ts'
import { bearerToken } from './bearer.ts'
import type { Person, Session, Sessions } from './session.ts'

/**
 * The session of whoever sends a request.
 * @throws ServiceError `not-signed-in` without a token that is taken, `not-allowed` when the person has another role
 */
export async function signedIn(sessions: Sessions, request: ServiceRequest, role: Person['role']): Promise<Session> {
  const session = await sessions.open(bearerToken(request))
  if (session.person.role !== role) throw new ServiceError('not-allowed')
  return session
}
