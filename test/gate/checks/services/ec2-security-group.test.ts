import { describe, expect, it } from 'vitest'
import { statusesOf, verdictsOf } from './network-judge.ts'

const ssh = 'ec2-security-group-ssh-from-internet'
const port22 = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }
const group = (...rules: readonly unknown[]) => ({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Staff', SecurityGroupIngress: rules } },
})
const standalone = (rule: Readonly<Record<string, unknown>>, GroupId: unknown = { Ref: 'Group' }) => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId, ...rule },
})

describe('SSH is open to the internet', () => {
  it.each([
    ['from every IPv4 address', { ...port22, CidrIp: '0.0.0.0/0' }],
    ['from every IPv6 address', { ...port22, CidrIpv6: '::/0' }],
    ['with ports as text', { ...port22, FromPort: '22', ToPort: '22', CidrIp: '0.0.0.0/0' }],
    ['with the protocol as a number', { ...port22, IpProtocol: 6, CidrIp: '0.0.0.0/0' }],
    ['with the protocol as digits', { ...port22, IpProtocol: '6', CidrIp: '0.0.0.0/0' }],
    ['inside a range of ports', { ...port22, FromPort: 20, ToPort: 30, CidrIp: '0.0.0.0/0' }],
    ['with every port', { ...port22, FromPort: 0, ToPort: 65_535, CidrIp: '0.0.0.0/0' }],
    ['with -1 for the ports', { ...port22, FromPort: -1, ToPort: -1, CidrIp: '0.0.0.0/0' }],
    ['with all protocols, whatever the ports say', { IpProtocol: '-1', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }],
    ['from half of it', { ...port22, CidrIp: '128.0.0.0/1' }],
    ['by a default of a parameter', { ...port22, CidrIp: { 'Fn::Sub': '0.0.0.0/0' } }],
  ])('%s', (_name, rule) => {
    expect(statusesOf(ssh, group(rule))).toEqual(['fail'])
  })

  it.each([
    ['from a private range', { ...port22, CidrIp: '10.0.0.0/8' }],
    ['from another group', { ...port22, SourceSecurityGroupId: 'sg-0123456789abcdef0' }],
    ['from a prefix list of somebody', { ...port22, SourcePrefixListId: 'pl-0123456789abcdef0' }],
    ['from one address that deployment knows', { ...port22, CidrIp: { 'Fn::Sub': ['${Office}/32', { Office: { Ref: 'Unseen' } }] } }],
    ['over UDP', { ...port22, IpProtocol: 'udp', CidrIp: '0.0.0.0/0' }],
    ['in the number of an ICMP type', { ...port22, IpProtocol: 'icmp', CidrIp: '0.0.0.0/0' }],
    ['but another port is', { ...port22, FromPort: 23, ToPort: 24, CidrIp: '0.0.0.0/0' }],
  ])('not %s', (_name, rule) => {
    expect(statusesOf(ssh, group(rule))).toEqual(['pass'])
  })

  it.each([
    ['the range', { ...port22, CidrIp: { Ref: 'Unseen' } }],
    ['the port', { ...port22, FromPort: { Ref: 'Unseen' }, CidrIp: '0.0.0.0/0' }],
    ['the protocol', { ...port22, IpProtocol: { Ref: 'Unseen' }, CidrIp: '0.0.0.0/0' }],
    ['the prefix of a range', { ...port22, CidrIp: { 'Fn::Sub': '10.0.0.0/${Unseen}' } }],
  ])('or not, when deployment decides %s', (_name, rule) => {
    expect(statusesOf(ssh, group(rule))).toEqual(['undecided'])
  })

  it('by two rules together, though not by one of them', () => {
    const half = (CidrIp: string) => ({ ...port22, CidrIp })
    expect(verdictsOf(ssh, group(half('0.0.0.0/4'), half('64.0.0.0/4')))).toEqual([
      'fail SecurityGroupIngress.0.CidrIp',
      'fail SecurityGroupIngress.1.CidrIp',
    ])
    const sixteenth = Array.from({ length: 40 }, (_, index) => half(`${index * 4 + 60}.0.0.0/9`))
    expect(verdictsOf(ssh, group(...sixteenth))).toEqual(['fail SecurityGroupIngress'])
  })

  it('by rules that stand outside of the group, told once and where it is written', () => {
    const alone = { ...group(), Rule: standalone({ ...port22, CidrIp: '0.0.0.0/0' }) }
    expect(verdictsOf(ssh, alone)).toEqual(['pass SecurityGroupIngress', 'fail CidrIp'])
    const shared = { ...group({ ...port22, CidrIp: '52.0.0.0/8' }), Rule: standalone({ ...port22, CidrIp: '54.0.0.0/8' }) }
    expect(verdictsOf(ssh, shared)).toEqual(['fail SecurityGroupIngress', 'pass CidrIp'])
  })

  it('by rules of a group that the template does not make', () => {
    const rule = (CidrIp: string) => standalone({ ...port22, CidrIp }, 'sg-0123456789abcdef0')
    expect(verdictsOf(ssh, { One: rule('52.0.0.0/8'), Other: rule('54.0.0.0/8') })).toEqual(['fail CidrIp', 'fail CidrIp'])
    expect(verdictsOf(ssh, { One: rule('52.0.0.0/8'), Other: rule('10.0.0.0/8') })).toEqual(['pass CidrIp', 'pass CidrIp'])
  })

  it('by a prefix list of the template that holds everything', () => {
    const list = (Cidr: string) => ({
      Type: 'AWS::EC2::PrefixList',
      Properties: { PrefixListName: 'staff', AddressFamily: 'IPv4', MaxEntries: 1, Entries: [{ Cidr }] },
    })
    const rule = group({ ...port22, SourcePrefixListId: { Ref: 'List' } })
    expect(statusesOf(ssh, { ...rule, List: list('0.0.0.0/0') })).toEqual(['fail'])
    expect(statusesOf(ssh, { ...rule, List: list('203.0.113.0/24') })).toEqual(['pass'])
  })

  it('also where the rules are one map and no list', () => {
    const one = {
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'Staff', SecurityGroupIngress: { ...port22, CidrIp: '0.0.0.0/0' } },
      },
    }
    expect(verdictsOf(ssh, one)).toEqual(['fail SecurityGroupIngress.CidrIp'])
  })
})

describe('A rule that opens every port', () => {
  const everything = group({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' })

  it('fails the control on it, and those on SSH and Remote Desktop', () => {
    for (const id of ['all-ports', 'ssh', 'rdp']) expect(statusesOf(`ec2-security-group-${id}-from-internet`, everything)).toEqual(['fail'])
  })

  it('is not told again of each other port', () => {
    expect(statusesOf('ec2-security-group-database-from-internet', everything)).toEqual([])
  })
})

describe('What leaves a group', () => {
  const all = 'ec2-security-group-egress-all-to-internet'
  const bare = { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Staff' } } }

  it('is everything, where no egress rule is written', () => {
    expect(statusesOf(all, bare)).toEqual(['fail'])
  })

  it('is what a rule outside of the group says, which takes the place of the default', () => {
    const rule = {
      Type: 'AWS::EC2::SecurityGroupEgress',
      Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
    }
    expect(statusesOf(all, { ...bare, Rule: rule })).toEqual(['pass'])
  })
})

describe('Web ports that are open to the internet', () => {
  const web = group({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' })
  const balancer = (Scheme: string) => ({
    Balancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Scheme, Subnets: ['subnet-1', 'subnet-2'], SecurityGroups: [{ Ref: 'Group' }] },
    },
  })

  it('are meant to be, at a load balancer that faces it', () => {
    const id = 'ec2-security-group-web-from-internet'
    expect(statusesOf(id, web)).toEqual(['fail'])
    expect(statusesOf(id, { ...web, ...balancer('internet-facing') })).toEqual(['pass'])
    expect(statusesOf(id, { ...web, ...balancer('internal') })).toEqual(['fail'])
  })
})
