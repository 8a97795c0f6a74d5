import * as z from 'zod/mini'
import { type Route, type RouteId, routes } from './routes.ts'

/** A JSON schema. */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * What API Gateway checks a request's body against before it calls a function, by the id of the route; API Gateway "defines models using the JSON schema draft 4"
 * (API Gateway Developer Guide, "Data models for REST APIs"). The function checks the same schemas again, and all of them: API Gateway's check saves it
 * requests, and is not what the service relies on.
 */
export const requestModels: Readonly<Partial<Record<RouteId, JsonSchema>>> = Object.fromEntries(
  Object.entries(routes as Readonly<Record<string, Route>>).flatMap(([id, { body }]) => (body === undefined ? [] : [[id, modelOf(body)]])),
)

function modelOf(body: z.ZodMiniType): JsonSchema {
  return withoutCharacterClasses(z.toJSONSchema(body, { target: 'draft-4', io: 'input' })) as JsonSchema
}

// Draft 4 takes patterns as ECMA 262 had them then, without Unicode's classes of characters; what API Gateway's validator makes of `\p{Cc}` is nowhere
// documented. Such patterns stay out of the models, and the function alone checks them.
function withoutCharacterClasses(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutCharacterClasses)
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema).filter(([keyword, value]) => !(keyword === 'pattern' && String(value).includes('\\p{')))
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, withoutCharacterClasses(value)]))
}
