import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isTrue, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atLeast, isGiven, isNoneOf, isOff, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { inheriting } from './inheritance.ts'
import { keptOnDeletion } from './kept-on-deletion.ts'
import { isOwnUserName } from './rds-names.ts'
import { judgeManagedPassword } from './rds-password.ts'
import {
  atRest,
  audit,
  availability,
  backup,
  customerKey,
  exampleKey,
  hygiene,
  inTransit,
  monitoring,
  notPublic,
  patched,
  privateNetwork,
} from './safeguards.ts'

const type = 'AWS::Redshift::Cluster'
const base = {
  ClusterType: 'multi-node',
  NumberOfNodes: 2,
  NodeType: 'ra3.xlplus',
  DBName: 'clinic',
  MasterUsername: 'clinic',
  ManageMasterPassword: true,
} as const

const storage = inheriting(
  ['SnapshotIdentifier'],
  propertyControls([
    {
      ...customerKey,
      id: 'redshift-cluster-customer-key',
      title: "Redshift clusters are encrypted with a customer's key",
      why: 'With a key that AWS owns nobody can see in CloudTrail who decrypts the warehouse, or lock it by disabling its key.',
      remedy: 'Set KmsKeyId to a KMS key of your own.',
      type,
      path: 'KmsKeyId',
      passing: { ...base, KmsKeyId: exampleKey },
      failing: base,
    },
  ]),
)

const rows = propertyControls([
  {
    ...atRest,
    id: 'redshift-cluster-encrypted',
    title: 'Redshift clusters do not switch encryption off',
    why: 'The warehouse gathers the data of every other store; unencrypted, one lost snapshot is all of them.',
    remedy: 'Set Encrypted to true, or leave it out.',
    type,
    path: 'Encrypted',
    expect: isOn,
    absent: 'passes',
    passing: base,
    failing: { ...base, Encrypted: false },
  },
  {
    ...atRest,
    severity: 'low',
    id: 'redshift-cluster-encryption-written',
    title: 'Redshift clusters say in the template that they are encrypted',
    why: 'Clusters made before 2025 were not encrypted by default; a template that says nothing proves nothing about the cluster that runs.',
    remedy: 'Set Encrypted to true.',
    type,
    path: 'Encrypted',
    expect: isOn,
    absent: 'fails',
    passing: { ...base, Encrypted: true },
    failing: base,
  },
  {
    ...notPublic,
    id: 'redshift-cluster-public',
    title: 'Redshift clusters have no public address',
    why: 'A public address puts the sign-in of the warehouse on the internet, behind nothing but a security group.',
    remedy: 'Set PubliclyAccessible to false, or leave it out.',
    type,
    path: 'PubliclyAccessible',
    expect: isOff,
    absent: 'passes',
    passing: base,
    failing: { ...base, PubliclyAccessible: true },
  },
  {
    ...audit,
    id: 'redshift-cluster-audit-logging',
    title: 'Redshift clusters keep an audit log',
    why: 'Who signed in, and from where, is kept in tables of the cluster for days only, and whoever administers it can clean them.',
    remedy: 'Set LoggingProperties with a BucketName, or with LogDestinationType cloudwatch and LogExports.',
    type,
    path: 'LoggingProperties',
    expect: isGiven,
    absent: 'fails',
    passing: { ...base, LoggingProperties: { BucketName: 'clinic-audit' } },
    failing: base,
  },
  {
    ...backup,
    severity: 'high',
    id: 'redshift-cluster-snapshots',
    title: 'Redshift clusters make automatic snapshots',
    why: 'A retention of zero days turns automatic snapshots off: a wrong statement ends the data.',
    remedy: 'Set AutomatedSnapshotRetentionPeriod to 1 or more.',
    type,
    path: 'AutomatedSnapshotRetentionPeriod',
    expect: atLeast(1),
    absent: 'passes',
    sensitiveOnly: true,
    passing: base,
    failing: { ...base, AutomatedSnapshotRetentionPeriod: 0 },
  },
  {
    ...backup,
    id: 'redshift-cluster-snapshots-seven-days',
    title: 'Redshift clusters keep automatic snapshots seven days or longer',
    why: 'Damage is often noticed after a weekend or a holiday. The default of one day has by then overwritten the last good state.',
    remedy: 'Set AutomatedSnapshotRetentionPeriod to 7 or more.',
    type,
    path: 'AutomatedSnapshotRetentionPeriod',
    expect: atLeast(7),
    absent: 'fails',
    sensitiveOnly: true,
    passing: { ...base, AutomatedSnapshotRetentionPeriod: 14 },
    failing: base,
  },
  {
    ...patched,
    id: 'redshift-cluster-version-upgrade',
    title: 'Redshift clusters take new versions of their engine automatically',
    why: 'Versions carry the security fixes of the engine; without them a published hole stays open until somebody remembers.',
    remedy: 'Set AllowVersionUpgrade to true, or leave it out.',
    type,
    path: 'AllowVersionUpgrade',
    expect: isOn,
    absent: 'passes',
    passing: base,
    failing: { ...base, AllowVersionUpgrade: false },
  },
  {
    ...patched,
    severity: 'low',
    id: 'redshift-cluster-maintenance-window',
    title: 'Redshift clusters are maintained at a time that was chosen',
    why: 'Otherwise AWS picks the hours, and an upgrade may take the warehouse down in the middle of a clinic day.',
    remedy: 'Set PreferredMaintenanceWindow.',
    type,
    path: 'PreferredMaintenanceWindow',
    expect: isGiven,
    absent: 'fails',
    passing: { ...base, PreferredMaintenanceWindow: 'sun:03:00-sun:04:00' },
    failing: base,
  },
  {
    ...privateNetwork,
    id: 'redshift-cluster-enhanced-vpc-routing',
    title: 'Redshift clusters load and unload data through their VPC',
    why: 'Without enhanced routing COPY and UNLOAD take the internet: no endpoint policy, security group or flow log of the VPC sees where records go.',
    remedy: 'Set EnhancedVpcRouting to true.',
    type,
    path: 'EnhancedVpcRouting',
    expect: isOn,
    absent: 'fails',
    passing: { ...base, EnhancedVpcRouting: true },
    failing: base,
  },
  {
    ...privateNetwork,
    id: 'redshift-cluster-subnet-group',
    title: 'Redshift clusters name their subnet group',
    why: "Without one the cluster lands in the account's default VPC, whose subnets all lead to the internet.",
    remedy: 'Set ClusterSubnetGroupName to a group of private subnets.',
    type,
    path: 'ClusterSubnetGroupName',
    expect: isGiven,
    absent: 'fails',
    passing: { ...base, ClusterSubnetGroupName: 'private-subnets' },
    failing: base,
  },
  {
    ...privateNetwork,
    severity: 'high',
    id: 'redshift-cluster-in-vpc',
    title: 'Redshift clusters use no security groups of EC2-Classic',
    why: 'ClusterSecurityGroups place a cluster outside any VPC, in a network that AWS has retired and that shared addresses with strangers.',
    remedy: 'Remove ClusterSecurityGroups and set VpcSecurityGroupIds.',
    type,
    path: 'ClusterSecurityGroups',
    expect: () => false,
    absent: 'passes',
    passing: base,
    failing: { ...base, ClusterSecurityGroups: ['old'] },
  },
  {
    ...notPublic,
    topic: 'network-exposure',
    id: 'redshift-security-group-ingress-open',
    title: 'Rules of Redshift security groups do not admit every address',
    why: 'Anybody on the internet can try passwords on the warehouse.',
    remedy: 'Name in CIDRIP only the ranges of your own networks.',
    type: 'AWS::Redshift::ClusterSecurityGroupIngress',
    path: 'CIDRIP',
    expect: isNoneOf('0.0.0.0/0', '::/0'),
    absent: 'passes',
    passing: { ClusterSecurityGroupName: 'clinic', CIDRIP: '10.0.0.0/16' },
    failing: { ClusterSecurityGroupName: 'clinic', CIDRIP: '0.0.0.0/0' },
  },
  {
    ...availability,
    severity: 'low',
    id: 'redshift-cluster-multi-az',
    title: 'Redshift clusters run in two zones, or can move to another',
    why: 'When a zone fails, a cluster that is tied to it is down until somebody restores a snapshot elsewhere.',
    remedy: 'Set MultiAZ to true.',
    type,
    path: 'MultiAZ',
    expect: isOn,
    absent: 'fails',
    when: { path: 'AvailabilityZoneRelocation', expect: isOff, absent: 'applies' },
    sensitiveOnly: true,
    passing: { ...base, MultiAZ: true },
    failing: base,
  },
  {
    ...hygiene,
    id: 'redshift-cluster-master-user-name',
    title: 'Redshift clusters have a master user of their own name',
    why: 'Scanners try awsuser and admin first. A name of your own makes them guess twice.',
    remedy: 'Set MasterUsername to a name that no default uses.',
    type,
    path: 'MasterUsername',
    expect: isOwnUserName,
    absent: 'does not apply',
    passing: base,
    failing: { ...base, MasterUsername: 'awsuser' },
  },
  {
    ...hygiene,
    id: 'redshift-cluster-database-name',
    title: 'Redshift clusters have a database of their own name',
    why: 'Attack scripts look for the database dev, which is the default.',
    remedy: 'Set DBName to a name other than dev.',
    type,
    path: 'DBName',
    expect: isNoneOf('dev'),
    absent: 'fails',
    passing: base,
    failing: { ...base, DBName: 'dev' },
  },
  {
    ...hygiene,
    id: 'redshift-cluster-default-port',
    title: 'Redshift clusters listen on a port other than 5439',
    why: 'Scanners look for warehouses on 5439 first.',
    remedy: 'Set Port to another number.',
    type,
    path: 'Port',
    expect: isNoneOf('5439'),
    absent: 'fails',
    passing: { ...base, Port: 5440 },
    failing: base,
  },
  {
    ...customerKey,
    id: 'redshift-integration-customer-key',
    title: "Zero-ETL integrations of Redshift are encrypted with a customer's key",
    why: "An integration copies tables to the warehouse; with AWS's own key that copy cannot be cut off by closing a key.",
    remedy: 'Set KMSKeyId to a KMS key of your own.',
    type: 'AWS::Redshift::Integration',
    path: 'KMSKeyId',
    passing: {
      SourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/clinic',
      TargetArn: 'arn:aws:redshift:us-east-1:111122223333:namespace:clinic',
      KMSKeyId: exampleKey,
    },
    failing: {
      SourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/clinic',
      TargetArn: 'arn:aws:redshift:us-east-1:111122223333:namespace:clinic',
    },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'redshift-event-subscription-enabled',
    title: 'Subscriptions to events of Redshift are switched on',
    why: 'A subscription that is switched off tells nobody of a failed snapshot or a changed security group.',
    remedy: 'Set Enabled to true, or leave it out.',
    type: 'AWS::Redshift::EventSubscription',
    path: 'Enabled',
    expect: isOn,
    absent: 'passes',
    passing: { SubscriptionName: 'clinic' },
    failing: { SubscriptionName: 'clinic', Enabled: false },
  },
])

const groupType = 'AWS::Redshift::ClusterParameterGroup'
const group = (value: string) => ({
  Type: groupType,
  Properties: {
    Description: 'Parameters of the clinic',
    ParameterGroupFamily: 'redshift-1.0',
    Parameters: [{ ParameterName: 'require_ssl', ParameterValue: value }],
  },
})
const grouped = { Type: type, Properties: { ...base, ClusterParameterGroupName: { Ref: 'Parameters' } } } as const

/** Whether a parameter group of Redshift switches a parameter on. */
function judgeSwitch(parameters: Resource, name: string): Outcome {
  const path = 'Parameters'
  const all = parameters.get(path)
  if (all instanceof Unknown) return undecided(path, all.reason)
  const places = parameters.at(`${path}.*.ParameterName`)
  const index = places.findIndex(({ value }) => value === name)
  if (index < 0)
    return places.some(({ value }) => value instanceof Unknown)
      ? undecided(path, 'a part of it is computed at deployment')
      : fail(path, undefined, `${name} is not in Parameters.`)
  const value = parameters.get(`${path}.${index}.ParameterValue`)
  if (value instanceof Unknown) return undecided(`${path}.${index}.ParameterValue`, value.reason)
  return isTrue(value) ? pass(`${path}.${index}.ParameterValue`, value) : fail(`${path}.${index}.ParameterValue`, value)
}

// Parameters that the default group switches on: since January 2025 new clusters take default.redshift-2.0, where require_ssl is true ("Amazon Redshift
// enhances security by changing default behavior in 2025", AWS Big Data Blog).
const newDefault = { group: 'default.redshift-2.0', on: ['require_ssl'] } as const

function judgeCluster(cluster: Resource, deployment: Deployment, name: string): Outcome {
  const path = 'ClusterParameterGroupName'
  const named = cluster.get(path)
  const parameters =
    deployment.resourceOf(named) ??
    deployment.ofType(groupType).find((candidate) => candidate.get('ParameterGroupName') === named && named !== undefined)
  if (parameters !== undefined) return { ...judgeSwitch(parameters, name), property: path }
  if ((named ?? newDefault.group) === newDefault.group && newDefault.on.some((one) => one === name)) return pass(path, named)
  if (named === undefined || (typeof named === 'string' && named.startsWith('default.')))
    return fail(path, named, `No parameter group of the templates sets ${name}.`)
  return undecided(path, named instanceof Unknown ? named.reason : 'the parameter group is not in the templates')
}

const activity = (value: string) => ({
  Type: groupType,
  Properties: {
    Description: 'Parameters of the clinic',
    ParameterGroupFamily: 'redshift-1.0',
    Parameters: [{ ParameterName: 'enable_user_activity_logging', ParameterValue: value }],
  },
})

const logic: readonly ResourceControl[] = [
  {
    ...inTransit,
    id: 'redshift-cluster-tls',
    title: 'Redshift clusters require TLS',
    why: 'Unless the cluster refuses it, a client that forgets TLS sends passwords and records in the clear, and nobody notices.',
    remedy: 'Set require_ssl to true in the parameter group that ClusterParameterGroupName names, or leave ClusterParameterGroupName out.',
    types: [type],
    judge: (cluster, deployment) => judgeCluster(cluster, deployment, 'require_ssl'),
    passing: { Cluster: grouped, Parameters: group('true') },
    failing: { Cluster: grouped, Parameters: group('false') },
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'redshift-parameter-group-tls',
    title: 'Parameter groups of Redshift require TLS',
    why: 'Every cluster that takes its parameters from the group accepts connections in the clear.',
    remedy: 'Set require_ssl to true.',
    types: [groupType],
    judge: (parameters) => judgeSwitch(parameters, 'require_ssl'),
    passing: { Parameters: group('true') },
    failing: { Parameters: group('false') },
  },
  {
    ...audit,
    severity: 'medium',
    id: 'redshift-cluster-user-activity',
    title: 'Redshift clusters name a parameter group that logs each query',
    why: 'The audit log then holds sign-ins only; what was read, and by whom, is missing.',
    remedy: 'Set enable_user_activity_logging to true in a parameter group, and name it in ClusterParameterGroupName.',
    types: [type],
    judge: (cluster, deployment) => judgeCluster(cluster, deployment, 'enable_user_activity_logging'),
    passing: { Cluster: grouped, Parameters: activity('true') },
    failing: { Cluster: grouped, Parameters: activity('false') },
  },
  {
    topic: 'key-rotation',
    severity: 'medium',
    citations: ['164.308(a)(4)(ii)(B)', '164.308(a)(5)(ii)(D)'],
    id: 'redshift-cluster-master-password-managed',
    title: 'Secrets Manager holds the master password of Redshift clusters',
    why: 'A password that is typed at deployment is known to whoever typed it, lies in their notes, and is seldom changed.',
    remedy: 'Set ManageMasterPassword to true and remove MasterUserPassword.',
    types: [type],
    judge: (cluster) => judgeManagedPassword(cluster, { managed: 'ManageMasterPassword', given: 'MasterUserPassword' }),
    passing: { Cluster: { Type: type, Properties: base } },
    failing: {
      Cluster: {
        Type: type,
        Properties: { ...base, ManageMasterPassword: false, MasterUserPassword: '{{resolve:ssm-secure:/clinic/password:1}}' },
      },
    },
  },
]

/** Controls on Redshift clusters. */
export const redshiftControls: readonly ResourceControl[] = [
  ...storage,
  ...rows,
  ...logic,
  ...keptOnDeletion({ id: 'redshift-cluster', noun: 'Redshift clusters', type, default: 'Delete', properties: base }),
]
