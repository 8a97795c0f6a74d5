import type { Deployment } from '../../template/deployment.ts'
import type { Place, Resource } from '../../template/resource.ts'
import { hasHole, isFalse, isTrue, listOf, Reference, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { fromTemplate, instanceWith, settingAt } from './launch-settings.ts'
import { availability, reach } from './network-citations.ts'

const instance = 'AWS::EC2::Instance'

/** First place of several settings that holds something. */
const firstOf = (resource: Resource, ...paths: readonly string[]): Place | undefined =>
  paths.flatMap((path) => settingAt(resource, path)).find(({ value }) => value !== undefined)

function inVpc(resource: Resource): readonly Outcome[] {
  const place = firstOf(resource, 'SubnetId', 'NetworkInterfaces.*.SubnetId', 'NetworkInterfaces.*.NetworkInterfaceId')
  return [place === undefined ? fail('SubnetId', undefined) : pass(place.path, place.value)]
}

function namesGroups(resource: Resource): readonly Outcome[] {
  const paths = [
    'SecurityGroupIds',
    'SecurityGroups',
    'NetworkInterfaces.*.GroupSet',
    'NetworkInterfaces.*.Groups',
    'NetworkInterfaces.*.NetworkInterfaceId',
  ]
  const place = firstOf(resource, ...paths)
  if (place === undefined) return [fail('SecurityGroupIds', undefined)]
  const byDefault = listOf(place.value).some(
    (group) => group === 'default' || (group instanceof Reference && group.attribute === 'DefaultSecurityGroup'),
  )
  return [byDefault ? fail(place.path, place.value, 'It stands in the default security group.') : pass(place.path, place.value)]
}

// Types that take EBS optimization as an option; later ones are optimized always, earlier ones never ("Amazon EBS-optimized instances",
// EC2 User Guide).
const optional = new RegExp(
  `^(${[
    'c1\\.xlarge',
    'c3\\.(xlarge|2xlarge|4xlarge)',
    'g2\\.2xlarge',
    'i2\\.(xlarge|2xlarge|4xlarge)',
    'm1\\.(large|xlarge)',
    'm2\\.(2xlarge|4xlarge)',
    'm3\\.(xlarge|2xlarge)',
    'r3\\.(xlarge|2xlarge|4xlarge)',
  ].join('|')})$`,
)

function optimized(resource: Resource): readonly Outcome[] {
  const [[given], [type]] = [settingAt(resource, 'EbsOptimized'), settingAt(resource, 'InstanceType')]
  const path = given?.path ?? 'EbsOptimized'
  if (isTrue(given?.value)) return [pass(path, given?.value)]
  if (isKnownText(type?.value)) return optional.test(type.value) ? [fail(path, given?.value)] : [pass(type.path, type.value)]
  if (isFalse(given?.value)) return [fail(path, given?.value)]
  // A launch without a type is one of the smallest, which have no such option.
  return type?.value === undefined ? [] : [undecided(type.path, 'the type of the instance is known at deployment')]
}

const isKnownText = (value: Value | undefined): value is string => typeof value === 'string' && !hasHole(value)

/** Judges an instance, or its launch template where the instance says nothing. */
const orTemplate =
  (judge: (resource: Resource, deployment: Deployment) => readonly Outcome[]): ResourceControl['judge'] =>
  (resource, deployment) => {
    const own = judge(resource, deployment)
    return own.some(({ status }) => status === 'fail') ? (fromTemplate(resource, deployment, judge) ?? own) : own
  }

/** Controls on where instances stand in the network, and how. */
export const instanceLogicControls: readonly ResourceControl[] = [
  {
    id: 'ec2-instance-in-vpc',
    title: 'Instances name the subnet they stand in',
    topic: 'network-exposure',
    severity: 'medium',
    citations: reach,
    why: 'Without a subnet an instance is launched in the account’s default network, whose subnets give out public addresses.',
    remedy: 'Set SubnetId, or name a network interface.',
    types: [instance],
    judge: orTemplate(inVpc),
    passing: instanceWith(instance, { SubnetId: 'subnet-1a2b3c4d' }),
    failing: instanceWith(instance),
  },
  {
    id: 'ec2-instance-security-group-named',
    title: 'Instances name security groups of their own, not the default one',
    topic: 'network-exposure',
    severity: 'medium',
    citations: ['164.312(a)(1)', '164.312(e)(1)'],
    why: 'In the default security group every machine reaches every other that forgot to name one, and the whole internet.',
    remedy: 'Name a group in SecurityGroupIds, or in GroupSet of the network interface.',
    types: [instance],
    judge: orTemplate(namesGroups),
    passing: instanceWith(instance, { SecurityGroupIds: ['sg-0123456789abcdef0'] }),
    failing: instanceWith(instance),
  },
  {
    id: 'ec2-instance-ebs-optimized',
    title: 'Instances of types with the option have bandwidth of their own to their volumes',
    topic: 'other',
    severity: 'low',
    citations: availability.slice(0, 1),
    why: 'Traffic to the disks and to the network share one line, so a burst of one stops the other, in an emergency above all.',
    remedy: 'Set EbsOptimized to true, or choose a current InstanceType, which always is.',
    types: [instance],
    judge: orTemplate(optimized),
    passing: instanceWith(instance),
    failing: instanceWith(instance, { InstanceType: 'm3.xlarge' }),
  },
]
