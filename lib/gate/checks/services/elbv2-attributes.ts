import type { Deployment } from '../../template/deployment.ts'
import type { Place, Resource } from '../../template/resource.ts'
import { isMap, Unknown, type Value } from '../../template/value.ts'
import { type ControlText, type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { type Expectation, isNoneOf, isOff, isOn } from '../expectations.ts'
import { audit, availability, transit } from './network-citations.ts'

/** Kinds of load balancers of the second version. */
export type Kind = 'application' | 'network' | 'gateway'

/** Kind of a load balancer; undefined where it is not known. */
export function kindOf(balancer: Resource): Kind | undefined {
  const kind = balancer.get('Type') ?? 'application'
  return kind === 'application' || kind === 'network' || kind === 'gateway' ? kind : undefined
}

/** An attribute in the list `LoadBalancerAttributes`: `undefined` where it is not set, `Unknown` where that cannot be told. */
export function attributeAt(balancer: Resource, key: string): Place {
  const entries = balancer.at('LoadBalancerAttributes.*')
  const found = entries.find(({ value }) => isMap(value) && value.Key === key)
  if (found !== undefined) return { path: `${found.path}.Value`, value: attributeValue(found.value) }
  const unknown = entries.find(({ value }) => value instanceof Unknown)
  return unknown ?? { path: `LoadBalancerAttributes ${key}`, value: undefined }
}

const attributeValue = (entry: Value | undefined): Value | undefined => (isMap(entry) ? entry.Value : undefined)

interface AttributeRow extends ControlText {
  readonly kinds: readonly Kind[]
  readonly key: string
  readonly expect: Expectation
  readonly absent: 'fails' | 'passes'
  /** Kinds of log by which an `AWS::Logs::DeliverySource` does the same. */
  readonly delivered?: readonly string[]
  /** True for what a network load balancer does with TLS listeners only. */
  readonly overTls?: boolean
  readonly passing: string
  readonly failing: string
}

const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
const subnets = { Subnets: ['subnet-1a2b3c4d', 'subnet-4d3c2b1a'] }

function attributeControl({
  kinds,
  key,
  expect,
  absent,
  delivered = [],
  overTls = false,
  passing,
  failing,
  ...text
}: AttributeRow): ResourceControl {
  const example = (value: string): ExampleResources => ({
    Balancer: { Type: type, Properties: { ...subnets, Type: kinds[0], LoadBalancerAttributes: [{ Key: key, Value: value }] } },
  })
  return {
    ...text,
    types: [type],
    judge: (resource, deployment) => {
      const kind = kindOf(resource)
      if (kind !== undefined && !kinds.includes(kind)) return undefined
      const hasTls = overTls && kind === 'network' ? listensToTls(resource, deployment) : true
      if (hasTls === false) return undefined
      const outcome = judgeAttribute(attributeAt(resource, key), expect, absent, deployment)
      if (outcome.status === 'pass') return outcome
      const source = sourceOf(resource, delivered, deployment) ?? outcome
      return source.status === 'fail' && hasTls === undefined
        ? undecided('Listeners', 'whether it listens to TLS is known at deployment')
        : source
    },
    passing: example(passing),
    failing: example(failing),
  }
}

/** Whether a network load balancer listens to TLS; undefined where that is not known. Without listeners in the templates it may have them elsewhere. */
function listensToTls(balancer: Resource, deployment: Deployment): boolean | undefined {
  const { certain, possible } = deployment.referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn')
  const protocols = certain.map((listener) => listener.get('Protocol'))
  if (protocols.length === 0 || protocols.includes('TLS')) return true
  return possible.length > 0 || protocols.some((protocol) => protocol instanceof Unknown) ? undefined : false
}

const sourceType = 'AWS::Logs::DeliverySource'

/** What delivery sources of CloudWatch Logs say of a load balancer; undefined where none is about it. */
function sourceOf(balancer: Resource, kinds: readonly string[], deployment: Deployment): Outcome | undefined {
  if (kinds.length === 0) return undefined
  const { certain, possible } = deployment.referring(balancer, sourceType, 'ResourceArn')
  const delivers = (source: Resource) => kinds.some((kind) => source.get('LogType') === kind)
  const source = certain.find(delivers)
  if (source !== undefined) return pass(sourceType, source.logicalId)
  const mayDeliver = possible.some((other) => other.type !== sourceType || delivers(other))
  return mayDeliver ? undecided(sourceType, 'what it delivers from is computed at deployment') : undefined
}

function judgeAttribute({ path, value }: Place, expect: Expectation, absent: AttributeRow['absent'], deployment: Deployment): Outcome {
  if (value === undefined) return absent === 'fails' ? fail(path, undefined) : pass(path, undefined)
  if (value instanceof Unknown) return undecided(path, value.reason)
  const met = expect(value, deployment)
  if (met === undefined) return undecided(path, 'it is computed at deployment', value)
  return met ? pass(path, value) : fail(path, value)
}

// Defaults: "LoadBalancerAttribute", AWS CloudFormation Template Reference.
const rows: readonly AttributeRow[] = [
  {
    id: 'elbv2-load-balancer-access-log',
    title: 'Load balancers log each request',
    topic: 'logging-audit',
    severity: 'high',
    citations: audit,
    why: 'Who asked for which record, from where and when, is seen at the load balancer alone; without its log a breach cannot be traced.',
    remedy: 'Set access_logs.s3.enabled to true and access_logs.s3.bucket in LoadBalancerAttributes.',
    // "Access logs are created only if the load balancer has a TLS listener" ("Access logs for your Network Load Balancer"); there too: logs by CloudWatch.
    overTls: true,
    delivered: ['ALB_ACCESS_LOGS', 'NLB_ACCESS_LOGS'],
    kinds: ['application', 'network'],
    key: 'access_logs.s3.enabled',
    expect: isOn,
    absent: 'fails',
    passing: 'true',
    failing: 'false',
  },
  {
    id: 'elbv2-load-balancer-connection-log',
    title: 'Application load balancers log each connection',
    topic: 'logging-audit',
    severity: 'low',
    citations: audit,
    why: 'Failed handshakes and old TLS versions of clients stand in the connection log alone.',
    remedy: 'Set connection_logs.s3.enabled to true and connection_logs.s3.bucket in LoadBalancerAttributes.',
    delivered: ['ALB_CONNECTION_LOGS'],
    kinds: ['application'],
    key: 'connection_logs.s3.enabled',
    expect: isOn,
    absent: 'fails',
    passing: 'true',
    failing: 'false',
  },
  {
    id: 'elbv2-load-balancer-deletion-protection',
    title: 'Load balancers are protected from deletion',
    topic: 'backup-recovery',
    severity: 'medium',
    citations: availability,
    why: 'Deleted by mistake, the service is gone for everybody, and its new address has to be made known first.',
    remedy: 'Set deletion_protection.enabled to true in LoadBalancerAttributes.',
    kinds: ['application', 'network', 'gateway'],
    key: 'deletion_protection.enabled',
    expect: isOn,
    absent: 'fails',
    passing: 'true',
    failing: 'false',
  },
  {
    id: 'elbv2-load-balancer-drop-invalid-headers',
    title: 'Application load balancers drop headers that are not valid',
    topic: 'encryption-in-transit',
    severity: 'medium',
    citations: transit,
    why: 'Malformed headers smuggle a second request past the load balancer, which the server then answers to somebody else.',
    remedy: 'Set routing.http.drop_invalid_header_fields.enabled to true in LoadBalancerAttributes.',
    kinds: ['application'],
    key: 'routing.http.drop_invalid_header_fields.enabled',
    expect: isOn,
    absent: 'fails',
    passing: 'true',
    failing: 'false',
  },
  {
    id: 'elbv2-load-balancer-desync-mitigation',
    title: 'Application load balancers refuse or isolate ambiguous requests',
    topic: 'network-exposure',
    severity: 'medium',
    citations: ['164.312(e)(1)', '164.312(e)(2)(i)'],
    why: 'In monitor mode requests that front and server read differently pass through, and one client gets another’s answer.',
    remedy: 'Leave routing.http.desync_mitigation_mode out (defensive), or set it to strictest.',
    kinds: ['application'],
    key: 'routing.http.desync_mitigation_mode',
    expect: isNoneOf('monitor'),
    absent: 'passes',
    passing: 'strictest',
    failing: 'monitor',
  },
  {
    id: 'elbv2-load-balancer-firewall-fails-closed',
    title: 'Requests wait for the web firewall’s answer, and do not pass without it',
    topic: 'network-exposure',
    severity: 'low',
    citations: ['164.312(e)(1)'],
    why: 'When the firewall cannot be asked, everything it would have stopped is let through.',
    remedy: 'Leave waf.fail_open.enabled out of LoadBalancerAttributes, or set it to false.',
    kinds: ['application'],
    key: 'waf.fail_open.enabled',
    expect: isOff,
    absent: 'passes',
    passing: 'false',
    failing: 'true',
  },
  {
    id: 'elbv2-load-balancer-cross-zone',
    title: 'Network and gateway load balancers balance across zones',
    topic: 'backup-recovery',
    severity: 'low',
    citations: availability,
    why: 'When the targets of one zone fail, clients that were sent to that zone get no answer.',
    remedy: 'Set load_balancing.cross_zone.enabled to true in LoadBalancerAttributes.',
    kinds: ['network', 'gateway'],
    key: 'load_balancing.cross_zone.enabled',
    expect: isOn,
    absent: 'fails',
    passing: 'true',
    failing: 'false',
  },
]

/** Controls on attributes of load balancers. */
export const elbv2AttributeControls: readonly ResourceControl[] = rows.map(attributeControl)
