import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { type Check, type Judgement, mend, ok, read, unknown } from '../check.ts'

const cli = 'aws pinpoint-sms-voice-v2'
const channels = ['SMS', 'VOICE', 'MMS'] as const

/**
 * Whether messages reach the one country and no other, asked of AWS: "By default all country rule sets for each capability are set to ALLOW" (AWS End User
 * Messaging SMS and Voice v2 API Reference, CreateProtectConfiguration), so that a country nobody named may be open.
 */
export function countryChecks(config: EnvironmentConfig): readonly Check[] {
  const region = config.regions.primary
  const { country } = config.telephone
  const set = nameOf(config, 'notifications')
  const protection = `${cli} describe-configuration-sets --configuration-set-names ${set} --region ${region} --query 'ConfigurationSets[0].ProtectConfigurationId' --output text`
  const rules = (channel: string, id: string) =>
    `${cli} get-protect-configuration-country-rule-set --protect-configuration-id ${id} --number-capability ${channel} --region ${region}`
  return [
    {
      id: 'messaging-countries',
      duty: 'workload',
      region,
      title: `Notifications reach numbers of ${country} and of no other country`,
      why: 'Whoever took the escalation function over could otherwise call numbers abroad that pay the caller.',
      evidence: read(
        'sms-voice:DescribeConfigurationSets or sms-voice:GetProtectConfigurationCountryRuleSet',
        (reader) =>
          Promise.all(channels.map(async (channel) => ({ channel, reached: await reader.countriesReached(region, set, channel) }))),
        (found) => judgeCountries(found, country),
      ),
      look: `${rules('VOICE', `"$(${protection})"`)} --query CountryRuleSet`,
      mend: [
        { do: 'Needs jq. Each command writes the rule of every country anew:' },
        { run: `PROTECTION="$(${protection})"` },
        ...channels.map((channel) => ({
          run: `RULES="$(${rules(channel, '"$PROTECTION"')} --query CountryRuleSet --output json | jq '${blockAllBut(channel, country)}')" && ${cli} update-protect-configuration-country-rule-set --protect-configuration-id "$PROTECTION" --number-capability ${channel} --region ${region} --country-rule-set-updates "$RULES"`,
        })),
      ],
    },
  ]
}

// Nobody sends pictures, and so they may go nowhere.
const isReached = (channel: (typeof channels)[number], one: string, country: string): boolean => channel !== 'MMS' && one === country

const blockAllBut = (channel: (typeof channels)[number], country: string): string =>
  isReached(channel, country, country)
    ? `map_values(.ProtectStatus = "BLOCK") | .${country}.ProtectStatus = "ALLOW"`
    : 'map_values(.ProtectStatus = "BLOCK")'

interface Reached {
  readonly channel: (typeof channels)[number]
  readonly reached: readonly string[] | undefined
}

function judgeCountries(found: readonly Reached[], country: string): Judgement {
  const wrong = found.flatMap(({ channel, reached = [] }) => {
    const others = reached.filter((one) => !isReached(channel, one, country)).length
    return [
      ...(others > 0 ? [`${channel} reaches ${others} other ${others === 1 ? 'country' : 'countries'}`] : []),
      ...(channel !== 'MMS' && !reached.includes(country) ? [`${channel} does not reach ${country}`] : []),
    ]
  })
  if (found.some(({ reached }) => reached === undefined))
    return unknown('The configuration set does not exist yet; the service stack makes it.')
  return wrong.length === 0 ? ok('Every other country is blocked.') : mend(`Found: ${wrong.join('; ')}.`)
}
