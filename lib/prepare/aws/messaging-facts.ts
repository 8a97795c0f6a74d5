import { type Session, unlessNamed } from './session.ts'

/** A number of a country, and what it can send: `SMS`, `VOICE`, `MMS`. */
export interface SendingNumber {
  readonly country: string
  readonly capabilities: readonly string[]
}

/** What notifications are sent from: one number, or a pool of them. */
export interface OriginationIdentity {
  /** `ACTIVE`, `PENDING`, ... */
  readonly status: string
  /** `TRANSACTIONAL` or `PROMOTIONAL`. */
  readonly messageType: string
  readonly numbers: readonly SendingNumber[]
}

/** What may be spent in a month, in US dollars. */
export interface MonthlySpending {
  readonly text: number
  readonly voice: number
}

/** What a message is sent by, as far as countries are told apart. */
export type Channel = 'SMS' | 'VOICE' | 'MMS'

/** What is read from AWS End User Messaging. */
export const messagingFacts = (session: Session) => ({
  /** Undefined when the account has no such number or pool. */
  originationIdentity: (region: string, id: string): Promise<OriginationIdentity | undefined> =>
    unlessNamed(['ResourceNotFoundException'], id.startsWith('pool-') ? pool(session, region, id) : number(session, region, id)),

  /** `SANDBOX` or `PRODUCTION`; undefined when AWS does not say. */
  async messagingTier(region: string): Promise<string | undefined> {
    const { DescribeAccountAttributesCommand, PinpointSMSVoiceV2Client } = await import('@aws-sdk/client-pinpoint-sms-voice-v2')
    const answer = await session.client(PinpointSMSVoiceV2Client, region).send(new DescribeAccountAttributesCommand({}))
    return answer.AccountAttributes?.find(({ Name }) => Name === 'ACCOUNT_TIER')?.Value
  },

  async messagingSpending(region: string): Promise<MonthlySpending> {
    const { DescribeSpendLimitsCommand, PinpointSMSVoiceV2Client } = await import('@aws-sdk/client-pinpoint-sms-voice-v2')
    const { SpendLimits = [] } = await session.client(PinpointSMSVoiceV2Client, region).send(new DescribeSpendLimitsCommand({}))
    const enforced = (name: string) => SpendLimits.find(({ Name }) => Name === name)?.EnforcedLimit ?? 0
    return { text: enforced('TEXT_MESSAGE_MONTHLY_SPEND_LIMIT'), voice: enforced('VOICE_MESSAGE_MONTHLY_SPEND_LIMIT') }
  },

  /** Countries that a configuration set does not block, in order; undefined when there is no such set, or nothing protects it. */
  async countriesReached(region: string, configurationSet: string, channel: Channel): Promise<readonly string[] | undefined> {
    const { DescribeConfigurationSetsCommand, GetProtectConfigurationCountryRuleSetCommand, PinpointSMSVoiceV2Client } = await import(
      '@aws-sdk/client-pinpoint-sms-voice-v2'
    )
    const client = session.client(PinpointSMSVoiceV2Client, region)
    const asked = client.send(new DescribeConfigurationSetsCommand({ ConfigurationSetNames: [configurationSet] }))
    const ProtectConfigurationId = (await unlessNamed(['ResourceNotFoundException'], asked))?.ConfigurationSets?.[0]?.ProtectConfigurationId
    if (ProtectConfigurationId === undefined) return undefined
    const command = new GetProtectConfigurationCountryRuleSetCommand({ ProtectConfigurationId, NumberCapability: channel })
    const { CountryRuleSet = {} } = await client.send(command)
    const reached = Object.entries(CountryRuleSet).filter(([, { ProtectStatus }]) => ProtectStatus !== 'BLOCK')
    return reached.map(([country]) => country).sort()
  },
})

async function number(session: Session, region: string, id: string): Promise<OriginationIdentity | undefined> {
  const { DescribePhoneNumbersCommand, PinpointSMSVoiceV2Client } = await import('@aws-sdk/client-pinpoint-sms-voice-v2')
  const command = new DescribePhoneNumbersCommand({ PhoneNumberIds: [id] })
  const { PhoneNumbers = [] } = await session.client(PinpointSMSVoiceV2Client, region).send(command)
  const [found] = PhoneNumbers
  return found && { status: String(found.Status), messageType: String(found.MessageType), numbers: [sendingNumber(found)] }
}

async function pool(session: Session, region: string, id: string): Promise<OriginationIdentity | undefined> {
  const { DescribePoolsCommand, paginateListPoolOriginationIdentities, PinpointSMSVoiceV2Client } = await import(
    '@aws-sdk/client-pinpoint-sms-voice-v2'
  )
  const client = session.client(PinpointSMSVoiceV2Client, region)
  const { Pools: [found] = [] } = await client.send(new DescribePoolsCommand({ PoolIds: [id] }))
  if (found === undefined) return undefined
  const numbers: SendingNumber[] = []
  for await (const { OriginationIdentities = [] } of paginateListPoolOriginationIdentities({ client }, { PoolId: id }))
    numbers.push(...OriginationIdentities.map(sendingNumber))
  return { status: String(found.Status), messageType: String(found.MessageType), numbers }
}

const sendingNumber = (one: { IsoCountryCode: string | undefined; NumberCapabilities: string[] | undefined }): SendingNumber => ({
  country: one.IsoCountryCode ?? '',
  capabilities: one.NumberCapabilities ?? [],
})
