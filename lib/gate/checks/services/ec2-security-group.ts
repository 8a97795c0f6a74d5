import { Reference } from '../../template/value.ts'
import { fail, pass, type ResourceControl } from '../control.ts'
import { matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { securityGroupPortControls } from './ec2-security-group-ports.ts'
import { securityGroupRuleControls } from './ec2-security-group-rules.ts'
import { givenControls } from './given-settings.ts'
import { widePrivateRange } from './wide-private-ranges.ts'

const ruleOn = (group: unknown) => ({
  Rule: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: group, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.20.0.0/16', Description: 'Staff' },
  },
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.20.0.0/16' } },
})

/** The default group stays empty: whatever forgets to name a group lands in it. */
const defaultGroupUnused: ResourceControl = {
  id: 'ec2-default-security-group-no-rules',
  title: 'No rule is added to the default security group of a VPC',
  topic: 'network-exposure',
  severity: 'medium',
  citations: ['164.312(e)(1)'],
  why: 'Whatever is launched without naming a security group stands in the default one, and gets what was opened there.',
  remedy: 'Make a security group for the purpose and name it in GroupId.',
  types: ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'],
  judge: (resource) => {
    const group = resource.get('GroupId')
    const isDefault = group instanceof Reference && group.attribute === 'DefaultSecurityGroup'
    return isDefault ? fail('GroupId', group) : pass('GroupId', group)
  },
  passing: ruleOn('sg-0123456789abcdef0'),
  failing: ruleOn({ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }),
}

/** Controls on security groups and their rules. */
export const ec2SecurityGroupControls: readonly ResourceControl[] = [
  ...securityGroupPortControls,
  ...securityGroupRuleControls,
  defaultGroupUnused,
  widePrivateRange,
  ...givenControls([
    {
      id: 'ec2-security-group-in-own-vpc',
      title: 'Security groups name the VPC they belong to',
      topic: 'network-exposure',
      severity: 'low',
      citations: ['164.312(e)(1)'],
      why: 'Without a VPC the group is made in the account’s default one, whose subnets give every machine a public address.',
      remedy: 'Set VpcId.',
      type: 'AWS::EC2::SecurityGroup',
      path: 'VpcId',
      passing: { GroupDescription: 'Web servers of the patient portal', VpcId: 'vpc-1a2b3c4d' },
      failing: { GroupDescription: 'Web servers of the patient portal' },
    },
  ]),
  ...propertyControls([
    {
      id: 'ec2-security-group-described',
      title: 'Security groups say in their description what they are for',
      topic: 'network-exposure',
      severity: 'low',
      citations: [],
      why: 'Who reviews a network reads descriptions first; a group that nobody can place is left open for fear of breaking something.',
      remedy: 'Write the purpose in GroupDescription.',
      type: 'AWS::EC2::SecurityGroup',
      path: 'GroupDescription',
      expect: matches(/\S.*\S/s),
      absent: 'fails',
      passing: { GroupDescription: 'Web servers of the patient portal', VpcId: 'vpc-1a2b3c4d' },
      failing: { GroupDescription: ' ' },
    },
  ]),
]
