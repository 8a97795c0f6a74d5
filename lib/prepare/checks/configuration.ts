import type { EnvironmentConfig } from '../../config/schema.ts'
import { type Check, type Judgement, mend, ok, type Step, unknown } from '../check.ts'
import { accountOf } from '../places.ts'

// "example.com", "example.net", "example.org" (RFC 2606, section 3) reach nobody.
const reachesNobody = /(^|[@.])example\.(com|net|org)$/i

// An endpoint of the answering line has the name of the environment in its host, and Amazon Cognito keeps these words for AWS (Amazon Cognito Developer Guide,
// "Using the Amazon Cognito prefix domain for managed login").
const reservedWords = ['amazon', 'aws', 'cognito']

/**
 * Ids that AWS writes in its documentation (AWS Style Guide: 111122223333, 123456789012 and their like): twelve digits that count up or down,
 * or four-digit or single-digit blocks repeated. An account that is really one's own does not look so.
 */
export const isExampleAccount = (id: string): boolean =>
  '01234567890123456789'.includes(id) ||
  '98765432109876543210'.includes(id) ||
  /^(\d)\1{11}$/.test(id) ||
  /^(\d)\1{3}(\d)\2{3}(\d)\3{3}$/.test(id)

/** What the configuration alone decides: that the examples it came with have been replaced. */
export function configurationChecks(config: EnvironmentConfig): readonly Check[] {
  const file = `lib/config/environments/${config.name}.ts`
  const edit = (what: string): Step => ({ do: `Write ${what} in ${file}.` })
  return [
    accountIds(config, edit('your account ids in accounts, and in guardrails if it is used,')),
    row({
      id: 'contacts',
      title: 'Contacts are addresses that a team reads',
      why: 'Alerts and the notice of a breach would go to nobody (45 CFR 164.410).',
      judge: () => {
        const examples = Object.entries(config.contacts).filter(([, address]) => reachesNobody.test(address))
        return examples.length === 0 ? ok('None is an example.') : mend(`Examples still: ${examples.map(([what]) => what).join(', ')}.`)
      },
      mend: [edit('the addresses of your teams in contacts')],
    }),
    row({
      id: 'repository',
      title: 'The repository that may deploy is your own',
      why: 'The deployment role trusts that repository and environment on GitHub, whoever owns it.',
      judge: () =>
        config.github.repository.startsWith('example/') ? mend(`It is ${config.github.repository}.`) : ok(config.github.repository),
      mend: [edit('your repository and its environment with required reviewers in github')],
    }),
    row({
      id: 'origination-identity',
      title: 'Notifications are sent from a number of your own',
      why: 'Carriers register a number before it may send; that takes days to weeks, and until then nobody on call is reached.',
      judge: () =>
        /^\w+-(.)\1{31}$/.test(config.telephone.originationIdentity)
          ? mend(`It is still the example ${config.telephone.originationIdentity}.`)
          : ok(config.telephone.originationIdentity),
      mend: [
        {
          do: 'Request and register a number that sends text and voice (AWS End User Messaging SMS User Guide, "Request a phone number").',
        },
        edit('its id, or the id of a pool of such numbers, in telephone.originationIdentity'),
      ],
    }),
    row({
      id: 'sign-in-host',
      title: 'People sign in at a host of your own',
      why: 'A passkey is bound to that host: made for an example it works nowhere, and another host later means new passkeys for everybody.',
      judge: () =>
        reachesNobody.test(config.signIn.host) ? mend(`It is still the example ${config.signIn.host}.`) : ok(config.signIn.host),
      mend: [edit('the host people sign in at, or the domain above it, in signIn.host')],
    }),
    row({
      id: 'environment-name',
      title: 'The name of the environment holds no word that AWS keeps for itself',
      why: 'The host where the answering line gets its tokens is named after it, and Amazon Cognito would refuse the host and the people stack with it.',
      judge: () => {
        const held = reservedWords.filter((word) => config.name.includes(word))
        return held.length === 0 ? ok(`It is ${config.name}.`) : mend(`${config.name} holds ${held.join(', ')}.`)
      },
      mend: [
        {
          do: `Name the environment without ${reservedWords.join(', ')}: in ${file}, the file's own name and lib/config/environments/index.ts.`,
        },
      ],
    }),
    row({
      id: 'breached-identifiers',
      title: 'Identifiers of the breached environment are named',
      why: 'Templates are searched for them; with none, or with examples, the search finds nothing and proves nothing.',
      judge: () => breached(config),
      mend: [edit('account ids, ARNs, keys, VPCs and host names of the old environment in breached')],
    }),
  ]
}

function accountIds(config: EnvironmentConfig, step: Step): Check {
  return row({
    id: 'account-ids',
    title: 'Account ids are your own',
    why: "With an example from AWS's documentation, policies would name an account of somebody else.",
    judge: () => {
      const duties = (['workload', 'audit', 'recovery', 'management'] as const).filter((duty) => {
        const id = accountOf(config, duty)
        return id !== undefined && isExampleAccount(id)
      })
      return duties.length === 0 ? ok('None is an example.') : mend(`Examples still: ${duties.join(', ')}.`)
    },
    look: 'aws sts get-caller-identity --query Account --output text',
    mend: [step],
  })
}

function breached({ breached: { accounts, identifiers } }: EnvironmentConfig): Judgement {
  if (accounts.length + identifiers.length === 0) return unknown('None is named; that is right only where nothing was breached.')
  const examples = [...accounts.filter(isExampleAccount), ...identifiers.filter((id) => id.includes('badc0de'))]
  return examples.length === 0 ? ok(`${accounts.length + identifiers.length} are named.`) : mend(`Examples still: ${examples.join(', ')}.`)
}

interface Row extends Pick<Check, 'id' | 'title' | 'why' | 'look' | 'mend'> {
  readonly judge: () => Judgement
}

const row = ({ judge, ...rest }: Row): Check => ({
  ...rest,
  duty: undefined,
  region: undefined,
  evidence: { from: 'configuration', judge },
})
