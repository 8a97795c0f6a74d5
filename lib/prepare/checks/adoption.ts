import { nameOf, prefix } from '../../config/names.ts'
import type { AdoptableService, EnvironmentConfig } from '../../config/schema.ts'
import { alertsTopicArn } from '../../environment/alerts-topic.ts'
import { githubProvider } from '../../environment/operators/trust.ts'
import { byHand, type Check, type Evidence, type Judgement, mend, ok, read, type Step } from '../check.ts'
import type { Reader } from '../reader.ts'

/** Whether an account-wide service is on, and whether this environment turned it on; `perhaps` where AWS keeps no sign of it. */
export interface Presence {
  readonly exists: boolean
  readonly ours: boolean | 'perhaps'
}

/** Tag that CloudFormation puts on whatever a stack of the environment makes. */
const environmentTag = 'safe-harbor:environment'

interface Row {
  readonly title: string
  readonly look: string
  readonly permission: string
  readonly presence?: (reader: Reader) => Promise<Presence>
  /** What goes wrong otherwise, in place of what does for most. */
  readonly why?: string
}

/** Services of which an account and Region has one: those that exist must be adopted, and only those. */
export function adoptionChecks(config: EnvironmentConfig): readonly Check[] {
  return Object.entries(rowsOf(config)).map(([service, row]) => adoption(config, service as AdoptableService, row))
}

const hasOne =
  'An account has one: a second cannot be created, and the deployment would fail; one that is adopted but absent would leave a gap.'

function adoption(config: EnvironmentConfig, service: AdoptableService, { title, look, permission, presence, why = hasOne }: Row): Check {
  const adopted = config.adopted.includes(service)
  const evidence: Evidence =
    presence === undefined
      ? byHand('The service is not read; look by hand.')
      : read(permission, presence, (found) => judgeAdoption(config, service, found))
  return {
    id: `adopted-${service}`,
    duty: 'workload',
    region: config.regions.primary,
    title: adopted ? `${title} exists already and is adopted` : `${title} is left for Safe Harbor to make`,
    why,
    evidence,
    look,
    mend: [adopted ? leaveOut(config, service) : adopt(config, service)],
  }
}

const file = ({ name }: EnvironmentConfig): string => `lib/config/environments/${name}.ts`
const adopt = (config: EnvironmentConfig, service: AdoptableService): Step => ({
  do: `If it exists before Safe Harbor is deployed: add '${service}' to adopted in ${file(config)}.`,
})
const leaveOut = (config: EnvironmentConfig, service: AdoptableService): Step => ({
  do: `If it does not exist: remove '${service}' from adopted in ${file(config)}.`,
})

/** Judges in both directions: what exists and is not ours must be adopted, and what is adopted must exist and not be ours. */
export function judgeAdoption(config: EnvironmentConfig, service: AdoptableService, { exists, ours }: Presence): Judgement {
  const remove: Step = { do: `Remove '${service}' from adopted in ${file(config)}.` }
  if (config.adopted.includes(service)) {
    if (!exists) return mend('It is adopted, but absent.', remove)
    return ours === true ? mend('Safe Harbor made it; adopting it now would remove it with the next deployment.', remove) : ok('It exists.')
  }
  if (!exists) return ok('It does not exist yet.')
  if (ours !== false) return ok('Safe Harbor made it.')
  return mend('It exists already.', { do: `Add '${service}' to adopted in ${file(config)}.` })
}

function rowsOf(config: EnvironmentConfig): Record<AdoptableService, Row> {
  const region = config.regions.primary
  const byTags = (tags: Readonly<Record<string, string>> | undefined): Presence => ({
    exists: tags !== undefined,
    ours: tags?.[environmentTag] === config.name,
  })
  return {
    guardduty: {
      title: 'The GuardDuty detector',
      look: `aws guardduty list-detectors --region ${region}`,
      permission: 'guardduty:ListDetectors or guardduty:GetDetector',
      presence: async (reader) => byTags(await reader.guardDutyTags(region)),
    },
    'security-hub': {
      title: 'Security Hub',
      look: `aws securityhub describe-hub --region ${region}`,
      permission: 'securityhub:DescribeHub or securityhub:ListTagsForResource',
      presence: async (reader) => byTags(await reader.securityHubTags(region)),
    },
    config: {
      title: 'The Config recorder',
      look: `aws configservice describe-configuration-recorders --region ${region}`,
      permission: 'config:DescribeConfigurationRecorders',
      presence: async (reader) => {
        const names = await reader.configRecorders(region)
        return { exists: names.length > 0, ours: names.some((name) => name.startsWith(`${prefix(config)}-`)) }
      },
    },
    macie: {
      title: 'Macie',
      look: `aws macie2 get-macie-session --region ${region}`,
      permission: 'macie2:GetMacieSession or sns:ListSubscriptionsByTopic',
      presence: async (reader) => {
        // A Macie session has no name and no tags. The stack that would make it makes the topic of alerts too.
        const deployed = (await reader.confirmedAddresses(region, alertsTopicArn(config))) !== undefined
        return { exists: await reader.macieIsEnabled(region), ours: deployed && 'perhaps' }
      },
    },
    'access-analyzer': {
      title: 'The analyzer of external access',
      look: `aws accessanalyzer list-analyzers --type ACCOUNT --region ${region}`,
      permission: 'access-analyzer:ListAnalyzers',
    },
    'api-gateway-logging': {
      title: 'The role that API Gateway writes its logs with',
      look: `aws apigateway get-account --region ${region} --query cloudwatchRoleArn --output text`,
      permission: 'apigateway:GET',
      why: 'A Region of an account has one for all its APIs: ours would replace it, and take it away when the stack goes; without any, the stage of the API is refused.',
    },
    'github-oidc-provider': {
      title: 'The OpenID Connect provider of GitHub',
      look: 'aws iam list-open-id-connect-providers',
      permission: 'iam:GetOpenIDConnectProvider',
      presence: async (reader) => byTags(await reader.oidcProviderTags(githubProvider)),
    },
    'vpc-block-public-access': {
      title: 'VPC Block Public Access',
      look: `aws ec2 describe-vpc-block-public-access-options --region ${region}`,
      permission: 'ec2:DescribeVpcBlockPublicAccessOptions or ec2:DescribeVpcs',
      presence: async (reader) => {
        const { mode, managedBy } = await reader.blockPublicAccess(region)
        if (managedBy === 'declarative-policy') return { exists: true, ours: false }
        // The setting has no tags; the stack that would make it makes the network too.
        const deployed = await reader.vpcExists(region, 'aws:cloudformation:stack-name', nameOf(config, 'network'))
        return { exists: mode !== 'off', ours: deployed && 'perhaps' }
      },
    },
  }
}
