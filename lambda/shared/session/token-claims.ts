import * as z from 'zod/mini'
import { ServiceError } from '../http/service-error.ts'
import type { Person } from './session.ts'
import { patientTags, providerTags, tagsClaim, tagsOf } from './tags.ts'

/** Whom a token names, and until when it holds. */
export interface TokenClaims {
  readonly person: Person
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

const claims = {
  provider: z.object({ exp: z.int(), [tagsClaim]: tagsOf(providerTags) }),
  patient: z.object({ exp: z.int(), [tagsClaim]: tagsOf(patientTags) }),
} as const satisfies Record<Person['role'], z.ZodMiniType>

/**
 * Decodes a token (RFC 7519), and verifies nothing: only an exchange of this very token by AWS STS, which verifies signature, issuer, audience and expiry,
 * makes what it says true.
 *
 * @throws ServiceError `not-signed-in` when the token does not say exactly what a person of this role has
 */
export function decodedClaims(token: string, role: Person['role']): TokenClaims {
  const read = claims[role].safeParse(payloadOf(token))
  if (!read.success) throw new ServiceError('not-signed-in')
  const { practice, person, patient } = read.data[tagsClaim].principal_tags as Record<string, readonly [string] | undefined>
  return {
    person: { id: person?.[0] ?? '', role, practice: practice?.[0] ?? '', ...(patient === undefined ? {} : { patient: patient[0] }) },
    expiresAt: read.data.exp * 1000,
  }
}

function payloadOf(token: string): unknown {
  const [, payload, signature, more] = token.split('.')
  if (payload === undefined || signature === undefined || more !== undefined) return undefined
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
