import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { Reference, Unknown } from '../../template/value.ts'
import { fail, pass, type ResourceControl } from '../control.ts'
import { isNoneOf, isOff, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, reach } from './network-citations.ts'
import { referredBy } from './vpc-referred.ts'

const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.20.0.0/16' } } }
const logTo = { LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::flow-logs-111122223333' }
const flowLog = (properties: Readonly<Record<string, unknown>>) => ({ Type: 'AWS::EC2::FlowLog', Properties: { ...logTo, ...properties } })

/** Whether a VPC has subnets, and each of them a flow log of its own. */
function subnetsLogged(network: Resource, deployment: Deployment): boolean {
  const { certain, possible } = deployment.referring(network, 'AWS::EC2::Subnet', 'VpcId')
  const isLogged = (subnet: Resource) =>
    deployment.referring(subnet, 'AWS::EC2::FlowLog', 'ResourceId').certain.some((log) => log.get('ResourceType') === 'Subnet')
  return certain.length > 0 && possible.length === 0 && certain.every(isLogged)
}

const flowLogged: ResourceControl = {
  id: 'vpc-flow-log',
  title: 'Each VPC has a flow log',
  topic: 'logging-audit',
  severity: 'high',
  citations: ['164.308(a)(3)(ii)(A)', '164.312(b)'],
  why: 'Without flow logs nobody can say afterwards which machine an intruder spoke to, nor how much data left the network.',
  remedy: 'Add an AWS::EC2::FlowLog whose ResourceId is the VPC.',
  types: ['AWS::EC2::VPC'],
  judge: (resource, deployment) => {
    const ofVpc = referredBy(
      resource,
      deployment,
      'AWS::EC2::FlowLog',
      'ResourceId',
      (log) => isNoneOf('Subnet', 'NetworkInterface')(log.get('ResourceType') ?? '', deployment) !== false,
    )
    return ofVpc.status !== 'pass' && subnetsLogged(resource, deployment) ? pass('AWS::EC2::FlowLog', 'of each subnet') : ofVpc
  },
  passing: { ...vpc, Log: flowLog({ ResourceId: { Ref: 'Vpc' }, ResourceType: 'VPC', TrafficType: 'ALL' }) },
  failing: vpc,
}

const closing = {
  Closed: {
    Type: 'Custom::VpcRestrictDefaultSG',
    Properties: {
      ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:close',
      DefaultSecurityGroupId: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] },
    },
  },
}

const known = new WeakMap<Deployment, readonly Resource[]>()

/** Custom resources, in the order of the templates. */
function customResourcesOf(deployment: Deployment): readonly Resource[] {
  const custom =
    known.get(deployment) ?? [...deployment.all].filter(({ type }) => /^(Custom::|AWS::CloudFormation::CustomResource$)/.test(type))
  known.set(deployment, custom)
  return custom
}

/** CloudFormation cannot change a default group itself: a custom resource has to, such as the one that the CDK makes. */
const defaultGroupClosed: ResourceControl = {
  id: 'vpc-default-security-group-closed',
  title: 'The default security group of each VPC allows nothing',
  topic: 'network-exposure',
  severity: 'medium',
  citations: ['164.312(e)(1)'],
  why: 'Whatever is launched without naming a group lands in the default one, which lets its members reach each other and the whole internet.',
  remedy: 'Let a custom resource revoke its rules (in the CDK: restrictDefaultSecurityGroup), named by the VPC’s DefaultSecurityGroup.',
  types: ['AWS::EC2::VPC'],
  judge: (resource, deployment) => {
    const found = customResourcesOf(deployment).find(
      (other) =>
        deployment.makes(other) &&
        Object.keys(other.written.properties)
          .flatMap((name) => other.at(name))
          .some(
            ({ value }) =>
              value instanceof Reference && value.attribute === 'DefaultSecurityGroup' && deployment.resourceOf(value) === resource,
          ),
    )
    return found === undefined
      ? fail('DefaultSecurityGroup', undefined, 'Nothing in these templates takes the rules out of its default security group.')
      : pass(`${found.type} ${found.logicalId}`, 'DefaultSecurityGroup')
  },
  passing: { ...vpc, ...closing },
  failing: vpc,
}

const queriesLogged: ResourceControl = {
  id: 'vpc-dns-query-logging',
  title: 'Names that are looked up inside each VPC are logged',
  topic: 'logging-audit',
  severity: 'low',
  citations: audit,
  why: 'Malware finds its masters by name, and carries data off in lookups; only the resolver’s log shows which machine asked.',
  remedy: 'Add an AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation whose ResourceId is the VPC.',
  types: ['AWS::EC2::VPC'],
  judge: (resource, deployment) =>
    referredBy(resource, deployment, 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', 'ResourceId'),
  passing: {
    ...vpc,
    Association: {
      Type: 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
      Properties: { ResolverQueryLogConfigId: 'rqlc-0123456789abcdef', ResourceId: { Ref: 'Vpc' } },
    },
  },
  failing: vpc,
}

const gatewayFlowLogged: ResourceControl = {
  id: 'ec2-transit-gateway-flow-log',
  title: 'Each transit gateway has a flow log',
  topic: 'logging-audit',
  severity: 'medium',
  citations: ['164.308(a)(3)(ii)(A)', '164.312(b)'],
  why: 'Traffic between networks is where an intruder moves on; the logs of the single VPCs do not show it as a whole.',
  remedy: 'Add an AWS::EC2::FlowLog with ResourceType TransitGateway whose ResourceId is the gateway.',
  types: ['AWS::EC2::TransitGateway'],
  judge: (resource, deployment) => referredBy(resource, deployment, 'AWS::EC2::FlowLog', 'ResourceId'),
  passing: {
    Gateway: { Type: 'AWS::EC2::TransitGateway', Properties: {} },
    Log: flowLog({ ResourceId: { Ref: 'Gateway' }, ResourceType: 'TransitGateway', MaxAggregationInterval: 60 }),
  },
  failing: { Gateway: { Type: 'AWS::EC2::TransitGateway', Properties: {} } },
}

/** Peering with an account whose number the template writes, and is not its own. */
const peeringAtHome: ResourceControl = {
  id: 'vpc-peering-own-account',
  title: 'VPCs are peered with VPCs of the same account only',
  topic: 'network-exposure',
  severity: 'low',
  citations: reach,
  why: 'A peering lets every machine of another account’s network try this one; who gives orders there is not decided here.',
  remedy: 'Leave PeerOwnerId out, or share the single service through a VPC endpoint service.',
  types: ['AWS::EC2::VPCPeeringConnection'],
  judge: (resource) => {
    const owner = resource.get('PeerOwnerId')
    const own = owner === undefined || owner === '⟨AWS::AccountId⟩' || owner === resource.template.account
    if (owner instanceof Unknown) return { status: 'undecided', property: 'PeerOwnerId', reason: owner.reason }
    return own ? pass('PeerOwnerId', owner) : fail('PeerOwnerId', owner)
  },
  passing: { Peering: { Type: 'AWS::EC2::VPCPeeringConnection', Properties: { VpcId: 'vpc-1a2b3c4d', PeerVpcId: 'vpc-4d3c2b1a' } } },
  failing: {
    Peering: {
      Type: 'AWS::EC2::VPCPeeringConnection',
      Properties: { VpcId: 'vpc-1a2b3c4d', PeerVpcId: 'vpc-4d3c2b1a', PeerOwnerId: '444455556666' },
    },
  },
}

const subnet = { VpcId: 'vpc-1a2b3c4d', CidrBlock: '10.20.1.0/24' }

/** Controls on VPCs, their subnets, and what joins them. */
export const vpcNetworkControls: readonly ResourceControl[] = [
  flowLogged,
  defaultGroupClosed,
  queriesLogged,
  gatewayFlowLogged,
  peeringAtHome,
  ...propertyControls([
    {
      id: 'vpc-flow-log-all-traffic',
      title: 'Flow logs keep all traffic, allowed and refused',
      topic: 'logging-audit',
      severity: 'medium',
      citations: ['164.308(a)(3)(ii)(A)', '164.312(b)'],
      why: 'A log of refused traffic shows knocking but no theft, and one of allowed traffic shows no knocking.',
      remedy: 'Set TrafficType to ALL.',
      type: 'AWS::EC2::FlowLog',
      path: 'TrafficType',
      expect: isOneOf('ALL'),
      absent: 'fails',
      when: { path: 'ResourceType', expect: isNoneOf('TransitGateway', 'TransitGatewayAttachment') },
      passing: { ...logTo, ResourceId: 'vpc-1a2b3c4d', ResourceType: 'VPC', TrafficType: 'ALL' },
      failing: { ...logTo, ResourceId: 'vpc-1a2b3c4d', ResourceType: 'VPC', TrafficType: 'ACCEPT' },
    },
    {
      id: 'vpc-subnet-public-address',
      title: 'Subnets give instances no public IPv4 address by themselves',
      topic: 'network-exposure',
      severity: 'medium',
      citations: reach,
      why: 'Every machine launched there stands on the internet, also the one that somebody starts for a quick test.',
      remedy: 'Leave MapPublicIpOnLaunch out, or set it to false.',
      type: 'AWS::EC2::Subnet',
      path: 'MapPublicIpOnLaunch',
      expect: isOff,
      absent: 'passes',
      passing: subnet,
      failing: { ...subnet, MapPublicIpOnLaunch: true },
    },
    {
      id: 'vpc-subnet-public-ipv6-address',
      title: 'Subnets give network interfaces no IPv6 address by themselves',
      topic: 'network-exposure',
      severity: 'low',
      citations: reach,
      why: 'IPv6 addresses of AWS are public: with a route to an internet gateway each machine can be reached on its own.',
      remedy: 'Leave AssignIpv6AddressOnCreation out, or set it to false.',
      type: 'AWS::EC2::Subnet',
      path: 'AssignIpv6AddressOnCreation',
      expect: isOff,
      absent: 'passes',
      passing: subnet,
      failing: { ...subnet, Ipv6CidrBlock: '2001:db8:1234:1a00::/64', AssignIpv6AddressOnCreation: true },
    },
    {
      id: 'vpc-dns-support',
      title: 'VPCs look names up through the resolver of AWS',
      topic: 'network-exposure',
      severity: 'low',
      citations: [],
      why: 'Without it the private names of VPC endpoints do not resolve, DNS firewalls see nothing, and requests take the public way.',
      remedy: 'Leave EnableDnsSupport out, or set it to true.',
      type: 'AWS::EC2::VPC',
      path: 'EnableDnsSupport',
      expect: isOn,
      absent: 'passes',
      passing: { CidrBlock: '10.20.0.0/16' },
      failing: { CidrBlock: '10.20.0.0/16', EnableDnsSupport: false },
    },
    {
      id: 'vpc-block-public-access-exclusion',
      title: 'Exceptions from the block of public access let traffic out only',
      topic: 'network-exposure',
      severity: 'medium',
      citations: reach,
      why: 'An exclusion for both ways opens the network to the internet again, which the account’s block was set up to prevent.',
      remedy: 'Set InternetGatewayExclusionMode to allow-egress.',
      type: 'AWS::EC2::VPCBlockPublicAccessExclusion',
      path: 'InternetGatewayExclusionMode',
      expect: isOneOf('allow-egress'),
      absent: 'fails',
      passing: { InternetGatewayExclusionMode: 'allow-egress', VpcId: 'vpc-1a2b3c4d' },
      failing: { InternetGatewayExclusionMode: 'allow-bidirectional', VpcId: 'vpc-1a2b3c4d' },
    },
    {
      id: 'ec2-transit-gateway-manual-acceptance',
      title: 'Transit gateways do not accept attachments of other accounts by themselves',
      topic: 'network-exposure',
      severity: 'high',
      citations: reach,
      why: 'Whoever the gateway is shared with joins a network to it without anybody here agreeing.',
      remedy: 'Leave AutoAcceptSharedAttachments out, or set it to disable.',
      type: 'AWS::EC2::TransitGateway',
      path: 'AutoAcceptSharedAttachments',
      expect: isOneOf('disable'),
      absent: 'passes',
      passing: { Description: 'Clinics' },
      failing: { AutoAcceptSharedAttachments: 'enable' },
    },
    {
      id: 'vpc-encryption-control-enforced',
      title: 'VPCs with an encryption control enforce it',
      topic: 'encryption-in-transit',
      severity: 'low',
      citations: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      why: 'In monitor mode the control only tells of traffic that is not encrypted, and lets it pass.',
      remedy: 'Set VpcEncryptionControl.Mode to enforce.',
      type: 'AWS::EC2::VPC',
      path: 'VpcEncryptionControl.Mode',
      expect: matches(/^enforce$/),
      absent: 'does not apply',
      passing: { CidrBlock: '10.20.0.0/16', VpcEncryptionControl: { Mode: 'enforce' } },
      failing: { CidrBlock: '10.20.0.0/16', VpcEncryptionControl: { Mode: 'monitor' } },
    },
  ]),
]
