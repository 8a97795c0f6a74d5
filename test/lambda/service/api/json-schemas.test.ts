import { expect, test } from 'vitest'
import { type JsonSchema, requestModels } from '../../../../lambda/service/api/json-schemas.ts'
import { type Route, routes } from '../../../../lambda/service/api/routes.ts'

const models = Object.entries(requestModels)
const schemasIn = (schema: unknown): JsonSchema[] =>
  Array.isArray(schema)
    ? schema.flatMap(schemasIn)
    : typeof schema === 'object' && schema !== null
      ? [schema as JsonSchema, ...Object.values(schema).flatMap(schemasIn)]
      : []

test('every route that takes a body has a model, and no other has one', () => {
  const withBody = Object.entries(routes as Readonly<Record<string, Route>>).filter(([, { body }]) => body !== undefined)
  expect(models.map(([id]) => id)).toEqual(withBody.map(([id]) => id))
  for (const [id] of models) expect(id).toMatch(/^[A-Za-z0-9]+$/)
})

test.each(models)('the model of %s is of draft 4, takes no field it does not name, and needs every one', (_, model) => {
  expect(model).toMatchObject({ $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', additionalProperties: false })
  expect(model['required']).toEqual(Object.keys(model['properties'] as object))
})

test.each(models)('the model of %s has no keyword that draft 4 does not have', (_, model) => {
  const words = ['$schema', 'type', 'properties', 'required', 'additionalProperties', 'pattern', 'enum', 'minLength', 'maxLength']
  const known = new Set([...words, 'minimum', 'maximum', 'minItems', 'maxItems', 'items', 'allOf', 'format'])
  const names = new Set(schemasIn(model).flatMap((schema) => Object.keys((schema['properties'] as object | undefined) ?? {})))
  const unknown = schemasIn(model).flatMap((schema) => Object.keys(schema).filter((keyword) => !known.has(keyword) && !names.has(keyword)))
  expect(unknown).toEqual([])
})

test.each(models)('the patterns of the model of %s mean the same without the flags of a newer ECMAScript', (_, model) => {
  const patterns = schemasIn(model).flatMap(({ pattern }) => (typeof pattern === 'string' ? [pattern] : []))
  for (const pattern of patterns) {
    expect(pattern).not.toMatch(/\\p|\\u\{|\(\?<|\(\?[a-z]/)
    expect(() => new RegExp(pattern)).not.toThrow()
  }
})
