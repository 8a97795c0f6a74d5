import { errors, exportJWK, generateKeyPair, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { claimsOf } from '../../lambda/people/token/domain.ts'
import { lineScope } from '../../lambda/service/intake/env.ts'
import { ServiceError } from '../../lambda/shared/http/service-error.ts'
import { type Pool, pools, tokenSeconds } from './pools.ts'
import { readOrMakeSecret } from './secret-file.ts'

/** Somebody who can sign in: a person by the attributes that an administrator gave, or the client of the answering line, which has none. */
export interface Account {
  readonly pool: Pool
  /** Opaque id in the pool, a UUID. */
  readonly subject: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Issues tokens and verifies them, as Cognito, API Gateway and STS do in AWS. */
export interface LocalIssuer {
  /**
   * A token that holds for 15 minutes: an ID token of a person, an access token of the line.
   * @param practice what a provider of several practices chose
   * @throws Error, with words for the person, when the attributes or the choice allow none
   */
  readonly issue: (account: Account, practice?: string) => Promise<string>
  /** Claims of a token of a pool. @throws ServiceError `not-signed-in` when it is expired, changed, of another pool, or not a token at all */
  readonly verify: (token: string, pool: Pool) => Promise<JWTPayload>
}

const algorithm = 'ES256'
const keyFile = z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), d: z.string() })
const idToken = (pool: Pool) => z.looseObject({ token_use: z.literal('id'), aud: z.literal(pools[pool].audience) })
// An access token of Cognito names its client by `client_id` and has no audience (Amazon Cognito Developer Guide, "Understanding the access token").
const lineToken = z.looseObject({
  token_use: z.literal('access'),
  client_id: z.literal(pools.line.audience),
  scope: z.literal(lineScope),
})
const wanted = { provider: idToken('provider'), patient: idToken('patient'), line: lineToken } as const satisfies Record<Pool, z.ZodType>

/**
 * A token issuer whose key lies in a file of this machine. It asks for no password: it is for trying the service, **not for patients**.
 * @param now milliseconds since 1970
 * @throws SecretFileError when others may read the key file
 */
export async function openLocalIssuer(file: string, now: () => number): Promise<LocalIssuer> {
  const privateJwk = keyFile.parse(JSON.parse(await readOrMakeSecret(file, newKey)))
  const { d: _, ...publicJwk } = privateJwk
  const [privateKey, publicKey] = await Promise.all([importJWK(privateJwk, algorithm), importJWK(publicJwk, algorithm)])
  return {
    issue: (account, practice) => {
      const issuedAt = Math.floor(now() / 1000)
      return new SignJWT(claimsFor(account, practice))
        .setProtectedHeader({ alg: algorithm })
        .setIssuer(pools[account.pool].issuer)
        .setSubject(account.subject)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + tokenSeconds)
        .sign(privateKey)
    },
    verify: async (token, pool) => {
      try {
        const options = {
          issuer: pools[pool].issuer,
          algorithms: [algorithm],
          currentDate: new Date(now()),
          requiredClaims: ['exp', 'sub'],
        }
        const { payload } = await jwtVerify(token, publicKey, options)
        wanted[pool].parse(payload)
        return payload
      } catch (error) {
        // Why a token is refused is of use only to somebody who makes tokens.
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw new ServiceError('not-signed-in')
        throw error
      }
    },
  }
}

// Of a person the token trigger of the pools decides the claims, here as there.
function claimsFor({ pool, subject, attributes }: Account, practice: string | undefined): JWTPayload {
  if (pool === 'line') return { token_use: 'access', client_id: pools.line.audience, scope: lineScope }
  const clientMetadata = practice === undefined ? undefined : { practice }
  return { token_use: 'id', aud: pools[pool].audience, ...claimsOf({ userAttributes: { sub: subject, ...attributes }, clientMetadata }) }
}

async function newKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  return JSON.stringify(await exportJWK(privateKey))
}
