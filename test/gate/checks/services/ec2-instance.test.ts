import { describe, expect, it, test } from 'vitest'
import { judgeResource } from '../../../../lib/gate/checks/judge-resource.ts'
import { networkControls } from '../../../../lib/gate/checks/services/network.ts'
import { deploymentOf } from '../judge-example.ts'

type Properties = Readonly<Record<string, unknown>>

const subnet = (more: Properties = {}) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', ...more } })
const sections = {
  Parameters: {
    Given: { Type: 'AWS::EC2::Subnet::Id' },
    Gives: { Type: 'String' },
    Linux: {
      Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    },
    OldLinux: {
      Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      Default: '/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2',
    },
  },
}
const subnets = {
  Open: subnet({ MapPublicIpOnLaunch: true }),
  Closed: subnet(),
  Chosen: subnet({ MapPublicIpOnLaunch: { Ref: 'Gives' } }),
}

/** What a control says of the resource `Judged`, each status once. */
function saidOf(id: string, Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties }>>): string {
  const control = networkControls.find((one) => one.id === id)
  if (control === undefined) throw new Error(`There is no control ${id}.`)
  const deployment = deploymentOf({ ...sections, Resources: { ...subnets, ...Resources } })
  const judged = [...deployment.all].filter(({ logicalId }) => logicalId === 'Judged')
  return [...new Set(judged.flatMap((resource) => judgeResource(control, resource, deployment)).map(({ status }) => status))].join(' ')
}

const address = 'ec2-instance-public-address'
const by = (more: Properties) => ({ DeviceIndex: '0', ...more })

describe('An instance has', () => {
  const machine = (Properties: Properties) => ({ Judged: { Type: 'AWS::EC2::Instance', Properties } })

  test.each<[string, Properties, string]>([
    ['a public address in a subnet that gives one', { SubnetId: { Ref: 'Open' } }, 'fail'],
    ['none in a subnet that gives none', { SubnetId: { Ref: 'Closed' } }, 'pass'],
    ['perhaps one in a subnet of which a parameter decides', { SubnetId: { Ref: 'Chosen' } }, 'undecided'],
    ['perhaps one in a subnet that is a parameter', { SubnetId: { Ref: 'Given' } }, 'undecided'],
    ['perhaps one in a subnet of elsewhere', { SubnetId: 'subnet-0123456789abcdef0' }, 'undecided'],
    [
      'none where its interface refuses it',
      { NetworkInterfaces: [by({ SubnetId: { Ref: 'Given' }, AssociatePublicIpAddress: false })] },
      'pass',
    ],
    [
      'one where its interface asks for it',
      { NetworkInterfaces: [by({ SubnetId: { Ref: 'Closed' }, AssociatePublicIpAddress: true })] },
      'fail',
    ],
    [
      'the addresses of an interface that exists already',
      { NetworkInterfaces: [by({ NetworkInterfaceId: { Ref: 'Interface' } })] },
      'pass',
    ],
    ['nothing to say of its address without any subnet, which fails elsewhere', {}, ''],
    ['none without any subnet where its interface refuses it', { NetworkInterfaces: [by({ AssociatePublicIpAddress: 'false' })] }, 'pass'],
  ])('%s', (_name, properties, status) => {
    expect(saidOf(address, machine(properties))).toBe(status)
  })

  it.each<[string, Properties, string]>([
    ['none where its launch template refuses it', { NetworkInterfaces: [by({ AssociatePublicIpAddress: false })] }, 'pass'],
    ['nothing to say of it where its launch template says nothing', { ImageId: 'ami-1' }, ''],
    ['one that its launch template is told of', { NetworkInterfaces: [by({ AssociatePublicIpAddress: true })] }, ''],
  ])('%s', (_name, LaunchTemplateData, status) => {
    const template = { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } } }
    expect(saidOf(address, { ...template, ...machine({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } }) })).toBe(status)
  })

  it('perhaps one where its launch template is made elsewhere', () => {
    expect(saidOf(address, machine({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0' } }))).toBe('undecided')
  })

  it.each([
    ['no subnet where its interface names none', by({}), 'fail'],
    ['a subnet where its interface names it', by({ SubnetId: { Ref: 'Given' } }), 'pass'],
    ['a subnet where its interface exists already', by({ NetworkInterfaceId: 'eni-0123456789abcdef0' }), 'pass'],
  ])('%s', (_name, one, status) => {
    expect(saidOf('ec2-instance-in-vpc', machine({ NetworkInterfaces: [one] }))).toBe(status)
  })

  it.each([
    ['perhaps a metadata service with tokens, on Amazon Linux 2023', { Ref: 'Linux' }, 'undecided'],
    [
      'perhaps one, on Amazon Linux 2023 by a dynamic reference',
      '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64}}',
      'undecided',
    ],
    ['a metadata service without tokens, on Amazon Linux 2', { Ref: 'OldLinux' }, 'fail'],
  ])('%s', (_name, ImageId, status) => {
    expect(saidOf('ec2-instance-metadata-v2', machine({ ImageId }))).toBe(status)
    expect(saidOf('ec2-instance-metadata-v2', machine({ ImageId, MetadataOptions: { HttpTokens: 'optional' } }))).toBe('fail')
  })
})

describe('What a group launches, where nothing but its subnets decides,', () => {
  const configured = (properties: Properties) => ({
    Judged: { Type: 'AWS::AutoScaling::LaunchConfiguration' },
    Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchConfigurationName: { Ref: 'Judged' }, ...properties } },
  })
  const templated = (properties: Properties, LaunchTemplateData: Properties = {}) => ({
    Judged: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Judged' }, Version: '1' }, ...properties },
    },
  })

  it.each<[string, Properties, string]>([
    ['has public addresses in subnets of which one gives them', { VPCZoneIdentifier: [{ Ref: 'Closed' }, { Ref: 'Open' }] }, 'fail'],
    ['has none in subnets that give none', { VPCZoneIdentifier: [{ Ref: 'Closed' }] }, 'pass'],
    ['has perhaps some in subnets that are not known', { VPCZoneIdentifier: [{ Ref: 'Closed' }, { Ref: 'Given' }] }, 'undecided'],
    ['has public addresses without subnets', { AvailabilityZones: ['us-east-1a'] }, 'fail'],
  ])('%s', (_name, properties, status) => {
    expect(saidOf(address, configured(properties))).toBe(status)
    expect(saidOf(address, templated(properties))).toBe(status)
  })

  it('has none where the template refuses them', () => {
    const refusing = { NetworkInterfaces: [by({ AssociatePublicIpAddress: false })] }
    expect(saidOf(address, templated({ VPCZoneIdentifier: [{ Ref: 'Open' }] }, refusing))).toBe('pass')
  })

  it('has public addresses by a launch configuration that no group shows, and perhaps none by such a template', () => {
    expect(saidOf(address, { Judged: { Type: 'AWS::AutoScaling::LaunchConfiguration' } })).toBe('fail')
    expect(saidOf(address, { Judged: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: {} } } })).toBe('pass')
  })
})

describe('An elastic address', () => {
  it.each<[string, string, Properties, string]>([
    ['on an instance fails', 'EIPAssociation', { InstanceId: { Ref: 'Machine' } }, 'fail'],
    ['on a network interface fails', 'EIPAssociation', { NetworkInterfaceId: { Ref: 'Interface' } }, 'fail'],
    ['on a network interface that is not known is undecided', 'EIPAssociation', { NetworkInterfaceId: { Ref: 'Given' } }, 'undecided'],
    ['of nothing passes', 'EIP', { Domain: 'vpc' }, 'pass'],
  ])('%s', (_name, type, properties, status) => {
    expect(saidOf('ec2-eip-not-on-instance', { Judged: { Type: `AWS::EC2::${type}`, Properties: properties } })).toBe(status)
  })
})
