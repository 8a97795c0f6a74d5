import { type AddressRange, rangeOf, sharedCount } from '../../network/address-range.ts'
import { opens, type Probe } from '../../network/exposure.ts'
import { rulesOf, ruleTypes, type SecurityRule } from '../../network/security-rule.ts'
import { Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { ports as citations } from './network-citations.ts'

// Administration, file transfer and databases, by IANA's registry of service names.
const ports = [20, 21, 22, 23, 445, 1433, 1521, 3306, 3389, 4333, 5432, 6379, 9200, 11_211, 27_017]
const probes: readonly Probe[] = ports.map((port) => ({ transport: 'tcp', port }))
// RFC 1918.
const privateRanges: readonly AddressRange[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((text) => rangeOf(text) ?? [])
/** A /16 is the widest range of a VPC ("VPC CIDR blocks", Amazon VPC User Guide): whoever opens as much or more means whole networks. */
const widest = 1n << 16n

const isWide = ({ peer }: SecurityRule): boolean => peer.ranges.some((range) => sharedCount([range], privateRanges) >= widest)

function judgeRule(rule: SecurityRule): Outcome {
  if (!isWide(rule)) return pass(rule.peerPath, rule.peerValue)
  const answers = probes.map((probe) => opens(rule, probe))
  const open = answers.indexOf(true)
  if (open >= 0) return fail(rule.peerPath, rule.peerValue, `Every machine of the range reaches port ${ports[open]}.`)
  const unknown = answers.find((answer) => answer instanceof Unknown)
  return unknown instanceof Unknown ? undecided(rule.peerPath, unknown.reason) : pass(rule.peerPath, rule.peerValue)
}

const group = (CidrIp: string): ResourceControl['passing'] => ({
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'Records',
      VpcId: 'vpc-1a2b3c4d',
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp, Description: 'Application' }],
    },
  },
})

/** Inside a private network too, doors to data are for those who need them. */
export const widePrivateRange: ResourceControl = {
  id: 'ec2-security-group-sensitive-ports-from-wide-range',
  title: 'Ports for administration and databases are not open to a whole private network',
  topic: 'network-exposure',
  severity: 'low',
  citations,
  why: 'One machine that falls, or one laptop on the network, reaches every database and every login of all the others.',
  remedy: 'Name the security group of the callers in SourceSecurityGroupId, or a range narrower than /16.',
  types: ruleTypes.ingress,
  judge: (resource, deployment) => rulesOf(resource, 'ingress', deployment).map(judgeRule),
  passing: group('10.20.30.0/24'),
  failing: group('10.0.0.0/8'),
}
