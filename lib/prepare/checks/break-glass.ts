import type { EnvironmentConfig } from '../../config/schema.ts'
import type { IamUser } from '../aws/identity-facts.ts'
import { type Check, type Judgement, mend, ok, read, type Step, unknown } from '../check.ts'

/** The two people who may break glass can do so, with a key in their hand and in no other way, and still can when one key is lost. */
export function breakGlassChecks(config: EnvironmentConfig): readonly Check[] {
  return config.breakGlass.map((name, index) => ({
    id: `break-glass-${index === 0 ? 'first' : 'second'}`,
    duty: 'workload',
    region: undefined,
    title: `${name} has a password, two FIDO2 keys and no access keys`,
    why: 'In an emergency this person opens patient records; until then nobody else can sign in as them (45 CFR 164.312(a)(2)(ii)).',
    evidence: read(
      'iam:GetUser, iam:GetLoginProfile, iam:ListMFADevices or iam:ListAccessKeys',
      (reader) => reader.user(name),
      (user) => judgeBreakGlass(name, user),
    ),
    look: `aws iam list-mfa-devices --user-name ${name} --query 'MFADevices[].SerialNumber'`,
    mend: [...password(name), securityKeys(name), noAccessKeys(name)],
  }))
}

/** Judges one of the two users, and says only the steps that are left. */
function judgeBreakGlass(name: string, user: IamUser | undefined): Judgement {
  if (user === undefined) return unknown('The user does not exist yet; the operators stack makes it.')
  const keys = user.mfaSerials.filter(isSecurityKey)
  const left = [
    ...(user.hasPassword ? [] : [{ found: 'no password', steps: password(name) }]),
    ...(keys.length > 1 ? [] : [{ found: keys.length === 1 ? 'one FIDO2 key only' : 'no FIDO2 key', steps: [securityKeys(name)] }]),
    ...(user.mfaSerials.length > keys.length ? [{ found: 'an MFA device of another kind', steps: [keysOnly(name)] }] : []),
    ...(user.accessKeys > 0 ? [{ found: 'access keys', steps: [noAccessKeys(name)] }] : []),
  ]
  if (left.length === 0) return ok('Password, two FIDO2 keys, no access keys.')
  return mend(`The user has ${left.map(({ found }) => found).join(', ')}.`, ...left.flatMap(({ steps }) => steps))
}

/** A FIDO key's serial number is an ARN that says u2f, a virtual device's one that says mfa, a token's a number (IAM API Reference, MFADevice). */
const isSecurityKey = (serial: string): boolean => /^arn:[^:]+:iam::\d{12}:u2f\//.test(serial)

// The password is typed, never shown, and changed at first sign-in; it stands in no history and no output.
const password = (name: string): Step[] => [
  { do: `Type a first password when the next command waits for it; it is not shown, and ${name} changes it at sign-in.` },
  {
    run: `read -rs PASSWORD && aws iam create-login-profile --user-name ${name} --password-reset-required --password "$PASSWORD"; unset PASSWORD`,
  },
]
const securityKeys = (name: string): Step => ({
  do: `With ${name} at the screen, for each of two keys: IAM console, Users, ${name}, Security credentials, Assign MFA device, Passkey or security key.`,
})
const keysOnly = (name: string): Step => ({
  do: `IAM console, Users, ${name}, Security credentials: remove authenticator app or token; keep the FIDO2 keys.`,
})
const noAccessKeys = (name: string): Step => ({
  run: `aws iam list-access-keys --user-name ${name} --query 'AccessKeyMetadata[].AccessKeyId' --output text | xargs -r -n 1 aws iam delete-access-key --user-name ${name} --access-key-id`,
})
