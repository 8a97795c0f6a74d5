import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isOneOf } from '../expectations.ts'
import { fromTemplate, instanceWith, settingAt } from './launch-settings.ts'

/** The metadata service hands out credentials to those only who ask for a session first (IMDSv2), or is off. */
export const metadataControl: ResourceControl = {
  id: 'ec2-instance-metadata-v2',
  title: 'The metadata service asks for a session token (IMDSv2)',
  topic: 'network-exposure',
  severity: 'high',
  citations: ['164.308(a)(3)(i)', '164.308(a)(4)(ii)(A)', '164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
  why: 'Version 1 gives the role’s credentials to any request from the instance: a server that fetches foreign URLs hands them out.',
  remedy: 'Set MetadataOptions.HttpTokens to required.',
  types: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  judge: (resource, deployment) => {
    const says = settingAt(resource, 'MetadataOptions').some(({ value }) => value !== undefined)
    return says ? judge(resource, deployment) : (fromTemplate(resource, deployment, judge) ?? judge(resource, deployment))
  },
  passing: instanceWith('AWS::EC2::LaunchTemplate', { MetadataOptions: { HttpTokens: 'required' } }),
  failing: instanceWith('AWS::EC2::LaunchTemplate'),
}

function judge(resource: Resource, deployment: Deployment): readonly Outcome[] {
  const [[endpoint], [tokens]] = [settingAt(resource, 'MetadataOptions.HttpEndpoint'), settingAt(resource, 'MetadataOptions.HttpTokens')]
  if (endpoint?.value === 'disabled') return [pass(endpoint.path, endpoint.value)]
  const path = tokens?.path ?? 'MetadataOptions.HttpTokens'
  if (tokens?.value === undefined)
    return [isAmazonLinux2023(resource) ? undecided(path, 'the account decides whether its image asks for tokens') : fail(path, undefined)]
  if (tokens.value instanceof Unknown) return [undecided(path, tokens.value.reason)]
  const met = isOneOf('required')(tokens.value, deployment)
  if (met === undefined) return [undecided(path, 'it is computed at deployment', tokens.value)]
  return [met ? pass(path, tokens.value) : fail(path, tokens.value)]
}

/**
 * Whether the image is one of Amazon Linux 2023, by the public parameter that names it: such images ask for tokens, unless a default of the account says otherwise
 * ("IMDSv2", Amazon Linux 2023 User Guide).
 */
function isAmazonLinux2023(resource: Resource): boolean {
  const image = settingAt(resource, 'ImageId')[0]?.value
  if (!(image instanceof Unknown)) return false
  const parameter = image.parameter === undefined ? undefined : resource.template.parameters.get(image.parameter)
  return isNewParameter.test(image.dynamicReference ?? String(parameter?.default))
}

const isNewParameter = /^(\{\{resolve:ssm:)?\/aws\/service\/ami-amazon-linux-latest\/al2023-/
