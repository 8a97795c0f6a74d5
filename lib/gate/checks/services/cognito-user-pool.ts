import { isList, isMap, numberOf, Reference, Unknown } from '../../template/value.ts'
import { fail, pass, type ResourceControl, undecided } from '../control.ts'
import { atLeast, type Expectation, isCustomerKey, isGiven, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { atRest, audit, authentication, availability, exampleKey, hygiene } from './safeguards.ts'
import { behindWebAcl } from './web-acl.ts'

const type = 'AWS::Cognito::UserPool'
const policyPath = 'Policies.PasswordPolicy'
const passwordCitations = ['164.308(a)(5)(ii)(D)', '164.312(d)'] as const
const strong = {
  MinimumLength: 14,
  RequireLowercase: true,
  RequireUppercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 3,
  PasswordHistorySize: 5,
}
const pool = (policy: Readonly<Record<string, unknown>>) => ({ Policies: { PasswordPolicy: policy } })

const classes = [
  ['lowercase', 'RequireLowercase', 'a lowercase letter'],
  ['uppercase', 'RequireUppercase', 'an uppercase letter'],
  ['numbers', 'RequireNumbers', 'a digit'],
  ['symbols', 'RequireSymbols', 'a symbol'],
] as const

/**
 * A pool without a password policy asks for eight characters of all four classes; one with a policy asks for what the policy says alone
 * ("Adding user pool password requirements", Amazon Cognito Developer Guide).
 */
const passwordClasses: readonly ResourceControl[] = classes.map(([id, property, noun]) => ({
  ...authentication,
  citations: passwordCitations,
  severity: 'low',
  id: `cognito-user-pool-password-${id}`,
  title: `Passwords of user pools hold ${noun}`,
  why: `Without ${noun} there are far fewer passwords to guess, and the most common ones are let in.`,
  remedy: `Set ${policyPath}.${property} to true.`,
  types: [type],
  judge: (resource) => {
    const policy = resource.get(policyPath)
    if (policy === undefined) return pass(policyPath, undefined)
    const path = `${policyPath}.${property}`
    const value = isMap(policy) ? policy[property] : policy
    if (value instanceof Unknown || value instanceof Reference)
      return undecided(path, value instanceof Unknown ? value.reason : 'it is computed at deployment')
    return String(value).toLowerCase() === 'true' ? pass(path, value) : fail(path, value)
  },
  passing: { Pool: { Type: type, Properties: pool(strong) } },
  failing: { Pool: { Type: type, Properties: pool({ ...strong, [property]: false }) } },
}))

const holdsAppCodes: Expectation = (value) => {
  if (!isList(value)) return undefined
  if (value.includes('SOFTWARE_TOKEN_MFA')) return true
  return value.some((part) => part instanceof Unknown) ? undefined : false
}

const noPhone: Expectation = (value) => {
  if (!isList(value)) return undefined
  const names = value.map((entry) => (isMap(entry) ? entry['Name'] : undefined))
  if (names.includes('verified_phone_number')) return false
  return names.some((name) => name === undefined || name instanceof Unknown) ? undefined : true
}

const settings = propertyControls([
  {
    ...authentication,
    id: 'cognito-user-pool-mfa-required',
    title: 'User pools ask for a second factor',
    why: 'A password alone falls to reuse and phishing. With OPTIONAL, only those users are safe who turned it on by themselves.',
    remedy: 'Set MfaConfiguration to ON.',
    type,
    path: 'MfaConfiguration',
    expect: isOneOf('ON'),
    absent: 'fails',
    passing: { MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] },
    failing: { MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] },
  },
  {
    ...authentication,
    severity: 'low',
    id: 'cognito-user-pool-mfa-by-app',
    title: 'User pools take codes of an authenticator app as a second factor',
    why: 'Codes by text message are read by whoever takes over the phone number; codes of an app are not.',
    remedy: 'Add SOFTWARE_TOKEN_MFA to EnabledMfas.',
    type,
    path: 'EnabledMfas',
    expect: holdsAppCodes,
    absent: 'fails',
    when: { path: 'MfaConfiguration', expect: isOneOf('ON', 'OPTIONAL') },
    passing: { MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] },
    failing: { MfaConfiguration: 'ON', EnabledMfas: ['EMAIL_OTP'] },
  },
  {
    ...authentication,
    citations: passwordCitations,
    severity: 'medium',
    id: 'cognito-user-pool-password-length',
    title: 'Passwords of user pools have at least 8 characters',
    why: 'Shorter passwords are guessed by trying.',
    remedy: `Set ${policyPath}.MinimumLength to 8 or more.`,
    type,
    path: `${policyPath}.MinimumLength`,
    expect: atLeast(8),
    // Cognito asks for eight characters where nothing is said.
    absent: 'passes',
    passing: pool(strong),
    failing: pool({ ...strong, MinimumLength: 6 }),
  },
  {
    ...authentication,
    citations: passwordCitations,
    severity: 'low',
    id: 'cognito-user-pool-password-long',
    title: 'Passwords of user pools have at least 14 characters',
    why: 'A password of eight characters can be found within days once its hash is stolen; each further character multiplies that time.',
    remedy: `Set ${policyPath}.MinimumLength to 14 or more.`,
    type,
    path: `${policyPath}.MinimumLength`,
    expect: atLeast(14),
    absent: 'fails',
    passing: pool(strong),
    failing: pool({ ...strong, MinimumLength: 8 }),
  },
  {
    ...authentication,
    citations: passwordCitations,
    severity: 'low',
    id: 'cognito-user-pool-temporary-password-days',
    title: 'Temporary passwords of user pools end within a week',
    why: 'An invitation lies in a mailbox: whoever finds it later takes the account over before its owner ever signs in.',
    remedy: `Set ${policyPath}.TemporaryPasswordValidityDays to 7 or less.`,
    type,
    path: `${policyPath}.TemporaryPasswordValidityDays`,
    expect: (value) => {
      const days = numberOf(value)
      return days === undefined ? undefined : days <= 7
    },
    // Seven days where nothing is said.
    absent: 'passes',
    passing: pool(strong),
    failing: pool({ ...strong, TemporaryPasswordValidityDays: 90 }),
  },
  {
    ...authentication,
    citations: ['164.308(a)(3)(ii)(A)', '164.308(a)(4)(ii)(B)', '164.312(a)(1)'],
    severity: 'medium',
    id: 'cognito-user-pool-self-sign-up-off',
    title: 'Only administrators make accounts in user pools',
    why: 'With self sign-up any stranger gets an account, and with it everything that signed-in users may do.',
    remedy: 'Set AdminCreateUserConfig.AllowAdminCreateUserOnly to true.',
    type,
    path: 'AdminCreateUserConfig.AllowAdminCreateUserOnly',
    expect: isOn,
    absent: 'fails',
    passing: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    failing: {},
  },
  {
    ...authentication,
    severity: 'medium',
    citations: ['164.308(a)(5)(ii)(C)', '164.312(d)'],
    id: 'cognito-user-pool-threat-protection',
    title: 'User pools act on sign-ins that look like an attack',
    why: 'Without threat protection, stolen passwords and sign-ins from strange places are let through like any other. With AUDIT they are only counted.',
    remedy: 'Set UserPoolAddOns.AdvancedSecurityMode to ENFORCED.',
    type,
    path: 'UserPoolAddOns.AdvancedSecurityMode',
    expect: isOneOf('ENFORCED'),
    absent: 'fails',
    passing: { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
    failing: { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } },
  },
  {
    ...authentication,
    severity: 'low',
    citations: ['164.308(a)(5)(ii)(C)', '164.312(d)'],
    id: 'cognito-user-pool-threat-protection-custom-sign-in',
    title: 'User pools act on custom sign-ins that look like an attack',
    why: 'Sign-ins by custom challenges are left out of threat protection unless the pool says so.',
    remedy: 'Set UserPoolAddOns.AdvancedSecurityAdditionalFlows.CustomAuthMode to ENFORCED.',
    type,
    path: 'UserPoolAddOns.AdvancedSecurityAdditionalFlows.CustomAuthMode',
    expect: isOneOf('ENFORCED'),
    absent: 'fails',
    when: { path: 'LambdaConfig.DefineAuthChallenge', expect: isGiven },
    passing: {
      LambdaConfig: { DefineAuthChallenge: 'arn:aws:lambda:us-east-1:111122223333:function:challenge' },
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } },
    },
    failing: {
      LambdaConfig: { DefineAuthChallenge: 'arn:aws:lambda:us-east-1:111122223333:function:challenge' },
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    },
  },
  {
    ...authentication,
    severity: 'low',
    id: 'cognito-user-pool-account-recovery',
    title: 'Accounts of user pools are not recovered by text message',
    why: 'Whoever takes over a phone number takes over the account by the text message that resets its password.',
    remedy: 'Set AccountRecoverySetting.RecoveryMechanisms to verified_email or admin_only.',
    type,
    path: 'AccountRecoverySetting.RecoveryMechanisms',
    expect: noPhone,
    absent: 'fails',
    passing: { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] } },
    failing: { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] } },
  },
  {
    ...availability,
    id: 'cognito-user-pool-deletion-protection',
    title: 'User pools are protected against deletion',
    why: 'A deleted pool takes every account with it, and passwords cannot be restored from anywhere.',
    remedy: 'Set DeletionProtection to ACTIVE.',
    type,
    path: 'DeletionProtection',
    expect: isOneOf('ACTIVE'),
    absent: 'fails',
    sensitiveOnly: true,
    passing: { DeletionProtection: 'ACTIVE' },
    failing: {},
  },
  {
    ...authentication,
    severity: 'low',
    id: 'cognito-user-pool-new-device-challenge',
    title: 'User pools ask for the second factor again on a new device',
    why: 'Where devices are remembered, a device that the user never used is a sign that somebody else has the password.',
    remedy: 'Set DeviceConfiguration.ChallengeRequiredOnNewDevice to true.',
    type,
    path: 'DeviceConfiguration.ChallengeRequiredOnNewDevice',
    expect: isOn,
    absent: 'fails',
    when: { path: 'DeviceConfiguration', expect: isGiven },
    passing: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } },
    failing: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } },
  },
  {
    ...hygiene,
    topic: 'authn-authz',
    id: 'cognito-user-pool-names-ignore-case',
    title: 'User names of user pools do not differ by case alone',
    why: 'Where case counts, a second account with the look of the first can be made to deceive.',
    remedy: 'Set UsernameConfiguration.CaseSensitive to false.',
    type,
    path: 'UsernameConfiguration.CaseSensitive',
    expect: (value) => (value instanceof Reference ? undefined : String(value).toLowerCase() === 'false'),
    absent: 'does not apply',
    passing: { UsernameConfiguration: { CaseSensitive: false } },
    failing: { UsernameConfiguration: { CaseSensitive: true } },
  },
  {
    ...authentication,
    severity: 'low',
    id: 'cognito-user-pool-verifies-changed-addresses',
    title: 'User pools verify a new address before they replace the old one',
    why: 'Otherwise whoever holds a session for a minute writes an address of their own in, and recovers the account with it.',
    remedy: 'List email and phone_number in UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate.',
    type,
    path: 'UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'AutoVerifiedAttributes', expect: isGiven },
    passing: { AutoVerifiedAttributes: ['email'], UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
    failing: { AutoVerifiedAttributes: ['email'] },
  },
  {
    ...atRest,
    severity: 'low',
    id: 'cognito-user-pool-customer-key',
    title: "User pools are encrypted with a customer's key",
    why: 'With a key of your own you can see in CloudTrail each use of it, and take the data out of reach by disabling it.',
    remedy: 'Set KeyConfiguration with KeyType CUSTOMER_MANAGED_KEY and a KmsKeyArn.',
    type,
    path: 'KeyConfiguration.KmsKeyArn',
    expect: isCustomerKey,
    absent: 'fails',
    sensitiveOnly: true,
    passing: { KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: exampleKey } },
    failing: {},
  },
])

const logs: ResourceControl = {
  ...audit,
  severity: 'low',
  citations: ['164.308(a)(5)(ii)(C)', '164.312(b)'],
  id: 'cognito-user-pool-activity-logged',
  title: 'User pools send what users do to a log',
  why: 'Sign-ins and their risk are kept in the pool where nobody searches them, and are gone with it.',
  remedy: 'Make an AWS::Cognito::LogDeliveryConfiguration with the event source userAuthEvents.',
  types: [type],
  judge: (resource, deployment) => {
    const { certain, possible } = deployment.referring(resource, 'AWS::Cognito::LogDeliveryConfiguration', 'UserPoolId')
    if (certain[0] !== undefined) return pass('log delivery', certain[0].logicalId)
    return possible[0] === undefined
      ? fail('log delivery', undefined)
      : undecided('log delivery', `${possible[0].logicalId} may be about this pool`)
  },
  passing: {
    Pool: { Type: type, Properties: { UserPoolTier: 'PLUS' } },
    Delivery: {
      Type: 'AWS::Cognito::LogDeliveryConfiguration',
      Properties: {
        UserPoolId: { Ref: 'Pool' },
        LogConfigurations: [
          {
            EventSource: 'userAuthEvents',
            LogLevel: 'INFO',
            CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:sign-ins' },
          },
        ],
      },
    },
  },
  failing: { Pool: { Type: type } },
}

const firewall = behindWebAcl({
  id: 'cognito-user-pool-waf',
  noun: 'User pools',
  type,
  properties: { UserPoolName: 'patients' },
  arn: 'Arn',
  why: 'Without a firewall nothing slows down those who try stolen passwords by the thousand.',
})

/** Controls on user pools. */
export const cognitoUserPoolControls: readonly ResourceControl[] = [...passwordClasses, ...settings, logs, firewall]
