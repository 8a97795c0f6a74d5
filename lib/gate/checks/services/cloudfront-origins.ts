import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isMap, listOf, Reference, Unknown, type Value, type ValueMap } from '../../template/value.ts'
import { type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { behavior, customOrigin, distribution } from './cloudfront-example.ts'
import { hygiene, inTransit, notPublic } from './safeguards.ts'

const type = 'AWS::CloudFront::Distribution'
const vpcOrigin = (OriginProtocolPolicy: string) => ({
  VpcOriginEndpointConfig: {
    Name: 'application',
    Arn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/application/0123456789abcdef',
    OriginProtocolPolicy,
  },
})
const accessControl = (SigningBehavior: string) => ({
  OriginAccessControlConfig: { Name: 'records', OriginAccessControlOriginType: 's3', SigningBehavior, SigningProtocol: 'sigv4' },
})

interface Origin {
  readonly path: string
  readonly map: ValueMap
}

/** Origins of a distribution that can be read. */
const originsOf = (resource: Resource): readonly Origin[] =>
  resource.at('DistributionConfig.Origins.*').flatMap(({ path, value }) => (isMap(value) ? [{ path, map: value }] : []))

/** Viewer protocol policies of every behaviour. */
const viewerPolicies = (resource: Resource): readonly (Value | undefined)[] =>
  ['DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy', 'DistributionConfig.CacheBehaviors.*.ViewerProtocolPolicy'].flatMap(
    (path) => resource.at(path).map(({ value }) => value),
  )

function originProtocol(resource: Resource, { path, map }: Origin): readonly Outcome[] {
  const custom = map['CustomOriginConfig']
  if (!isMap(custom)) return []
  const property = `${path}.CustomOriginConfig.OriginProtocolPolicy`
  const policy = custom['OriginProtocolPolicy']
  if (policy instanceof Unknown) return [undecided(property, policy.reason)]
  if (policy === 'https-only') return [pass(property, policy)]
  // What viewers may ask over TLS alone goes to the origin over TLS alone.
  const matching =
    policy === 'match-viewer' && !viewerPolicies(resource).some((viewer) => viewer === 'allow-all' || viewer instanceof Unknown)
  return [matching ? pass(property, policy) : fail(property, policy)]
}

const safe = ['TLSv1.2', 'TLSv1.3']

function originVersions(_resource: Resource, { path, map }: Origin): readonly Outcome[] {
  const custom = map['CustomOriginConfig']
  if (!isMap(custom) || custom['OriginProtocolPolicy'] === 'http-only') return []
  const [property, versions] = [`${path}.CustomOriginConfig.OriginSSLProtocols`, custom['OriginSSLProtocols']]
  if (versions instanceof Unknown || listOf(versions).some((one) => one instanceof Unknown))
    return [undecided(property, 'it is computed at deployment')]
  const old = listOf(versions).some((one) => typeof one !== 'string' || !safe.includes(one))
  return [listOf(versions).length === 0 || old ? fail(property, versions) : pass(property, versions)]
}

/** Whether an origin is a bucket of S3, read by its own interface and not as a website. */
function isBucket({ map }: Origin, deployment: Deployment): boolean {
  if (map['CustomOriginConfig'] !== undefined || map['VpcOriginConfig'] !== undefined) return false
  if (map['S3OriginConfig'] !== undefined) return true
  const domain = map['DomainName']
  return deployment.resourceOf(domain)?.type === 'AWS::S3::Bucket' || (typeof domain === 'string' && /\.s3[.-]/.test(domain))
}

const isSet = (value: Value | undefined): boolean => value !== undefined && value !== null && value !== ''

function restricted(_resource: Resource, origin: Origin, deployment: Deployment): readonly Outcome[] {
  if (!isBucket(origin, deployment)) return []
  const identity = isMap(origin.map['S3OriginConfig']) ? origin.map['S3OriginConfig']['OriginAccessIdentity'] : undefined
  const control = origin.map['OriginAccessControlId']
  return [
    isSet(control) || isSet(identity)
      ? pass(origin.path, isSet(control) ? 'origin access control' : 'origin access identity')
      : fail(origin.path, undefined),
  ]
}

function controlled(_resource: Resource, origin: Origin, deployment: Deployment): readonly Outcome[] {
  if (!isBucket(origin, deployment)) return []
  const [property, control] = [`${origin.path}.OriginAccessControlId`, origin.map['OriginAccessControlId']]
  return [isSet(control) ? pass(property, control) : fail(property, control)]
}

/** Whether an origin is the address of a function: `https://` and the rest of a function URL. */
const isFunctionUrl = (domain: Value | undefined): boolean =>
  (typeof domain === 'string' && (domain.includes('.lambda-url.') || domain.includes('.FunctionUrl⟩'))) ||
  (domain instanceof Reference && domain.attribute === 'FunctionUrl')

function functionControlled(_resource: Resource, { path, map }: Origin): readonly Outcome[] {
  if (!isFunctionUrl(map['DomainName'])) return []
  const [property, control] = [`${path}.OriginAccessControlId`, map['OriginAccessControlId']]
  return [isSet(control) ? pass(property, control) : fail(property, control)]
}

type OfOrigin = (resource: Resource, origin: Origin, deployment: Deployment) => readonly Outcome[]

const eachOrigin =
  (judge: OfOrigin): ResourceControl['judge'] =>
  (resource, deployment) => {
    const unread = resource.at('DistributionConfig.Origins').find(({ value }) => value instanceof Unknown)
    if (unread?.value instanceof Unknown) return undecided(unread.path, unread.value.reason)
    return originsOf(resource).flatMap((origin) => judge(resource, origin, deployment))
  }

const one = (origin: unknown, part: Readonly<Record<string, unknown>> = {}): ExampleResources => ({
  Example: { Type: type, Properties: distribution({ Origins: [origin], ...part }) },
})
const bucket = (part: Readonly<Record<string, unknown>>) => ({
  Id: 'application',
  DomainName: 'records.s3.us-east-1.amazonaws.com',
  ...part,
})
const identified = { S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/E1EXAMPLE' } }
const signed = { S3OriginConfig: { OriginAccessIdentity: '' }, OriginAccessControlId: 'E2EXAMPLE' }
const functionUrl = { ...customOrigin(), DomainName: 'abcdefghij.lambda-url.us-east-1.on.aws' }

const origins: readonly ResourceControl[] = [
  {
    ...inTransit,
    id: 'cloudfront-distribution-origin-https',
    title: 'CloudFront distributions reach their origins over HTTPS',
    why: 'The viewer sees a lock in the browser, while the second half of the way, over the internet to the origin, is in clear.',
    remedy: 'Set CustomOriginConfig.OriginProtocolPolicy to https-only.',
    types: [type],
    judge: eachOrigin(originProtocol),
    passing: one(customOrigin()),
    failing: one(customOrigin({ OriginProtocolPolicy: 'http-only' })),
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'cloudfront-distribution-origin-tls-versions',
    title: 'CloudFront distributions speak TLS 1.2 or later with their origins',
    why: 'SSL 3.0, TLS 1.0 and 1.1 can be broken by somebody on the way, and an attacker can force the oldest that both sides know.',
    remedy: 'Set CustomOriginConfig.OriginSSLProtocols to TLSv1.2 alone.',
    types: [type],
    judge: eachOrigin(originVersions),
    passing: one(customOrigin()),
    failing: one(customOrigin({ OriginSSLProtocols: ['TLSv1', 'TLSv1.2'] })),
  },
  {
    ...notPublic,
    severity: 'high',
    id: 'cloudfront-distribution-s3-origin-restricted',
    title: 'CloudFront distributions sign their requests to buckets',
    why: 'Without it the bucket must be public, and everyone goes around the distribution with its WAF, its log and its signed links.',
    remedy: 'Set OriginAccessControlId of the origin, and let its bucket policy name the distribution.',
    types: [type],
    judge: eachOrigin(restricted),
    passing: one(bucket(signed)),
    failing: one(bucket({ S3OriginConfig: { OriginAccessIdentity: '' } })),
  },
  {
    ...notPublic,
    severity: 'low',
    id: 'cloudfront-distribution-s3-origin-access-control',
    title: 'CloudFront distributions use origin access control for buckets',
    why: 'The older origin access identity knows neither buckets under KMS keys nor writes, and its credentials last longer.',
    remedy: 'Set OriginAccessControlId of the origin in place of OriginAccessIdentity.',
    types: [type],
    judge: eachOrigin(controlled),
    passing: one(bucket(signed)),
    failing: one(bucket(identified)),
  },
  {
    ...notPublic,
    severity: 'high',
    id: 'cloudfront-distribution-function-origin-access-control',
    title: 'CloudFront distributions sign their requests to function URLs',
    why: 'Without it the function URL takes requests from everyone, around the distribution and its WAF.',
    remedy: 'Set OriginAccessControlId of the origin, and AuthType AWS_IAM of the function URL.',
    types: [type],
    judge: eachOrigin(functionControlled),
    passing: one({ ...functionUrl, OriginAccessControlId: 'E2EXAMPLE' }),
    failing: one(functionUrl),
  },
]

const rows = propertyControls([
  {
    ...inTransit,
    id: 'cloudfront-vpc-origin-https',
    title: 'CloudFront reaches origins in a VPC over HTTPS',
    why: 'Inside the VPC records then pass in clear before every machine that can listen there.',
    remedy: 'Set VpcOriginEndpointConfig.OriginProtocolPolicy to https-only.',
    type: 'AWS::CloudFront::VpcOrigin',
    path: 'VpcOriginEndpointConfig.OriginProtocolPolicy',
    expect: isOneOf('https-only'),
    absent: 'fails',
    passing: vpcOrigin('https-only'),
    failing: vpcOrigin('http-only'),
  },
  {
    ...notPublic,
    severity: 'medium',
    id: 'cloudfront-origin-access-control-signs',
    title: 'Origin access controls of CloudFront sign every request',
    why: 'With never nothing is signed; with no-override a viewer who sends a header of their own decides how the origin sees the request.',
    remedy: 'Set OriginAccessControlConfig.SigningBehavior to always.',
    type: 'AWS::CloudFront::OriginAccessControl',
    path: 'OriginAccessControlConfig.SigningBehavior',
    expect: isOneOf('always'),
    absent: 'fails',
    passing: accessControl('always'),
    failing: accessControl('never'),
  },
  {
    ...hygiene,
    topic: 'public-access',
    id: 'cloudfront-streaming-distribution-retired',
    title: 'No streaming distributions of CloudFront are in use',
    why: 'AWS ended RTMP distributions in 2020: what stands in the template cannot be made any more.',
    remedy: 'Use an AWS::CloudFront::Distribution.',
    type: 'AWS::CloudFront::StreamingDistribution',
    path: 'StreamingDistributionConfig.Enabled',
    expect: (value) => value === false || value === 'false',
    absent: 'fails',
    passing: streaming(false),
    failing: streaming(true),
  },
])

function streaming(Enabled: boolean) {
  const S3Origin = { DomainName: 'records.s3.us-east-1.amazonaws.com', OriginAccessIdentity: '' }
  return { StreamingDistributionConfig: { Comment: 'records', Enabled, S3Origin, TrustedSigners: { Enabled: false } }, Tags: [] }
}

const logging: ResourceControl = {
  topic: 'logging-audit',
  severity: 'medium',
  citations: ['164.308(a)(3)(ii)(A)', '164.312(b)'],
  id: 'cloudfront-distribution-logging',
  title: 'CloudFront distributions log requests',
  why: 'What was answered from the cache never reaches the origin: only this log tells who fetched it.',
  remedy: 'Set Logging.Bucket, or name the distribution in an AWS::Logs::DeliverySource.',
  types: [type],
  judge: (resource, deployment) => {
    const bucketOfLogs = resource.get('DistributionConfig.Logging.Bucket')
    if (isSet(bucketOfLogs)) return pass('DistributionConfig.Logging.Bucket', bucketOfLogs)
    const { certain, possible } = deployment.referring(resource, 'AWS::Logs::DeliverySource', 'ResourceArn')
    const [source] = certain
    if (source !== undefined) return pass('AWS::Logs::DeliverySource', source.logicalId)
    const realTime = resource.get('DistributionConfig.DefaultCacheBehavior.RealtimeLogConfigArn')
    if (isSet(realTime)) return pass('DistributionConfig.DefaultCacheBehavior.RealtimeLogConfigArn', realTime)
    return possible.length > 0
      ? undecided('AWS::Logs::DeliverySource', 'what it delivers from is computed at deployment')
      : fail('DistributionConfig.Logging', undefined)
  },
  passing: one(customOrigin(), { Logging: { Bucket: 'logs.s3.amazonaws.com' } }),
  failing: one(customOrigin(), { DefaultCacheBehavior: behavior() }),
}

/** Controls on how CloudFront reaches origins, and on its log. */
export const cloudfrontOriginControls: readonly ResourceControl[] = [...origins, ...rows, logging]
