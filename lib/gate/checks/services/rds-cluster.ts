import type { ResourceControl } from '../control.ts'
import { pass } from '../control.ts'
import { atLeast, isOff, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { whenAbsent } from './absence.ts'
import { databaseRows } from './database-rows.ts'
import { inheriting, isWritten, only } from './inheritance.ts'
import { keptOnDeletion } from './kept-on-deletion.ts'
import { judgeMembers } from './rds-cluster-zones.ts'
import { engineMatches } from './rds-engine.ts'
import { judgePort } from './rds-names.ts'
import { judgeManagedPassword } from './rds-password.ts'
import {
  atRest,
  authentication,
  availability,
  backup,
  customerKey,
  exampleKey,
  hygiene,
  monitoring,
  notPublic,
  patched,
} from './safeguards.ts'

const type = 'AWS::RDS::DBCluster'
const base = { Engine: 'aurora-postgresql', MasterUsername: 'clinic', ManageMasterUserPassword: true, StorageEncrypted: true } as const
const shared = databaseRows({ id: 'rds-cluster', noun: 'RDS clusters', type, properties: base })
const member = {
  Type: 'AWS::RDS::DBInstance',
  Properties: { Engine: 'aurora-postgresql', DBInstanceClass: 'db.r6g.large', DBClusterIdentifier: { Ref: 'Cluster' } },
} as const
// A Multi-AZ DB cluster: its three instances are the cluster's own, with no resources of theirs.
const threeInstances = {
  Engine: 'postgres',
  MasterUsername: 'clinic',
  ManageMasterUserPassword: true,
  StorageEncrypted: true,
  DBClusterInstanceClass: 'db.m5d.large',
  AllocatedStorage: 100,
  Iops: 1000,
  StorageType: 'io1',
} as const

const sources = ['SnapshotIdentifier', 'SourceDBClusterIdentifier', 'SourceDbClusterResourceId', 'ReplicationSourceIdentifier']

const storage = inheriting(sources, propertyControls([shared.storageEncrypted, shared.customerKey]))

const rows = propertyControls([
  shared.backupSevenDays,
  {
    ...backup,
    id: 'rds-cluster-backtrack',
    severity: 'low',
    title: 'Aurora MySQL clusters can be backtracked',
    why: 'Backtracking undoes a wrong statement in minutes; a restore builds a new cluster and takes hours.',
    remedy: 'Set BacktrackWindow to a number of seconds above 0.',
    type,
    path: 'BacktrackWindow',
    expect: atLeast(1),
    absent: 'fails',
    when: [
      { path: 'Engine', expect: engineMatches(/^aurora(-mysql)?$/i) },
      { path: 'EngineMode', expect: engineMatches(/^provisioned$/i), absent: 'applies' },
    ],
    sensitiveOnly: true,
    passing: { ...base, Engine: 'aurora-mysql', BacktrackWindow: 86400 },
    failing: { ...base, Engine: 'aurora-mysql' },
  },
  shared.backupsOutliveIt,
  shared.deletionProtection,
  shared.tagsOnSnapshots,
  {
    ...authentication,
    id: 'rds-cluster-iam-authentication',
    severity: 'medium',
    title: 'Aurora clusters let people sign in by IAM',
    why: 'With passwords only, accounts are shared, seldom changed, and outlive those who left. IAM gives each person a token of fifteen minutes.',
    remedy: 'Set EnableIAMDatabaseAuthentication to true.',
    type,
    path: 'EnableIAMDatabaseAuthentication',
    expect: isOn,
    absent: 'fails',
    when: { path: 'EngineMode', expect: engineMatches(/^(?!serverless)/i), absent: 'applies' },
    passing: { ...base, EnableIAMDatabaseAuthentication: true },
    failing: base,
  },
  {
    ...patched,
    id: 'rds-cluster-minor-upgrades',
    title: 'RDS clusters take minor versions of their engine automatically',
    why: 'Minor versions carry the security fixes of the engine; without them a published hole stays open until somebody remembers.',
    remedy: 'Set AutoMinorVersionUpgrade to true, or leave it out.',
    type,
    path: 'AutoMinorVersionUpgrade',
    expect: isOn,
    absent: 'passes',
    passing: { ...base, AutoMinorVersionUpgrade: true },
    failing: { ...base, AutoMinorVersionUpgrade: false },
  },
  {
    ...notPublic,
    id: 'rds-cluster-public',
    title: 'RDS clusters have no public address',
    why: 'A public address puts the sign-in of the database on the internet, behind nothing but a security group.',
    remedy: 'Set PubliclyAccessible to false, or leave it out.',
    type,
    path: 'PubliclyAccessible',
    expect: isOff,
    absent: 'does not apply',
    passing: { ...threeInstances, PubliclyAccessible: false },
    failing: { ...threeInstances, PubliclyAccessible: true },
  },
  {
    ...notPublic,
    id: 'rds-shard-group-public',
    title: 'Shard groups of Aurora Limitless have no public address',
    why: 'A public address puts the sign-in of every shard on the internet. Left out, RDS decides by the VPC, and in one with an internet gateway that means public.',
    remedy: 'Set PubliclyAccessible to false.',
    type: 'AWS::RDS::DBShardGroup',
    path: 'PubliclyAccessible',
    expect: isOff,
    absent: 'fails',
    passing: { DBClusterIdentifier: 'limitless', MaxACU: 768, PubliclyAccessible: false },
    failing: { DBClusterIdentifier: 'limitless', MaxACU: 768, PubliclyAccessible: true },
  },
  { ...shared.subnetGroup, when: [whenAbsent('SourceDBClusterIdentifier')] },
  shared.masterUserName,
  {
    ...monitoring,
    id: 'rds-cluster-enhanced-monitoring',
    title: 'Multi-AZ DB clusters send enhanced monitoring',
    why: 'Metrics of the hypervisor do not show which process eats memory or disk; an outage, or an intruder, is then hard to explain.',
    remedy: 'Set MonitoringInterval to 60 or less, and not to 0.',
    type,
    path: 'MonitoringInterval',
    expect: atLeast(1),
    absent: 'fails',
    when: { path: 'Engine', expect: engineMatches(/^(mysql|postgres)$/i) },
    passing: { ...threeInstances, MonitoringInterval: 60, MonitoringRoleArn: 'arn:aws:iam::111122223333:role/rds-monitoring' },
    failing: threeInstances,
  },
  {
    ...customerKey,
    id: 'rds-cluster-performance-insights-customer-key',
    title: "Performance Insights of RDS clusters is encrypted with a customer's key",
    why: 'Performance Insights keeps the text of statements, which may name patients, apart from the database and under a key of its own.',
    remedy: 'Set PerformanceInsightsKmsKeyId to a KMS key of your own.',
    type,
    path: 'PerformanceInsightsKmsKeyId',
    when: { path: 'PerformanceInsightsEnabled', expect: isOn },
    passing: { ...threeInstances, PerformanceInsightsEnabled: true, PerformanceInsightsKmsKeyId: exampleKey },
    failing: { ...threeInstances, PerformanceInsightsEnabled: true },
  },
  {
    ...atRest,
    id: 'rds-global-cluster-storage-encrypted',
    title: 'Aurora global databases encrypt their storage',
    why: 'A global database copies the data to other Regions; unencrypted, each copy can be read by whoever gets hold of it.',
    remedy: 'Set StorageEncrypted to true, or name an encrypted cluster in SourceDBClusterIdentifier.',
    type: 'AWS::RDS::GlobalCluster',
    path: 'StorageEncrypted',
    expect: isOn,
    absent: 'fails',
    when: whenAbsent('SourceDBClusterIdentifier'),
    passing: { Engine: 'aurora-postgresql', GlobalClusterIdentifier: 'clinic', StorageEncrypted: true },
    failing: { Engine: 'aurora-postgresql', GlobalClusterIdentifier: 'clinic' },
  },
  {
    ...availability,
    id: 'rds-global-cluster-deletion-protection',
    title: 'Aurora global databases are protected from deletion',
    why: 'Deleting the global database ends the replication to other Regions, which recovery from a disaster counts on.',
    remedy: 'Set DeletionProtection to true.',
    type: 'AWS::RDS::GlobalCluster',
    path: 'DeletionProtection',
    expect: isOn,
    absent: 'fails',
    passing: { Engine: 'aurora-postgresql', GlobalClusterIdentifier: 'clinic', DeletionProtection: true },
    failing: { Engine: 'aurora-postgresql', GlobalClusterIdentifier: 'clinic' },
  },
])

const logic: readonly ResourceControl[] = [
  {
    ...availability,
    id: 'rds-cluster-several-zones',
    title: 'RDS clusters have instances in several zones',
    why: 'A cluster with one instance is down for as long as AWS takes to build another when that instance or its zone fails.',
    remedy: 'Add a second AWS::RDS::DBInstance that names the cluster in DBClusterIdentifier, and pin no two to one zone.',
    types: [type],
    judge: (cluster, deployment) => {
      const serverless = cluster.get('EngineMode') === 'serverless'
      if (serverless) return undefined
      const ownInstances = cluster.get('DBClusterInstanceClass')
      return isWritten(ownInstances)
        ? pass('DBClusterInstanceClass', ownInstances)
        : judgeMembers(cluster, deployment, 'AWS::RDS::DBInstance')
    },
    passing: { Cluster: { Type: type, Properties: base }, Writer: member, Reader: member },
    failing: { Cluster: { Type: type, Properties: base }, Writer: member },
  },
  {
    ...hygiene,
    id: 'rds-cluster-default-port',
    title: "RDS clusters listen on a port that is not their engine's default",
    why: 'Scanners look for databases on their usual ports first.',
    remedy: 'Set Port to a number other than the default of the engine.',
    types: [type],
    judge: judgePort,
    passing: { Cluster: { Type: type, Properties: { ...base, Port: 6543 } } },
    failing: { Cluster: { Type: type, Properties: { ...base, Port: 5432 } } },
  },
  {
    topic: 'key-rotation',
    severity: 'medium',
    citations: ['164.308(a)(4)(ii)(B)', '164.308(a)(5)(ii)(D)'],
    id: 'rds-cluster-master-password-managed',
    title: 'Secrets Manager holds the master password of RDS clusters',
    why: 'A password that is typed at deployment is known to whoever typed it, lies in their notes, and is seldom changed.',
    remedy: 'Set ManageMasterUserPassword to true and remove MasterUserPassword.',
    types: [type],
    judge: (cluster) => judgeManagedPassword(cluster, { managed: 'ManageMasterUserPassword', given: 'MasterUserPassword' }),
    passing: { Cluster: { Type: type, Properties: base } },
    failing: {
      Cluster: {
        Type: type,
        Properties: { ...base, ManageMasterUserPassword: false, MasterUserPassword: '{{resolve:ssm-secure:/clinic/password:1}}' },
      },
    },
  },
]

/** Controls on RDS and Aurora clusters. */
export const rdsClusterControls: readonly ResourceControl[] = [
  ...storage,
  // Neptune and DocumentDB can be written as RDS clusters; what is said of their storage holds, what only RDS has does not.
  ...only((cluster) => !/^(docdb|neptune)/.test(String(cluster.get('Engine'))), [...rows, ...logic]),
  ...keptOnDeletion({ id: 'rds-cluster', noun: 'RDS clusters', type, default: 'Snapshot', properties: base }),
]
