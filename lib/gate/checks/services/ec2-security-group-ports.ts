import type { Probe } from '../../network/exposure.ts'
import { isEveryPort } from '../../network/ports.ts'
import { ruleTypes, type SecurityRule } from '../../network/security-rule.ts'
import { Unknown } from '../../template/value.ts'
import type { Severity } from '../../verdict.ts'
import type { ResourceControl } from '../control.ts'
import { judgePorts, rulesAround } from './ec2-security-group-exposure.ts'
import { ports as citations } from './network-citations.ts'

/** Ports that serve one purpose. */
interface PortFamily {
  /** End of the control's id. */
  readonly id: string
  /** Subject of "... are not open to the internet". */
  readonly what: string
  readonly severity: Severity
  readonly ports: readonly number[]
  /** Transports it is spoken over; TCP alone without it. */
  readonly udp?: true
  readonly why: string
}

const span = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** SSH and RDP are looked for by name, also where every port is open. */
const administration: readonly PortFamily[] = [
  {
    id: 'ssh',
    what: 'SSH (port 22) is',
    severity: 'high',
    ports: [22],
    why: 'Every open SSH port is found within minutes and tried with stolen keys and guessed passwords; one that fits is a shell.',
  },
  {
    id: 'rdp',
    what: 'Remote Desktop (port 3389) is',
    severity: 'high',
    ports: [3389],
    udp: true,
    why: 'Open Remote Desktop is one of the most common ways in for ransomware: passwords are guessed, and some flaws need none.',
  },
]

// Lists of AWS, for whoever must answer them in one line ("restricted-common-ports", AWS Config Developer Guide; "[EC2.19]", AWS Security Hub User Guide).
const lists: readonly PortFamily[] = [
  {
    id: 'common-ports',
    what: 'The ports that AWS Config watches by default (20, 21, 3306, 3389, 4333) are',
    severity: 'high',
    ports: [20, 21, 3306, 3389, 4333],
    why: 'File transfer, databases and Remote Desktop are what scanners try first, and AWS Config reports each of these ports that is open.',
  },
  {
    id: 'high-risk-ports',
    what: 'The ports that Security Hub counts as high risk (20 to 25, 3389, 5432, 9200 and others) are',
    severity: 'high',
    ports: [
      20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888, 9200, 9300,
    ],
    why: 'Administration, databases, file sharing and mail are attacked from the first minute; Security Hub reports each of these ports that is open.',
  },
]

// Ports that AWS Config (restricted-common-ports) and Security Hub (EC2.18, EC2.19) name, with those of the same purpose; IANA Service
// Name registry.
const families: readonly PortFamily[] = [
  {
    id: 'http',
    what: 'Unencrypted HTTP (port 80) is',
    severity: 'low',
    ports: [80],
    why: 'What is asked and answered over plain HTTP can be read and changed on the way; leave redirects to the load balancer.',
  },
  {
    id: 'web-alternative',
    what: 'Development and administration web ports (3000, 5000, 8080 and the like) are',
    severity: 'high',
    ports: [3000, 5000, 8000, 8008, 8080, 8081, 8088, 8443, 8888, 9000, 9090, 9443],
    why: 'Consoles, build and debug servers listen here, often without encryption and with a password that everybody knows.',
  },
  {
    id: 'database',
    what: 'Database ports (MySQL, PostgreSQL, SQL Server, Oracle, MongoDB and others) are',
    severity: 'critical',
    ports: [1433, 1434, 1521, 2483, 2484, 3306, 4333, 5432, 5439, 7000, 7001, 8182, 9042, 9160, 27017, 27018, 27019, 50_000],
    udp: true,
    why: 'A database that anybody can reach has only its password between patient records and whoever tries long enough.',
  },
  {
    id: 'cache',
    what: 'Cache ports (Redis 6379, Memcached 11211) are',
    severity: 'critical',
    ports: [6379, 6380, 11_211, 11_214, 11_215],
    udp: true,
    why: 'Caches trust whoever reaches them: their content is read without a password, and Memcached over UDP is used to flood others.',
  },
  {
    id: 'search',
    what: 'Search and dashboard ports (Elasticsearch 9200 and 9300, Kibana 5601) are',
    severity: 'critical',
    ports: [5601, 9200, 9300],
    why: 'Open search clusters are indexed by crawlers; whole collections of medical records have been copied from them and held to ransom.',
  },
  {
    id: 'file-sharing',
    what: 'File sharing (NFS 2049, SMB 445, NetBIOS 135 to 139) is',
    severity: 'critical',
    ports: [111, 135, 136, 137, 138, 139, 445, 548, 873, 2049],
    udp: true,
    why: 'SMB flaws spread WannaCry through hospitals, and an open NFS export is read without a password.',
  },
  {
    id: 'telnet',
    what: 'Telnet and remote shell (23, 512 to 514) are',
    severity: 'high',
    ports: [23, 512, 513, 514],
    why: 'Telnet and the r-commands send passwords in the clear, and every scanner tries them first.',
  },
  {
    id: 'ftp',
    what: 'FTP (20, 21, TFTP 69) is',
    severity: 'high',
    ports: [20, 21, 69, 115],
    udp: true,
    why: 'FTP sends passwords and files unencrypted; TFTP does not even ask for a password.',
  },
  {
    id: 'mail',
    what: 'Mail ports (SMTP 25, POP 110, IMAP 143) are',
    severity: 'medium',
    ports: [25, 110, 143, 465, 587],
    why: 'An open mail port is tried as a relay for spam and phishing, and POP and IMAP on these ports take passwords in the clear.',
  },
  {
    id: 'dns',
    what: 'DNS (port 53) is',
    severity: 'medium',
    ports: [53],
    udp: true,
    why: 'A resolver that answers everybody is used to flood others, and tells names of the inner network.',
  },
  {
    id: 'directory',
    what: 'Directory ports (LDAP 389 and 636, Kerberos 88, global catalog 3268) are',
    severity: 'high',
    ports: [88, 389, 464, 636, 3268, 3269],
    udp: true,
    why: 'A directory tells who works here and takes password guesses; connectionless LDAP is also used to flood others.',
  },
  {
    id: 'windows-management',
    what: 'Windows Remote Management (5985, 5986) is',
    severity: 'high',
    ports: [5985, 5986, 47_001],
    why: 'Whoever holds or guesses one administrator password runs any command on the machine from anywhere.',
  },
  {
    id: 'remote-screen',
    what: 'Remote screens (VNC 5500, 5800 and 5900, X11 6000) are',
    severity: 'high',
    ports: [5500, ...span(5800, 5803), ...span(5900, 5903), ...span(6000, 6003)],
    why: 'VNC guards a whole desktop with a short password or none, and shows what the person before it sees: patient records.',
  },
  {
    id: 'containers',
    what: 'Container engines and their managers (Docker 2375, kubelet 10250, etcd 2379) are',
    severity: 'critical',
    ports: [2375, 2376, 2377, 2379, 2380, 4243, 6443, 10_250, 10_255, 10_256],
    why: 'An open Docker socket or kubelet gives root on the machine to whoever asks, and etcd holds the secrets of the whole cluster.',
  },
  {
    id: 'messaging',
    what: 'Messaging and coordination ports (Kafka 9092, RabbitMQ 5672, ZooKeeper 2181) are',
    severity: 'high',
    ports: [1883, 2181, 2888, 3888, 4369, 5671, 5672, 8883, 9092, 9094, 9096, 9098, 15_672, 25_672, 61_613, 61_616],
    why: 'Brokers carry what services tell each other, patient data included, and many installations ask nobody for a password.',
  },
  {
    id: 'monitoring',
    what: 'Network management ports (SNMP 161, syslog 514, NTP 123) are',
    severity: 'medium',
    ports: [123, 161, 162, 514],
    udp: true,
    why: 'SNMP with its well-known community strings tells the inside of the network, and these services answer forged senders with floods.',
  },
  {
    id: 'big-data',
    what: 'Cluster consoles (Hadoop 8020, 50070 and 9870, Spark 7077) are',
    severity: 'high',
    ports: [4040, 7077, 8020, 8042, 9870, 16_010, 18_080, 50_070, 50_075],
    why: 'Hadoop and Spark run what anybody submits unless Kerberos is set up: an open port is remote code execution on the data.',
  },
]

function portControl({ id, what, severity, ports, udp, why }: PortFamily, quiet: boolean): ResourceControl {
  const probes = probesOf(ports, udp === true)
  const rule = (cidr: string) => ({
    IpProtocol: 'tcp',
    FromPort: ports[0],
    ToPort: ports[0],
    CidrIp: cidr,
    Description: 'Members of staff',
  })
  const example = (cidr: string) => ({
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'Staff', VpcId: 'vpc-1a2b3c4d', SecurityGroupIngress: [rule(cidr)] },
    },
  })
  return {
    id: `ec2-security-group-${id}-from-internet`,
    title: `${what} not open to the internet`,
    topic: 'network-exposure',
    severity,
    citations,
    why,
    remedy:
      'Name the security group or the narrow range that needs the port in CidrIp, CidrIpv6 or SourceSecurityGroupId, or remove the rule.',
    types: ruleTypes.ingress,
    judge: (resource, deployment) => {
      const rules = rulesAround(resource, 'ingress', deployment)
      const judged = quiet ? rules.filter((rule) => !opensEverything(rule)) : rules
      const outcomes = judgePorts(resource, 'ingress', judged, probes)
      return judged.length < rules.length && outcomes.every(({ status }) => status === 'pass') ? [] : outcomes
    },
    passing: example('10.20.0.0/16'),
    failing: example('0.0.0.0/0'),
  }
}

const probesOf = (ports: readonly number[], udp: boolean): readonly Probe[] =>
  ports.flatMap((port): Probe[] => [{ transport: 'tcp', port }, ...(udp ? [{ transport: 'udp', port } as const] : [])])

const opensEverything = ({ transport, span }: SecurityRule): boolean =>
  transport === 'any' || (!(transport instanceof Unknown) && !(span instanceof Unknown) && isEveryPort(span))

/**
 * One control for each kind of port that must not be open to the internet. A rule that opens every port fails `ec2-security-group-all-
 * ports-from-internet`, and those on SSH and RDP; the other kinds say nothing of it, so that one rule is not told twenty times.
 */
export const securityGroupPortControls: readonly ResourceControl[] = [
  ...administration.map((family) => portControl(family, false)),
  ...lists.map((family) => portControl(family, false)),
  ...families.map((family) => portControl(family, true)),
]
