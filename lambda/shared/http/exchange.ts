/** A request to the service, whatever carried it: API Gateway, or the server on this machine. */
export interface ServiceRequest {
  /** Id of the route, a key of `routes` in lambda/service/api/routes.ts. */
  readonly route: string
  /** Id of the request, for logs and the ledger; the caller did not choose it. */
  readonly requestId: string
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** As it was sent; undefined when nothing was. */
  readonly body: string | undefined
  /** Claims of the token as the authorizer read them; empty where it read none. */
  readonly claims: Readonly<Record<string, string>>
}

/** What the service answers. The body is JSON. */
export interface ServiceResponse {
  readonly status: number
  readonly body: object
}

/** One function of the service. It throws ServiceError to refuse. */
export type Answer = (request: ServiceRequest) => Promise<ServiceResponse>
