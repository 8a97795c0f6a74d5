import * as z from 'zod/mini'
import { type RouteId, routes } from '../../service/api/routes.ts'
import { answered } from './answering.ts'
import type { Answer, ServiceRequest, ServiceResponse } from './exchange.ts'
import { responseHeaders } from './response-headers.ts'
import { ServiceError } from './service-error.ts'

const several = z.nullish(z.record(z.string(), z.array(z.string())))
const proxyEvent = z.object({
  resource: z.string(),
  httpMethod: z.string(),
  pathParameters: z.nullish(z.record(z.string(), z.string())),
  multiValueQueryStringParameters: several,
  multiValueHeaders: several,
  body: z.nullish(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
  requestContext: z.object({
    requestId: z.string(),
    authorizer: z.nullish(z.object({ claims: z.nullish(z.record(z.string(), z.unknown())) })),
  }),
})
type ProxyEvent = z.infer<typeof proxyEvent>

/** A response as API Gateway takes it from a function (API Gateway Developer Guide, "Lambda proxy integrations in API Gateway"). */
export interface ProxyResult {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded: false
}

/** A function of the service as the handler of a REST API's proxy integration. It never throws. */
export const behindApiGateway =
  (answer: Answer) =>
  async (event: unknown): Promise<ProxyResult> => {
    const parsed = proxyEvent.safeParse(event)
    const requestId = parsed.data?.requestContext.requestId ?? 'none'
    const response = await answered(requestId, async () => {
      if (parsed.data === undefined) throw new TypeError('This is no event of a REST API.')
      return answer(requestOf(parsed.data))
    })
    return proxyResult(response)
  }

/**
 * The request that an event carries.
 *
 * @throws ServiceError `not-found` when no route is meant, `not-valid` when the body is not UTF-8
 */
function requestOf(event: ProxyEvent): ServiceRequest {
  return {
    route: routeOf(event),
    requestId: event.requestContext.requestId,
    path: event.pathParameters ?? {},
    query: joined(event.multiValueQueryStringParameters, (name) => name),
    headers: joined(event.multiValueHeaders, (name) => name.toLowerCase()),
    body: bodyOf(event),
    claims: textsOf(event.requestContext.authorizer?.claims ?? {}),
  }
}

const routeIds = new Map(Object.entries(routes).map(([id, { method, path }]) => [`${method} ${path}`, id as RouteId]))

function routeOf({ httpMethod, resource }: ProxyEvent): RouteId {
  const id = routeIds.get(`${httpMethod} ${resource}`)
  if (id === undefined) throw new ServiceError('not-found')
  return id
}

// What was sent several times, under one spelling or more, becomes a list of all values (RFC 9110, section 5.3), which no schema takes: nobody has to guess
// which one counts.
function joined(values: z.infer<typeof several>, nameOf: (name: string) => string): Record<string, string> {
  const all = new Map<string, string[]>()
  for (const [name, list] of Object.entries(values ?? {})) all.set(nameOf(name), [...(all.get(nameOf(name)) ?? []), ...list])
  return Object.fromEntries([...all].map(([name, list]) => [name, list.join(', ')]))
}

function bodyOf({ body, isBase64Encoded }: ProxyEvent): string | undefined {
  if (!isBase64Encoded) return body ?? undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(body ?? '', 'base64'))
  } catch (error) {
    if (error instanceof TypeError) throw new ServiceError('not-valid')
    throw error
  }
}

const textsOf = (claims: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(claims).filter((claim): claim is [string, string] => typeof claim[1] === 'string'))

const proxyResult = ({ status, body }: ServiceResponse): ProxyResult => ({
  statusCode: status,
  headers: responseHeaders({ status }),
  body: JSON.stringify(body),
  isBase64Encoded: false,
})
