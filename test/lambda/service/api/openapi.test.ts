import { describe, expect, test } from 'vitest'
import { openApi } from '../../../../lambda/service/api/openapi.ts'
import { pathParameters, type Route, type RouteId, routes } from '../../../../lambda/service/api/routes.ts'
import { refusals } from '../../../../lambda/shared/http/service-error.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly security: readonly Record<string, readonly string[]>[]
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: object }[]
  readonly requestBody?: { readonly required: boolean; readonly content: Record<string, { readonly schema: { readonly type: string } }> }
  readonly responses: Record<string, { readonly description: string; readonly content: Record<string, { readonly schema: object }> }>
}
interface Description {
  readonly openapi: string
  readonly info: Record<string, unknown>
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: object; readonly securitySchemes: Record<string, Record<string, string>> }
}

/** What stands there, or what the reference there leads to. */
function resolved<T>(part: T | { readonly $ref: string }): T {
  if (typeof part !== 'object' || part === null || !('$ref' in part)) return part as T
  const pointer = String(part.$ref).replace('#/', '').split('/')
  return pointer.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], description) as T
}

const text = `${JSON.stringify(openApi(), null, 2)}\n`
const description = JSON.parse(text) as Description
const all = Object.entries(routes as Readonly<Record<RouteId, Route>>)
const operations = Object.entries(description.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => {
    const responses = Object.fromEntries(Object.entries(operation.responses).map(([status, response]) => [status, resolved(response)]))
    return { path, method, ...operation, parameters: operation.parameters.map((parameter) => resolved(parameter)), responses }
  }),
)
const operationOf = (id: string) => operations.find(({ operationId }) => operationId === id)

test('the description is the committed one', async () => {
  await expect(text).toMatchFileSnapshot('../../../golden/openapi.json')
})

describe('The document is one of OpenAPI 3.1', () => {
  test('with what the specification requires of it', () => {
    expect(description.openapi).toMatch(/^3\.1\.\d+$/)
    expect(description.info).toMatchObject({ title: expect.any(String) as string, version: expect.any(String) as string })
    for (const path of Object.keys(description.paths)) expect(path).toMatch(/^\//)
    for (const { method, responses } of operations) {
      expect(['get', 'put', 'post', 'delete']).toContain(method)
      for (const [status, { description }] of Object.entries(responses)) {
        expect(status).toMatch(/^[1-5](?:\d\d|XX)$/)
        expect(description).not.toBe('')
      }
    }
  })

  test('whose references lead somewhere', () => {
    const references = [...text.matchAll(/"\$ref": "(#\/[^"]+)"/g)].map(([, $ref = '']) => $ref)
    expect(references.length).toBeGreaterThan(100)
    for (const $ref of references) expect(resolved<unknown>({ $ref }), $ref).toBeDefined()
  })

  test('whose path parameters are those of the paths, and whose parameters have one name each', () => {
    for (const { path, parameters } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      expect(inPath.map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
      expect(new Set(parameters.map(({ name, in: place }) => `${place} ${name}`)).size).toBe(parameters.length)
      for (const parameter of parameters) expect(parameter.required).toBe(true)
    }
  })

  test('whose operations have an id of their own and a way to sign in', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const { security } of operations) {
      const [scheme = ''] = Object.keys(security[0] ?? {})
      expect(description.components.securitySchemes[scheme]).toMatchObject({ type: 'http', scheme: 'bearer' })
    }
  })
})

describe('The document says everything of', () => {
  test('the routes, and nothing else', () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort())
  })

  test.each(all)('%s', (id, route) => {
    const operation = operationOf(id)
    expect(operation).toMatchObject({
      path: route.path,
      method: route.method.toLowerCase(),
      summary: route.summary,
      security: [{ [route.caller]: [] }],
    })
    expect(operation?.parameters.map((parameter) => `${parameter.in} ${parameter.name}`)).toEqual([
      ...pathParameters(route).map((name) => `path ${name}`),
      ...Object.keys(route.query ?? {}).map((name) => `query ${name}`),
      ...(route.writes ? ['header Idempotency-Key'] : []),
    ])
    expect(operation?.requestBody?.content['application/json']?.schema.type).toBe(route.body && 'object')
  })

  test('every refusal, in its words, with the type of problems', () => {
    for (const { words, status } of Object.values(refusals)) {
      const said = operations.flatMap(({ responses }) => responses[String(status)] ?? [])
      expect(
        said.some(({ description }) => description.includes(words)),
        words,
      ).toBe(true)
      for (const { content } of said) expect(Object.keys(content)).toEqual(['application/problem+json'])
    }
  })
})
