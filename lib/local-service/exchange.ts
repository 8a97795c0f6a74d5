import type { IncomingMessage } from 'node:http'
import type { ServiceFunction } from '../../lambda/service/api/routes.ts'
import type { Answer, ServiceRequest, ServiceResponse } from '../../lambda/shared/http/exchange.ts'
import { ServiceError } from '../../lambda/shared/http/service-error.ts'
import { validated } from '../../lambda/shared/http/validated.ts'
import type { Authorizer } from './authorizer.ts'
import { matchRoute } from './match-route.ts'
import { readBody } from './read-body.ts'
import type { Exchange } from './server.ts'
import { signInRoute } from './sign-in.ts'

/** What requests meet, in the order they meet it. */
export interface ExchangeProps {
  readonly isOffline: () => boolean
  /** What `GET /` says. */
  readonly about: object
  readonly signIn: Answer
  readonly authorizer: Authorizer
  readonly answers: Readonly<Record<ServiceFunction, Answer>>
}

/**
 * The way of a request as in AWS: the firewall answers for a service that is offline, the authorizer reads the token, the API checks the request, and the
 * function answers. Before somebody is known to be allowed a route, nothing of their body is read.
 */
export const serviceExchange =
  ({ isOffline, about, signIn, authorizer, answers }: ExchangeProps): Exchange =>
  async (message, url, requestId): Promise<ServiceResponse> => {
    if (isOffline()) throw new ServiceError('unavailable')
    const { method = '' } = message
    const request = requestOf(message, url, requestId)
    if (method === 'GET' && url.pathname === '/') return { status: 200, body: about }
    if (method === signInRoute.method && url.pathname === signInRoute.path) return signIn(await withBody(request, message))
    const matched = matchRoute(method, url.pathname)
    if (matched === undefined) throw new ServiceError('not-found')
    const { id, route, path } = matched
    const authorized = await authorizer({ ...request, route: id, path }, route)
    const complete = await withBody(authorized, message)
    validated(route, complete)
    return answers[route.function](complete)
  }

const withBody = async (request: ServiceRequest, message: IncomingMessage): Promise<ServiceRequest> => ({
  ...request,
  body: await readBody(message),
})

const requestOf = ({ headersDistinct }: IncomingMessage, url: URL, requestId: string): ServiceRequest => ({
  route: '',
  requestId,
  path: {},
  query: joined([...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)])),
  headers: joined(Object.entries(headersDistinct)),
  body: undefined,
  claims: {},
})

// What was sent several times becomes a list, as behind API Gateway, and no schema takes it.
const joined = (values: readonly (readonly [string, readonly string[] | undefined])[]): Record<string, string> =>
  Object.fromEntries(values.map(([name, list = []]) => [name, list.join(', ')]))
