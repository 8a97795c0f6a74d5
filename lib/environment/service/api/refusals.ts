import { CfnGatewayResponse, type CfnRestApi } from 'aws-cdk-lib/aws-apigateway'
import type { Construct } from 'constructs'
import { problemText, type Refused, refused } from '../refused.ts'

const { failed, notAllowed, notFound, notSignedIn, notValid, tooLarge, tooMany, unavailable } = refused

/**
 * What the gateway says by itself, in the words of the functions. It never says what was wrong with a request (API Gateway Developer Guide, "Gateway response types").
 * A route that does not exist is what it calls a missing token. A function that cannot be reached, because the service is offline, is a
 * closed line to the caller.
 */
export const gatewayRefusals = {
  ACCESS_DENIED: notAllowed,
  API_CONFIGURATION_ERROR: unavailable,
  AUTHORIZER_CONFIGURATION_ERROR: failed,
  AUTHORIZER_FAILURE: failed,
  BAD_REQUEST_BODY: notValid,
  BAD_REQUEST_PARAMETERS: notValid,
  DEFAULT_4XX: notValid,
  DEFAULT_5XX: unavailable,
  EXPIRED_TOKEN: notSignedIn,
  INTEGRATION_FAILURE: unavailable,
  INTEGRATION_TIMEOUT: unavailable,
  MISSING_AUTHENTICATION_TOKEN: notFound,
  QUOTA_EXCEEDED: tooMany,
  REQUEST_TOO_LARGE: tooLarge,
  RESOURCE_NOT_FOUND: notFound,
  THROTTLED: tooMany,
  UNAUTHORIZED: notSignedIn,
  UNSUPPORTED_MEDIA_TYPE: { ...notValid, status: 415 },
  WAF_FILTERED: notAllowed,
} as const satisfies Record<string, Refused>

// The same headers as the functions' (lambda/shared/http). A value in single quotes is meant literally.
const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Content-Type': 'application/problem+json',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
}

/** Gives the gateway its words. */
export const refusalsOf = (scope: Construct, api: CfnRestApi): CfnGatewayResponse[] =>
  Object.entries(gatewayRefusals).map(
    ([responseType, why]: readonly [string, Refused]) =>
      new CfnGatewayResponse(scope, responseType, {
        restApiId: api.ref,
        responseType,
        statusCode: String(why.status),
        responseParameters: literal(why.status === 401 ? { ...headers, 'WWW-Authenticate': 'Bearer' } : headers),
        responseTemplates: { 'application/json': problemText(why, { requestId: '$context.requestId' }) },
      }),
  )

const literal = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]))
