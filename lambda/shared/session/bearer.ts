import type { ServiceRequest } from '../http/exchange.ts'
import { ServiceError } from '../http/service-error.ts'

// RFC 6750, section 2.1, with the scheme left out too, as API Gateway's authorizers for user pools take a token. Longer tokens are refused by AWS STS (AWS
// STS API Reference, AssumeRoleWithWebIdentity, WebIdentityToken: at most 20,000 characters).
const authorization = /^(?:bearer +)?([A-Za-z0-9._~+/-]{4,20000}=*)$/i

/**
 * The token a request carries.
 * @throws ServiceError `not-signed-in` when it carries none
 */
export function bearerToken({ headers }: Pick<ServiceRequest, 'headers'>): string {
  const token = authorization.exec(headers['authorization'] ?? '')?.[1]
  if (token === undefined) throw new ServiceError('not-signed-in')
  return token
}
