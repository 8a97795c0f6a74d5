import type { Probe } from '../../network/exposure.ts'
import { isEveryPort, type PortSpan } from '../../network/ports.ts'
import { addedRules, type Direction, rulesOf, ruleTypes, type SecurityRule } from '../../network/security-rule.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { listOf, Reference, Unknown } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { judgePorts, listProperty, rulesAround } from './ec2-security-group-exposure.ts'
import { ports as citations } from './network-citations.ts'

type Rule = Readonly<Record<string, unknown>>

interface RuleControl extends Omit<ControlText, 'topic' | 'citations'> {
  readonly direction: Direction
  readonly judge: ResourceControl['judge']
  /** A rule of a security group that passes, and one that fails. */
  readonly good: Rule
  readonly bad: Rule
}

const ruleControl = ({ direction, judge, good, bad, ...text }: RuleControl): ResourceControl => ({
  ...text,
  topic: 'network-exposure',
  citations,
  types: ruleTypes[direction],
  judge,
  passing: groupWith(direction, good),
  failing: groupWith(direction, bad),
})

const groupWith = (direction: Direction, rule: Rule): ResourceControl['passing'] => ({
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'Clinic service',
      VpcId: 'vpc-1a2b3c4d',
      [listProperty[direction]]: [{ Description: 'Clinic staff', ...rule }],
    },
  },
})

const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }
const office = { ...https, CidrIp: '10.20.0.0/16' }
const world = { ...https, CidrIp: '0.0.0.0/0' }
const everything = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }

const isWide = ({ transport, span }: SecurityRule): boolean =>
  transport === 'any' || (hasPorts(transport) && !(span instanceof Unknown) && isEveryPort(span))

const mayBeWide = ({ transport, span }: SecurityRule): boolean => transport instanceof Unknown || span instanceof Unknown

const hasPorts = (transport: SecurityRule['transport']): boolean => transport === 'tcp' || transport === 'udp'

/** Tries one port of what each rule opens. */
const probesOf = (rules: readonly SecurityRule[], portIn: (span: PortSpan) => number | undefined = ({ from }) => from): readonly Probe[] =>
  rules.flatMap(({ transport, span }): Probe[] => {
    if (transport instanceof Unknown || span instanceof Unknown) return [{ transport: 'tcp', port: 1 }]
    const port = portIn(span)
    return port === undefined ? [] : [{ transport: transport === 'any' ? 'tcp' : transport, port }]
  })

/** The first port of a span that is not one of the web's. */
const notWeb = ({ from, to }: PortSpan): number | undefined =>
  Array.from({ length: 3 }, (_, step) => from + step).find((port) => port <= to && port !== 80 && port !== 443)

/** Whether a load balancer that faces the internet stands in this group: then the web's ports are meant to be open. */
function isFrontDoor(resource: Resource, deployment: Deployment): boolean {
  const group = resource.type === 'AWS::EC2::SecurityGroup' ? resource : deployment.resourceOf(resource.get('GroupId'))
  if (group === undefined) return false
  const types = ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer']
  return types
    .flatMap((type) => deployment.referring(group, type, 'SecurityGroups.*').certain)
    .some((balancer) => balancer.get('Scheme') !== 'internal')
}

const eachRule =
  (direction: Direction, property: keyof Rule & string, isRight: (rule: SecurityRule) => boolean | Unknown): ResourceControl['judge'] =>
  (resource, deployment) =>
    rulesOf(resource, direction, deployment).map((rule): Outcome => {
      const right = isRight(rule)
      const path = rule.path === '' ? property : `${rule.path}.${property}`
      const value = rule.resource.get(path)
      if (right instanceof Unknown) return undecided(path, right.reason)
      return right ? pass(path, value) : fail(path, value)
    })

const singlePort = ({ transport, span }: SecurityRule): boolean | Unknown => {
  if (transport instanceof Unknown || !hasPorts(transport)) return transport instanceof Unknown ? transport : true
  return span instanceof Unknown ? span : span.from === span.to
}

const described = ({ description }: SecurityRule): boolean | Unknown => {
  if (description instanceof Unknown) return description
  return description instanceof Reference || (description !== undefined && description !== null && String(description).trim() !== '')
}

/** Groups as other names of the members of a network are fine; ranges are not. */
const oneProtocol = ({ transport, peer }: SecurityRule): boolean | Unknown => {
  if (transport instanceof Unknown) return transport
  return transport !== 'any' || (peer.ranges.length === 0 && peer.unknown === undefined)
}

function judgeEgress(resource: Resource, deployment: Deployment, wide: boolean): Outcome | readonly Outcome[] {
  const rules = rulesAround(resource, 'egress', deployment)
  const isGroup = resource.type === 'AWS::EC2::SecurityGroup'
  // Without an egress rule EC2 gives a group of a VPC one that lets everything out ("Control traffic to your AWS resources using security
  // groups").
  if (isGroup && rules.length === 0 && addedRules(resource, 'egress', deployment).length === 0) {
    const message = 'It writes no egress rule, so EC2 adds one that lets everything out to everywhere.'
    return wide ? fail('SecurityGroupEgress', undefined, message) : []
  }
  const judged = rules.filter((rule) => isWide(rule) === wide || rule.transport instanceof Unknown)
  const outcomes = judgePorts(resource, 'egress', judged, probesOf(judged))
  return judged.length === 0 && !wide && listOf(resource.get('SecurityGroupEgress')).length > 0 ? [] : outcomes
}

/** Controls on what rules of security groups allow, whatever the port. */
export const securityGroupRuleControls: readonly ResourceControl[] = [
  ruleControl({
    id: 'ec2-security-group-all-ports-from-internet',
    title: 'No security group opens every port to the internet',
    severity: 'critical',
    why: 'Every service on the machine, those nobody thinks of included, is offered to every scanner there is.',
    remedy: 'Replace the rule by rules for single ports, with IpProtocol, FromPort and ToPort, from the groups or ranges that need them.',
    direction: 'ingress',
    judge: (resource, deployment) => {
      const wide = rulesAround(resource, 'ingress', deployment).filter((rule) => isWide(rule) || mayBeWide(rule))
      return judgePorts(resource, 'ingress', wide, probesOf(wide))
    },
    good: office,
    bad: everything,
  }),
  ruleControl({
    id: 'ec2-security-group-only-web-from-internet',
    title: 'Security groups open no port but 80 and 443 to the internet',
    severity: 'medium',
    why: 'Only web services are made to be met by strangers; anything else on the open internet is attacked where it is weakest.',
    remedy: 'Narrow CidrIp or CidrIpv6 of the rule to those who need the port, or name their security group.',
    direction: 'ingress',
    judge: (resource, deployment) => {
      const rules = rulesAround(resource, 'ingress', deployment).filter(({ transport }) => hasPorts(transport) || transport === 'any')
      const narrow = rules.filter((rule) => !isWide(rule))
      const outcomes = judgePorts(resource, 'ingress', narrow, probesOf(narrow, notWeb))
      return narrow.length < rules.length && outcomes.every(({ status }) => status === 'pass') ? [] : outcomes
    },
    good: world,
    bad: { ...world, FromPort: 7070, ToPort: 7070 },
  }),
  ruleControl({
    id: 'ec2-security-group-web-from-internet',
    title: 'The internet reaches web ports at a load balancer only',
    severity: 'low',
    why: 'A web server that strangers reach directly stands or falls with its own patches; a load balancer can carry a firewall.',
    remedy: 'Let in the security group of the load balancer by SourceSecurityGroupId, in place of CidrIp or CidrIpv6.',
    direction: 'ingress',
    judge: (resource, deployment) => {
      if (isFrontDoor(resource, deployment)) return pass(listProperty.ingress, resource.get(listProperty.ingress))
      const rules = rulesAround(resource, 'ingress', deployment)
      const narrow = rules.filter((rule) => !isWide(rule))
      const outcomes = judgePorts(
        resource,
        'ingress',
        narrow,
        [80, 443].map((port) => ({ transport: 'tcp', port })),
      )
      return narrow.length < rules.length && outcomes.every(({ status }) => status === 'pass') ? [] : outcomes
    },
    good: office,
    bad: world,
  }),
  ruleControl({
    id: 'ec2-security-group-icmp-from-internet',
    title: 'Security groups do not answer ICMP from the internet',
    severity: 'low',
    why: 'Answers to pings tell scanners which addresses are worth an attack.',
    remedy: 'Remove the rule for icmp or icmpv6, or narrow its CidrIp.',
    direction: 'ingress',
    judge: (resource, deployment) => {
      const rules = rulesAround(resource, 'ingress', deployment).filter(({ transport }) => transport === 'icmp')
      return judgePorts(resource, 'ingress', rules, [{ transport: 'icmp', port: 0 }])
    },
    good: office,
    bad: { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, CidrIp: '0.0.0.0/0' },
  }),
  ruleControl({
    id: 'ec2-security-group-ingress-single-port',
    title: 'Ingress rules open one port each, not a range',
    severity: 'low',
    why: 'A range opens ports that nothing listens on today, and whatever listens there tomorrow is reachable without anybody deciding it.',
    remedy: 'Write one rule for each port, with FromPort equal to ToPort.',
    direction: 'ingress',
    judge: eachRule('ingress', 'FromPort', singlePort),
    good: office,
    bad: { ...office, FromPort: 8000, ToPort: 9000 },
  }),
  ruleControl({
    id: 'ec2-security-group-egress-single-port',
    title: 'Egress rules open one port each, not a range',
    severity: 'low',
    why: 'Ranges of ports out of a group leave an intruder room for a channel of their own.',
    remedy: 'Write one rule for each port, with FromPort equal to ToPort.',
    direction: 'egress',
    judge: eachRule('egress', 'FromPort', singlePort),
    good: office,
    bad: { ...office, FromPort: 8000, ToPort: 9000 },
  }),
  ruleControl({
    id: 'ec2-security-group-ingress-one-protocol',
    title: 'Ingress rules from ranges of addresses name their protocol',
    severity: 'medium',
    why: 'A rule for every protocol lets each machine in the range try each service of this one, so one infected machine is enough to move on.',
    remedy: 'Name tcp or udp in IpProtocol and the port that is needed.',
    direction: 'ingress',
    judge: eachRule('ingress', 'IpProtocol', oneProtocol),
    good: office,
    bad: { IpProtocol: '-1', CidrIp: '10.0.0.0/8' },
  }),
  ruleControl({
    id: 'ec2-security-group-egress-all-to-internet',
    title: 'Security groups do not let everything out to the internet',
    severity: 'medium',
    why: 'An intruder who may connect anywhere on any port carries patient data off and calls home without being noticed.',
    remedy: 'Write SecurityGroupEgress with the ports and targets that are needed; without it, EC2 lets everything out.',
    direction: 'egress',
    judge: (resource, deployment) => judgeEgress(resource, deployment, true),
    good: office,
    bad: everything,
  }),
  ruleControl({
    id: 'ec2-security-group-egress-to-internet',
    title: 'Egress rules name their targets, not the whole internet',
    severity: 'low',
    why: 'A single port to everywhere is enough to carry data off: most malware speaks HTTPS.',
    remedy: 'Name a range, a prefix list or a security group as the target, and reach AWS services through VPC endpoints.',
    direction: 'egress',
    judge: (resource, deployment) => judgeEgress(resource, deployment, false),
    good: office,
    bad: world,
  }),
  ruleControl({
    id: 'ec2-security-group-ingress-described',
    title: 'Each ingress rule says in its description what it is for',
    severity: 'low',
    why: 'A rule that nobody can explain is never removed, and a reviewer cannot tell an exception from a mistake.',
    remedy: 'Write a Description for the rule.',
    direction: 'ingress',
    judge: eachRule('ingress', 'Description', described),
    good: office,
    bad: { ...office, Description: '' },
  }),
  ruleControl({
    id: 'ec2-security-group-egress-described',
    title: 'Each egress rule says in its description what it is for',
    severity: 'low',
    why: 'A way out that nobody can explain is never closed.',
    remedy: 'Write a Description for the rule.',
    direction: 'egress',
    judge: eachRule('egress', 'Description', described),
    good: office,
    bad: { ...office, Description: '' },
  }),
]
