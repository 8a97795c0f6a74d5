import type { EnvironmentConfig } from '../../config/schema.ts'
import { byHand, type Check, mend, ok, read } from '../check.ts'

const place = { duty: 'management', region: undefined } as const
const rootId = `"$(aws organizations list-roots --query 'Roots[0].Id' --output text)"`
const noClient = 'The organization is not read; look by hand.'

/** What must be true of the organization, seen from its management account. */
export function organizationChecks(config: EnvironmentConfig): readonly Check[] {
  const copiesCrossAccounts = config.accounts.workload !== config.accounts.recovery
  return [...(config.guardrails === undefined ? [] : policyTypes()), ...(copiesCrossAccounts ? copies(config) : [])]
}

function policyTypes(): readonly Check[] {
  const enable = (type: string) => `aws organizations enable-policy-type --policy-type ${type} --root-id ${rootId}`
  return [
    {
      ...place,
      id: 'organization-features',
      title: 'The organization has all features',
      why: 'With consolidated billing alone it accepts no policies and no copies between accounts.',
      evidence: byHand(noClient),
      look: 'aws organizations describe-organization --query Organization.FeatureSet --output text',
      mend: [{ run: 'aws organizations enable-all-features' }],
    },
    {
      ...place,
      id: 'organization-policy-types',
      title: 'Service and resource control policies are enabled',
      why: 'CloudFormation makes the policies of the guardrails stack, the last to be deployed, and cannot enable their types; attaching them would fail.',
      evidence: byHand(noClient),
      look: "aws organizations list-roots --query 'Roots[0].PolicyTypes'",
      mend: [{ run: enable('SERVICE_CONTROL_POLICY') }, { run: enable('RESOURCE_CONTROL_POLICY') }],
    },
  ]
}

function copies({ regions }: EnvironmentConfig): readonly Check[] {
  const setting = 'isCrossAccountBackupEnabled'
  return [
    {
      ...place,
      id: 'backup-trusted-access',
      title: 'AWS Backup has trusted access to the organization',
      why: 'Without it the organization settings of AWS Backup cannot be changed.',
      evidence: byHand(noClient),
      look: `aws organizations list-aws-service-access-for-organization --query "EnabledServicePrincipals[].ServicePrincipal"`,
      mend: [{ run: 'aws organizations enable-aws-service-access --service-principal backup.amazonaws.com' }],
    },
    {
      ...place,
      id: 'cross-account-backup',
      title: 'Copies of recovery points between accounts are allowed',
      why: 'Copies to the recovery account would fail, and whoever takes the workload account would hold every copy (45 CFR 164.308(a)(7)(ii)(A)).',
      evidence: read(
        'backup:DescribeGlobalSettings',
        (reader) => reader.organizationBackupSettings(regions.primary),
        (settings) => (settings[setting] === 'true' ? ok('It is on.') : mend(`${setting} is ${settings[setting] ?? 'not set'}.`)),
      ),
      look: `aws backup describe-global-settings --region ${regions.primary} --query GlobalSettings`,
      mend: [{ run: `aws backup update-global-settings --global-settings ${setting}=true --region ${regions.primary}` }],
    },
  ]
}
