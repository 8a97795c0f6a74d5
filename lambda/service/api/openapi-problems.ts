import { type Problem, problems, problemType } from '../../shared/http/problem.ts'
import { pathParameters, type Route } from './routes.ts'

/** Problems that a request to a route can meet. */
const problemsOf = (route: Route): readonly Problem[] => [
  ...(['not-valid', 'not-signed-in', 'not-allowed', 'too-many', 'failed', 'unavailable'] as const),
  ...(pathParameters(route).length > 0 ? (['not-found'] as const) : []),
  ...(route.writes ? (['conflict', 'key-reused'] as const) : []),
  ...(route.body === undefined ? [] : (['too-large'] as const)),
  ...(route.query !== undefined && 'purpose' in route.query ? (['over-budget'] as const) : []),
]

/** Problems of a route that share a status, and so a response. */
const groupsOf = (route: Route): readonly (readonly Problem[])[] => {
  const kinds = problemsOf(route)
  const statuses = [...new Set(kinds.map((kind) => problems[kind].status))]
  return statuses.map((status) => kinds.filter((kind) => problems[kind].status === status))
}

/** The problems of a route by status, as references to the description's components. */
export const problemReferences = (route: Route): Readonly<Record<string, object>> =>
  Object.fromEntries(groupsOf(route).map((kinds) => [statusOf(kinds), { $ref: `#/components/responses/${nameOf(kinds)}` }]))

/** Responses that the references of these routes lead to. */
export const problemResponses = (routes: readonly Route[]): Readonly<Record<string, object>> =>
  Object.fromEntries(routes.flatMap(groupsOf).map((kinds) => [nameOf(kinds), responseOf(kinds)]))

const statusOf = ([first]: readonly Problem[]): string => String(first && problems[first].status)

/** `TooManyOrOverBudget` */
const nameOf = (kinds: readonly Problem[]): string =>
  kinds.map((kind) => kind.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())).join('Or')

const responseOf = (kinds: readonly Problem[]): object => ({
  description: kinds.map((kind) => problems[kind].words).join(' Or: '),
  content: {
    'application/problem+json': {
      schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { type: { enum: kinds.map(problemType) } } }] },
    },
  },
})

/** Schema of a problem (RFC 9457). */
export const problemSchema = {
  type: 'object',
  description: 'Why a request got no answer. Nothing of the request and nothing of what is stored is in it.',
  required: ['type', 'title', 'status', 'requestId'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', description: 'Which problem it is, for programs.' },
    title: { type: 'string', description: 'The same in plain words.' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    requestId: { type: 'string', description: 'What to name when asking the operators about it.' },
  },
} as const
