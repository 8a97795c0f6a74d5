import { numberOf, type Value } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { atLeast, holdsAll, isNoneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { databaseRows } from './database-rows.ts'
import { judgeParameter } from './engine-parameters.ts'
import { inheriting } from './inheritance.ts'
import { keptOnDeletion } from './kept-on-deletion.ts'
import { judgeMembers } from './rds-cluster-zones.ts'
import { judgeManagedPassword } from './rds-password.ts'
import { audit, availability, backup, customerKey, exampleKey, hygiene, inTransit, monitoring } from './safeguards.ts'

const type = 'AWS::DocDB::DBCluster'
const base = { MasterUsername: 'clinic', ManageMasterUserPassword: true, StorageEncrypted: true } as const
const shared = databaseRows({ id: 'docdb-cluster', noun: 'DocumentDB clusters', type, properties: base })
const elastic = {
  ClusterName: 'clinic',
  AdminUserName: 'clinic',
  AuthType: 'SECRET_ARN',
  ShardCapacity: 2,
  ShardCount: 1,
  AdminUserPassword: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:clinic-AbCdEf',
} as const

const storage = inheriting(
  ['SnapshotIdentifier', 'SourceDBClusterIdentifier'],
  propertyControls([shared.storageEncrypted, shared.customerKey]),
)

const rows = propertyControls([
  shared.backupSevenDays,
  shared.deletionProtection,
  {
    ...audit,
    id: 'docdb-cluster-audit-export',
    title: 'DocumentDB clusters send their audit log to CloudWatch Logs',
    why: 'Sign-ins, failed ones too, and changes of collections leave no record outside the cluster.',
    remedy: 'Add audit to EnableCloudwatchLogsExports.',
    type,
    path: 'EnableCloudwatchLogsExports',
    expect: holdsAll('audit'),
    absent: 'fails',
    passing: { ...base, EnableCloudwatchLogsExports: ['audit', 'profiler'] },
    failing: { ...base, EnableCloudwatchLogsExports: ['profiler'] },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'docdb-cluster-profiler-export',
    title: 'DocumentDB clusters send their profiler log to CloudWatch Logs',
    why: 'Slow operations, such as reading out a whole collection, are not recorded.',
    remedy: 'Add profiler to EnableCloudwatchLogsExports.',
    type,
    path: 'EnableCloudwatchLogsExports',
    expect: holdsAll('profiler'),
    absent: 'fails',
    passing: { ...base, EnableCloudwatchLogsExports: ['audit', 'profiler'] },
    failing: { ...base, EnableCloudwatchLogsExports: ['audit'] },
  },
  shared.tagsOnSnapshots,
  shared.subnetGroup,
  shared.masterUserName,
  {
    ...hygiene,
    id: 'docdb-cluster-default-port',
    title: 'DocumentDB clusters listen on a port other than 27017',
    why: 'Scanners look for document databases on 27017 first.',
    remedy: 'Set Port to another number.',
    type,
    path: 'Port',
    expect: isNotPort(27017),
    absent: 'fails',
    passing: { ...base, Port: 27117 },
    failing: base,
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'docdb-instance-certificate-authority',
    title: 'DocumentDB instances use a certificate authority that is still valid',
    why: 'The authorities rds-ca-2015 and rds-ca-2019 have expired: clients that check the certificate cannot connect, and those that connect do not check.',
    remedy: 'Set CACertificateIdentifier to rds-ca-rsa2048-g1 or later, or leave it out.',
    type: 'AWS::DocDB::DBInstance',
    path: 'CACertificateIdentifier',
    expect: isNoneOf('rds-ca-2015', 'rds-ca-2019'),
    absent: 'passes',
    passing: { DBInstanceClass: 'db.r6g.large', DBClusterIdentifier: 'clinic' },
    failing: { DBInstanceClass: 'db.r6g.large', DBClusterIdentifier: 'clinic', CACertificateIdentifier: 'rds-ca-2019' },
  },
  {
    ...customerKey,
    id: 'docdb-elastic-cluster-customer-key',
    title: "DocumentDB elastic clusters are encrypted with a customer's key",
    why: "With AWS's own key no snapshot can be shared with a second account for recovery, and nobody can lock the cluster by disabling its key.",
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: 'AWS::DocDBElastic::Cluster',
    path: 'KmsKeyId',
    passing: { ...elastic, KmsKeyId: exampleKey },
    failing: elastic,
  },
  {
    ...backup,
    id: 'docdb-elastic-cluster-backup-seven-days',
    title: 'DocumentDB elastic clusters keep their snapshots seven days or longer',
    why: 'Damage is often noticed after a weekend or a holiday, when shorter backups hold only the damaged state.',
    remedy: 'Set BackupRetentionPeriod to 7 or more.',
    type: 'AWS::DocDBElastic::Cluster',
    path: 'BackupRetentionPeriod',
    expect: atLeast(7),
    absent: 'fails',
    sensitiveOnly: true,
    passing: { ...elastic, BackupRetentionPeriod: 14 },
    failing: elastic,
  },
])

/** The port is another than this. */
function isNotPort(port: number): (value: Value) => boolean | undefined {
  return (value) => (numberOf(value) === undefined ? undefined : numberOf(value) !== port)
}

const group = (Parameters: Readonly<Record<string, string>>) => ({
  Parameters: {
    Type: 'AWS::DocDB::DBClusterParameterGroup',
    Properties: { Family: 'docdb5.0', Description: 'Parameters of the clinic', Parameters },
  },
})

const logic: readonly ResourceControl[] = [
  {
    ...inTransit,
    id: 'docdb-parameter-group-tls',
    title: 'Parameter groups of DocumentDB do not switch TLS off',
    why: 'DocumentDB asks for TLS unless a parameter group turns it off; then passwords and documents cross the network in the clear.',
    remedy: 'Set the parameter tls to enabled or tls1.2+, or leave it out.',
    types: ['AWS::DocDB::DBClusterParameterGroup'],
    judge: (parameters) => judgeParameter(parameters, { name: 'tls', isSafe: (text) => !/^disabled$/i.test(text), safeByDefault: true }),
    passing: group({ tls: 'enabled' }),
    failing: group({ tls: 'disabled' }),
  },
  {
    ...audit,
    id: 'docdb-parameter-group-audit',
    title: 'Parameter groups of DocumentDB switch auditing on',
    why: 'A cluster exports an audit log only if its parameter group lets the engine write one; by default it does not.',
    remedy: 'Set the parameter audit_logs to enabled or all.',
    types: ['AWS::DocDB::DBClusterParameterGroup'],
    judge: (parameters) =>
      judgeParameter(parameters, { name: 'audit_logs', isSafe: (text) => !/^(disabled|none)$/i.test(text), safeByDefault: false }),
    passing: group({ audit_logs: 'enabled' }),
    failing: group({ tls: 'enabled' }),
  },
  {
    ...availability,
    id: 'docdb-cluster-several-zones',
    title: 'DocumentDB clusters have instances in several zones',
    why: 'A cluster with one instance is down for as long as AWS takes to build another when that instance or its zone fails.',
    remedy: 'Add a second AWS::DocDB::DBInstance that names the cluster in DBClusterIdentifier, and pin no two to one zone.',
    types: [type],
    judge: (cluster, deployment) => judgeMembers(cluster, deployment, 'AWS::DocDB::DBInstance'),
    passing: { Cluster: { Type: type, Properties: base }, One: member(), Two: member() },
    failing: { Cluster: { Type: type, Properties: base }, One: member() },
  },
  {
    topic: 'key-rotation',
    severity: 'medium',
    citations: ['164.308(a)(4)(ii)(B)', '164.308(a)(5)(ii)(D)'],
    id: 'docdb-cluster-master-password-managed',
    title: 'Secrets Manager holds the master password of DocumentDB clusters',
    why: 'A password that is typed at deployment is known to whoever typed it, lies in their notes, and is seldom changed.',
    remedy: 'Set ManageMasterUserPassword to true and remove MasterUserPassword.',
    types: [type],
    judge: (cluster) => judgeManagedPassword(cluster, { managed: 'ManageMasterUserPassword', given: 'MasterUserPassword' }),
    passing: { Cluster: { Type: type, Properties: base } },
    failing: {
      Cluster: { Type: type, Properties: { MasterUsername: 'clinic', MasterUserPassword: '{{resolve:ssm-secure:/clinic/password:1}}' } },
    },
  },
]

function member() {
  return {
    Type: 'AWS::DocDB::DBInstance',
    Properties: { DBInstanceClass: 'db.r6g.large', DBClusterIdentifier: { Ref: 'Cluster' } },
  } as const
}

/** Controls on DocumentDB. */
export const docdbControls: readonly ResourceControl[] = [
  ...storage,
  ...rows,
  ...logic,
  ...keptOnDeletion({ id: 'docdb-cluster', noun: 'DocumentDB clusters', type, default: 'Delete', properties: base }),
]
