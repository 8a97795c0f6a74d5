import { pass, type ResourceControl } from '../control.ts'
import { atLeast, isNoneOf, isOff, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { whenAbsent } from './absence.ts'
import { databaseRows } from './database-rows.ts'
import { inheriting, only } from './inheritance.ts'
import { keptOnDeletion } from './kept-on-deletion.ts'
import { hasInsights, isPrimary, isStandalone, signsInByIam } from './rds-engine.ts'
import { judgePort } from './rds-names.ts'
import { isOffInternet } from './rds-network.ts'
import { judgeManagedPassword } from './rds-password.ts'
import {
  audit,
  authentication,
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

const type = 'AWS::RDS::DBInstance'
const base = {
  Engine: 'postgres',
  DBInstanceClass: 'db.m6g.large',
  AllocatedStorage: '100',
  MasterUsername: 'clinic',
  ManageMasterUserPassword: true,
  StorageEncrypted: true,
} as const
const shared = databaseRows({ id: 'rds-instance', noun: 'RDS instances', type, properties: base })

const sources = [
  'DBSnapshotIdentifier',
  'SourceDBInstanceIdentifier',
  'SourceDbiResourceId',
  'SourceDBInstanceAutomatedBackupsArn',
  'DBClusterSnapshotIdentifier',
]

const storage = only(isStandalone, inheriting(sources, propertyControls([shared.storageEncrypted, shared.customerKey])))

const backups = only(
  isPrimary,
  propertyControls([
    {
      ...backup,
      id: 'rds-instance-backup',
      severity: 'high',
      title: 'RDS instances are backed up automatically',
      why: 'A retention of zero days turns automatic backups and recovery to a point in time off: a wrong statement or a broken disk ends the data.',
      remedy: 'Set BackupRetentionPeriod to 1 or more.',
      type,
      path: 'BackupRetentionPeriod',
      expect: atLeast(1),
      absent: 'passes',
      sensitiveOnly: true,
      passing: { ...base, BackupRetentionPeriod: 7 },
      failing: { ...base, BackupRetentionPeriod: 0 },
    },
    shared.backupSevenDays,
    {
      ...availability,
      id: 'rds-instance-multi-az',
      title: 'RDS instances have a standby in another zone',
      why: 'Without a standby, the failure of one data center, or a mere change of instance class, takes the database down until it is rebuilt.',
      remedy: 'Set MultiAZ to true.',
      type,
      path: 'MultiAZ',
      expect: isOn,
      absent: 'fails',
      sensitiveOnly: true,
      passing: { ...base, MultiAZ: true },
      failing: base,
    },
    shared.backupsOutliveIt,
  ]),
)

const alone = only(
  isStandalone,
  propertyControls([
    shared.deletionProtection,
    shared.tagsOnSnapshots,
    {
      ...authentication,
      id: 'rds-instance-iam-authentication',
      severity: 'medium',
      title: 'RDS instances let people sign in by IAM',
      why: 'With passwords only, accounts are shared, seldom changed, and outlive those who left. IAM gives each person a token of fifteen minutes.',
      remedy: 'Set EnableIAMDatabaseAuthentication to true.',
      type,
      path: 'EnableIAMDatabaseAuthentication',
      expect: isOn,
      absent: 'fails',
      when: { path: 'Engine', expect: signsInByIam },
      passing: { ...base, EnableIAMDatabaseAuthentication: true },
      failing: base,
    },
    { ...shared.subnetGroup, when: [whenAbsent('SourceDBInstanceIdentifier')] },
    shared.masterUserName,
  ]),
)

const unlessOffInternet = propertyControls([
  {
    ...notPublic,
    id: 'rds-instance-public',
    title: 'RDS instances have no public address',
    why: 'A public address puts the sign-in of the database on the internet, behind nothing but a security group. Left out, RDS decides by the VPC, and in one with an internet gateway that means public.',
    remedy: 'Set PubliclyAccessible to false.',
    type,
    path: 'PubliclyAccessible',
    expect: isOff,
    absent: 'fails',
    passing: { ...base, PubliclyAccessible: false },
    failing: { ...base, PubliclyAccessible: true },
  },
]).map(
  (control): ResourceControl => ({
    ...control,
    judge: (resource, deployment) =>
      resource.get('PubliclyAccessible') === undefined && isOffInternet(resource, deployment)
        ? pass('DBSubnetGroupName', resource.get('DBSubnetGroupName'))
        : control.judge(resource, deployment),
  }),
)

const everyInstance = propertyControls([
  {
    ...privateNetwork,
    id: 'rds-instance-in-vpc',
    severity: 'high',
    title: 'RDS instances use no security groups of EC2-Classic',
    why: 'DBSecurityGroups place a database outside any VPC, in a network that AWS has retired and that shared addresses with strangers.',
    remedy: 'Remove DBSecurityGroups and set VPCSecurityGroups.',
    type,
    path: 'DBSecurityGroups',
    expect: () => false,
    absent: 'passes',
    passing: base,
    failing: { ...base, DBSecurityGroups: ['old'] },
  },
  {
    ...patched,
    id: 'rds-instance-minor-upgrades',
    title: 'RDS instances take minor versions of their engine automatically',
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
    ...monitoring,
    id: 'rds-instance-enhanced-monitoring',
    title: 'RDS instances send enhanced monitoring',
    why: 'Metrics of the hypervisor do not show which process eats memory or disk; an outage, or an intruder, is then hard to explain.',
    remedy: 'Set MonitoringInterval to 60 or less, and not to 0.',
    type,
    path: 'MonitoringInterval',
    expect: atLeast(1),
    absent: 'fails',
    passing: { ...base, MonitoringInterval: 60, MonitoringRoleArn: 'arn:aws:iam::111122223333:role/rds-monitoring' },
    failing: base,
  },
  {
    ...monitoring,
    id: 'rds-instance-performance-insights',
    severity: 'low',
    title: 'RDS instances have Performance Insights on',
    why: 'Performance Insights shows which statements load the database, which is how a slow attack or a runaway export is first noticed.',
    remedy: 'Set EnablePerformanceInsights to true.',
    type,
    path: 'EnablePerformanceInsights',
    expect: isOn,
    absent: 'fails',
    when: { path: 'Engine', expect: hasInsights, absent: 'applies' },
    passing: { ...base, EnablePerformanceInsights: true },
    failing: base,
  },
  {
    ...customerKey,
    id: 'rds-instance-performance-insights-customer-key',
    title: "Performance Insights of RDS instances is encrypted with a customer's key",
    why: 'Performance Insights keeps the text of statements, which may name patients, apart from the database and under a key of its own.',
    remedy: 'Set PerformanceInsightsKMSKeyId to a KMS key of your own.',
    type,
    path: 'PerformanceInsightsKMSKeyId',
    when: { path: 'EnablePerformanceInsights', expect: isOn },
    passing: { ...base, EnablePerformanceInsights: true, PerformanceInsightsKMSKeyId: exampleKey },
    failing: { ...base, EnablePerformanceInsights: true },
  },
  {
    ...inTransit,
    id: 'rds-instance-certificate-authority',
    severity: 'medium',
    title: 'RDS instances use a certificate authority that is still valid',
    why: 'The authorities rds-ca-2015 and rds-ca-2019 have expired: clients that check the certificate cannot connect, and those that connect do not check.',
    remedy: 'Set CACertificateIdentifier to rds-ca-rsa2048-g1 or later, or leave it out.',
    type,
    path: 'CACertificateIdentifier',
    expect: isNoneOf('rds-ca-2015', 'rds-ca-2019'),
    absent: 'passes',
    passing: { ...base, CACertificateIdentifier: 'rds-ca-rsa2048-g1' },
    failing: { ...base, CACertificateIdentifier: 'rds-ca-2019' },
  },
])

const logic: readonly ResourceControl[] = [
  {
    ...hygiene,
    id: 'rds-instance-default-port',
    title: "RDS instances listen on a port that is not their engine's default",
    why: 'Scanners look for databases on their usual ports first.',
    remedy: 'Set Port to a number other than the default of the engine.',
    types: [type],
    judge: (resource, deployment) => (isStandalone(resource) ? judgePort(resource, deployment) : undefined),
    passing: { Database: { Type: type, Properties: { ...base, Port: '6543' } } },
    failing: { Database: { Type: type, Properties: base } },
  },
  {
    ...audit,
    id: 'rds-instance-master-password-managed',
    topic: 'key-rotation',
    severity: 'medium',
    citations: ['164.308(a)(4)(ii)(B)', '164.308(a)(5)(ii)(D)'],
    title: 'Secrets Manager holds the master password of RDS instances',
    why: 'A password that is typed at deployment is known to whoever typed it, lies in their notes, and is seldom changed.',
    remedy: 'Set ManageMasterUserPassword to true and remove MasterUserPassword.',
    types: [type],
    judge: (resource) =>
      isStandalone(resource)
        ? judgeManagedPassword(resource, { managed: 'ManageMasterUserPassword', given: 'MasterUserPassword' })
        : undefined,
    passing: { Database: { Type: type, Properties: base } },
    failing: {
      Database: {
        Type: type,
        Properties: { ...base, ManageMasterUserPassword: false, MasterUserPassword: '{{resolve:ssm-secure:/clinic/password:1}}' },
      },
    },
  },
]

/** Controls on RDS instances. */
export const rdsInstanceControls: readonly ResourceControl[] = [
  ...storage,
  ...backups,
  ...alone,
  ...unlessOffInternet,
  ...everyInstance,
  ...logic,
  ...keptOnDeletion({ id: 'rds-instance', noun: 'RDS instances', type, default: 'Snapshot', properties: base, applies: isStandalone }),
]
