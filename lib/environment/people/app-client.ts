import { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito'
import type { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { Pool } from './pool.ts'

/** What an app that people sign in with needs. */
export interface AppClientProps {
  readonly config: EnvironmentConfig
  /** Whose app it is: `providers`. */
  readonly what: string
  readonly pool: Pool
  /**
   * Attributes a person may read of themselves, which also stand in the ID token: `custom:practices`. All that the token function needs are among them: it is not
   * documented that it is handed what the app may not read.
   */
  readonly reads: readonly string[]
  /** Hours after which a person has to sign in again. */
  readonly refreshHours: number
}

// A list without any attribute would mean Cognito's own list, names and addresses among them (AWS CloudFormation Template Reference,
// AWS::Cognito::UserPoolClient). A language is the least there is.
const leastAttribute = 'locale'

/**
 * The app of one pool. It keeps no secret, because it runs on people's own machines, and can write nothing that says who somebody is. Tokens live for
 * 15 minutes; each refresh gives a new refresh token and ends the old one, so that a stolen one is found out at the next use.
 */
export const appClient = (scope: Construct, id: string, { config, what, pool, reads, refreshHours }: AppClientProps): CfnUserPoolClient =>
  new CfnUserPoolClient(scope, id, {
    userPoolId: pool.resource.ref,
    clientName: nameOf(config, what),
    generateSecret: false,
    // Choice-based sign-in alone: password by SRP or as it is, and passkeys. With rotation, refreshing goes by GetTokensFromRefreshToken and must not be a
    // flow of its own (Amazon Cognito Developer Guide, "Refresh tokens").
    explicitAuthFlows: ['ALLOW_USER_AUTH'],
    supportedIdentityProviders: ['COGNITO'],
    allowedOAuthFlowsUserPoolClient: false,
    preventUserExistenceErrors: 'ENABLED',
    enableTokenRevocation: true,
    authSessionValidity: 3,
    idTokenValidity: 15,
    accessTokenValidity: 15,
    refreshTokenValidity: refreshHours,
    tokenValidityUnits: { idToken: 'minutes', accessToken: 'minutes', refreshToken: 'hours' },
    refreshTokenRotation: { feature: 'ENABLED', retryGracePeriodSeconds: 10 },
    readAttributes: [leastAttribute, ...reads],
    writeAttributes: [leastAttribute],
  })
