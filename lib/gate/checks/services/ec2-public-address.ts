import type { Deployment } from '../../template/deployment.ts'
import type { Place, Resource } from '../../template/resource.ts'
import { isFalse, isTrue, listOf, Unknown } from '../../template/value.ts'
import { type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { fromTemplate, instanceWith, launchTemplateOf, settingAt } from './launch-settings.ts'
import { reach } from './network-citations.ts'

/** The settings at some paths that hold something. */
const given = (resource: Resource, ...paths: readonly string[]): readonly Place[] =>
  paths.flatMap((path) => settingAt(resource, path)).filter(({ value }) => value !== undefined)

const switchOf = ({ type }: Resource): string =>
  type === 'AWS::AutoScaling::LaunchConfiguration' ? 'AssociatePublicIpAddress' : 'NetworkInterfaces.*.AssociatePublicIpAddress'

function ofSwitch({ path, value }: Place): Outcome {
  if (isTrue(value)) return fail(path, value)
  if (isFalse(value)) return pass(path, value)
  return undecided(path, value instanceof Unknown ? value.reason : 'it is computed at deployment', value)
}

/** Whether a subnet gives a public address to each instance that does not refuse it. */
function ofSubnet({ path, value }: Place, deployment: Deployment): Outcome {
  const subnet = deployment.resourceOf(value)
  if (subnet?.type !== 'AWS::EC2::Subnet')
    return undecided(path, value instanceof Unknown ? value.reason : 'the subnet is made outside of what is judged')
  const gives = subnet.get('MapPublicIpOnLaunch')
  if (gives === undefined || isFalse(gives)) return pass(path, value)
  if (!isTrue(gives)) return undecided(path, gives instanceof Unknown ? gives.reason : 'what its subnet gives is computed at deployment')
  return fail(path, value, `Its subnet ${subnet.logicalId} gives each instance a public address, and the instance does not refuse it.`)
}

const order = ['fail', 'undecided', 'pass'] as const

/** The worst of some outcomes, of which there is at least one. */
const worstOf = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  [...outcomes].sort((one, other) => order.indexOf(one.status) - order.indexOf(other.status)).slice(0, 1)

/** What a launch says itself: by its switch, by a network interface that exists already, by its subnets. Nothing where it says nothing. */
function said(launch: Resource, deployment: Deployment): readonly Outcome[] {
  const asked = given(launch, switchOf(launch))
  if (asked.length > 0) return asked.map(ofSwitch)
  const existing = given(launch, 'NetworkInterfaces.*.NetworkInterfaceId').map(({ path, value }) => pass(path, value))
  if (existing.length > 0) return existing
  return worstOf(given(launch, 'SubnetId', 'NetworkInterfaces.*.SubnetId').map((place) => ofSubnet(place, deployment)))
}

/** An instance without a subnet stands in the default network of its account, and that is what fails: what its subnets give out nobody can tell. */
function ofInstance(instance: Resource, deployment: Deployment): readonly Outcome[] {
  const own = said(instance, deployment)
  if (own.length > 0) return own
  const template = launchTemplateOf(instance, deployment)
  const byTemplate = template === undefined || said(template, deployment).length > 0 ? fromTemplate(instance, deployment, said) : undefined
  return byTemplate ?? []
}

const groupType = 'AWS::AutoScaling::AutoScalingGroup'
const launchPaths = [
  'LaunchConfigurationName',
  'LaunchTemplate.LaunchTemplateId',
  'LaunchTemplate.LaunchTemplateName',
  'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
  'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName',
]

/** Auto Scaling groups of the deployment that launch by a template or configuration. */
function groupsOf(launch: Resource, deployment: Deployment): readonly Resource[] {
  const names = [launch.get('LaunchTemplateName'), launch.get('LaunchConfigurationName')].filter((name) => typeof name === 'string')
  return deployment
    .ofType(groupType)
    .filter((group) =>
      launchPaths
        .map((path) => group.get(path))
        .some((value) => deployment.names(value, launch, group.template) || (typeof value === 'string' && names.includes(value))),
    )
}

/** Where a launch leaves it to the subnets of a group, what they say, told of the launch. */
function ofGroup(group: Resource, property: string, deployment: Deployment): Outcome {
  const subnets = listOf(group.get('VPCZoneIdentifier')).map((value) => ofSubnet({ path: 'VPCZoneIdentifier', value }, deployment))
  const [outcome] = worstOf(subnets)
  if (outcome === undefined)
    return fail(property, undefined, `The group ${group.logicalId} names no subnets, and default ones give out public addresses.`)
  if (outcome.status === 'pass') return pass(property, group.logicalId)
  if (outcome.status === 'undecided') return undecided(property, `of the subnets of ${group.logicalId}, ${outcome.reason}`)
  return fail(
    property,
    undefined,
    `The group ${group.logicalId} stands in subnets that give each instance a public address, and nothing refuses it.`,
  )
}

/**
 * Where neither a launch configuration nor a launch template says anything, the subnets of the group decide ("CreateLaunchConfiguration", Amazon EC2 Auto Scaling
 * API Reference). A launch template may be for other things than a group, so that without one it passes.
 */
function ofLaunch(launch: Resource, deployment: Deployment): readonly Outcome[] {
  const own = launch.type === 'AWS::EC2::SpotFleet' ? given(launch, switchOf(launch)).map(ofSwitch) : said(launch, deployment)
  if (own.length > 0) return own
  const [property = ''] = settingAt(launch, switchOf(launch)).map(({ path }) => path)
  const byGroups = worstOf(groupsOf(launch, deployment).map((group) => ofGroup(group, property, deployment)))
  if (byGroups.length > 0) return byGroups
  return [launch.type === 'AWS::AutoScaling::LaunchConfiguration' ? fail(property, undefined) : pass(property, undefined)]
}

const privateSubnet: ExampleResources = {
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1a2b3c4d', CidrBlock: '10.20.1.0/24' } },
}

/** Controls on public addresses of instances, as they say themselves or as what launches them says. */
export const publicAddressControls: readonly ResourceControl[] = [
  {
    id: 'ec2-instance-public-address',
    title: 'Instances have no public address',
    topic: 'network-exposure',
    severity: 'high',
    citations: reach,
    why: 'An instance with a public address stands on the internet, one careless security group away from everybody.',
    remedy: 'Set AssociatePublicIpAddress to false in NetworkInterfaces, or use a subnet that assigns no public addresses.',
    types: ['AWS::EC2::Instance'],
    judge: ofInstance,
    passing: { ...instanceWith('AWS::EC2::Instance', { SubnetId: { Ref: 'Subnet' } }), ...privateSubnet },
    failing: instanceWith('AWS::EC2::Instance', {
      NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: 'subnet-1a2b3c4d', AssociatePublicIpAddress: true }],
    }),
  },
  {
    id: 'ec2-launch-public-address',
    title: 'Launch templates and configurations give instances no public address',
    topic: 'network-exposure',
    severity: 'high',
    citations: [
      '164.308(a)(3)(i)',
      '164.308(a)(3)(ii)(B)',
      '164.308(a)(4)(ii)(A)',
      '164.308(a)(4)(ii)(C)',
      '164.312(a)(1)',
      '164.312(e)(1)',
    ],
    why: 'Each new machine of the group stands on the internet, one careless security group away from everybody.',
    remedy: 'Set AssociatePublicIpAddress to false and use private subnets with a load balancer or NAT gateway.',
    types: ['AWS::AutoScaling::LaunchConfiguration', 'AWS::EC2::LaunchTemplate', 'AWS::EC2::SpotFleet'],
    judge: ofLaunch,
    passing: instanceWith('AWS::AutoScaling::LaunchConfiguration', { AssociatePublicIpAddress: false }),
    failing: instanceWith('AWS::AutoScaling::LaunchConfiguration', { AssociatePublicIpAddress: true }),
  },
]
