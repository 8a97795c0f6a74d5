import type { z } from 'zod/mini'
import { pathParameter, pathParameters, type Route } from '../../service/api/routes.ts'
import type { ServiceRequest } from './exchange.ts'
import { parseJson } from './json.ts'
import { ServiceError } from './service-error.ts'

/** Largest body, in bytes. The API's firewall looks at the first 16 KiB of a body; nothing beyond them is taken. */
export const largestBody = 16_384
/** A key that a client makes up for a write, a UUID for example. */
export const idempotencyKeyPattern = /^[A-Za-z0-9-]{8,64}$/

/** Names of the parameters in a path. */
type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | PathNames<Rest> : never

/** A request that is what its route says. */
export interface Valid<R extends Route> {
  readonly path: Readonly<Record<PathNames<R['path']>, string>>
  readonly query: { readonly [Name in keyof R['query']]: R['query'][Name] extends z.ZodMiniType<infer Value> ? Value : never }
  readonly body: R['body'] extends z.ZodMiniType<infer Body> ? Body : undefined
}

/**
 * Checks a request against its route, completely: size, type, form, parameters, body and, for a write, its Idempotency-Key. API Gateway checks some of it
 * before; no function relies on that.
 *
 * @throws ServiceError `too-large` or `not-valid`, never with a reason: what was sent is nobody's to repeat
 */
export function validated<const R extends Route>(route: R, request: ServiceRequest): Valid<R> {
  if (Buffer.byteLength(request.body ?? '') > largestBody) throw new ServiceError('too-large')
  if (route.writes && !idempotencyKeyPattern.test(request.headers['idempotency-key'] ?? '')) throw new ServiceError('not-valid')
  const pathSchemas = Object.fromEntries(pathParameters(route).map((name) => [name, pathParameter]))
  return {
    path: parameters(pathSchemas, request.path),
    query: parameters(route.query ?? {}, request.query),
    body: bodyOf(route, request),
  } as unknown as Valid<R>
}

function parameters(
  schemas: Readonly<Record<string, z.ZodMiniType<string>>>,
  sent: Readonly<Record<string, string>>,
): Record<string, string> {
  if (Object.keys(sent).some((name) => !Object.hasOwn(schemas, name))) throw new ServiceError('not-valid')
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, parsed(schema, sent[name])]))
}

function bodyOf(route: Route, { body, headers }: ServiceRequest): unknown {
  if (route.body === undefined) {
    if ((body ?? '') !== '') throw new ServiceError('not-valid')
    return undefined
  }
  // RFC 8259 knows no charset but UTF-8; some clients name it all the same.
  if (!/^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i.test(headers['content-type'] ?? '')) throw new ServiceError('not-valid')
  const json = parseJson(body ?? '')
  if (json === undefined) throw new ServiceError('not-valid')
  return parsed(route.body, json.value)
}

// The reasons of a failed parse quote what was sent, so they are not kept as the cause.
function parsed<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (!result.success) throw new ServiceError('not-valid')
  return result.data
}
