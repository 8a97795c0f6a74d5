import type { EnvironmentConfig } from '../../config/schema.ts'
import type { PasswordPolicy, RootUser } from '../aws/identity-facts.ts'
import { byHand, type Check, type Judgement, mend, ok, read } from '../check.ts'
import type { Account } from '../places.ts'

/** What must be true of every account, in all its Regions. */
export function accountChecks(config: EnvironmentConfig, { id, duties: [duty] }: Account): readonly Check[] {
  const place = { duty, region: undefined }
  return [
    {
      ...place,
      id: 'root-user',
      title: 'The root user has MFA and no keys',
      why: 'The root user is above every policy here; a key of it, or its password alone, would be the whole account.',
      evidence: read('iam:GetAccountSummary', (reader) => reader.rootUser(), judgeRootUser),
      look: 'aws iam get-account-summary --query "SummaryMap.[AccountMFAEnabled,AccountAccessKeysPresent]"',
      mend: [
        { do: 'Sign in as the root user; under Security credentials assign a FIDO2 key, and delete access keys and signing certificates.' },
      ],
    },
    {
      ...place,
      id: 'password-policy',
      title: 'IAM passwords are long, mixed, renewed and not repeated',
      why: 'The break-glass users have passwords, and the Config rule iam-password-policy judges them (45 CFR 164.308(a)(5)(ii)(D)).',
      evidence: read('iam:GetAccountPasswordPolicy', (reader) => reader.passwordPolicy(), judgePasswordPolicy),
      look: 'aws iam get-account-password-policy',
      mend: [
        {
          run: 'aws iam update-account-password-policy --minimum-password-length 14 --require-lowercase-characters --require-uppercase-characters --require-numbers --require-symbols --max-password-age 90 --password-reuse-prevention 24 --allow-users-to-change-password',
        },
      ],
    },
    {
      ...place,
      id: 'security-contact',
      title: 'AWS knows whom to tell of abuse and intrusion',
      why: 'AWS writes to the security contact when it sees leaked keys or abuse; otherwise only to the address of the root user.',
      evidence: byHand('The alternate contact is not read; look by hand.'),
      look: 'aws account get-alternate-contact --alternate-contact-type SECURITY',
      mend: [
        {
          run: `aws account put-alternate-contact --alternate-contact-type SECURITY --name Security --title Security --email-address ${config.contacts.security} --phone-number YOUR_PHONE_NUMBER`,
        },
      ],
    },
    ...(id === undefined ? [] : [publicBuckets(place, id)]),
  ]
}

const publicBuckets = (place: Pick<Check, 'duty' | 'region'>, account: string): Check => ({
  ...place,
  id: 's3-public-access-block',
  title: 'No bucket of the account can be made public',
  why: 'CloudFormation sets this for a bucket, not for the account; a bucket made outside it would be free to be public.',
  evidence: byHand('The account-wide block is not read; look by hand.'),
  look: `aws s3control get-public-access-block --account-id ${account}`,
  mend: [
    {
      run: `aws s3control put-public-access-block --account-id ${account} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
    },
  ],
})

/** A root user without a password (centrally managed root access) needs no second factor. */
function judgeRootUser({ hasMfa, hasPassword, accessKeys, certificates }: RootUser): Judgement {
  const wrong = [
    ...(hasPassword && !hasMfa ? ['it has no MFA'] : []),
    ...(accessKeys > 0 ? ['it has access keys'] : []),
    ...(certificates > 0 ? ['it has signing certificates'] : []),
  ]
  return wrong.length === 0 ? ok(hasPassword ? 'MFA, no keys.' : 'No password and no keys.') : mend(`Root user: ${wrong.join(', ')}.`)
}

/** The defaults of the Config rule iam-password-policy (AWS Config Developer Guide, "iam-password-policy"). */
function judgePasswordPolicy(policy: PasswordPolicy | undefined): Judgement {
  if (policy === undefined) return mend('The account has no password policy of its own.')
  const wrong = [
    ...(policy.minimumLength < 14 ? [`${policy.minimumLength} characters are enough`] : []),
    ...(policy.allCharacterTypes ? [] : ['not every kind of character is required']),
    ...(policy.maximumAge === undefined || policy.maximumAge > 90 ? [`passwords last ${policy.maximumAge ?? 'for ever'}`] : []),
    ...(policy.remembered < 24 ? [`${policy.remembered} earlier passwords are remembered`] : []),
  ]
  return wrong.length === 0 ? ok('At least as strict as the Config rule.') : mend(`In the policy: ${wrong.join(', ')}.`)
}
