import { type Route, type RouteId, routes } from '../../lambda/service/api/routes.ts'

/** The route that a method and path mean, with the parameters of the path as they were sent. */
export interface MatchedRoute {
  readonly id: RouteId
  readonly route: Route
  readonly path: Readonly<Record<string, string>>
}

interface Pattern {
  readonly id: RouteId
  readonly route: Route
  readonly form: RegExp
}

const patterns: readonly Pattern[] = Object.entries(routes).map(([id, route]) => ({
  id: id as RouteId,
  route,
  form: new RegExp(`^${route.path.replaceAll(/\{([a-z]+)\}/g, '(?<$1>[^/]+)')}$`),
}))

/** Finds a route; undefined when there is none. Parameters stay percent-encoded: an id needs no encoding, and what is encoded is none. */
export function matchRoute(method: string, path: string): MatchedRoute | undefined {
  for (const { id, route, form } of patterns) {
    const match = route.method === method ? form.exec(path) : null
    if (match !== null) return { id, route, path: { ...match.groups } }
  }
  return undefined
}
