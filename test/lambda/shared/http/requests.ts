import type { RouteId } from '../../../../lambda/service/api/routes.ts'
import type { ServiceRequest } from '../../../../lambda/shared/http/exchange.ts'

/** A request to a route as it should be; a test changes one thing. */
export const requestTo = (route: RouteId, parts: Partial<ServiceRequest> = {}): ServiceRequest => ({
  route,
  requestId: 'request-1',
  path: {},
  query: {},
  headers: { 'content-type': 'application/json', 'idempotency-key': '0f8fad5b-d9cb-469f-a165-70867728950e' },
  body: undefined,
  claims: {},
  ...parts,
})
