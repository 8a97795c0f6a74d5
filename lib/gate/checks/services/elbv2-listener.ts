import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { hasHole, isMap, listOf, numberOf, Reference, Unknown, type Value } from '../../template/value.ts'
import { type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { type Expectation, isNoneOf, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { rest, transit } from './network-citations.ts'

const type = 'AWS::ElasticLoadBalancingV2::Listener'
const balancer = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/portal/0123456789abcdef'
const group = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/portal/0123456789abcdef'
const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555'
const modern = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'
const forward = [{ Type: 'forward', TargetGroupArn: group }]
const redirect = [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }]
const http = { LoadBalancerArn: balancer, Protocol: 'HTTP', Port: 80, DefaultActions: forward }
const https = { ...http, Protocol: 'HTTPS', Port: 443, SslPolicy: modern, Certificates: [{ CertificateArn: certificate }] }
const listener = (properties: Readonly<Record<string, unknown>>): ExampleResources => ({ Listener: { Type: type, Properties: properties } })

/**
 * Policies that take TLS 1.2 and 1.3 only ("Security policies for your Application Load Balancer"): those named for 1.2 or 1.3, in any
 * edition. Those named 1-0 and 1-1, and the first ones without a version, take older TLS.
 */
const takesNewTls: Expectation = matches(/^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-|FS-1-2-)/)

/** Whether actions send every request on to HTTPS; undefined where that is not known. */
function sendsToHttps(actions: Value | undefined): boolean | undefined {
  const list = listOf(actions)
  if (list.some((action) => !isMap(action))) return undefined
  return list.some((action) => {
    if (!isMap(action) || action.Type !== 'redirect' || !isMap(action.RedirectConfig)) return false
    return String(action.RedirectConfig.Protocol).toUpperCase() === 'HTTPS'
  })
}

const isPlainHttp = (resource: Resource | undefined): boolean => resource?.get('Protocol') === 'HTTP'

function judgeActions(resource: Resource, path: string): Outcome {
  const met = sendsToHttps(resource.get(path))
  if (met === undefined) return undecided(path, 'the actions are computed at deployment')
  return met ? pass(path, resource.get(path)) : fail(`${path}.0.Type`, resource.get(`${path}.0.Type`))
}

const redirected: ResourceControl = {
  id: 'elbv2-listener-http-redirect',
  title: 'Listeners speak HTTPS, or send HTTP on to it',
  topic: 'encryption-in-transit',
  severity: 'high',
  citations: transit,
  why: 'What patients send over plain HTTP, their session and their records included, is read by anybody on the way.',
  remedy: 'Set Protocol to HTTPS with a certificate, or make the default action a redirect with RedirectConfig.Protocol HTTPS.',
  types: [type],
  judge: (resource) => {
    const protocol = resource.get('Protocol')
    if (protocol instanceof Unknown) return undecided('Protocol', protocol.reason)
    if (protocol === 'HTTP') return judgeActions(resource, 'DefaultActions')
    return protocol === 'HTTPS' ? pass('Protocol', protocol) : undefined
  },
  passing: listener({ ...http, DefaultActions: redirect }),
  failing: listener(http),
}

const rule = (actions: unknown): ExampleResources => ({
  ...listener({ ...http, DefaultActions: redirect }),
  Rule: {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: { Ref: 'Listener' },
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
      Actions: actions,
    },
  },
})

const ruleRedirected: ResourceControl = {
  id: 'elbv2-listener-rule-http-redirect',
  title: 'Rules of HTTP listeners send requests on to HTTPS',
  topic: 'encryption-in-transit',
  severity: 'high',
  citations: transit,
  why: 'A rule goes before the default action: requests that it forwards stay unencrypted although the listener seems to redirect.',
  remedy: 'Attach the rule to the HTTPS listener, or make its action a redirect with RedirectConfig.Protocol HTTPS.',
  types: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
  judge: (resource, deployment) =>
    isPlainHttp(deployment.resourceOf(resource.get('ListenerArn'))) ? judgeActions(resource, 'Actions') : undefined,
  passing: rule(redirect),
  failing: rule(forward),
}

/** TLS passes a network load balancer untouched on the port of HTTPS, to be ended by what stands behind it. */
const passesTls = (resource: Resource): boolean => resource.get('Protocol') === 'TCP' && numberOf(resource.get('Port')) === 443

/** TLS may also pass a network load balancer untouched, to be ended by the target: so on the port of HTTPS. */
const networkTls: ResourceControl = {
  id: 'elbv2-listener-network-tls',
  title: 'Listeners of network load balancers speak TLS',
  topic: 'encryption-in-transit',
  severity: 'low',
  citations: transit,
  why: 'Over a plain TCP or UDP listener data is only as private as the service behind it makes it, and nobody sees here whether it does.',
  remedy: 'Set Protocol to TLS with a certificate and an SslPolicy.',
  types: [type],
  judge: (resource) => {
    const protocol = resource.get('Protocol')
    if (protocol === 'TLS') return pass('Protocol', protocol)
    if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'TCP_UDP') return undefined
    return passesTls(resource) ? pass('Port', resource.get('Port')) : fail('Protocol', protocol)
  },
  passing: listener({ ...https, Protocol: 'TLS' }),
  failing: listener({ ...http, Protocol: 'TCP' }),
}

const isFromAcm: Expectation = (value: Value, deployment: Deployment) => {
  if (value instanceof Reference) return deployment.resourceOf(value)?.type === 'AWS::CertificateManager::Certificate' ? true : undefined
  const text = String(value)
  if (/^arn:[^:]*:iam:|:server-certificate\//.test(text)) return false
  return /:acm:/.test(text) ? true : hasHole(text) ? undefined : false
}

const secure = { path: 'Protocol', expect: isOneOf('HTTPS', 'TLS') } as const
const target = { Port: 443, Protocol: 'HTTPS', VpcId: 'vpc-1a2b3c4d', HealthCheckProtocol: 'HTTPS' }
const targets = 'AWS::ElasticLoadBalancingV2::TargetGroup'
const overNetwork = { path: 'TargetType', expect: isNoneOf('lambda', 'alb'), absent: 'applies' } as const

const targetsEncrypted = propertyControls([
  {
    id: 'elbv2-target-group-encrypted',
    title: 'Load balancers reach their targets over HTTPS or TLS',
    topic: 'encryption-in-transit',
    severity: 'medium',
    citations: transit,
    why: 'Behind the load balancer requests go on unencrypted, and the HIPAA rule does not end at the edge of the network.',
    remedy: 'Set Protocol to HTTPS or TLS.',
    type: targets,
    path: 'Protocol',
    expect: isNoneOf('HTTP', 'TCP', 'UDP', 'TCP_UDP'),
    absent: 'does not apply',
    when: overNetwork,
    passing: target,
    failing: { ...target, Port: 80, Protocol: 'HTTP' },
  },
]).map(
  (control): ResourceControl => ({
    ...control,
    judge: (resource, deployment) => (passesTls(resource) ? pass('Port', resource.get('Port')) : control.judge(resource, deployment)),
  }),
)

/** Controls on listeners of load balancers and what they send requests to. */
export const elbv2ListenerControls: readonly ResourceControl[] = [
  redirected,
  ruleRedirected,
  networkTls,
  ...targetsEncrypted,
  ...propertyControls([
    {
      id: 'elbv2-listener-tls-policy',
      title: 'Listeners take TLS 1.2 or later only',
      topic: 'encryption-in-transit',
      severity: 'high',
      citations: transit,
      why: 'TLS 1.0 and 1.1 are out of use since 2021 (RFC 8996), and a client can be talked down to them. The default policy takes both.',
      remedy: 'Set SslPolicy to a current policy, such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.',
      type,
      path: 'SslPolicy',
      expect: takesNewTls,
      absent: 'fails',
      when: secure,
      passing: https,
      failing: { ...https, SslPolicy: 'ELBSecurityPolicy-2016-08' },
    },
    {
      id: 'elbv2-listener-acm-certificate',
      title: 'Listeners use a certificate of Certificate Manager',
      topic: 'encryption-in-transit',
      severity: 'medium',
      citations: rest,
      why: 'A certificate that was uploaded to IAM expires unless somebody remembers it, and its private key has been on somebody’s disk.',
      remedy: 'Name an ACM certificate in Certificates.',
      type,
      path: 'Certificates.*.CertificateArn',
      expect: isFromAcm,
      absent: 'fails',
      when: secure,
      passing: https,
      failing: { ...https, Certificates: [{ CertificateArn: 'arn:aws:iam::111122223333:server-certificate/portal' }] },
    },
    {
      id: 'elbv2-target-group-health-check-encrypted',
      title: 'Load balancers check the health of their targets over HTTPS',
      topic: 'encryption-in-transit',
      severity: 'low',
      citations: transit,
      why: 'A target that answers plain checks keeps a plain port open, and a check over HTTPS also shows that its TLS works.',
      remedy: 'Set HealthCheckProtocol to HTTPS.',
      type: targets,
      path: 'HealthCheckProtocol',
      expect: isNoneOf('HTTP'),
      // Without it, targets of application load balancers are checked over HTTP, those of network load balancers by a TCP connection.
      absent: 'fails',
      when: [overNetwork, { path: 'Protocol', expect: isOneOf('HTTP', 'HTTPS') }],
      passing: target,
      failing: { ...target, HealthCheckProtocol: 'HTTP' },
    },
    {
      id: 'elbv2-target-group-health-check',
      title: 'Load balancers check the health of their targets',
      topic: 'backup-recovery',
      severity: 'low',
      citations: ['164.308(a)(7)(ii)(C)'],
      why: 'Requests are sent on to targets that have failed, until somebody notices.',
      remedy: 'Leave HealthCheckEnabled out, or set it to true.',
      type: targets,
      path: 'HealthCheckEnabled',
      expect: (value) => String(value) !== 'false',
      absent: 'passes',
      when: { path: 'TargetType', expect: isNoneOf('lambda'), absent: 'applies' },
      passing: target,
      failing: { ...target, HealthCheckEnabled: false },
    },
  ]),
]
