import type { Resource } from '../../template/resource.ts'
import { hasHole, listOf, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, availability } from './network-citations.ts'

const type = 'AWS::AutoScaling::AutoScalingGroup'
const launch = { LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '1' } }
const group = { MinSize: '2', MaxSize: '4', VPCZoneIdentifier: ['subnet-1a2b3c4d', 'subnet-4d3c2b1a'], ...launch }
const balanced = { ...group, TargetGroupARNs: ['arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/portal/0123456789abcdef'] }
const example = (properties: Readonly<Record<string, unknown>>) => ({ Group: { Type: type, Properties: properties } })

const isBalanced = (resource: Resource): boolean =>
  ['TargetGroupARNs', 'LoadBalancerNames', 'TrafficSources'].some((path) => listOf(resource.get(path)).length > 0)

/** The types of checks that a group takes, together in one text: `EC2,ELB`. */
const asksBalancer = isOneOf('ELB', 'EC2,ELB', 'ELB,EC2', 'ELB,EBS', 'EBS,ELB', 'VPC_LATTICE', 'EC2,ELB,EBS', 'ELB,EBS,VPC_LATTICE')

function inZones(resource: Resource): Outcome {
  const path = resource.get('VPCZoneIdentifier') === undefined ? 'AvailabilityZones' : 'VPCZoneIdentifier'
  const value = resource.get(path)
  // Fn::GetAZs gives every zone of the Region, of which each has several.
  if (value instanceof Unknown)
    return path === 'AvailabilityZones' && value.parameter === undefined ? pass(path, value) : undecided(path, value.reason)
  const zones = listOf(value).flatMap((part) => (typeof part === 'string' && path === 'VPCZoneIdentifier' ? part.split(',') : [part]))
  if (zones.length >= 2) return pass(path, value)
  return mayBeSeveral(zones) ? undecided(path, 'the list is known at deployment', value) : fail(path, value)
}

/** One part of which nothing is known may itself be a list. */
const mayBeSeveral = (zones: readonly Value[]): boolean =>
  zones.some(
    (zone) =>
      (zone instanceof Unknown && zone.parameter === undefined) || (typeof zone === 'string' && /^⟨[^⟩.]+⟩$/.test(zone) && hasHole(zone)),
  )

/** Controls on Auto Scaling groups. */
export const autoScalingControls: readonly ResourceControl[] = [
  {
    id: 'autoscaling-group-zones',
    title: 'Auto Scaling groups stand in two Availability Zones or more',
    topic: 'backup-recovery',
    severity: 'medium',
    citations: availability,
    why: 'When the one zone fails, no machine is left and none can be started.',
    remedy: 'List subnets of two zones or more in VPCZoneIdentifier.',
    types: [type],
    judge: inZones,
    passing: example(group),
    failing: example({ ...group, VPCZoneIdentifier: ['subnet-1a2b3c4d'] }),
  },
  {
    id: 'autoscaling-group-load-balancer-health',
    title: 'Auto Scaling groups behind a load balancer take its word on health',
    topic: 'logging-audit',
    severity: 'medium',
    citations: audit,
    why: 'A machine that runs but answers no request counts as healthy, and is never replaced.',
    remedy: 'Set HealthCheckType to ELB.',
    types: [type],
    judge: (resource, deployment) => {
      if (!isBalanced(resource)) return undefined
      const value = resource.get('HealthCheckType')
      if (value === undefined) return fail('HealthCheckType', undefined)
      if (value instanceof Unknown) return undecided('HealthCheckType', value.reason)
      const met = asksBalancer(value, deployment)
      if (met === undefined) return undecided('HealthCheckType', 'it is computed at deployment', value)
      return met ? pass('HealthCheckType', value) : fail('HealthCheckType', value)
    },
    passing: example({ ...balanced, HealthCheckType: 'ELB', HealthCheckGracePeriod: 120 }),
    failing: example(balanced),
  },
  {
    id: 'autoscaling-group-launch-template',
    title: 'Auto Scaling groups launch from a template, not from a launch configuration',
    topic: 'other',
    severity: 'low',
    citations: [],
    why: 'Launch configurations get no new features of EC2 any more, those for security included, and have no versions to compare.',
    remedy: 'Name a LaunchTemplate, or one in MixedInstancesPolicy, in place of LaunchConfigurationName.',
    types: [type],
    judge: (resource) => {
      const old = resource.get('LaunchConfigurationName')
      return old === undefined ? pass('LaunchTemplate', resource.get('LaunchTemplate')) : fail('LaunchConfigurationName', old)
    },
    passing: example(group),
    failing: example({ MinSize: '2', MaxSize: '4', VPCZoneIdentifier: group.VPCZoneIdentifier, LaunchConfigurationName: 'portal' }),
  },
  {
    id: 'autoscaling-group-notifications',
    title: 'Auto Scaling groups tell somebody when machines start, end or fail to',
    topic: 'logging-audit',
    severity: 'low',
    citations: audit,
    why: 'Machines that fail again and again, or that somebody else starts, go unnoticed until the bill.',
    remedy: 'List a topic and all notification types in NotificationConfigurations.',
    types: [type],
    judge: (resource) => {
      const path = resource.get('NotificationConfiguration') === undefined ? 'NotificationConfigurations' : 'NotificationConfiguration'
      const value = resource.get(path)
      return value !== undefined && listOf(value).length > 0 ? pass(path, value) : fail(path, value)
    },
    passing: example({
      ...group,
      NotificationConfigurations: [
        {
          TopicARN: ['arn:aws:sns:us-east-1:111122223333:operations'],
          NotificationTypes: ['autoscaling:EC2_INSTANCE_LAUNCH_ERROR', 'autoscaling:EC2_INSTANCE_TERMINATE_ERROR'],
        },
      ],
    }),
    failing: example(group),
  },
  ...propertyControls([
    {
      id: 'autoscaling-group-metrics',
      title: 'Auto Scaling groups publish their metrics',
      topic: 'logging-audit',
      severity: 'low',
      citations: audit,
      why: 'How many machines run and wait is seen nowhere else, and no alarm can be set on it.',
      remedy: 'Write MetricsCollection with a Granularity of 1Minute.',
      type,
      path: 'MetricsCollection',
      expect: isGiven,
      absent: 'fails',
      passing: { ...group, MetricsCollection: [{ Granularity: '1Minute' }] },
      failing: group,
    },
    {
      id: 'autoscaling-group-load-balancer',
      title: 'Auto Scaling groups stand behind a load balancer',
      topic: 'backup-recovery',
      severity: 'low',
      citations: availability,
      why: 'A machine that the group replaces has another address: without a load balancer callers keep asking the one that is gone.',
      remedy: 'Write TargetGroupARNs, LoadBalancerNames or TrafficSources.',
      type,
      path: 'TargetGroupARNs',
      expect: isGiven,
      absent: 'fails',
      when: [
        { path: 'LoadBalancerNames', expect: () => false, absent: 'applies' },
        { path: 'TrafficSources', expect: () => false, absent: 'applies' },
      ],
      passing: balanced,
      failing: group,
    },
  ]),
]
