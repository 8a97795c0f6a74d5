import * as z from 'zod/mini'
import type { ServiceRequest } from '../../shared/http/exchange.ts'
import { ServiceError } from '../../shared/http/service-error.ts'
import { identifier } from '../api/schemas.ts'
import { lineScope } from './env.ts'

/** The answering line: the app client whose token it is. */
export interface LineCaller {
  readonly client: string
}

/** A signed-in patient. */
export interface PatientCaller {
  readonly person: string
  readonly practice: string
  readonly patient: string
}

// Claims of an access token of client credentials. Cognito makes client ids of 26 lower-case letters and digits; at most 128 characters are allowed (Amazon
// Cognito user pools API Reference, UserPoolClientType).
const lineClaims = z.object({ client_id: z.string().check(z.regex(/^[\w+]{1,128}$/)), scope: z.string() })
const patientClaims = z.object({ person: identifier, practice: identifier, patient: identifier })

/**
 * Who sends a call of the answering line.
 *
 * @throws ServiceError `not-signed-in` when the claims are not those of a machine's token, `not-allowed` when it may not write calls
 */
export function lineCaller({ claims }: ServiceRequest): LineCaller {
  const read = lineClaims.safeParse(claims)
  if (!read.success) throw new ServiceError('not-signed-in')
  if (!read.data.scope.split(' ').includes(lineScope)) throw new ServiceError('not-allowed')
  return { client: read.data.client_id }
}

/**
 * Which patient sends a request. The API's authorizer has verified the token; its trigger has put the ids into plain claims from attributes that only
 * administrators write (lambda/people/token). This function reads no record, so no session is needed to write for them.
 *
 * @throws ServiceError `not-signed-in` when a claim is missing or is no id
 */
export function patientCaller({ claims }: ServiceRequest): PatientCaller {
  const read = patientClaims.safeParse(claims)
  if (!read.success) throw new ServiceError('not-signed-in')
  return read.data
}
