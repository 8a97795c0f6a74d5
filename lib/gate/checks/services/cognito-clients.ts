import type { Resource } from '../../template/resource.ts'
import { isList, numberOf, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { holdsNone, isNotScheme } from './holds-none.ts'
import { only } from './inheritance.ts'
import { authentication, inTransit, notPublic } from './safeguards.ts'

const type = 'AWS::Cognito::UserPoolClient'
const client = { UserPoolId: 'us-east-1_example' }
const pool = { AllowUnauthenticatedIdentities: false }
const risk = { UserPoolId: 'us-east-1_example', ClientId: 'ALL' }
const withFlow = (flow: string, ...CallbackURLs: readonly string[]) => ({
  ...client,
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: [flow],
  AllowedOAuthScopes: ['openid'],
  SupportedIdentityProviders: ['COGNITO'],
  CallbackURLs,
})
const takeover = (EventAction: string) => {
  const action = { EventAction, Notify: false }
  return { ...risk, AccountTakeoverRiskConfiguration: { Actions: { LowAction: action, MediumAction: action, HighAction: action } } }
}

const isLocal = (address: Value): boolean => typeof address === 'string' && /^http:\/\/localhost([:/]|$)/i.test(address)

const holdsOnly = (list: Value | undefined, ...words: readonly string[]): boolean =>
  isList(list) && list.length > 0 && list.every((word) => typeof word === 'string' && words.includes(word))

/** Clients of the client-credentials flow alone sign no users in: their secret stands before every call. */
function signsUsersIn(app: Resource): boolean {
  const explicit = app.get('ExplicitAuthFlows')
  const alone = holdsOnly(app.get('AllowedOAuthFlows'), 'client_credentials')
  return !alone || !(explicit === undefined || holdsOnly(explicit, 'ALLOW_REFRESH_TOKEN_AUTH'))
}

const existence = only(
  signsUsersIn,
  propertyControls([
    {
      ...authentication,
      severity: 'low',
      id: 'cognito-client-hides-user-existence',
      title: 'User pool clients do not tell which accounts exist',
      why: 'An error that differs for unknown users lets a stranger find out who is a patient.',
      remedy: 'Set PreventUserExistenceErrors to ENABLED.',
      type,
      path: 'PreventUserExistenceErrors',
      expect: isOneOf('ENABLED'),
      absent: 'fails',
      passing: { ...client, PreventUserExistenceErrors: 'ENABLED' },
      failing: { ...client, PreventUserExistenceErrors: 'LEGACY' },
    },
  ]),
)

const settings = propertyControls([
  {
    ...authentication,
    severity: 'low',
    id: 'cognito-client-secret',
    title: 'Clients of user pools that act for themselves have a secret',
    why: 'The client-credentials flow proves who the client is by its secret alone.',
    remedy: 'Set GenerateSecret to true.',
    type,
    path: 'GenerateSecret',
    expect: isOn,
    absent: 'fails',
    when: { path: 'AllowedOAuthFlows.0', expect: isOneOf('client_credentials') },
    passing: {
      ...client,
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['records/read'],
    },
    failing: {
      ...client,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['records/read'],
    },
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'cognito-client-token-revocation',
    title: 'Tokens of user pool clients can be revoked',
    why: 'Without revocation a stolen refresh token works until it ends, whatever the user or an administrator does.',
    remedy: 'Set EnableTokenRevocation to true, or leave it out.',
    type,
    path: 'EnableTokenRevocation',
    expect: isOn,
    // On where nothing is said ("CreateUserPoolClient", Amazon Cognito API Reference).
    absent: 'passes',
    passing: { ...client, EnableTokenRevocation: true },
    failing: { ...client, EnableTokenRevocation: false },
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'cognito-client-implicit-flow-off',
    title: 'User pool clients do not take tokens from the address of a page',
    why: 'The implicit flow writes tokens into the address, and from there into histories, logs and the hands of scripts.',
    remedy: 'Take implicit out of AllowedOAuthFlows, and use code.',
    type,
    path: 'AllowedOAuthFlows',
    expect: holdsNone('implicit'),
    absent: 'passes',
    passing: withFlow('code', 'https://portal.example.com/signed-in'),
    failing: withFlow('implicit', 'https://portal.example.com/signed-in'),
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'cognito-client-password-flow-off',
    title: 'User pool clients do not send passwords to Cognito as they are',
    why: 'In this flow the application itself handles the password, and a hole in it gives away what users typed. SRP proves the password without sending it.',
    remedy: 'Take ALLOW_USER_PASSWORD_AUTH and USER_PASSWORD_AUTH out of ExplicitAuthFlows.',
    type,
    path: 'ExplicitAuthFlows',
    expect: holdsNone('ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'),
    absent: 'passes',
    passing: { ...client, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
    failing: { ...client, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
  },
  {
    ...authentication,
    severity: 'low',
    id: 'cognito-client-admin-password-flow-off',
    title: 'User pool clients do not let servers sign users in by their passwords',
    why: 'The server that signs users in sees every password; whoever takes it over collects them.',
    remedy: 'Take ALLOW_ADMIN_USER_PASSWORD_AUTH and ADMIN_NO_SRP_AUTH out of ExplicitAuthFlows.',
    type,
    path: 'ExplicitAuthFlows',
    expect: holdsNone('ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'),
    absent: 'passes',
    passing: { ...client, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
    failing: { ...client, ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
  },
  {
    ...inTransit,
    id: 'cognito-client-callbacks-encrypted',
    title: 'User pool clients send users back over TLS',
    why: 'A callback at an http address gets the code of the sign-in in clear.',
    remedy: 'Write addresses that begin with https:// in CallbackURLs.',
    type,
    path: 'CallbackURLs.*',
    // http://localhost is allowed for tests ("CreateUserPoolClient", Amazon Cognito API Reference): it never leaves the machine.
    expect: (address, deployment) => isLocal(address) || isNotScheme('http://')(address, deployment),
    absent: 'does not apply',
    passing: withFlow('code', 'https://portal.example.com/signed-in'),
    failing: withFlow('code', 'http://portal.example.com/signed-in'),
  },
  {
    ...notPublic,
    severity: 'high',
    id: 'cognito-identity-pool-no-guests',
    title: 'Identity pools give no credentials to guests',
    why: 'Anybody on the internet who knows the id of the pool, which every client shows, gets AWS credentials.',
    remedy: 'Set AllowUnauthenticatedIdentities to false.',
    type: 'AWS::Cognito::IdentityPool',
    path: 'AllowUnauthenticatedIdentities',
    expect: isOff,
    absent: 'fails',
    passing: pool,
    failing: { AllowUnauthenticatedIdentities: true },
  },
  {
    ...authentication,
    severity: 'low',
    id: 'cognito-identity-pool-classic-flow-off',
    title: 'Identity pools do not offer the classic flow',
    why: 'In the classic flow the client chooses the role and the session, and the limits that Cognito sets on guests fall away.',
    remedy: 'Set AllowClassicFlow to false, or leave it out.',
    type: 'AWS::Cognito::IdentityPool',
    path: 'AllowClassicFlow',
    expect: isOff,
    absent: 'passes',
    passing: { ...pool, AllowClassicFlow: false },
    failing: { ...pool, AllowClassicFlow: true },
  },
  {
    ...authentication,
    severity: 'low',
    id: 'cognito-identity-pool-token-check',
    title: 'Identity pools ask the user pool whether a token still holds',
    why: 'Without the check a user who was signed out everywhere, or disabled, still gets AWS credentials until the token ends.',
    remedy: 'Set ServerSideTokenCheck to true for each of CognitoIdentityProviders.',
    type: 'AWS::Cognito::IdentityPool',
    path: 'CognitoIdentityProviders.*.ServerSideTokenCheck',
    expect: isOn,
    absent: 'fails',
    when: { path: 'CognitoIdentityProviders', expect: isGiven },
    passing: {
      ...pool,
      CognitoIdentityProviders: [
        { ClientId: 'abc123', ProviderName: 'cognito-idp.us-east-1.amazonaws.com/us-east-1_example', ServerSideTokenCheck: true },
      ],
    },
    failing: {
      ...pool,
      CognitoIdentityProviders: [{ ClientId: 'abc123', ProviderName: 'cognito-idp.us-east-1.amazonaws.com/us-east-1_example' }],
    },
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'cognito-risk-stolen-passwords-blocked',
    title: 'User pools block passwords that are known to be stolen',
    why: 'A password from the leak of another service is tried on this one within hours.',
    remedy: 'Set CompromisedCredentialsRiskConfiguration.Actions.EventAction to BLOCK.',
    type: 'AWS::Cognito::UserPoolRiskConfigurationAttachment',
    path: 'CompromisedCredentialsRiskConfiguration.Actions.EventAction',
    expect: isOneOf('BLOCK'),
    absent: 'does not apply',
    passing: { ...risk, CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } } },
    failing: { ...risk, CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'NO_ACTION' } } },
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'cognito-risk-takeover-answered',
    title: 'User pools block sign-ins of high risk or ask for a second factor',
    why: 'A sign-in from a new device in a strange country, with the right password, is what a takeover looks like.',
    remedy: 'Set AccountTakeoverRiskConfiguration.Actions.HighAction.EventAction to BLOCK or MFA_REQUIRED.',
    type: 'AWS::Cognito::UserPoolRiskConfigurationAttachment',
    path: 'AccountTakeoverRiskConfiguration.Actions.HighAction.EventAction',
    expect: isOneOf('BLOCK', 'MFA_REQUIRED', 'MFA_IF_CONFIGURED'),
    absent: 'does not apply',
    passing: takeover('BLOCK'),
    failing: takeover('NO_ACTION'),
  },
])

// Lengths that tokens have where nothing is said, and the units they are counted in ("CreateUserPoolClient", Amazon Cognito API Reference).
const seconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 }
const hour = 3600
const day = 86_400

interface TokenLife {
  readonly id: string
  readonly property: string
  readonly unit: string
  readonly usualUnit: string
  readonly usual: number
  readonly most: number
  readonly title: string
  readonly why: string
  readonly remedy: string
  readonly tooLong: number
}

const tokenLife = ({ id, property, unit, usualUnit, usual, most, title, why, remedy, tooLong }: TokenLife): ResourceControl => ({
  ...authentication,
  severity: 'low',
  citations: ['164.312(a)(2)(iii)', '164.312(d)'],
  id,
  title,
  why,
  remedy,
  types: [type],
  judge: (resource) => lifeOutcome(resource, property, `TokenValidityUnits.${unit}`, { usualUnit, usual, most }),
  passing: { Client: { Type: type, Properties: { ...client, [property]: 1, TokenValidityUnits: { [unit]: 'hours' } } } },
  failing: { Client: { Type: type, Properties: { ...client, [property]: tooLong, TokenValidityUnits: { [unit]: usualUnit } } } },
})

function lifeOutcome(
  resource: Resource,
  property: string,
  unitPath: string,
  { usualUnit, usual, most }: Pick<TokenLife, 'usualUnit' | 'usual' | 'most'>,
): Outcome {
  const [value, unit] = [resource.get(property), resource.get(unitPath) ?? usualUnit]
  const unknown = [value, unit].find((part): part is Unknown => part instanceof Unknown)
  if (unknown !== undefined) return undecided(property, unknown.reason)
  if (value === undefined) return usual <= most ? pass(property, undefined) : fail(property, undefined)
  const [length, each] = [numberOf(value), typeof unit === 'string' && Object.hasOwn(seconds, unit) ? seconds[unit] : undefined]
  if (length === undefined || each === undefined) return undecided(property, 'it is computed at deployment', value)
  return length * each <= most ? pass(property, value) : fail(property, value)
}

const lives = [
  tokenLife({
    id: 'cognito-client-access-token-short',
    property: 'AccessTokenValidity',
    unit: 'AccessToken',
    usualUnit: 'hours',
    usual: hour,
    most: hour,
    tooLong: 24,
    title: 'Access tokens of user pool clients end within an hour',
    why: 'A stolen access token works until it ends: no revocation reaches the services that check it by themselves.',
    remedy: 'Set AccessTokenValidity, with TokenValidityUnits.AccessToken, to an hour or less.',
  }),
  tokenLife({
    id: 'cognito-client-id-token-short',
    property: 'IdTokenValidity',
    unit: 'IdToken',
    usualUnit: 'hours',
    usual: hour,
    most: hour,
    tooLong: 24,
    title: 'ID tokens of user pool clients end within an hour',
    why: 'Many services let in whoever shows an ID token, and it carries names and addresses for as long as it lasts.',
    remedy: 'Set IdTokenValidity, with TokenValidityUnits.IdToken, to an hour or less.',
  }),
  tokenLife({
    id: 'cognito-client-refresh-token-limited',
    property: 'RefreshTokenValidity',
    unit: 'RefreshToken',
    usualUnit: 'days',
    usual: 30 * day,
    most: 30 * day,
    tooLong: 3650,
    title: 'Refresh tokens of user pool clients end within 30 days',
    why: 'A refresh token stands for a signed-in user without a password: on a lost device it opens records for as long as it lasts.',
    remedy: 'Set RefreshTokenValidity to 30 days or less.',
  }),
] as const

/** Controls on clients of user pools, on identity pools, and on what is done about risky sign-ins. */
export const cognitoClientControls: readonly ResourceControl[] = [...settings, ...existence, ...lives]
