import type { Resource } from '../../template/resource.ts'
import { isMap, isTrue, listOf, Unknown, type Value, type ValueMap } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, availability, reach, transit } from './network-citations.ts'

const type = 'AWS::ElasticLoadBalancing::LoadBalancer'
const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555'
const https = { LoadBalancerPort: '443', InstancePort: '443', Protocol: 'HTTPS', InstanceProtocol: 'HTTPS', SSLCertificateId: certificate }
const zones = { Subnets: ['subnet-1a2b3c4d', 'subnet-4d3c2b1a'] }
const policyOf = (name: string, value: string) => ({
  PolicyName: 'tls',
  PolicyType: 'SSLNegotiationPolicyType',
  Attributes: [{ Name: name, Value: value }],
})
const modern = policyOf('Reference-Security-Policy', 'ELBSecurityPolicy-TLS-1-2-2017-01')
const balancer = (properties: Readonly<Record<string, unknown>>) => ({ Balancer: { Type: type, Properties: { ...zones, ...properties } } })

interface Listener {
  readonly path: string
  readonly listener: ValueMap
}

const listenersOf = (resource: Resource): readonly Listener[] =>
  resource.at('Listeners.*').flatMap(({ path, value }) => (isMap(value) ? [{ path, listener: value }] : []))

const isSecure = (protocol: Value | undefined): boolean | undefined =>
  typeof protocol === 'string' ? /^(https|ssl)$/i.test(protocol) : protocol === undefined ? false : undefined

interface ListenerRow extends ControlText {
  readonly judge: (listener: Listener, resource: Resource) => Outcome | undefined
  readonly good: Readonly<Record<string, unknown>>
  readonly bad: Readonly<Record<string, unknown>>
}

const listenerControl = ({ judge, good, bad, ...text }: ListenerRow): ResourceControl => ({
  ...text,
  types: [type],
  judge: (resource) => listenersOf(resource).flatMap((listener) => judge(listener, resource) ?? []),
  passing: balancer(good),
  failing: balancer(bad),
})

function judgeProtocol(path: string, protocol: Value | undefined): Outcome {
  const secure = isSecure(protocol)
  if (secure === undefined) return undecided(path, protocol instanceof Unknown ? protocol.reason : 'it is computed at deployment')
  return secure ? pass(path, protocol) : fail(path, protocol)
}

/** Without its own, the back end is spoken to over HTTP or TCP, after the protocol of the front. */
const backEnd = ({ path, listener }: Listener): Outcome => judgeProtocol(`${path}.InstanceProtocol`, listener.InstanceProtocol)

function fromAcm({ path, listener }: Listener): Outcome | undefined {
  if (isSecure(listener.Protocol) !== true) return undefined
  const value = listener.SSLCertificateId
  const place = `${path}.SSLCertificateId`
  if (value === undefined) return fail(place, value)
  if (typeof value !== 'string')
    return isMap(value) || value instanceof Unknown ? undecided(place, 'the certificate is known at deployment') : pass(place, value)
  return /:acm:/.test(value) ? pass(place, value) : fail(place, value)
}

const oldProtocols = /^Protocol-(SSLv2|SSLv3|TLSv1|TLSv1\.1)$/i

/** What is wrong with a policy on TLS: predefined ones are named, others list their protocols. Undefined where nothing is. */
function weaknessOf(policy: ValueMap): Value | undefined {
  const attributes = listOf(policy.Attributes).filter(isMap)
  const named = attributes.find(({ Name }) => Name === 'Reference-Security-Policy')
  if (named !== undefined) return /^ELBSecurityPolicy-TLS-1-2-/.test(String(named.Value)) ? undefined : named.Value
  const old = attributes.find(({ Name, Value: on }) => oldProtocols.test(String(Name)) && isTrue(on))
  if (old !== undefined) return old.Name
  return attributes.some(({ Name, Value: on }) => Name === 'Protocol-TLSv1.2' && isTrue(on)) ? undefined : 'no protocol'
}

function modernTls({ path, listener }: Listener, resource: Resource): Outcome | undefined {
  if (isSecure(listener.Protocol) !== true) return undefined
  const place = `${path}.PolicyNames`
  const names = listOf(listener.PolicyNames)
  const policies = listOf(resource.get('Policies'))
    .filter(isMap)
    .filter(({ PolicyType, PolicyName }) => PolicyType === 'SSLNegotiationPolicyType' && names.includes(PolicyName ?? ''))
  const [policy] = policies
  if (policy === undefined)
    return isPredefined(names)
      ? pass(place, names)
      : fail(place, names, 'It names no policy on TLS, so the default one is used, which takes TLS 1.0.')
  const weakness = weaknessOf(policy)
  return weakness === undefined ? pass(place, names) : fail(place, weakness)
}

const isPredefined = (names: readonly Value[]): boolean => names.some((name) => /^ELBSecurityPolicy-TLS-1-2-/.test(String(name)))

/** Controls on load balancers of the first version. */
export const elbClassicControls: readonly ResourceControl[] = [
  listenerControl({
    id: 'elb-listener-encrypted',
    title: 'Classic load balancers listen for HTTPS or SSL only',
    topic: 'encryption-in-transit',
    severity: 'high',
    citations: transit,
    why: 'What patients send over HTTP or plain TCP, their session and their records included, is read by anybody on the way.',
    remedy: 'Set Protocol of each of Listeners to HTTPS or SSL, with SSLCertificateId.',
    judge: ({ path, listener }) => judgeProtocol(`${path}.Protocol`, listener.Protocol),
    good: { Listeners: [https] },
    bad: { Listeners: [{ LoadBalancerPort: '80', InstancePort: '80', Protocol: 'HTTP' }] },
  }),
  listenerControl({
    id: 'elb-listener-instance-encrypted',
    title: 'Classic load balancers reach their instances over HTTPS or SSL',
    topic: 'encryption-in-transit',
    severity: 'medium',
    citations: transit,
    why: 'Behind the load balancer requests go on unencrypted through the network.',
    remedy: 'Set InstanceProtocol of each of Listeners to HTTPS or SSL.',
    judge: backEnd,
    good: { Listeners: [https] },
    bad: { Listeners: [{ ...https, InstancePort: '80', InstanceProtocol: 'HTTP' }] },
  }),
  listenerControl({
    id: 'elb-listener-acm-certificate',
    title: 'Classic load balancers use a certificate of Certificate Manager',
    topic: 'encryption-in-transit',
    severity: 'medium',
    citations: transit,
    why: 'A certificate that was uploaded to IAM expires unless somebody remembers it, and its private key has been on somebody’s disk.',
    remedy: 'Name an ACM certificate in SSLCertificateId.',
    judge: fromAcm,
    good: { Listeners: [https] },
    bad: { Listeners: [{ ...https, SSLCertificateId: 'arn:aws:iam::111122223333:server-certificate/portal' }] },
  }),
  listenerControl({
    id: 'elb-listener-tls-policy',
    title: 'Classic load balancers take TLS 1.2 only',
    topic: 'encryption-in-transit',
    severity: 'high',
    citations: transit,
    why: 'TLS 1.0 and 1.1 are out of use since 2021 (RFC 8996), and a client can be talked down to them. The default policy takes both.',
    remedy: 'Name a policy of SSLNegotiationPolicyType with ELBSecurityPolicy-TLS-1-2-2017-01 in PolicyNames.',
    judge: modernTls,
    good: { Listeners: [{ ...https, PolicyNames: ['tls'] }], Policies: [modern] },
    bad: { Listeners: [{ ...https, PolicyNames: ['tls'] }], Policies: [policyOf('Protocol-TLSv1', 'true')] },
  }),
  {
    id: 'elb-load-balancer-zones',
    title: 'Classic load balancers stand in two Availability Zones or more',
    topic: 'backup-recovery',
    severity: 'medium',
    citations: availability,
    why: 'With the one zone, everything behind the load balancer is out of reach.',
    remedy: 'List two or more in Subnets or AvailabilityZones.',
    types: [type],
    judge: (resource) => {
      const path = resource.get('Subnets') === undefined ? 'AvailabilityZones' : 'Subnets'
      const value = resource.get(path)
      if (value instanceof Unknown) return path === 'Subnets' ? undecided(path, value.reason) : pass(path, value)
      return listOf(value).length >= 2 ? pass(path, value) : fail(path, value)
    },
    passing: balancer({ Listeners: [https] }),
    failing: balancer({ Subnets: ['subnet-1a2b3c4d'], Listeners: [https] }),
  },
  ...propertyControls([
    {
      id: 'elb-load-balancer-access-log',
      title: 'Classic load balancers log each request',
      topic: 'logging-audit',
      severity: 'high',
      citations: audit,
      why: 'Who asked for which record, from where and when, is seen at the load balancer alone; without its log a breach cannot be traced.',
      remedy: 'Set AccessLoggingPolicy.Enabled to true and name a bucket.',
      type,
      path: 'AccessLoggingPolicy.Enabled',
      expect: isOn,
      absent: 'fails',
      passing: { ...zones, Listeners: [https], AccessLoggingPolicy: { Enabled: true, S3BucketName: 'access-logs-111122223333' } },
      failing: { ...zones, Listeners: [https] },
    },
    {
      id: 'elb-load-balancer-connection-draining',
      title: 'Classic load balancers let requests end before an instance goes',
      topic: 'backup-recovery',
      severity: 'low',
      citations: availability,
      why: 'Requests under way are cut off when an instance is taken out, and writes are left half done.',
      remedy: 'Set ConnectionDrainingPolicy.Enabled to true.',
      type,
      path: 'ConnectionDrainingPolicy.Enabled',
      expect: isOn,
      absent: 'fails',
      passing: { ...zones, Listeners: [https], ConnectionDrainingPolicy: { Enabled: true, Timeout: 60 } },
      failing: { ...zones, Listeners: [https] },
    },
    {
      id: 'elb-load-balancer-cross-zone',
      title: 'Classic load balancers balance across zones',
      topic: 'backup-recovery',
      severity: 'medium',
      citations: availability,
      why: 'When the instances of one zone fail, clients that were sent to that zone get no answer.',
      remedy: 'Set CrossZone to true.',
      type,
      path: 'CrossZone',
      expect: isOn,
      absent: 'fails',
      passing: { ...zones, Listeners: [https], CrossZone: true },
      failing: { ...zones, Listeners: [https] },
    },
    {
      id: 'elb-load-balancer-internal',
      title: 'Classic load balancers face the inner network only',
      topic: 'network-exposure',
      severity: 'low',
      citations: reach,
      why: 'A load balancer that faces the internet is the front door; each one more is a door to watch.',
      remedy: 'Set Scheme to internal, unless the service is meant for everybody.',
      type,
      path: 'Scheme',
      expect: isOneOf('internal'),
      absent: 'fails',
      passing: { ...zones, Listeners: [https], Scheme: 'internal' },
      failing: { ...zones, Listeners: [https] },
    },
  ]),
]
