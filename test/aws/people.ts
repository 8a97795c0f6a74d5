import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AssociateSoftwareTokenCommand,
  type AuthenticationResultType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { totp } from './totp.ts'

/** A user pool with the app that its people use. */
export interface PoolWithApp {
  readonly poolId: string
  readonly clientId: string
}

/** Somebody with an account, a password of their own and an authenticator app. */
export interface Enrolled {
  readonly pool: PoolWithApp
  readonly username: string
  /** Secret of the authenticator app. */
  readonly secret: string
  /** Opaque id, as it stands in sessions and in the ledger. */
  readonly id: string
}

const passwords = { first: 'First-Word-To-Enter-1!', own: 'A-Word-Of-My-Own-2026!' } as const

/**
 * Makes an account as an administrator does, and signs in for the first time as its owner does: a password of one's own, then an authenticator app.
 * @param attributes administered ones. @param practice the chosen one, of a provider of several
 */
export async function enrol(
  cognito: CognitoIdentityProviderClient,
  pool: PoolWithApp,
  username: string,
  attributes: Readonly<Record<string, string>>,
  practice?: string,
): Promise<Enrolled> {
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }))
  const account = { UserPoolId: pool.poolId, Username: username }
  await cognito.send(
    new AdminCreateUserCommand({ ...account, UserAttributes, TemporaryPassword: passwords.first, MessageAction: 'SUPPRESS' }),
  )
  const { ChallengeName, Session } = await begin(cognito, pool, username, passwords.first)
  if (ChallengeName !== 'NEW_PASSWORD_REQUIRED')
    throw new Error(`${username} was to choose a password, and not to answer ${ChallengeName}.`)
  const answers = { USERNAME: username, NEW_PASSWORD: passwords.own }
  const { AccessToken } = await answer(cognito, pool, ChallengeName, Session, answers, practice)
  const { SecretCode: secret = '' } = await cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }))
  await cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: totp(secret) }))
  await cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }))
  const { UserAttributes: written = [] } = await cognito.send(new AdminGetUserCommand(account))
  const subject = written.find(({ Name }) => Name === 'sub')?.Value ?? ''
  return { pool, username, secret, id: subject.replaceAll('-', '') }
}

/**
 * Signs in by password and authenticator app.
 * @param code of the authenticator app. @default the right one
 * @returns the ID token
 */
export async function signIn(
  cognito: CognitoIdentityProviderClient,
  { pool, username, secret }: Enrolled,
  practice?: string,
  code: string = totp(secret),
): Promise<string> {
  const { ChallengeName, Session } = await begin(cognito, pool, username, passwords.own)
  if (ChallengeName !== 'SOFTWARE_TOKEN_MFA') throw new Error(`${username} was asked for ${ChallengeName}, and not for a second factor.`)
  const answers = { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: code }
  const { IdToken = '' } = await answer(cognito, pool, ChallengeName, Session, answers, practice)
  return IdToken
}

const begin = (cognito: CognitoIdentityProviderClient, { clientId }: PoolWithApp, USERNAME: string, PASSWORD: string) =>
  cognito.send(new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } }))

async function answer(
  cognito: CognitoIdentityProviderClient,
  { clientId: ClientId }: PoolWithApp,
  ChallengeName: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA',
  Session: string | undefined,
  ChallengeResponses: Record<string, string>,
  practice: string | undefined,
): Promise<AuthenticationResultType> {
  const ClientMetadata = practice === undefined ? undefined : { practice }
  const answered = await cognito.send(
    new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses, ClientMetadata }),
  )
  if (answered.AuthenticationResult === undefined) throw new Error(`Nobody was signed in; ${answered.ChallengeName} was asked instead.`)
  return answered.AuthenticationResult
}
