import type { ExampleResources, ResourceControl } from '../control.ts'
import { fail, pass, undecided } from '../control.ts'
import { atLeast, atMost, isGiven, isNoneOf, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { holdsNone } from './holds-none.ts'
import { authentication } from './safeguards.ts'

const risks = 'AWS::Cognito::UserPoolRiskConfigurationAttachment'
const client = 'AWS::Cognito::UserPoolClient'
const pool = 'AWS::Cognito::UserPool'
const ofPool = { UserPoolId: 'us-east-1_AbCdEfGhI', ClientId: 'ALL' }
const answer = (EventAction: string) => ({ EventAction, Notify: false })
const takeover = (Actions: object) => ({ ...ofPool, AccountTakeoverRiskConfiguration: { Actions } })
const allAnswered = { LowAction: answer('MFA_REQUIRED'), MediumAction: answer('MFA_REQUIRED'), HighAction: answer('BLOCK') }
const text = { ...authentication, severity: 'low' } as const
const ofTakeover = { path: 'AccountTakeoverRiskConfiguration', expect: isGiven } as const

const level = (name: 'Low' | 'Medium' | 'High') => ({
  ...text,
  id: `cognito-risk-${name.toLowerCase()}-answered`,
  title: `User pools that answer risks answer those that they call ${name.toLowerCase()}`,
  why: 'An attacker who has a password tries until a sign-in looks ordinary enough: what is not answered is let in like any other.',
  remedy: `Set AccountTakeoverRiskConfiguration.Actions.${name}Action.EventAction to BLOCK, MFA_REQUIRED or MFA_IF_CONFIGURED.`,
  type: risks,
  path: `AccountTakeoverRiskConfiguration.Actions.${name}Action.EventAction`,
  expect: isOneOf('BLOCK', 'MFA_REQUIRED', 'MFA_IF_CONFIGURED'),
  absent: 'fails' as const,
  when: ofTakeover,
  passing: takeover(allAnswered),
  failing: takeover({ ...allAnswered, [`${name}Action`]: answer('NO_ACTION') }),
})

const stolen = (EventFilter?: readonly string[]) => ({
  ...ofPool,
  CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' }, ...(EventFilter !== undefined && { EventFilter }) },
})

const rows = propertyControls([
  level('Low'),
  level('Medium'),
  level('High'),
  {
    ...text,
    id: 'cognito-risk-takeover-configured',
    title: 'Risk settings of user pools say what becomes of a sign-in that looks like a takeover',
    why: 'The risk is then measured and written down, and the sign-in goes on.',
    remedy: 'Add AccountTakeoverRiskConfiguration with an action for each level.',
    type: risks,
    path: 'AccountTakeoverRiskConfiguration',
    expect: isGiven,
    absent: 'fails',
    passing: takeover(allAnswered),
    failing: stolen(),
  },
  {
    ...text,
    id: 'cognito-risk-stolen-passwords-configured',
    title: 'Risk settings of user pools say what becomes of passwords that are known to be stolen',
    why: 'Most sign-ins of strangers use a password from the breach of another service, and Amazon Cognito knows those lists.',
    remedy: 'Add CompromisedCredentialsRiskConfiguration with the action BLOCK.',
    type: risks,
    path: 'CompromisedCredentialsRiskConfiguration',
    expect: isGiven,
    absent: 'fails',
    passing: stolen(),
    failing: takeover(allAnswered),
  },
  {
    ...text,
    id: 'cognito-risk-stolen-passwords-at-sign-in',
    title: 'User pools look for stolen passwords when people sign in',
    why: 'A password is stolen after it was chosen: a look at sign-up or at a change of it alone comes too early.',
    remedy: 'Add SIGN_IN to CompromisedCredentialsRiskConfiguration.EventFilter, or leave the filter out.',
    type: risks,
    path: 'CompromisedCredentialsRiskConfiguration.EventFilter',
    expect: (value) => (Array.isArray(value) ? value.includes('SIGN_IN') : undefined),
    absent: 'passes',
    passing: stolen(['SIGN_IN', 'SIGN_UP']),
    failing: stolen(['SIGN_UP']),
  },
  {
    ...text,
    severity: 'medium',
    id: 'cognito-user-pool-mfa-not-by-text',
    title: 'User pools take no text message or e-mail as a second factor',
    why: 'A telephone number is taken over with a call to its carrier, and a mailbox with its password: the factor then is the attacker’s.',
    remedy: 'Leave SMS_MFA and EMAIL_OTP out of EnabledMfas; use SOFTWARE_TOKEN_MFA and passkeys.',
    type: pool,
    path: 'EnabledMfas',
    expect: holdsNone('SMS_MFA', 'EMAIL_OTP'),
    absent: 'does not apply',
    passing: { MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] },
    failing: { MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA', 'SMS_MFA'] },
  },
  {
    ...text,
    id: 'cognito-user-pool-first-factor-not-by-text',
    title: 'User pools let nobody in by a code in a text message or e-mail alone',
    why: 'Whoever reads the message, in a shared mailbox or on a number that was taken over, is signed in without knowing anything.',
    remedy: 'Leave SMS_OTP and EMAIL_OTP out of Policies.SignInPolicy.AllowedFirstAuthFactors.',
    type: pool,
    path: 'Policies.SignInPolicy.AllowedFirstAuthFactors',
    expect: holdsNone('SMS_OTP', 'EMAIL_OTP'),
    absent: 'passes',
    passing: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    failing: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } } },
  },
  {
    ...text,
    id: 'cognito-user-pool-password-history',
    title: 'User pools refuse passwords that a person had before',
    why: 'Who must change a password after a breach and may take the old one again is as open as before.',
    remedy: 'Set Policies.PasswordPolicy.PasswordHistorySize, to 24 at best.',
    type: pool,
    path: 'Policies.PasswordPolicy.PasswordHistorySize',
    expect: atLeast(1),
    absent: 'fails',
    passing: { Policies: { PasswordPolicy: { MinimumLength: 14, PasswordHistorySize: 24 } } },
    failing: { Policies: { PasswordPolicy: { MinimumLength: 14 } } },
  },
  {
    ...text,
    id: 'cognito-user-pool-passkey-verifies-person',
    title: 'Passkeys of user pools ask for the person, not for the device alone',
    why: 'Without a finger, a face or a PIN, whoever holds the unlocked device of a provider signs in as the provider.',
    remedy: 'Set WebAuthnUserVerification to required.',
    type: pool,
    path: 'WebAuthnUserVerification',
    expect: isOneOf('required'),
    absent: 'does not apply',
    passing: { WebAuthnRelyingPartyID: 'on-call.example.org', WebAuthnUserVerification: 'required' },
    failing: { WebAuthnRelyingPartyID: 'on-call.example.org', WebAuthnUserVerification: 'preferred' },
  },
  {
    ...text,
    id: 'cognito-client-sign-in-session-short',
    title: 'A sign-in that was begun must be finished within five minutes',
    why: 'A challenge that stays open for longer gives whoever relays it, or guesses the code, as much longer.',
    remedy: 'Set AuthSessionValidity to 5 or less, or leave it out: the default is 3.',
    type: client,
    path: 'AuthSessionValidity',
    expect: atMost(5),
    absent: 'passes',
    passing: { UserPoolId: 'us-east-1_AbCdEfGhI', AuthSessionValidity: 3 },
    failing: { UserPoolId: 'us-east-1_AbCdEfGhI', AuthSessionValidity: 15 },
  },
  {
    ...text,
    severity: 'medium',
    id: 'cognito-client-writes-named-attributes',
    title: 'Clients for people name the attributes that a signed-in person may change',
    why: 'Where nothing is named, everybody may write every attribute of their own, also the one by which the application tells whose records they may see.',
    remedy: 'List the attributes in WriteAttributes, without those that decide on access.',
    type: client,
    path: 'WriteAttributes',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'AllowedOAuthFlows.0', expect: isNoneOf('client_credentials'), absent: 'applies' },
    passing: { UserPoolId: 'us-east-1_AbCdEfGhI', WriteAttributes: ['locale'] },
    failing: { UserPoolId: 'us-east-1_AbCdEfGhI' },
  },
  {
    ...text,
    id: 'cognito-client-refresh-token-rotation',
    title: 'Refresh tokens of user pools serve once',
    why: 'A refresh token that was copied off a device otherwise opens new sessions until it ends, beside the owner who notices nothing.',
    remedy: 'Set RefreshTokenRotation.Feature to ENABLED.',
    type: client,
    path: 'RefreshTokenRotation.Feature',
    expect: isOneOf('ENABLED'),
    absent: 'fails',
    when: { path: 'AllowedOAuthFlows.0', expect: isNoneOf('client_credentials'), absent: 'applies' },
    passing: { UserPoolId: 'us-east-1_AbCdEfGhI', RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 } },
    failing: { UserPoolId: 'us-east-1_AbCdEfGhI' },
  },
])

const full = { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }
const Pool: ExampleResources = { Pool: { Type: pool, Properties: full } }

const risksAnswered: ResourceControl = {
  ...text,
  severity: 'medium',
  id: 'cognito-user-pool-risks-configured',
  title: 'User pools with threat protection say how they answer risks',
  why: 'Threat protection that nobody told what to do rates sign-ins, and lets all of them through.',
  remedy: 'Add an AWS::Cognito::UserPoolRiskConfigurationAttachment for the pool.',
  types: [pool],
  judge: (resource, deployment) => {
    if (resource.get('UserPoolAddOns.AdvancedSecurityMode') !== 'ENFORCED') return undefined
    const { certain, possible } = deployment.referring(resource, risks, 'UserPoolId')
    if (certain[0] !== undefined) return pass('risk configuration', certain[0].logicalId)
    return possible[0] === undefined
      ? fail('risk configuration', undefined)
      : undecided('risk configuration', `${possible[0].logicalId} may be about it`)
  },
  passing: { ...Pool, Risks: { Type: risks, Properties: { ...takeover(allAnswered), UserPoolId: { Ref: 'Pool' } } } },
  failing: Pool,
}

/** Controls over how people sign in, beyond the first and second factor. */
export const hardeningSignInControls: readonly ResourceControl[] = [...rows, risksAnswered]
