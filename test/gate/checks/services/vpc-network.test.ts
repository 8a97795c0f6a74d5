import { describe, expect, it } from 'vitest'
import type { ExampleResources } from '../../../../lib/gate/checks/control.ts'
import { statusesOf, verdictsOf } from './network-judge.ts'

const route = (properties: Readonly<Record<string, unknown>>) => ({
  Type: 'AWS::EC2::Route',
  Properties: { RouteTableId: { Ref: 'Table' }, ...properties },
})
const gateway = { Gateway: { Type: 'AWS::EC2::InternetGateway' } }

describe('A route to an internet gateway', () => {
  const id = 'vpc-route-to-internet-gateway'

  it.each<[string, string, ExampleResources]>([
    ['of everything fails', 'fail', { ...gateway, Route: route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Gateway' } }) }],
    [
      'of every IPv6 address fails',
      'fail',
      { ...gateway, Route: route({ DestinationIpv6CidrBlock: '::/0', GatewayId: { Ref: 'Gateway' } }) },
    ],
    [
      'of one network passes',
      'pass',
      { ...gateway, Route: route({ DestinationCidrBlock: '203.0.113.0/24', GatewayId: { Ref: 'Gateway' } }) },
    ],
    [
      'that is none, but a VPN gateway, passes',
      'pass',
      { Gateway: { Type: 'AWS::EC2::VPNGateway' }, Route: route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Gateway' } }) },
    ],
    [
      'that is not known to be a virtual private gateway fails',
      'fail',
      { Route: route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Unseen' } }) },
    ],
  ])('%s', (_name, status, resources) => {
    expect(statusesOf(id, resources)).toEqual([status])
  })

  it('is of everything, when the routes of a table add up to it', () => {
    const half = (DestinationCidrBlock: string) => route({ DestinationCidrBlock, GatewayId: { Ref: 'Gateway' } })
    expect(statusesOf(id, { ...gateway, One: half('52.0.0.0/8'), Other: half('54.0.0.0/8') })).toEqual(['fail'])
  })
})

describe('An entry of a network ACL', () => {
  const id = 'vpc-network-acl-ssh-from-internet'
  const entry = (properties: Readonly<Record<string, unknown>>) => ({
    Type: 'AWS::EC2::NetworkAclEntry',
    Properties: {
      NetworkAclId: { Ref: 'Acl' },
      RuleNumber: 100,
      RuleAction: 'allow',
      Protocol: '6',
      CidrBlock: '0.0.0.0/0',
      ...properties,
    },
  })

  it('that lets SSH in fails, and one that lets it out has nothing to do with it', () => {
    expect(statusesOf(id, { Entry: entry({ PortRange: { From: 1, To: 1024 } }) })).toEqual(['fail'])
    expect(statusesOf(id, { Entry: entry({ Egress: true, PortRange: { From: 22, To: 22 } }) })).toEqual([])
  })

  it('comes too late after one that refuses the same', () => {
    const deny = (RuleNumber: number) => entry({ RuleNumber, RuleAction: 'deny', PortRange: { From: 22, To: 22 } })
    const allow = entry({ Protocol: -1 })
    expect(verdictsOf(id, { Deny: deny(90), Allow: allow })).toEqual(['pass CidrBlock', 'pass CidrBlock'])
    expect(statusesOf(id, { Deny: deny(110), Allow: allow })).toEqual(['pass', 'fail'])
  })
})

describe('An instance', () => {
  const launched = (data: Readonly<Record<string, unknown>>, own: Readonly<Record<string, unknown>> = {}) => ({
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: data } },
    Machine: {
      Type: 'AWS::EC2::Instance',
      Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' }, ...own },
    },
  })
  const metadata = 'ec2-instance-metadata-v2'

  it('takes its metadata options from its launch template', () => {
    expect(verdictsOf(metadata, launched({ MetadataOptions: { HttpTokens: 'required' } }))).toEqual([
      'pass LaunchTemplateData.MetadataOptions.HttpTokens',
      'pass LaunchTemplate',
    ])
  })

  it('is not told what its launch template is told already', () => {
    expect(verdictsOf(metadata, launched({}))).toEqual(['fail LaunchTemplateData.MetadataOptions.HttpTokens'])
  })

  it('answers for what it says itself', () => {
    const resources = launched({ MetadataOptions: { HttpTokens: 'required' } }, { MetadataOptions: { HttpTokens: 'optional' } })
    expect(statusesOf(metadata, resources)).toEqual(['pass', 'fail'])
  })

  it('has a public address where its subnet gives one and it does not refuse', () => {
    const subnet = {
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: true } },
    }
    const machine = (properties: Readonly<Record<string, unknown>>) => ({
      ...subnet,
      Machine: { Type: 'AWS::EC2::Instance', Properties: properties },
    })
    const id = 'ec2-instance-public-address'
    expect(statusesOf(id, machine({ SubnetId: { Ref: 'Subnet' } }))).toEqual(['fail'])
    expect(
      statusesOf(
        id,
        machine({ NetworkInterfaces: [{ SubnetId: { Ref: 'Subnet' }, AssociatePublicIpAddress: 'false', DeviceIndex: '0' }] }),
      ),
    ).toEqual(['pass'])
  })
})

describe('TLS of a load balancer', () => {
  it.each([
    ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'pass'],
    ['ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09', 'pass'],
    ['ELBSecurityPolicy-FS-1-2-Res-2020-10', 'pass'],
    ['ELBSecurityPolicy-TLS-1-2-Ext-2018-06', 'pass'],
    ['ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', 'fail'],
    ['ELBSecurityPolicy-TLS13-1-1-2021-06', 'fail'],
    ['ELBSecurityPolicy-FS-1-1-2019-08', 'fail'],
    ['ELBSecurityPolicy-FS-2018-06', 'fail'],
    ['ELBSecurityPolicy-2016-08', 'fail'],
    [undefined, 'fail'],
  ])('of %s: %s', (SslPolicy, status) => {
    const Listener = {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: 'arn',
        Protocol: 'HTTPS',
        Port: 443,
        DefaultActions: [],
        ...(SslPolicy !== undefined && { SslPolicy }),
      },
    }
    expect(statusesOf('elb-tls-policy', { Listener })).toEqual([status])
  })

  it('is not reached by a redirect that keeps the protocol', () => {
    const listener = (RedirectConfig: Readonly<Record<string, unknown>>) => ({
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: { LoadBalancerArn: 'arn', Protocol: 'HTTP', Port: 80, DefaultActions: [{ Type: 'redirect', RedirectConfig }] },
      },
    })
    expect(statusesOf('elb-listener-encrypted', listener({ Protocol: 'HTTPS', StatusCode: 'HTTP_301' }))).toEqual(['pass'])
    expect(statusesOf('elb-listener-encrypted', listener({ Host: 'www.clinic.example', StatusCode: 'HTTP_301' }))).toEqual(['fail'])
  })
})

describe('A load balancer', () => {
  const balancer = (Type: string) => ({ Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type } } })
  const listener = (Protocol: unknown) => ({
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Protocol, Port: 443, DefaultActions: [] },
    },
  })
  const source = (LogType: string) => ({
    Source: { Type: 'AWS::Logs::DeliverySource', Properties: { Name: 'log', ResourceArn: { Ref: 'Balancer' }, LogType } },
  })
  const unknown = { 'Fn::ImportValue': 'protocol' }

  it.each<[string, string[], ExampleResources]>([
    ['of applications needs an access log', ['fail'], { ...balancer('application'), ...listener('HTTP') }],
    ['of networks needs one where it listens to TLS', ['fail'], { ...balancer('network'), ...listener('TLS') }],
    ['of networks has none where it listens to TCP only', [], { ...balancer('network'), ...listener('TCP') }],
    ['of networks may need one where its listener is not known', ['undecided'], { ...balancer('network'), ...listener(unknown) }],
    ['of networks needs one where its listeners are made elsewhere', ['fail'], balancer('network')],
    ['may send it by CloudWatch Logs', ['pass'], { ...balancer('application'), ...source('ALB_ACCESS_LOGS') }],
    ['needs it beside a log of connections', ['fail'], { ...balancer('application'), ...source('ALB_CONNECTION_LOGS') }],
  ])('%s', (_name, statuses, resources) => {
    expect(statusesOf('elb-access-log', resources)).toEqual(statuses)
  })

  it.each([
    ['passes TLS on to its targets untouched', 443, 'TCP', 'pass'],
    ['reaches targets in the clear on another port', 80, 'TCP', 'fail'],
    ['reaches targets in the clear by HTTP on the port of HTTPS', 443, 'HTTP', 'fail'],
  ])('%s', (_name, Port, Protocol, status) => {
    const Targets = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port, Protocol, VpcId: 'vpc-1' } }
    expect(statusesOf('elb-target-encrypted', { Targets })).toEqual([status])
  })
})

describe('A VPC without a flow log', () => {
  const subnet = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } }
  const log = (Ref: string) => ({ Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: { Ref }, ResourceType: 'Subnet' } })
  const network = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } }, One: subnet, Other: subnet }

  it('passes where each of its subnets has one', () => {
    expect(statusesOf('vpc-flow-log', { ...network, OfOne: log('One'), OfOther: log('Other') })).toEqual(['pass'])
  })

  it('fails where one of its subnets has none', () => {
    expect(statusesOf('vpc-flow-log', { ...network, OfOne: log('One') })).toEqual(['fail'])
  })
})
