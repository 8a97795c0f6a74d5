import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { AssumeRoleWithWebIdentityCommand, type Credentials, STSClient } from '@aws-sdk/client-sts'
import { ServiceError } from '../http/service-error.ts'
import { dynamoItems, fastFailing } from '../items/dynamo-items.ts'
import type { TableName } from '../items/items.ts'
import { errorKind, log } from '../log.ts'
import { kmsKeys } from '../vault/kms-keys.ts'
import { exchangeRefusedEvent } from './env.ts'
import type { Person, Session, Sessions } from './session.ts'
import { type Held, type SessionCache, sessionCache } from './session-cache.ts'
import { decodedClaims } from './token-claims.ts'

/** What sessions are opened with. */
export interface StsSessionsOptions {
  /** Role of the sessions. Its trust says whose tokens it takes, and that it takes them through our endpoint only. */
  readonly roleArn: string
  readonly role: Person['role']
  readonly tables: Readonly<Record<TableName, string>>
  readonly vaultKeyArn: string
  readonly recoveryKeyArn: string
  /** @default sessions in memory */
  readonly cache?: SessionCache
  /** Milliseconds since 1970. @default the clock */
  readonly now?: () => number
}

/** How long a session's credentials live, in seconds: the least AWS STS takes (AssumeRoleWithWebIdentity, DurationSeconds). */
const sessionSeconds = 900
/** How long before its end a session is not used any more, in milliseconds: longer than a request may take. */
const margin = 60_000

/** Tokens that AWS STS does not take: that of another issuer, audience, role or time, and one without the tags the trust asks for. */
const refusedTokens: ReadonlySet<string> = new Set([
  ...['ExpiredTokenException', 'InvalidIdentityTokenException', 'IDPRejectedClaimException'],
  ...['ExpiredToken', 'InvalidIdentityToken', 'IDPRejectedClaim', 'AccessDenied', 'AccessDeniedException'],
])

/**
 * Sessions by AssumeRoleWithWebIdentity: a person's ID token for credentials that carry the person's tags. The call is unsigned, so no role of the function
 * has a part in it, and STS verifies the token. The session is named by the person's id, which AWS CloudTrail then shows beside everything it does.
 */
export function stsSessions(options: StsSessionsOptions, sts: STSClient = new STSClient(fastFailing)): Sessions {
  const { role, cache = sessionCache(), now = Date.now } = options
  return {
    open: (token) =>
      cache.held(token, now(), async () => {
        const { person, expiresAt } = decodedClaims(token, role)
        const credentials = await exchanged(sts, options.roleArn, token, person.id)
        return held(sessionOf(person, credentials, options, sts), expiresAt, credentials)
      }),
  }
}

async function exchanged(sts: STSClient, RoleArn: string, WebIdentityToken: string, RoleSessionName: string): Promise<Credentials> {
  try {
    const request = { RoleArn, WebIdentityToken, RoleSessionName, DurationSeconds: sessionSeconds }
    const { Credentials: credentials } = await sts.send(new AssumeRoleWithWebIdentityCommand(request))
    if (credentials === undefined) throw new TypeError('AWS STS gave no credentials.')
    return credentials
  } catch (error) {
    if (!refusedTokens.has(errorKind(error))) throw error
    log('warn', { event: exchangeRefusedEvent, kind: errorKind(error) })
    // The cause is left out: messages of STS quote what the token said.
    throw new ServiceError('not-signed-in')
  }
}

const held = (session: Session, tokenEnds: number, { Expiration }: Credentials): Held => ({
  session,
  until: Math.min(tokenEnds, Expiration?.getTime() ?? 0) - margin,
})

function sessionOf(
  person: Person,
  { AccessKeyId, SecretAccessKey, SessionToken }: Credentials,
  options: StsSessionsOptions,
  sts: STSClient,
): Session {
  const credentials = { accessKeyId: AccessKeyId ?? '', secretAccessKey: SecretAccessKey ?? '', sessionToken: SessionToken ?? '' }
  // Connections are shared, as the handler of the STS client keeps those to every endpoint open; each client signs with its own credentials.
  const client = { ...fastFailing, credentials, requestHandler: sts.config.requestHandler, region: sts.config.region }
  return {
    person,
    items: dynamoItems(options.tables, new DynamoDBClient(client)),
    keys: kmsKeys({ vaultKeyArn: options.vaultKeyArn, recoveryKeyArn: options.recoveryKeyArn }, new KMSClient(client)),
  }
}
