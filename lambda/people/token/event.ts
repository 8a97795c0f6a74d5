import * as z from 'zod/mini'

/**
 * What this function reads of the event of a pre token generation trigger, version `V2_0` (Amazon Cognito Developer Guide, "Pre token generation Lambda
 * trigger"). `clientMetadata` is the person's own and only ever picks from what an administrator gave.
 *
 * Cognito hands on `clientMetadata` of RespondToAuthChallenge and of GetTokensFromRefreshToken. That of InitiateAuth does not arrive, and so none of a refresh by
 * the flow REFRESH_TOKEN_AUTH (Amazon Cognito user pools API Reference, parameter ClientMetadata of each). Nor is it stored: a provider of several
 * practices names the practice again at every refresh.
 *
 * Written with the small face of the library, because a person waits for this function at every sign-in and it has little else to load.
 */
export const tokenEvent = z.looseObject({
  version: z.enum(['2', '3']),
  request: z.looseObject({
    userAttributes: z.record(z.string(), z.string()),
    clientMetadata: z.nullish(z.record(z.string(), z.string())),
  }),
})

/** Attributes of a person, by their names in the pool, and what the app sent along. */
export type TokenRequest = z.infer<typeof tokenEvent>['request']
