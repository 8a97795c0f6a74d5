import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { listOf, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isNoneOf, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { elbv2AttributeControls, kindOf } from './elbv2-attributes.ts'
import { elbv2ListenerControls } from './elbv2-listener.ts'
import { givenControls } from './given-settings.ts'
import { availability, reach } from './network-citations.ts'
import { referredBy } from './vpc-referred.ts'

const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
const subnets = { Subnets: ['subnet-1a2b3c4d', 'subnet-4d3c2b1a'] }
const grouped = { ...subnets, SecurityGroups: ['sg-0123456789abcdef0'] }
const balancer = (properties: Readonly<Record<string, unknown>>) => ({ Balancer: { Type: type, Properties: properties } })

const acl = 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/portal/11111111-2222-3333-4444-555555555555'

/** A firewall of this version or of the first one (WAF Regional) stands before it. */
function firewalled(resource: Resource, deployment: Deployment): Outcome | undefined {
  if (kindOf(resource) === 'network' || kindOf(resource) === 'gateway' || resource.get('Scheme') === 'internal') return undefined
  const modern = referredBy(resource, deployment, 'AWS::WAFv2::WebACLAssociation', 'ResourceArn')
  if (modern.status === 'pass') return modern
  const classic = referredBy(resource, deployment, 'AWS::WAFRegional::WebACLAssociation', 'ResourceArn')
  return classic.status === 'pass' ? classic : modern
}

function inZones(resource: Resource, path: string): Outcome | undefined {
  const value = resource.get(path)
  if (value === undefined) return undefined
  // An application load balancer cannot be made in less than two zones.
  const open = kindOf(resource) === 'application' ? pass(path, value) : undecided(path, 'the list is known at deployment')
  if (value instanceof Unknown || (listOf(value).length === 1 && listOf(value)[0] instanceof Unknown)) return open
  return listOf(value).length >= 2 ? pass(path, value) : fail(path, value)
}

/** Controls on load balancers of the second version: application, network and gateway load balancers. */
export const elbv2Controls: readonly ResourceControl[] = [
  ...elbv2AttributeControls,
  ...elbv2ListenerControls,
  {
    id: 'elbv2-load-balancer-web-firewall',
    title: 'Application load balancers that face the internet stand behind a web firewall',
    topic: 'network-exposure',
    severity: 'medium',
    citations: ['164.308(a)(1)(ii)(B)', '164.312(e)(1)'],
    why: 'Injection, known exploits and floods of logins reach the application as they are, and it has to withstand all of them itself.',
    remedy: 'Add an AWS::WAFv2::WebACLAssociation whose ResourceArn is the load balancer.',
    types: [type],
    judge: firewalled,
    passing: {
      ...balancer({ ...subnets, Scheme: 'internet-facing' }),
      Association: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { Ref: 'Balancer' }, WebACLArn: acl } },
    },
    failing: balancer({ ...subnets, Scheme: 'internet-facing' }),
  },
  {
    id: 'elbv2-load-balancer-zones',
    title: 'Load balancers stand in two Availability Zones or more',
    topic: 'backup-recovery',
    severity: 'medium',
    citations: availability,
    why: 'With the one zone, everything behind the load balancer is out of reach.',
    remedy: 'List subnets of two zones or more in Subnets or SubnetMappings.',
    types: [type],
    judge: (resource) => inZones(resource, 'Subnets') ?? inZones(resource, 'SubnetMappings') ?? [],
    passing: balancer({ ...subnets, Type: 'network' }),
    failing: balancer({ Subnets: ['subnet-1a2b3c4d'], Type: 'network' }),
  },
  ...givenControls([
    {
      id: 'elbv2-load-balancer-security-group',
      title: 'Application and network load balancers name their security groups',
      topic: 'network-exposure',
      severity: 'low',
      citations: ['164.312(a)(1)', '164.312(e)(1)'],
      why: 'Without a group, an application load balancer stands in the default one of the VPC, and a network load balancer lets everybody pass.',
      remedy: 'Name groups in SecurityGroups.',
      type,
      path: 'SecurityGroups',
      when: (resource) => resource.get('Type') !== 'gateway',
      passing: grouped,
      failing: subnets,
    },
  ]),
  ...propertyControls([
    {
      id: 'elbv2-load-balancer-internal',
      title: 'Load balancers face the inner network only',
      topic: 'network-exposure',
      severity: 'low',
      citations: reach,
      why: 'A load balancer that faces the internet is the front door; each one more is a door to watch.',
      remedy: 'Set Scheme to internal, unless the service is meant for everybody.',
      type,
      path: 'Scheme',
      expect: isOneOf('internal'),
      absent: 'fails',
      when: { path: 'Type', expect: isNoneOf('gateway'), absent: 'applies' },
      passing: { ...subnets, Scheme: 'internal' },
      failing: { ...subnets, Scheme: 'internet-facing' },
    },
  ]),
]
