import { isInternet } from '../../network/internet.ts'
import { peerOfRange } from '../../network/peer.ts'
import { isEveryPort, spanOf, spans, transportOf } from '../../network/ports.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isTrue, numberOf, plain, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { ports as citations } from './network-citations.ts'

type Answer = boolean | Unknown

const peersOf = (entry: Resource, deployment: Deployment) => [
  peerOfRange(entry.get('CidrBlock'), deployment),
  peerOfRange(entry.get('Ipv6CidrBlock'), deployment),
]

/** Whether an entry is about a TCP port; port `undefined` stands for all ports of all protocols. */
function isAbout(entry: Resource, port: number | undefined): Answer {
  const transport = transportOf(entry.get('Protocol'))
  if (transport instanceof Unknown) return transport
  if (transport === 'any') return true
  if (port === undefined || transport !== 'tcp') return false
  const span = spanOf(transport, entry.get('PortRange.From'), entry.get('PortRange.To'))
  return span instanceof Unknown ? span : spans(span, port)
}

/** Entries are tried by number: an earlier one that refuses the internet the port leaves this one nothing. */
function isRefusedBefore(entry: Resource, port: number | undefined, deployment: Deployment): boolean {
  const [acl, number] = [JSON.stringify(plain(entry.get('NetworkAclId'))), numberOf(entry.get('RuleNumber'))]
  return deployment.ofType('AWS::EC2::NetworkAclEntry').some((other) => {
    const before = numberOf(other.get('RuleNumber'))
    return (
      before !== undefined &&
      number !== undefined &&
      before < number &&
      other.get('RuleAction') === 'deny' &&
      isTrue(other.get('Egress')) === isTrue(entry.get('Egress')) &&
      JSON.stringify(plain(other.get('NetworkAclId'))) === acl &&
      isAbout(other, port) === true &&
      isInternet(peersOf(other, deployment).flatMap(({ ranges }) => ranges))
    )
  })
}

function judgeEntry(entry: Resource, deployment: Deployment, port: number | undefined, egress: boolean): Outcome | undefined {
  const action = entry.get('RuleAction')
  if (isTrue(entry.get('Egress')) !== egress) return undefined
  const path = entry.get('CidrBlock') === undefined ? 'Ipv6CidrBlock' : 'CidrBlock'
  const value = entry.get(path)
  const [peers, about] = [peersOf(entry, deployment), isAbout(entry, port)]
  const unknown = peers.find((peer) => peer.unknown !== undefined)?.unknown
  const wide = isInternet(peers.flatMap(({ ranges }) => ranges))
  if (action === 'deny' || about === false || (!wide && unknown === undefined)) return pass(path, value)
  if (isRefusedBefore(entry, port, deployment)) return pass(path, value)
  const open = unknown ?? (about instanceof Unknown ? about : action instanceof Unknown ? action : undefined)
  return open === undefined ? fail(path, value) : undecided(path, open.reason)
}

const entry = (properties: Readonly<Record<string, unknown>>): ResourceControl['passing'] => ({
  Entry: {
    Type: 'AWS::EC2::NetworkAclEntry',
    Properties: { NetworkAclId: 'acl-1a2b3c4d', RuleNumber: 100, RuleAction: 'allow', Protocol: 6, CidrBlock: '0.0.0.0/0', ...properties },
  },
})

const https = entry({ PortRange: { From: 443, To: 443 } })
const common = { topic: 'network-exposure', citations, types: ['AWS::EC2::NetworkAclEntry'] } as const

const administration = ([name, port]: readonly [string, number]): ResourceControl => ({
  ...common,
  id: `vpc-network-acl-${name}-from-internet`,
  title: `Network ACLs do not let the internet in on port ${port} (${name.toUpperCase()})`,
  severity: 'high',
  why: 'The ACL is a subnet’s second lock: without it one mistaken security group is enough to let strangers reach a login.',
  remedy: 'Narrow CidrBlock or Ipv6CidrBlock to the administrators’ network, or refuse the port by an entry with a lower RuleNumber.',
  judge: (resource, deployment) => judgeEntry(resource, deployment, port, false),
  passing: https,
  failing: entry({ PortRange: { From: port, To: port } }),
})

/** Controls on entries of network ACLs. */
export const vpcNetworkAclControls: readonly ResourceControl[] = [
  ...(
    [
      ['ssh', 22],
      ['rdp', 3389],
    ] as const
  ).map(administration),
  {
    ...common,
    id: 'vpc-network-acl-all-from-internet',
    title: 'Network ACLs do not let everything in from the internet',
    severity: 'medium',
    why: 'An ACL that lets everything in adds nothing to the security groups, and each of their mistakes counts.',
    remedy: 'Allow single ports by Protocol and PortRange, or narrow CidrBlock.',
    judge: (resource, deployment) => judgeEntry(resource, deployment, undefined, false),
    passing: https,
    failing: entry({ Protocol: -1 }),
  },
  {
    ...common,
    id: 'vpc-network-acl-all-to-internet',
    title: 'Network ACLs do not let everything out to the internet',
    severity: 'low',
    why: 'Data is carried off by whatever port is open; a subnet of databases needs no way out at all.',
    remedy: 'Allow single ports by Protocol and PortRange, or narrow CidrBlock.',
    judge: (resource, deployment) => judgeEntry(resource, deployment, undefined, true),
    passing: entry({ Egress: true, PortRange: { From: 443, To: 443 } }),
    failing: entry({ Egress: true, Protocol: -1 }),
  },
  {
    ...common,
    id: 'vpc-network-acl-every-port-from-internet',
    title: 'Network ACLs do not let the internet in on every port of TCP or UDP',
    severity: 'low',
    why: 'The entry reads like a rule for one protocol, and filters nothing that an attacker would use.',
    remedy: 'Write the ports that are needed in PortRange.',
    judge: (resource, deployment) => {
      const transport = transportOf(resource.get('Protocol'))
      if (transport !== 'tcp' && transport !== 'udp') return undefined
      const span = spanOf(transport, resource.get('PortRange.From'), resource.get('PortRange.To'))
      if (span instanceof Unknown) return undecided('PortRange', span.reason)
      const wide = isInternet(peersOf(resource, deployment).flatMap(({ ranges }) => ranges))
      const allows = resource.get('RuleAction') !== 'deny' && !isTrue(resource.get('Egress'))
      return allows && wide && isEveryPort(span)
        ? fail('PortRange', resource.get('PortRange'))
        : pass('PortRange', resource.get('PortRange'))
    },
    passing: https,
    failing: entry({ PortRange: { From: 0, To: 65_535 } }),
  },
]
