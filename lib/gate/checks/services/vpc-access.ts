import { isMap, isTrue, listOf, numberOf, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atMost, isGiven, isNoneOf, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { givenControls } from './given-settings.ts'
import { audit, reach, transit } from './network-citations.ts'

const endpoint = 'AWS::EC2::VPCEndpoint'
const s3 = { VpcId: 'vpc-1a2b3c4d', ServiceName: 'com.amazonaws.us-east-1.s3', RouteTableIds: ['rtb-1a2b3c4d'] }
const kms = {
  VpcId: 'vpc-1a2b3c4d',
  VpcEndpointType: 'Interface',
  ServiceName: 'com.amazonaws.us-east-1.kms',
  SubnetIds: ['subnet-1a2b3c4d'],
  SecurityGroupIds: ['sg-0123456789abcdef0'],
}
const policy = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action,
      Resource: 'arn:aws:s3:::patients/*',
      Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
    },
  ],
})

/** Services that are AWS's own and take a policy; those that others offer (`com.amazonaws.vpce`) take none. */
const ofAws = { path: 'ServiceName', expect: (value: Value) => !/\.vpce\./.test(String(value)), absent: 'applies' } as const
const takesPolicy = [ofAws, { path: 'VpcEndpointType', expect: isOneOf('Gateway', 'Interface'), absent: 'applies' }] as const
const isInterface = [ofAws, { path: 'VpcEndpointType', expect: isOneOf('Interface') }] as const

/** A policy that allows every action to whoever asks, on everything, without a condition, is the default again. */
function judgePolicy(document: Value | undefined): Outcome | undefined {
  const path = 'PolicyDocument'
  if (document === undefined) return undefined
  if (document instanceof Unknown) return undecided(path, document.reason)
  const read = typeof document === 'string' ? parsed(document) : document
  if (!isMap(read)) return undecided(path, 'the policy is computed at deployment')
  const open = listOf(read.Statement).find(isOpen)
  return open === undefined ? pass(path, document) : fail(path, open)
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value
  } catch {
    return undefined
  }
}

const isOpen = (statement: Value): boolean =>
  isMap(statement) &&
  statement.Effect === 'Allow' &&
  statement.Condition === undefined &&
  listOf(statement.Action).some((action) => /^(\*|\w+:\*)$/.test(String(action))) &&
  listOf(statement.Resource).includes('*') &&
  listOf(isMap(statement.Principal) ? statement.Principal.AWS : statement.Principal).includes('*')

const policyNarrow: ResourceControl = {
  id: 'vpc-endpoint-policy-narrow',
  title: 'Policies of VPC endpoints do not allow every action on everything',
  topic: 'public-access',
  severity: 'medium',
  citations: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
  why: 'Through an endpoint that lets everything pass, an intruder copies data to their own account without touching the internet.',
  remedy: 'Name actions, resources, or a condition on aws:PrincipalAccount or aws:ResourceAccount in PolicyDocument.',
  types: [endpoint],
  judge: (resource) => judgePolicy(resource.get('PolicyDocument')),
  passing: { Endpoint: { Type: endpoint, Properties: { ...s3, PolicyDocument: policy('s3:GetObject') } } },
  failing: {
    Endpoint: {
      Type: endpoint,
      Properties: {
        ...s3,
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
      },
    },
  },
}

const clientVpn = {
  AuthenticationOptions: [
    { Type: 'federated-authentication', FederatedAuthentication: { SAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/staff' } },
  ],
  ClientCidrBlock: '10.90.0.0/22',
  ConnectionLogOptions: { Enabled: true, CloudwatchLogGroup: 'client-vpn' },
  ServerCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
}
const tunnel = (options: Readonly<Record<string, unknown>>) => ({
  Type: 'ipsec.1',
  CustomerGatewayId: 'cgw-1a2b3c4d',
  VpnGatewayId: 'vgw-1a2b3c4d',
  VpnTunnelOptionsSpecifications: [options, options],
})

/** Controls on ways into a VPC: endpoints, endpoint services, VPNs, verified access. */
export const vpcAccessControls: readonly ResourceControl[] = [
  policyNarrow,
  ...givenControls([
    {
      id: 'vpc-endpoint-security-group',
      title: 'Interface endpoints name their security groups',
      topic: 'network-exposure',
      severity: 'low',
      citations: ['164.312(a)(1)', '164.312(e)(1)'],
      why: 'Without one the endpoint stands in the default security group of the VPC, with whatever that lets in.',
      remedy: 'Name a group in SecurityGroupIds.',
      type: endpoint,
      path: 'SecurityGroupIds',
      when: (resource) => resource.get('VpcEndpointType') === 'Interface',
      passing: kms,
      failing: { VpcId: 'vpc-1a2b3c4d', VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.us-east-1.kms' },
    },
  ]),
  ...propertyControls([
    {
      id: 'vpc-endpoint-policy',
      title: 'VPC endpoints have a policy of their own',
      topic: 'network-exposure',
      severity: 'low',
      citations: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
      why: 'The default policy of an endpoint lets any identity reach any resource of the service, those of strangers’ accounts included.',
      remedy: 'Write a PolicyDocument with the actions and resources that are needed.',
      type: endpoint,
      path: 'PolicyDocument',
      expect: isGiven,
      absent: 'fails',
      when: takesPolicy,
      passing: { ...s3, PolicyDocument: policy('s3:GetObject') },
      failing: s3,
    },
    {
      id: 'vpc-endpoint-private-dns',
      title: 'Interface endpoints answer to the usual names of their service',
      topic: 'network-exposure',
      severity: 'low',
      citations: ['164.312(e)(1)'],
      why: 'Without private DNS the usual name still leads to the public address, and requests pass the endpoint by.',
      remedy: 'Set PrivateDnsEnabled to true.',
      type: endpoint,
      path: 'PrivateDnsEnabled',
      expect: isOn,
      absent: 'fails',
      when: isInterface,
      passing: { ...kms, PrivateDnsEnabled: true },
      failing: kms,
    },
    {
      id: 'vpc-endpoint-service-acceptance',
      title: 'Endpoint services are joined only after somebody accepts',
      topic: 'network-exposure',
      severity: 'medium',
      citations: reach,
      why: 'Whoever is allowed to ask connects to the service at once, and nobody notices a connection that should not be.',
      remedy: 'Set AcceptanceRequired to true.',
      type: 'AWS::EC2::VPCEndpointService',
      path: 'AcceptanceRequired',
      expect: isOn,
      absent: 'fails',
      passing: {
        NetworkLoadBalancerArns: ['arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/a/0123456789abcdef'],
        AcceptanceRequired: true,
      },
      failing: { NetworkLoadBalancerArns: ['arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/a/0123456789abcdef'] },
    },
    {
      id: 'vpc-endpoint-service-principals',
      title: 'Endpoint services name who may connect',
      topic: 'public-access',
      severity: 'high',
      citations: reach,
      why: 'With everyone allowed, every AWS account in the world can find the service and ask to connect.',
      remedy: 'List the accounts or roles in AllowedPrincipals in place of *.',
      type: 'AWS::EC2::VPCEndpointServicePermissions',
      path: 'AllowedPrincipals.*',
      expect: isNoneOf('*'),
      absent: 'passes',
      passing: { ServiceId: 'vpce-svc-0123456789abcdef0', AllowedPrincipals: ['arn:aws:iam::111122223333:root'] },
      failing: { ServiceId: 'vpce-svc-0123456789abcdef0', AllowedPrincipals: ['*'] },
    },
    {
      id: 'ec2-client-vpn-connection-log',
      title: 'Client VPNs log who connects',
      topic: 'logging-audit',
      severity: 'high',
      citations: ['164.308(a)(5)(ii)(C)', '164.312(b)'],
      why: 'Without it nobody can tell whose stolen laptop or password was used to come in, nor when.',
      remedy: 'Set ConnectionLogOptions.Enabled to true and name a log group.',
      type: 'AWS::EC2::ClientVpnEndpoint',
      path: 'ConnectionLogOptions.Enabled',
      expect: isOn,
      absent: 'fails',
      passing: clientVpn,
      failing: { ...clientVpn, ConnectionLogOptions: { Enabled: false } },
    },
    {
      id: 'ec2-client-vpn-person-authenticated',
      title: 'Client VPNs know the person, not only a certificate',
      topic: 'authn-authz',
      severity: 'medium',
      citations: ['164.312(a)(2)(i)', '164.312(d)'],
      why: 'A certificate lies on a disk: who copies it is let in, and no second factor is asked.',
      remedy: 'Use federated-authentication or directory-service-authentication in AuthenticationOptions.',
      type: 'AWS::EC2::ClientVpnEndpoint',
      path: 'AuthenticationOptions.0.Type',
      expect: isNoneOf('certificate-authentication'),
      absent: 'fails',
      when: { path: 'AuthenticationOptions.1', expect: () => false, absent: 'applies' },
      passing: clientVpn,
      failing: {
        ...clientVpn,
        AuthenticationOptions: [
          { Type: 'certificate-authentication', MutualAuthentication: { ClientRootCertificateChainArn: clientVpn.ServerCertificateArn } },
        ],
      },
    },
    {
      id: 'ec2-client-vpn-session-timeout',
      title: 'Client VPN sessions end after half a day at most',
      topic: 'authn-authz',
      severity: 'low',
      citations: ['164.312(a)(2)(iii)'],
      why: 'A session stays open for 24 hours by default, on a laptop that may change hands.',
      remedy: 'Set SessionTimeoutHours to 8, 10 or 12.',
      type: 'AWS::EC2::ClientVpnEndpoint',
      path: 'SessionTimeoutHours',
      expect: atMost(12),
      absent: 'fails',
      passing: { ...clientVpn, SessionTimeoutHours: 8 },
      failing: clientVpn,
    },
    {
      id: 'ec2-client-vpn-authorization-by-group',
      title: 'Client VPNs say which group may reach which network',
      topic: 'authn-authz',
      severity: 'medium',
      citations: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)'],
      why: 'Everybody with an account reaches the whole network, whatever their work is.',
      remedy: 'Name a group in AccessGroupId in place of AuthorizeAllGroups.',
      type: 'AWS::EC2::ClientVpnAuthorizationRule',
      path: 'AuthorizeAllGroups',
      expect: isOff,
      absent: 'passes',
      passing: { ClientVpnEndpointId: 'cvpn-endpoint-0123456789abcdef0', TargetNetworkCidr: '10.20.1.0/24', AccessGroupId: 'physicians' },
      failing: { ClientVpnEndpointId: 'cvpn-endpoint-0123456789abcdef0', TargetNetworkCidr: '10.20.1.0/24', AuthorizeAllGroups: true },
    },
    {
      id: 'ec2-vpn-tunnel-logging',
      title: 'VPN connections log their tunnels',
      topic: 'logging-audit',
      severity: 'medium',
      citations: audit,
      why: 'Attempts to set up a tunnel with guessed keys, and why a tunnel broke, stand in no other log.',
      remedy: 'Set LogOptions.CloudwatchLogOptions.LogEnabled to true in each of VpnTunnelOptionsSpecifications.',
      type: 'AWS::EC2::VPNConnection',
      path: 'VpnTunnelOptionsSpecifications.*.LogOptions.CloudwatchLogOptions.LogEnabled',
      expect: isOn,
      absent: 'fails',
      passing: tunnel({
        LogOptions: { CloudwatchLogOptions: { LogEnabled: true, LogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:vpn' } },
      }),
      failing: tunnel({ StartupAction: 'add' }),
    },
    {
      id: 'ec2-vpn-tunnel-ikev2',
      title: 'VPN tunnels are set up with IKE version 2 only',
      topic: 'encryption-in-transit',
      severity: 'low',
      citations: transit,
      why: 'Version 1 is out of use since 2023 (RFC 9395), and its aggressive mode gives away a hash of the shared key to guess at.',
      remedy: 'Set IKEVersions to ikev2 in each of VpnTunnelOptionsSpecifications.',
      type: 'AWS::EC2::VPNConnection',
      path: 'VpnTunnelOptionsSpecifications.*.IKEVersions.*.Value',
      expect: isOneOf('ikev2'),
      absent: 'fails',
      passing: tunnel({ IKEVersions: [{ Value: 'ikev2' }] }),
      failing: tunnel({ IKEVersions: [{ Value: 'ikev1' }, { Value: 'ikev2' }] }),
    },
    ...(['Phase1', 'Phase2'] as const).map((phase) => ({
      id: `ec2-vpn-tunnel-${phase.toLowerCase()}-key-exchange`,
      title: `VPN tunnels agree on keys in ${phase.toLowerCase().replace('phase', 'phase ')} with groups of 2048 bits or more`,
      topic: 'encryption-in-transit' as const,
      severity: 'low' as const,
      citations: transit,
      why: 'Groups 2 and 5 are so small that a state can compute the keys and read what was recorded.',
      remedy: `List ${phase}DHGroupNumbers from 14 up in each of VpnTunnelOptionsSpecifications; the default takes group 2 as well.`,
      type: 'AWS::EC2::VPNConnection',
      path: `VpnTunnelOptionsSpecifications.*.${phase}DHGroupNumbers.*.Value`,
      expect: (value: Value) => {
        const group = numberOf(value)
        return group === undefined ? undefined : group >= 14 && group !== 22
      },
      absent: 'fails' as const,
      passing: tunnel({ [`${phase}DHGroupNumbers`]: [{ Value: 20 }] }),
      failing: tunnel({ [`${phase}DHGroupNumbers`]: [{ Value: 2 }] }),
    })),
    ...(['Phase1', 'Phase2'] as const).map((phase) => ({
      id: `ec2-vpn-tunnel-${phase.toLowerCase()}-integrity`,
      title: `VPN tunnels check integrity in ${phase.toLowerCase().replace('phase', 'phase ')} with SHA-2`,
      topic: 'encryption-in-transit' as const,
      severity: 'low' as const,
      citations: transit,
      why: 'SHA-1 is broken for signatures and out of use in government networks; a tunnel that allows it can be talked down to it.',
      remedy: `List ${phase}IntegrityAlgorithms without SHA1 in each of VpnTunnelOptionsSpecifications; the default takes it as well.`,
      type: 'AWS::EC2::VPNConnection',
      path: `VpnTunnelOptionsSpecifications.*.${phase}IntegrityAlgorithms.*.Value`,
      expect: isNoneOf('SHA1'),
      absent: 'fails' as const,
      passing: tunnel({ [`${phase}IntegrityAlgorithms`]: [{ Value: 'SHA2-256' }] }),
      failing: tunnel({ [`${phase}IntegrityAlgorithms`]: [{ Value: 'SHA1' }] }),
    })),
    {
      id: 'ec2-verified-access-logging',
      title: 'Verified Access logs each request',
      topic: 'logging-audit',
      severity: 'medium',
      citations: audit,
      why: 'Who was let in to which application, and why, stands in this log alone.',
      remedy: 'Set LoggingConfigurations.CloudWatchLogs.Enabled to true, or log to S3 or Firehose.',
      type: 'AWS::EC2::VerifiedAccessInstance',
      path: 'LoggingConfigurations',
      expect: (value) => isMap(value) && Object.values(value).some((target) => isMap(target) && isTrue(target.Enabled)),
      absent: 'fails',
      passing: { LoggingConfigurations: { CloudWatchLogs: { Enabled: true, LogGroup: 'verified-access' } } },
      failing: { Description: 'Staff' },
    },
    {
      id: 'ec2-verified-access-policy',
      title: 'Verified Access groups have a policy that says who gets in',
      topic: 'authn-authz',
      severity: 'medium',
      citations: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)'],
      why: 'The group’s policy is what holds for every application that is added to it later; without one each has to remember its own.',
      remedy: 'Write a PolicyDocument.',
      type: 'AWS::EC2::VerifiedAccessGroup',
      path: 'PolicyDocument',
      expect: isGiven,
      absent: 'fails',
      passing: {
        VerifiedAccessInstanceId: 'vai-0123456789abcdef0',
        PolicyDocument: 'permit(principal, action, resource) when { context.identity.groups.contains("physicians") };',
      },
      failing: { VerifiedAccessInstanceId: 'vai-0123456789abcdef0' },
    },
  ]),
]
