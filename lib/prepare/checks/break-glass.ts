import type { EnvironmentConfig } from '../../config/schema.ts'
import type { IamUser } from '../aws/identity-facts.ts'
import { type Check, type Judgement, mend, ok, read, type Step, unknown } from '../check.ts'

/** The two people who may break glass can do so, with a key in their hand and in no other way. */
export function breakGlassChecks(config: EnvironmentConfig): readonly Check[] {
  return config.breakGlass.map((name, index) => ({
    id: `break-glass-${index === 0 ? 'first' : 'second'}`,
    duty: 'workload',
    region: undefined,
    title: `${name} has a password, a hardware key and no access keys`,
    why: 'In an emergency this person opens patient records; until then nobody else can sign in as them (45 CFR 164.312(a)(2)(ii)).',
    evidence: read(
      'iam:GetUser, iam:GetLoginProfile, iam:ListMFADevices or iam:ListAccessKeys',
      (reader) => reader.user(name),
      (user) => judgeBreakGlass(name, user),
    ),
    look: `aws iam list-mfa-devices --user-name ${name} --query 'MFADevices[].SerialNumber'`,
    mend: [...password(name), hardwareKey(name), noAccessKeys(name)],
  }))
}

/** Judges one of the two users, and says only the steps that are left. */
export function judgeBreakGlass(name: string, user: IamUser | undefined): Judgement {
  if (user === undefined) return unknown('The user does not exist yet; the operators stack makes it.')
  const virtual = user.mfaSerials.filter(isVirtual)
  const left = [
    ...(user.hasPassword ? [] : [{ found: 'no password', steps: password(name) }]),
    ...(user.mfaSerials.length > virtual.length ? [] : [{ found: 'no hardware key', steps: [hardwareKey(name)] }]),
    ...(virtual.length > 0 ? [{ found: 'a virtual MFA device', steps: [hardwareOnly(name)] }] : []),
    ...(user.accessKeys > 0 ? [{ found: 'access keys', steps: [noAccessKeys(name)] }] : []),
  ]
  if (left.length === 0) return ok('Password, hardware key, no access keys.')
  return mend(`The user has ${left.map(({ found }) => found).join(', ')}.`, ...left.flatMap(({ steps }) => steps))
}

/** "For virtual MFA devices, the serial number is the device ARN" (IAM API Reference, MFADevice); a FIDO key's ARN says u2f, a token has a number. */
export const isVirtual = (serial: string): boolean => /^arn:[^:]+:iam::\d{12}:mfa\//.test(serial)

// The password is typed, never shown, and changed at first sign-in; it stands in no history and no output.
const password = (name: string): Step[] => [
  { do: `Type a first password when the next command waits for it; it is not shown, and ${name} changes it at sign-in.` },
  {
    run: `read -rs PASSWORD && aws iam create-login-profile --user-name ${name} --password-reset-required --password "$PASSWORD"; unset PASSWORD`,
  },
]
const hardwareKey = (name: string): Step => ({
  do: `With ${name} at the screen: IAM console, Users, ${name}, Security credentials, Assign MFA device, Passkey or security key.`,
})
const hardwareOnly = (name: string): Step => ({
  do: `IAM console, Users, ${name}, Security credentials: remove the authenticator app; keep the hardware key.`,
})
const noAccessKeys = (name: string): Step => ({
  run: `aws iam list-access-keys --user-name ${name} --query 'AccessKeyMetadata[].AccessKeyId' --output text | xargs -r -n 1 aws iam delete-access-key --user-name ${name} --access-key-id`,
})
