import type { Resource } from '../../template/resource.ts'
import { isList, Unknown } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isNoneOf, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { whenAbsent } from './absence.ts'
import { authentication, customerKey, exampleKey, inTransit, monitoring, notPublic, privateNetwork } from './safeguards.ts'

const proxy = {
  DBProxyName: 'clinic',
  EngineFamily: 'POSTGRESQL',
  RoleArn: 'arn:aws:iam::111122223333:role/clinic-proxy',
  VpcSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  Auth: [{ AuthScheme: 'SECRETS', IAMAuth: 'REQUIRED', SecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:clinic-AbCdEf' }],
} as const

const rows = propertyControls([
  {
    ...inTransit,
    id: 'rds-proxy-tls',
    title: 'RDS proxies refuse connections without TLS',
    why: 'The proxy takes clients in the clear even where the database behind it forces TLS: it makes its own connection to the database.',
    remedy: 'Set RequireTLS to true.',
    type: 'AWS::RDS::DBProxy',
    path: 'RequireTLS',
    expect: isOn,
    absent: 'fails',
    passing: { ...proxy, RequireTLS: true },
    failing: proxy,
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'rds-proxy-iam-authentication',
    title: 'RDS proxies let clients sign in by IAM only',
    why: 'Otherwise every client needs a password of the database, which then lies in its settings.',
    remedy: 'Set Auth[].IAMAuth to REQUIRED.',
    type: 'AWS::RDS::DBProxy',
    path: 'Auth.*.IAMAuth',
    expect: isOneOf('REQUIRED', 'ENABLED'),
    absent: 'fails',
    when: { path: 'DefaultAuthScheme', expect: isNoneOf('IAM_AUTH'), absent: 'applies' },
    passing: proxy,
    failing: { ...proxy, Auth: [{ ...proxy.Auth[0], IAMAuth: 'DISABLED' }] },
  },
  {
    ...monitoring,
    topic: 'other',
    severity: 'low',
    id: 'rds-proxy-debug-logging',
    title: 'RDS proxies do not log statements for debugging',
    why: 'The debug log holds the text of statements, with the values of patients in them, in a log group made for other eyes.',
    remedy: 'Set DebugLogging to false, or leave it out.',
    type: 'AWS::RDS::DBProxy',
    path: 'DebugLogging',
    expect: isOff,
    absent: 'passes',
    passing: proxy,
    failing: { ...proxy, DebugLogging: true },
  },
  {
    ...privateNetwork,
    severity: 'high',
    id: 'rds-security-group-classic',
    title: 'No security groups of EC2-Classic guard databases',
    why: 'AWS retired EC2-Classic; what is written for it either fails to deploy or guards nothing.',
    remedy: 'Replace it by an AWS::EC2::SecurityGroup named in VPCSecurityGroups.',
    type: ['AWS::RDS::DBSecurityGroup', 'AWS::RDS::DBSecurityGroupIngress'],
    path: 'EC2VpcId',
    // Only a group that is tied to a VPC has a meaning today.
    expect: () => true,
    absent: 'fails',
    passing: { GroupDescription: 'Clinic', EC2VpcId: 'vpc-0123456789abcdef0', DBSecurityGroupIngress: [{ CIDRIP: '10.0.0.0/16' }] },
    failing: { GroupDescription: 'Clinic', DBSecurityGroupIngress: [{ CIDRIP: '10.0.0.0/16' }] },
  },
  {
    ...notPublic,
    topic: 'network-exposure',
    id: 'rds-security-group-open',
    title: 'Security groups of databases do not admit every address',
    why: 'Anybody on the internet can try passwords on the database.',
    remedy: 'Name in CIDRIP only the ranges of your own networks.',
    type: 'AWS::RDS::DBSecurityGroup',
    path: 'DBSecurityGroupIngress.*.CIDRIP',
    expect: isNoneOf('0.0.0.0/0', '::/0'),
    absent: 'passes',
    passing: { GroupDescription: 'Clinic', DBSecurityGroupIngress: [{ CIDRIP: '10.0.0.0/16' }] },
    failing: { GroupDescription: 'Clinic', DBSecurityGroupIngress: [{ CIDRIP: '0.0.0.0/0' }] },
  },
  {
    ...notPublic,
    topic: 'network-exposure',
    id: 'rds-security-group-ingress-open',
    title: 'Rules of security groups of databases do not admit every address',
    why: 'Anybody on the internet can try passwords on the database.',
    remedy: 'Name in CIDRIP only the ranges of your own networks.',
    type: 'AWS::RDS::DBSecurityGroupIngress',
    path: 'CIDRIP',
    expect: isNoneOf('0.0.0.0/0', '::/0'),
    absent: 'passes',
    passing: { DBSecurityGroupName: 'clinic', CIDRIP: '10.0.0.0/16' },
    failing: { DBSecurityGroupName: 'clinic', CIDRIP: '0.0.0.0/0' },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'rds-event-subscription-enabled',
    title: 'Subscriptions to events of RDS are switched on',
    why: 'A subscription that is switched off tells nobody of a failover, a failed backup or a full disk.',
    remedy: 'Set Enabled to true, or leave it out.',
    type: ['AWS::RDS::EventSubscription', 'AWS::DocDB::EventSubscription', 'AWS::Neptune::EventSubscription'],
    path: 'Enabled',
    expect: isOn,
    absent: 'passes',
    passing: { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:operators' },
    failing: { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:operators', Enabled: false },
  },
  {
    ...customerKey,
    id: 'rds-integration-customer-key',
    title: "Zero-ETL integrations of RDS are encrypted with a customer's key",
    why: "An integration copies the tables to a warehouse; with AWS's own key that copy cannot be cut off by closing a key.",
    remedy: 'Set KMSKeyId to a KMS key of your own.',
    type: 'AWS::RDS::Integration',
    path: 'KMSKeyId',
    passing: {
      SourceArn: 'arn:aws:rds:us-east-1:111122223333:cluster:clinic',
      TargetArn: 'arn:aws:redshift-serverless:us-east-1:111122223333:namespace/12345678-1234-1234-1234-123456789012',
      KMSKeyId: exampleKey,
    },
    failing: {
      SourceArn: 'arn:aws:rds:us-east-1:111122223333:cluster:clinic',
      TargetArn: 'arn:aws:redshift-serverless:us-east-1:111122223333:namespace/12345678-1234-1234-1234-123456789012',
    },
  },
  {
    ...customerKey,
    id: 'rds-custom-engine-version-customer-key',
    severity: 'low',
    title: "Custom engine versions of RDS are encrypted with a customer's key",
    why: "The image of the engine, from which RDS Custom builds hosts, is then under a key that only its owner's policy opens.",
    remedy: 'Set KMSKeyId to a KMS key of your own.',
    type: 'AWS::RDS::CustomDBEngineVersion',
    path: 'KMSKeyId',
    when: whenAbsent('SourceCustomDbEngineVersionIdentifier'),
    passing: { Engine: 'custom-oracle-ee', EngineVersion: '19.clinic', KMSKeyId: exampleKey },
    failing: { Engine: 'custom-oracle-ee', EngineVersion: '19.clinic' },
  },
])

interface Events {
  readonly source: string
  readonly noun: string
  readonly categories: readonly string[]
}

// "Overview of Amazon RDS event notification", Amazon RDS User Guide; the categories are those AWS calls critical for each source.
const critical: readonly Events[] = [
  { source: 'db-instance', noun: 'DB instances', categories: ['maintenance', 'configuration change', 'failure'] },
  { source: 'db-cluster', noun: 'DB clusters', categories: ['maintenance', 'failure'] },
  { source: 'db-parameter-group', noun: 'parameter groups', categories: ['configuration change'] },
  { source: 'db-security-group', noun: 'DB security groups', categories: ['configuration change', 'failure'] },
]

const type = 'AWS::RDS::EventSubscription'

const events = critical.map(({ source, noun, categories }): ResourceControl => {
  const Properties = { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:operators', SourceType: source }
  const text: ControlText = {
    ...monitoring,
    severity: 'low',
    id: `rds-event-subscription-${source}`,
    title: `Subscriptions to events of ${noun} hear of the critical ones`,
    why: `Whoever operates the database learns of ${categories.join(', ')} from patients instead of from RDS.`,
    remedy: `Leave EventCategories out, or list ${categories.join(', ')}.`,
  }
  return {
    ...text,
    types: [type],
    judge: (subscription) => (subscription.get('SourceType') === source ? judgeCategories(subscription, categories) : undefined),
    passing: { Events: { Type: type, Properties } },
    failing: { Events: { Type: type, Properties: { ...Properties, EventCategories: ['creation'] } } },
  }
})

function judgeCategories(subscription: Resource, wanted: readonly string[]): Outcome {
  const listed = subscription.get('EventCategories')
  if (listed === undefined || (isList(listed) && listed.length === 0)) return pass('EventCategories', listed)
  if (listed instanceof Unknown) return undecided('EventCategories', listed.reason)
  if (!isList(listed)) return undecided('EventCategories', 'it is computed at deployment', listed)
  if (wanted.every((category) => listed.includes(category))) return pass('EventCategories', listed)
  return listed.some((category) => category instanceof Unknown)
    ? undecided('EventCategories', 'a part of it is computed at deployment')
    : fail('EventCategories', listed)
}

/** Controls on what surrounds RDS databases: proxies, security groups, subscriptions, integrations. */
export const rdsSurroundingControls: readonly ResourceControl[] = [...rows, ...events]
