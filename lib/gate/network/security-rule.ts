import type { Deployment } from '../template/deployment.ts'
import type { Resource } from '../template/resource.ts'
import { isMap, listOf, Unknown, type Value, type ValueMap } from '../template/value.ts'
import { bothOf, type Peer, peerOfPrefixList, peerOfRange } from './peer.ts'
import { allPorts, type PortSpan, spanOf, type Transport, transportOf } from './ports.ts'

/** Way of the traffic that a rule allows, seen from its group. */
export type Direction = 'ingress' | 'egress'

/** A rule of a security group. */
export interface SecurityRule {
  /** Resource that writes it: the group, or a rule of its own. */
  readonly resource: Resource
  /** Path of the rule below the resource's properties; empty where the resource is the rule. */
  readonly path: string
  readonly transport: Transport | Unknown
  readonly span: PortSpan | Unknown
  readonly peer: Peer
  /** Property that names the peer, and what stands there. */
  readonly peerPath: string
  readonly peerValue: Value | undefined
  readonly description: Value | undefined
}

const group = 'AWS::EC2::SecurityGroup'
const inlineOf = { ingress: 'SecurityGroupIngress', egress: 'SecurityGroupEgress' } as const
/** Types that write rules of a direction. */
export const ruleTypes = {
  ingress: [group, 'AWS::EC2::SecurityGroupIngress'],
  egress: [group, 'AWS::EC2::SecurityGroupEgress'],
} as const

const known = { ingress: new WeakMap<Resource, readonly SecurityRule[]>(), egress: new WeakMap<Resource, readonly SecurityRule[]>() }

/** Rules that a resource itself writes. A list that is not known is one rule of which nothing is known. */
export const rulesOf = (resource: Resource, direction: Direction, deployment: Deployment): readonly SecurityRule[] =>
  deployment.cases.kept(known[direction], resource, () => readRules(resource, direction, deployment))

function readRules(resource: Resource, direction: Direction, deployment: Deployment): readonly SecurityRule[] {
  if (resource.type !== group) return [ruleOf(resource, '', resource.properties, deployment)]
  const name = inlineOf[direction]
  const written = resource.get(name)
  return listOf(written).map((rule, index) => {
    const path = Array.isArray(written) ? `${name}.${index}` : name
    return isMap(rule) ? ruleOf(resource, path, rule, deployment) : unknownRule(resource, path, rule)
  })
}

const peers = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'DestinationPrefixListId'] as const
const groups = ['SourceSecurityGroupId', 'SourceSecurityGroupName', 'DestinationSecurityGroupId'] as const

function ruleOf(resource: Resource, path: string, rule: ValueMap, deployment: Deployment): SecurityRule {
  const named = peers.filter((name) => rule[name] !== undefined)
  const first = named[0] ?? groups.find((name) => rule[name] !== undefined) ?? 'CidrIp'
  const transport = transportOf(rule.IpProtocol)
  return {
    resource,
    path,
    transport,
    span: transport instanceof Unknown ? transport : spanOf(transport, rule.FromPort, rule.ToPort),
    peer: bothOf(named.map((name) => (name.startsWith('Cidr') ? peerOfRange : peerOfPrefixList)(rule[name], deployment))),
    peerPath: path === '' ? first : `${path}.${first}`,
    peerValue: rule[first],
    description: rule.Description,
  }
}

function unknownRule(resource: Resource, path: string, value: Value): SecurityRule {
  const unknown = value instanceof Unknown ? value : new Unknown('the rule is computed at deployment')
  const peer = { ranges: [], unknown }
  return { resource, path, transport: unknown, span: allPorts, peer, peerPath: path, peerValue: unknown, description: unknown }
}

/** Rules that resources beside a group add to it. */
export function addedRules(resource: Resource, direction: Direction, deployment: Deployment): readonly SecurityRule[] {
  return deployment.referring(resource, ruleTypes[direction][1], 'GroupId').certain.flatMap((rule) => rulesOf(rule, direction, deployment))
}
