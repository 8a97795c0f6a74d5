import type { Route } from '../../lambda/service/api/routes.ts'
import type { ServiceRequest } from '../../lambda/shared/http/exchange.ts'
import { bearerToken } from '../../lambda/shared/session/bearer.ts'
import type { LocalIssuer } from './local-issuer.ts'

/** Reads a request's token as the API's authorizers do. */
export type Authorizer = (request: ServiceRequest, route: Route) => Promise<ServiceRequest>

/**
 * The request with the claims of its token, of which functions are handed the text.
 * @throws ServiceError `not-signed-in` when the token is not one of the pool whose people may call the route
 */
export const localAuthorizer =
  (issuer: LocalIssuer): Authorizer =>
  async (request, { caller }) => {
    const claims = await issuer.verify(bearerToken(request), caller)
    const texts = Object.entries(claims).filter((claim): claim is [string, string] => typeof claim[1] === 'string')
    return { ...request, claims: Object.fromEntries(texts) }
  }
