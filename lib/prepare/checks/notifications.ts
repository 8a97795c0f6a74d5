import type { EnvironmentConfig } from '../../config/schema.ts'
import type { MonthlySpending, OriginationIdentity } from '../aws/messaging-facts.ts'
import { type Check, type Judgement, mend, ok, read, type Step, unknown } from '../check.ts'

const cli = 'aws pinpoint-sms-voice-v2'

/** What must be true of AWS End User Messaging before anybody on call is reached. */
export const notificationChecks = (config: EnvironmentConfig): readonly Check[] => [identity(config), tier(config), spending(config)]

function identity(config: EnvironmentConfig): Check {
  const region = config.regions.primary
  const { originationIdentity, country } = config.telephone
  const isPool = originationIdentity.startsWith('pool-')
  return {
    id: 'origination-identity-active',
    duty: 'workload',
    region,
    title: `${isPool ? 'Pool' : 'Number'} ${originationIdentity} is active and sends text and voice`,
    why: 'Escalation calls a provider who does not answer a text; AWS refuses what the number cannot send, and the call stays unanswered.',
    evidence: read(
      'sms-voice:DescribePhoneNumbers, sms-voice:DescribePools or sms-voice:ListPoolOriginationIdentities',
      (reader) => reader.originationIdentity(region, originationIdentity),
      (found) => judgeIdentity(found, country),
    ),
    look: isPool
      ? `${cli} describe-pools --pool-ids ${originationIdentity} --region ${region} && ${cli} list-pool-origination-identities --pool-id ${originationIdentity} --region ${region}`
      : `${cli} describe-phone-numbers --phone-number-ids ${originationIdentity} --region ${region}`,
    mend: [
      {
        do: `AWS End User Messaging SMS console in ${region}, Request originator: a number for ${country} with text and voice, message type transactional; then Registrations, until it is active.`,
      },
      { do: `Write its id in telephone.originationIdentity, in lib/config/environments/${config.name}.ts.` },
    ],
  }
}

/** Text is sent as transactional, which a promotional number refuses (AWS End User Messaging SMS and Voice v2 API Reference, SendTextMessage). */
function judgeIdentity(found: OriginationIdentity | undefined, country: string): Judgement {
  if (found === undefined) return mend('The account has no such number or pool in this Region.')
  const able = found.numbers.filter((number) => number.country === country).flatMap(({ capabilities }) => capabilities)
  const wrong = [
    ...(found.status === 'ACTIVE' ? [] : [`it is ${found.status}`]),
    ...(found.messageType === 'TRANSACTIONAL' ? [] : [`its messages are ${found.messageType}`]),
    ...['SMS', 'VOICE']
      .filter((capability) => !able.includes(capability))
      .map((capability) => `no number of ${country} sends ${capability}`),
  ]
  return wrong.length === 0 ? ok(`It is active and sends text and voice in ${country}.`) : mend(`Found: ${wrong.join('; ')}.`)
}

const support = (region: string, what: string): Step => ({
  do: `AWS Support Center, Create case, Service quotas, ${region}: ask for ${what}, once for AWS End User Messaging SMS (Pinpoint) and once for Voice (Pinpoint).`,
})

function tier({ purpose, regions: { primary: region } }: EnvironmentConfig): Check {
  return {
    id: 'messaging-tier',
    duty: 'workload',
    region,
    title: 'Text and voice are out of the sandbox of AWS End User Messaging',
    why: 'In the sandbox only ten numbers that were verified one by one are reached, twenty calls a day; a new account starts there, in each Region.',
    evidence: read(
      'sms-voice:DescribeAccountAttributes',
      (reader) => reader.messagingTier(region),
      (found) => judgeTier(found, purpose),
    ),
    look: `${cli} describe-account-attributes --region ${region} --query "AccountAttributes[?Name=='ACCOUNT_TIER'].Value" --output text`,
    mend: [support(region, 'production access')],
  }
}

function judgeTier(found: string | undefined, purpose: EnvironmentConfig['purpose']): Judgement {
  if (found === 'PRODUCTION') return ok('AWS says PRODUCTION.')
  if (found !== 'SANDBOX') return unknown(`AWS says ${found ?? 'nothing of it'}.`)
  return purpose === 'trial' ? ok('AWS says SANDBOX: a trial reaches numbers verified there.') : mend('AWS says SANDBOX.')
}

function spending({ purpose, regions: { primary: region } }: EnvironmentConfig): Check {
  return {
    id: 'messaging-spending',
    duty: 'workload',
    region,
    title: 'Text and voice may cost more than a dollar a month each',
    why: 'An account starts with a limit of one dollar, some hundred messages; when it is reached AWS sends nothing until the month is over.',
    evidence: read(
      'sms-voice:DescribeSpendLimits',
      (reader) => reader.messagingSpending(region),
      (found) => judgeSpending(found, purpose),
    ),
    look: `${cli} describe-spend-limits --region ${region} --query 'SpendLimits[].[Name,EnforcedLimit,MaxLimit]' --output text`,
    mend: [
      support(region, 'a higher spending limit'),
      { do: 'A lower limit of your own, if there is one, goes away with:' },
      { run: `${cli} delete-text-message-spend-limit-override --region ${region}` },
      { run: `${cli} delete-voice-message-spend-limit-override --region ${region}` },
    ],
  }
}

function judgeSpending({ text, voice }: MonthlySpending, purpose: EnvironmentConfig['purpose']): Judgement {
  const found = `Limits of a month: text $${text}, voice $${voice}.`
  return purpose === 'trial' || Math.min(text, voice) > 1 ? ok(found) : mend(found)
}
