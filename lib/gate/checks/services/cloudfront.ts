import { isMap, isTrue, Unknown } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { type Expectation, isGiven, isNoneOf, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { behavior, customOrigin, distribution } from './cloudfront-example.ts'
import { availability, hygiene, inTransit, notPublic } from './safeguards.ts'

const type = 'AWS::CloudFront::Distribution'
const certificate = (MinimumProtocolVersion: string, SslSupportMethod = 'sni-only') =>
  distribution({
    Aliases: ['portal.example.com'],
    ViewerCertificate: {
      AcmCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
      SslSupportMethod,
      MinimumProtocolVersion,
    },
  })
const viewer = 'DistributionConfig.ViewerCertificate'
const guarded = { ...notPublic, severity: 'medium', topic: 'network-exposure' } as const

/** One of AWS's or a company's certificates for the own name. */
const isOwnCertificate: Expectation = (value) =>
  isMap(value) ? [value['AcmCertificateArn'], value['IamCertificateId']].some((part) => part !== undefined && part !== '') : undefined

/**
 * The TLS policy for viewers matches. With the certificate of CloudFront the policy is TLSv1 whatever is written ("ViewerCertificate", AWS
 * CloudFormation).
 */
const atLeastPolicy =
  (policy: RegExp): Expectation =>
  (value) => {
    if (!isMap(value)) return undefined
    if (isTrue(value['CloudFrontDefaultCertificate'])) return false
    const version = value['MinimumProtocolVersion']
    if (version instanceof Unknown) return undefined
    return typeof version === 'string' && policy.test(version)
  }

/** Controls on CloudFront distributions and what viewers get from them. */
export const cloudfrontControls: readonly ResourceControl[] = propertyControls([
  {
    ...inTransit,
    id: 'cloudfront-distribution-viewer-https',
    title: 'CloudFront distributions take no requests without TLS',
    why: 'Over plain HTTP pages, sessions and records pass every network between the viewer and AWS in clear.',
    remedy: 'Set DefaultCacheBehavior.ViewerProtocolPolicy to redirect-to-https or https-only.',
    type,
    path: 'DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy',
    expect: isOneOf('redirect-to-https', 'https-only'),
    absent: 'fails',
    passing: distribution(),
    failing: distribution({ DefaultCacheBehavior: behavior({ ViewerProtocolPolicy: 'allow-all' }) }),
  },
  {
    ...inTransit,
    id: 'cloudfront-distribution-path-viewer-https',
    title: 'No path of a CloudFront distribution takes requests without TLS',
    why: 'A path with a behaviour of its own does not follow the default: one path without TLS gives away the cookie of the session.',
    remedy: 'Set ViewerProtocolPolicy of each of CacheBehaviors to redirect-to-https or https-only.',
    type,
    path: 'DistributionConfig.CacheBehaviors.*.ViewerProtocolPolicy',
    expect: isOneOf('redirect-to-https', 'https-only'),
    absent: 'passes',
    passing: distribution({ CacheBehaviors: [behavior({ PathPattern: '/api/*', ViewerProtocolPolicy: 'https-only' })] }),
    failing: distribution({ CacheBehaviors: [behavior({ PathPattern: '/api/*', ViewerProtocolPolicy: 'allow-all' })] }),
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'cloudfront-distribution-minimum-tls',
    title: 'CloudFront distributions speak TLS 1.2 or later with viewers',
    why: 'TLS 1.0 and 1.1 can be broken. With the certificate of CloudFront the minimum is TLS 1.0, whatever else is set.',
    remedy: 'Set ViewerCertificate with an own certificate and MinimumProtocolVersion TLSv1.2_2021 or later.',
    type,
    path: viewer,
    expect: atLeastPolicy(/^TLSv1\.[23]_/),
    absent: 'fails',
    passing: certificate('TLSv1.2_2021'),
    failing: certificate('TLSv1.1_2016'),
  },
  {
    ...inTransit,
    severity: 'low',
    id: 'cloudfront-distribution-recommended-tls-policy',
    title: 'CloudFront distributions use a TLS policy that AWS recommends',
    why: 'The policies of 2018 and 2019 still take ciphers without forward secrecy or with CBC, which newer ones leave out.',
    remedy: 'Set ViewerCertificate.MinimumProtocolVersion to TLSv1.2_2021 or later.',
    type,
    path: viewer,
    expect: atLeastPolicy(/^TLSv1\.[23]_202[1-9]$/),
    absent: 'fails',
    passing: certificate('TLSv1.2_2021'),
    failing: certificate('TLSv1.2_2018'),
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'cloudfront-distribution-own-certificate',
    title: 'CloudFront distributions have a certificate for a name of their own',
    why: 'With the certificate of CloudFront the minimum version of TLS cannot be raised above 1.0.',
    remedy: 'Set ViewerCertificate.AcmCertificateArn, and Aliases.',
    type,
    path: viewer,
    expect: isOwnCertificate,
    absent: 'fails',
    passing: certificate('TLSv1.2_2021'),
    failing: distribution({ ViewerCertificate: { CloudFrontDefaultCertificate: true } }),
  },
  {
    ...hygiene,
    id: 'cloudfront-distribution-sni',
    title: 'CloudFront distributions serve HTTPS by server name',
    why: 'A dedicated address per location costs hundreds of dollars a month and serves only viewers whose TLS has long been broken.',
    remedy: 'Set ViewerCertificate.SslSupportMethod to sni-only.',
    type,
    path: `${viewer}.SslSupportMethod`,
    expect: isOneOf('sni-only'),
    absent: 'does not apply',
    passing: certificate('TLSv1.2_2021'),
    failing: certificate('TLSv1.2_2021', 'vip'),
  },
  {
    ...guarded,
    id: 'cloudfront-distribution-waf',
    title: 'CloudFront distributions stand behind AWS WAF',
    why: 'Without it nothing between the internet and the application stops injection, guessing of passwords or a flood of requests.',
    remedy: 'Set WebACLId to a web ACL of AWS WAF.',
    type,
    path: 'DistributionConfig.WebACLId',
    expect: isGiven,
    absent: 'fails',
    passing: distribution({ WebACLId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/portal/11111111-2222-3333-4444-555555555555' }),
    failing: distribution(),
  },
  {
    ...guarded,
    id: 'cloudfront-distribution-tenant-waf',
    title: 'Tenants of a CloudFront distribution do not turn AWS WAF off',
    why: 'The tenant then stands open to what the web ACL of the distribution keeps off.',
    remedy: 'Leave out Customizations.WebAcl, or set its Action to override with an Arn.',
    type: 'AWS::CloudFront::DistributionTenant',
    path: 'Customizations.WebAcl.Action',
    expect: isNoneOf('disable'),
    absent: 'passes',
    passing: { DistributionId: 'E1EXAMPLE', Name: 'practice', Domains: ['practice.example.com'] },
    failing: {
      DistributionId: 'E1EXAMPLE',
      Name: 'practice',
      Domains: ['practice.example.com'],
      Customizations: { WebAcl: { Action: 'disable' } },
    },
  },
  {
    ...guarded,
    severity: 'low',
    id: 'cloudfront-distribution-geo-restriction',
    title: 'CloudFront distributions answer the countries that they serve',
    why: 'A practice with patients in one country gets little but attacks from the rest of the world.',
    remedy: 'Set Restrictions.GeoRestriction with a list of countries.',
    type,
    path: 'DistributionConfig.Restrictions.GeoRestriction.RestrictionType',
    expect: isOneOf('whitelist', 'blacklist'),
    absent: 'fails',
    passing: distribution({ Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['US'] } } }),
    failing: distribution(),
  },
  {
    ...hygiene,
    topic: 'public-access',
    id: 'cloudfront-distribution-default-root-object',
    title: 'CloudFront distributions have a default root object',
    why: 'A request for / goes to the origin as it is otherwise, and a bucket may answer with the list of what it holds.',
    remedy: 'Set DefaultRootObject.',
    type,
    path: 'DistributionConfig.DefaultRootObject',
    expect: isGiven,
    absent: 'fails',
    passing: distribution({ DefaultRootObject: 'index.html' }),
    failing: distribution(),
  },
  {
    ...availability,
    severity: 'low',
    id: 'cloudfront-distribution-origin-failover',
    title: 'CloudFront distributions have a second origin to fall back on',
    why: 'With one origin its failure is an outage for everyone.',
    remedy: 'Set OriginGroups with two members.',
    type,
    path: 'DistributionConfig.OriginGroups.Items',
    expect: isGiven,
    absent: 'fails',
    passing: distribution({
      Origins: [customOrigin(), { ...customOrigin(), Id: 'standby' }],
      OriginGroups: {
        Quantity: 1,
        Items: [
          {
            Id: 'both',
            FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [503] } },
            Members: { Quantity: 2, Items: [{ OriginId: 'application' }, { OriginId: 'standby' }] },
          },
        ],
      },
    }),
    failing: distribution(),
  },
  {
    ...inTransit,
    severity: 'low',
    id: 'cloudfront-distribution-field-level-encryption',
    title: 'CloudFront distributions encrypt sensitive fields of forms by themselves',
    why: 'Such a field stays sealed on its way through every server behind, down to the one that holds the private key.',
    remedy: 'Set DefaultCacheBehavior.FieldLevelEncryptionId.',
    type,
    path: 'DistributionConfig.DefaultCacheBehavior.FieldLevelEncryptionId',
    expect: isGiven,
    absent: 'fails',
    // Only behaviours that take POST and PUT carry forms ("Using field-level encryption", Amazon CloudFront Developer Guide).
    when: {
      path: 'DistributionConfig.DefaultCacheBehavior.AllowedMethods',
      expect: (value) => Array.isArray(value) && value.includes('POST'),
    },
    passing: distribution({ DefaultCacheBehavior: posting({ FieldLevelEncryptionId: 'C1EXAMPLE' }) }),
    failing: distribution({ DefaultCacheBehavior: posting({}) }),
  },
  {
    ...hygiene,
    id: 'cloudfront-distribution-response-headers',
    title: 'CloudFront distributions add headers that protect the browser',
    why: 'Browsers keep to HTTPS, refuse foreign frames and guess no content types only when a header tells them to.',
    remedy: 'Set DefaultCacheBehavior.ResponseHeadersPolicyId.',
    type,
    path: 'DistributionConfig.DefaultCacheBehavior.ResponseHeadersPolicyId',
    expect: isGiven,
    absent: 'fails',
    passing: distribution({ DefaultCacheBehavior: behavior({ ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03' }) }),
    failing: distribution(),
  },
  {
    ...hygiene,
    topic: 'authn-authz',
    id: 'cloudfront-distribution-trusted-key-groups',
    title: 'CloudFront distributions trust key groups, not accounts, to sign links',
    why: 'Keys of an account belong to its root user, so that changing them takes the root user to sign in.',
    remedy: 'Use TrustedKeyGroups in place of TrustedSigners.',
    type,
    path: 'DistributionConfig.DefaultCacheBehavior.TrustedSigners',
    expect: (value) => Array.isArray(value) && value.length === 0,
    absent: 'passes',
    passing: distribution({ DefaultCacheBehavior: behavior({ TrustedKeyGroups: ['11111111-2222-3333-4444-555555555555'] }) }),
    failing: distribution({ DefaultCacheBehavior: behavior({ TrustedSigners: ['111122223333'] }) }),
  },
])

function posting(part: Readonly<Record<string, unknown>>) {
  return behavior({ AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'], ...part })
}
