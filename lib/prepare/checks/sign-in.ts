import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { type Check, type Judgement, mend, ok, read, unknown } from '../check.ts'

/** What the people stack calls its pools. */
const pools = ['providers', 'patients', 'line'] as const

const poolId = (config: EnvironmentConfig, pool: (typeof pools)[number]): string =>
  `"$(aws cognito-idp list-user-pools --max-results 60 --region ${config.regions.primary} --query "UserPools[?Name=='${nameOf(config, pool)}'].Id" --output text)"`

/** Shows the ids that apps are set up with. */
export const clientIds = (config: EnvironmentConfig): string =>
  `aws cloudformation describe-stacks --stack-name ${nameOf(config, 'people')} --region ${config.regions.primary} --query "Stacks[0].Outputs[?contains(OutputKey,'ClientId')].[OutputKey,OutputValue]" --output text`

/** What people do once when the people stack stands. */
export const signInChecks = (config: EnvironmentConfig): readonly Check[] => [secondFactor(config), firstProvider(config)]

function secondFactor(config: EnvironmentConfig): Check {
  const region = config.regions.primary
  return {
    id: 'second-factor',
    duty: 'workload',
    region,
    title: 'Every user pool asks for a second factor',
    why: 'A password alone, guessed or read elsewhere, would open the records of a practice (45 CFR 164.312(d)).',
    evidence: read(
      'cognito-idp:ListUserPools or cognito-idp:GetUserPoolMfaConfig',
      (reader) => Promise.all(pools.map(async (pool) => ({ pool, mfa: await reader.secondFactor(region, nameOf(config, pool)) }))),
      judgeSecondFactor,
    ),
    look: `aws cognito-idp get-user-pool-mfa-config --user-pool-id ${poolId(config, 'providers')} --region ${region} --query MfaConfiguration --output text`,
    mend: [
      { do: 'Somebody changed a pool. Find out who, in the trail (SetUserPoolMfaConfig, UpdateUserPool), then set it back:' },
      ...setBack(config),
    ],
  }
}

const setBack = (config: EnvironmentConfig) =>
  pools.map((pool) => ({
    run: `aws cognito-idp set-user-pool-mfa-config --user-pool-id ${poolId(config, pool)} --mfa-configuration ON --software-token-mfa-configuration Enabled=true --web-authn-configuration RelyingPartyId=${config.signIn.host},UserVerification=required,FactorConfiguration=MULTI_FACTOR_WITH_USER_VERIFICATION --region ${config.regions.primary}`,
  }))

function judgeSecondFactor(found: readonly { readonly pool: string; readonly mfa: string | undefined }[]): Judgement {
  const open = found.filter(({ mfa }) => mfa !== undefined && mfa !== 'ON').map(({ pool, mfa }) => `${pool} ${mfa}`)
  if (open.length > 0) return mend(`Not required: ${open.join(', ')}.`)
  return found.some(({ mfa }) => mfa === undefined) ? unknown('A pool does not exist yet; the people stack makes it.') : ok('All are ON.')
}

/** Nobody can sign up, so an administrator makes the first account; its person then plans who is on call, through the API. */
function firstProvider(config: EnvironmentConfig): Check {
  const region = config.regions.primary
  const [practice] = config.practices
  return {
    id: 'first-provider',
    duty: 'workload',
    region,
    title: 'A provider can sign in',
    why: 'Administrators alone make accounts; until there is a provider with a schedule and a number, a call reaches nobody.',
    evidence: read(
      'cognito-idp:ListUserPools or cognito-idp:ListUsers',
      (reader) => reader.poolHasPeople(region, nameOf(config, 'providers')),
      judgeProvider,
    ),
    look: clientIds(config),
    mend: [
      {
        do: 'With the provider beside you, type a first password when the command waits for it: 14 characters of every kind, good for a day. It is not shown, and the provider replaces it and sets up a second factor at first sign-in.',
      },
      {
        run: `read -rs PASSWORD && aws cognito-idp admin-create-user --user-pool-id ${poolId(config, 'providers')} --username "$(uuidgen)" --user-attributes Name=custom:practices,Value=${practice?.id} --message-action SUPPRESS --temporary-password "$PASSWORD" --region ${region} --query "User.[Username,Attributes[?Name=='sub'].Value]" --output text; unset PASSWORD`,
      },
      {
        do: 'It prints the name to sign in with and the id; schedules call the provider by the id without hyphens. Several practices stand in custom:practices with a space between them. Apps sign in with ProvidersClientId.',
      },
    ],
  }
}

const judgeProvider = (hasPeople: boolean | undefined): Judgement => {
  if (hasPeople === undefined) return unknown('The pool does not exist yet; the people stack makes it.')
  return hasPeople ? ok('The pool of providers has somebody.') : mend('The pool of providers is empty.')
}
