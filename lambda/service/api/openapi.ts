import * as z from 'zod/mini'
import { idempotencyKeyPattern, largestBody } from '../../shared/http/validated.ts'
import { problemReferences, problemResponses, problemSchema } from './openapi-problems.ts'
import { type Caller, pathParameter, pathParameters, type Route, routes } from './routes.ts'

/** How callers sign in, in plain words. */
const callers = {
  line: 'The answering line: an access token of the line’s own user pool, by client credentials, with the scope line/calls.write.',
  patient: 'A signed-in patient: an ID token of the patients’ user pool.',
  provider: 'A signed-in provider: an ID token of the providers’ user pool, for one practice.',
} as const satisfies Record<Caller, string>

/** The API, described for whoever writes a client: OpenAPI 3.1, made of the routes and of the very schemas that requests are checked with. */
export const openApi = (): object => ({
  openapi: '3.1.0',
  info: {
    title: 'Safe Harbor on-call line',
    version: '1.0.0',
    description: `Calls of patients to medical practices after hours, and the messages about them. Bodies are JSON in UTF-8 of at most ${largestBody} bytes. Text is stored in Unicode form NFC.`,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  paths: paths(Object.entries(routes)),
  components: {
    schemas: { Problem: problemSchema },
    responses: problemResponses(Object.values(routes)),
    parameters: { IdempotencyKey: idempotencyKey },
    securitySchemes: mapped(callers, securityScheme),
  },
})

function paths(entries: readonly (readonly [string, Route])[]): object {
  const all = [...new Set(entries.map(([, { path }]) => path))]
  return Object.fromEntries(
    all.map((path) => [path, Object.fromEntries(entries.filter(([, route]) => route.path === path).map(operation))]),
  )
}

function operation([id, route]: readonly [string, Route]): readonly [string, object] {
  return [
    route.method.toLowerCase(),
    {
      operationId: id,
      summary: route.summary,
      tags: [route.caller],
      security: [{ [route.caller]: [] }],
      parameters: [
        ...pathParameters(route).map(inPath),
        ...Object.entries(route.query ?? {}).map(inQuery),
        ...(route.writes ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
      ],
      ...(route.body === undefined
        ? {}
        : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } } }),
      responses: {
        '2XX': { description: 'Done.', content: { 'application/json': { schema: { type: 'object' } } } },
        ...problemReferences(route),
      },
    },
  ]
}

const inPath = (name: string): object => ({ name, in: 'path', required: true, schema: schemaOf(pathParameter) })
const inQuery = ([name, schema]: readonly [string, z.ZodMiniType]): object => ({
  name,
  in: 'query',
  required: true,
  schema: schemaOf(schema),
})
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Made up by the client, new for every request, a UUID for example. Sent again with the same request, it brings the same answer and no second effect.',
  schema: { type: 'string', pattern: idempotencyKeyPattern.source },
} as const

function schemaOf(schema: z.ZodMiniType): object {
  // The dialect is that of OpenAPI 3.1 already, JSON Schema 2020-12.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest
}

const securityScheme = (description: string): object => ({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description })

const mapped = <T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]))
