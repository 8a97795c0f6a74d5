import { isMap, listOf } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { isNoneOf, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { givenControls } from './given-settings.ts'
import { audit, transit } from './network-citations.ts'
import { referredBy } from './vpc-referred.ts'

const zone = { Name: 'clinic.example' }
const zoneType = 'AWS::Route53::HostedZone'
const log = { QueryLoggingConfig: { CloudWatchLogsLogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/clinic' } }
const certificate = { DomainName: 'portal.clinic.example', ValidationMethod: 'DNS' }
const certificateType = 'AWS::CertificateManager::Certificate'

/** Controls on names (Route 53), on certificates, and on addresses of Global Accelerator. */
export const nameControls: readonly ResourceControl[] = [
  {
    id: 'route53-zone-dnssec',
    title: 'Public zones are signed (DNSSEC)',
    topic: 'authn-authz',
    severity: 'low',
    citations: ['164.312(e)(2)(i)'],
    why: 'Forged answers lead patients to somebody else’s server, and nothing tells them apart from true ones.',
    remedy: 'Add an AWS::Route53::DNSSEC and an AWS::Route53::KeySigningKey for the zone.',
    types: [zoneType],
    judge: (resource, deployment) => {
      const vpcs = resource.get('VPCs')
      return vpcs !== undefined && listOf(vpcs).length > 0
        ? undefined
        : referredBy(resource, deployment, 'AWS::Route53::DNSSEC', 'HostedZoneId')
    },
    passing: {
      Zone: { Type: zoneType, Properties: zone },
      Signed: { Type: 'AWS::Route53::DNSSEC', Properties: { HostedZoneId: { Ref: 'Zone' } } },
    },
    failing: { Zone: { Type: zoneType, Properties: zone } },
  },
  ...givenControls([
    {
      id: 'route53-zone-query-logging',
      title: 'Public zones log the names that are asked for',
      topic: 'logging-audit',
      severity: 'medium',
      citations: audit,
      why: 'Who explored the names of a service before an attack, and who asked for a name that was taken over, stands in this log alone.',
      remedy: 'Name a log group in QueryLoggingConfig.CloudWatchLogsLogGroupArn.',
      type: zoneType,
      path: 'QueryLoggingConfig.CloudWatchLogsLogGroupArn',
      when: (resource) => listOf(resource.get('VPCs')).length === 0,
      passing: { ...zone, ...log },
      failing: zone,
    },
  ]),
  ...propertyControls([
    {
      id: 'route53-key-signing-key-active',
      title: 'Keys that sign a zone are active',
      topic: 'authn-authz',
      severity: 'low',
      citations: ['164.312(e)(2)(i)'],
      why: 'With an inactive key the zone is not signed, although it looks set up.',
      remedy: 'Set Status to ACTIVE.',
      type: 'AWS::Route53::KeySigningKey',
      path: 'Status',
      expect: isOneOf('ACTIVE'),
      absent: 'fails',
      passing: {
        Name: 'main',
        Status: 'ACTIVE',
        HostedZoneId: 'Z0123456789ABCDEFGHIJ',
        KeyManagementServiceArn: 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555',
      },
      failing: {
        Name: 'main',
        Status: 'INACTIVE',
        HostedZoneId: 'Z0123456789ABCDEFGHIJ',
        KeyManagementServiceArn: 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555',
      },
    },
    {
      id: 'route53resolver-firewall-blocks',
      title: 'Groups of DNS firewall rules block something',
      topic: 'network-exposure',
      severity: 'low',
      citations: ['164.308(a)(5)(ii)(B)'],
      why: 'A DNS firewall that only allows or alerts lets malware find its masters.',
      remedy: 'Add a rule with Action BLOCK to FirewallRules.',
      type: 'AWS::Route53Resolver::FirewallRuleGroup',
      path: 'FirewallRules',
      expect: (value) => listOf(value).some((rule) => isMap(rule) && rule.Action === 'BLOCK'),
      absent: 'fails',
      passing: {
        FirewallRules: [{ Action: 'BLOCK', BlockResponse: 'NODATA', FirewallDomainListId: 'rslvr-fdl-0123456789abcdef', Priority: 1 }],
      },
      failing: { FirewallRules: [{ Action: 'ALERT', FirewallDomainListId: 'rslvr-fdl-0123456789abcdef', Priority: 1 }] },
    },
    {
      id: 'acm-certificate-transparency',
      title: 'Certificates are written to the public transparency logs',
      topic: 'encryption-in-transit',
      severity: 'low',
      citations: transit,
      why: 'Browsers refuse a certificate that is in no log, and a certificate that somebody else had issued for the name is found there.',
      remedy: 'Leave CertificateTransparencyLoggingPreference out, or set it to ENABLED.',
      type: certificateType,
      path: 'CertificateTransparencyLoggingPreference',
      expect: isNoneOf('DISABLED'),
      absent: 'passes',
      when: { path: 'CertificateAuthorityArn', expect: () => false, absent: 'applies' },
      passing: certificate,
      failing: { ...certificate, CertificateTransparencyLoggingPreference: 'DISABLED' },
    },
    {
      id: 'acm-certificate-key-length',
      title: 'Certificates have keys that are long enough',
      topic: 'encryption-in-transit',
      severity: 'medium',
      citations: transit,
      why: 'RSA keys of 1024 bits can be broken by those who can pay for it, and browsers refuse them.',
      remedy: 'Leave KeyAlgorithm out (RSA_2048), or choose RSA_2048 or an elliptic curve.',
      type: certificateType,
      path: 'KeyAlgorithm',
      expect: isNoneOf('RSA_1024'),
      absent: 'passes',
      passing: { ...certificate, KeyAlgorithm: 'EC_prime256v1' },
      failing: { ...certificate, KeyAlgorithm: 'RSA_1024' },
    },
    {
      id: 'acm-certificate-dns-validation',
      title: 'Certificates are validated by DNS, so that they renew themselves',
      topic: 'encryption-in-transit',
      severity: 'medium',
      citations: transit,
      why: 'By e-mail somebody has to confirm each renewal; when nobody does, the certificate expires and the service with it.',
      remedy: 'Set ValidationMethod to DNS.',
      type: certificateType,
      path: 'ValidationMethod',
      expect: isNoneOf('EMAIL'),
      absent: 'fails',
      when: { path: 'CertificateAuthorityArn', expect: () => false, absent: 'applies' },
      passing: certificate,
      failing: { ...certificate, ValidationMethod: 'EMAIL' },
    },
    {
      id: 'acm-certificate-no-wildcard',
      title: 'Certificates name each host, without a wildcard',
      topic: 'encryption-in-transit',
      severity: 'low',
      citations: transit,
      why: 'Whoever gets the key of a wildcard certificate can pose as every service of the domain, the patient portal included.',
      remedy: 'Name the hosts in DomainName and SubjectAlternativeNames.',
      type: certificateType,
      path: 'DomainName',
      expect: matches(/^[^*]/),
      absent: 'fails',
      passing: certificate,
      failing: { ...certificate, DomainName: '*.clinic.example' },
    },
    {
      id: 'globalaccelerator-accelerator-flow-log',
      title: 'Global Accelerators log the traffic they pass on',
      topic: 'logging-audit',
      severity: 'medium',
      citations: audit,
      why: 'Behind the accelerator the origin of a connection is easily lost; its flow log keeps it.',
      remedy: 'Set FlowLogsEnabled to true, with FlowLogsS3Bucket and FlowLogsS3Prefix.',
      type: 'AWS::GlobalAccelerator::Accelerator',
      path: 'FlowLogsEnabled',
      expect: isOn,
      absent: 'fails',
      passing: { Name: 'portal', FlowLogsEnabled: true, FlowLogsS3Bucket: 'flow-logs-111122223333', FlowLogsS3Prefix: 'portal' },
      failing: { Name: 'portal' },
    },
  ]),
]
