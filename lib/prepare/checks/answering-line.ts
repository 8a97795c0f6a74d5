import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { byHand, type Check, type Judgement, mend, ok, read } from '../check.ts'
import { clientIds } from './sign-in.ts'

/** First part of the host that gives the answering line its tokens. */
export const lineDomain = (config: EnvironmentConfig): string => nameOf(config, `line-${config.accounts.workload}`)

/** The one scope that the answering line asks for. */
export const lineScope = 'line/calls.write'

/** The host of the answering line must be free before it is made: all customers of a Region share the names. */
export function lineDomainChecks(config: EnvironmentConfig): readonly Check[] {
  const region = config.regions.primary
  const domain = lineDomain(config)
  return [
    {
      id: 'line-domain',
      duty: 'workload',
      region,
      title: `The sign-in domain ${domain} is free, or ours`,
      why: 'All customers of a Region share these names, and the people stack would be refused with one that somebody has.',
      evidence: read(
        'cognito-idp:DescribeUserPoolDomain',
        (reader) => reader.domainHolder(region, domain),
        (holder) => judgeDomain(holder, config.accounts.workload),
      ),
      look: `aws cognito-idp describe-user-pool-domain --domain ${domain} --region ${region} --query DomainDescription.AWSAccountId --output text`,
      mend: [
        {
          do: `Give the environment another name, in lib/config/environments/; delete the domain if a removed environment of yours left it.`,
        },
      ],
    },
  ]
}

function judgeDomain(holder: string | undefined, account: string): Judgement {
  if (holder === undefined) return ok('AWS knows nobody who has it.')
  return holder === account ? ok('It is ours.') : mend('Another account has it.')
}

/** What the answering line is given by hand. */
export function answeringLineChecks(config: EnvironmentConfig): readonly Check[] {
  const region = config.regions.primary
  return [
    {
      id: 'answering-line',
      duty: 'workload',
      region,
      title: 'The answering line has its id and secret, and nobody else has them',
      why: 'Whoever holds the secret can hand in calls, for any practice; it stands in no template and no output.',
      evidence: byHand('What the line was given is not known here.'),
      look: clientIds(config),
      mend: [
        {
          do: `Cognito console in ${region}, User pools, ${nameOf(config, 'line')}, App clients, ${nameOf(config, 'line')}, Show client secret: take it over into the secret store of the line at once, by no mail and no file.`,
        },
        {
          do: `The line gets its tokens from https://${lineDomain(config)}.auth.${region}.amazoncognito.com/oauth2/token, by client credentials, with the id LineClientId and the scope ${lineScope}.`,
        },
      ],
    },
  ]
}
