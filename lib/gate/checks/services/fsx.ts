import type { Resource } from '../../template/resource.ts'
import { isMap, type Value } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { atLeast, isGiven, isNoneOf, isOn, isOneOf, matches } from '../expectations.ts'
import { type PropertyRow, propertyControls, type When } from '../property-control.ts'
import { inBackupPlan } from './backup-coverage.ts'
import { noEntry } from './entries.ts'
import { only } from './inheritance.ts'
import { audit, availability, backup, customerKey, exampleKey, hygiene, monitoring, privateNetwork } from './safeguards.ts'
import { notWritten } from './written-secret.ts'

const type = 'AWS::FSx::FileSystem'
const subnets = ['subnet-0123456789abcdef0']
const fileSystem = (kind: string, part: Readonly<Record<string, unknown>> = {}) => ({
  FileSystemType: kind,
  SubnetIds: subnets,
  StorageCapacity: 1200,
  ...part,
})
const windows = (part: Readonly<Record<string, unknown>>, beside: Readonly<Record<string, unknown>> = {}) =>
  fileSystem('WINDOWS', {
    WindowsConfiguration: { ThroughputCapacity: 32, DeploymentType: 'MULTI_AZ_1', PreferredSubnetId: subnets[0], ...part },
    ...beside,
  })
const lustre = (part: Readonly<Record<string, unknown>>) =>
  fileSystem('LUSTRE', { LustreConfiguration: { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: 125, ...part } })
const zfs = (part: Readonly<Record<string, unknown>>) =>
  fileSystem('OPENZFS', { OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_1', ThroughputCapacity: 64, ...part } })
const ontap = (part: Readonly<Record<string, unknown>>) =>
  fileSystem('ONTAP', {
    OntapConfiguration: { DeploymentType: 'MULTI_AZ_1', ThroughputCapacity: 128, PreferredSubnetId: subnets[0], ...part },
  })
const scratch = /^SCRATCH/
const persistent: When = {
  path: 'LustreConfiguration.DeploymentType',
  expect: (value) => (typeof value === 'string' ? !scratch.test(value) : undefined),
}
// A scratch file system has no key of the customer and no backups; it is Lustre's default ("LustreConfiguration", AWS CloudFormation).
const notScratch = {
  path: 'LustreConfiguration',
  expect: (value: Value): boolean | undefined => {
    const deployment = isMap(value) ? (value['DeploymentType'] ?? 'SCRATCH_1') : undefined
    return typeof deployment === 'string' ? !scratch.test(deployment) : undefined
  },
  absent: 'applies',
} as const satisfies When
const takesBackups = (files: Resource): boolean => {
  const lustre = files.get(notScratch.path)
  return lustre === undefined || notScratch.expect(lustre) !== false
}

interface Kind {
  readonly id: string
  readonly noun: string
  readonly configuration: string
  readonly with: (part: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
  readonly single: string
  readonly several: RegExp
}

const kinds: readonly Kind[] = [
  {
    id: 'windows',
    noun: 'FSx file systems for Windows',
    configuration: 'WindowsConfiguration',
    with: windows,
    single: 'SINGLE_AZ_2',
    several: /^MULTI_AZ/,
  },
  {
    id: 'ontap',
    noun: 'FSx file systems for ONTAP',
    configuration: 'OntapConfiguration',
    with: ontap,
    single: 'SINGLE_AZ_1',
    several: /^MULTI_AZ/,
  },
  {
    id: 'openzfs',
    noun: 'FSx file systems for OpenZFS',
    configuration: 'OpenZFSConfiguration',
    with: zfs,
    single: 'SINGLE_AZ_1',
    several: /^MULTI_AZ/,
  },
]

const backedUp = (id: string, noun: string, configuration: string, example: Kind['with'], absent: PropertyRow['absent']): PropertyRow => ({
  ...backup,
  id: `fsx-${id}-automatic-backup`,
  title: `${noun} are backed up every day by themselves`,
  why: 'Files that ransomware encrypts or somebody deletes come back from a backup only. A retention of 0 days turns backups off.',
  remedy: `Set ${configuration}.AutomaticBackupRetentionDays to 1 or more.`,
  type,
  path: `${configuration}.AutomaticBackupRetentionDays`,
  expect: atLeast(1),
  absent,
  sensitiveOnly: true,
  when: absent === 'fails' ? persistent : { path: configuration, expect: isGiven },
  passing: example({ AutomaticBackupRetentionDays: 30 }),
  failing: example({ AutomaticBackupRetentionDays: 0 }),
})

const severalZones = ({ id, noun, configuration, with: example, single, several }: Kind): PropertyRow => ({
  ...availability,
  id: `fsx-${id}-several-zones`,
  title: `${noun} are kept in several Availability Zones`,
  why: 'With one zone its failure takes the files away from everybody, and a failure of the hardware may lose them.',
  remedy: `Set ${configuration}.DeploymentType to a MULTI_AZ type, with two subnets.`,
  type,
  path: `${configuration}.DeploymentType`,
  expect: matches(several),
  absent: 'fails',
  when: { path: configuration, expect: isGiven },
  passing: example({ DeploymentType: 'MULTI_AZ_1' }),
  failing: example({ DeploymentType: single }),
})

const copiesTags = (
  id: string,
  noun: string,
  configuration: string,
  property: string,
  example: Kind['with'],
  when: When = { path: configuration, expect: isGiven },
): PropertyRow => ({
  ...hygiene,
  id: `fsx-${id}`,
  title: `${noun} copy their tags`,
  why: 'Rights and retention that follow tags, such as who may read data of patients, do not follow a copy without them.',
  remedy: `Set ${configuration}.${property} to true.`,
  type,
  path: `${configuration}.${property}`,
  expect: isOn,
  absent: 'fails',
  when,
  passing: example({ [property]: true }),
  failing: example({}),
})

const openExport = noEntry((entry) => {
  const options = Array.isArray(entry['Options']) ? entry['Options'] : []
  return entry['Clients'] === '*' && options.includes('no_root_squash')
})
const exported = (Clients: string) => ({
  RootVolumeConfiguration: { NfsExports: [{ ClientConfigurations: [{ Clients, Options: ['rw', 'no_root_squash'] }] }] },
})

const rows = propertyControls([
  {
    ...customerKey,
    id: 'fsx-file-system-customer-key',
    title: 'FSx file systems are encrypted under a key that the customer manages',
    why: 'FSx always encrypts. The policy of the key that AWS manages cannot be narrowed, and the key cannot be disabled at once.',
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type,
    path: 'KmsKeyId',
    when: notScratch,
    passing: windows({}, { KmsKeyId: exampleKey }),
    failing: windows({}),
  },
  {
    ...customerKey,
    id: 'fsx-file-cache-customer-key',
    title: 'FSx file caches are encrypted under a key that the customer manages',
    why: 'The cache holds copies of the files behind it. They deserve the same key as the files.',
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: 'AWS::FSx::FileCache',
    path: 'KmsKeyId',
    passing: { FileCacheType: 'LUSTRE', FileCacheTypeVersion: '2.12', StorageCapacity: 1200, SubnetIds: subnets, KmsKeyId: exampleKey },
    failing: { FileCacheType: 'LUSTRE', FileCacheTypeVersion: '2.12', StorageCapacity: 1200, SubnetIds: subnets },
  },
  ...kinds.map(({ id, noun, configuration, with: example }) => backedUp(id, noun, configuration, example, 'passes')),
  backedUp('lustre', 'Persistent FSx file systems for Lustre', 'LustreConfiguration', lustre, 'fails'),
  ...kinds.map(severalZones),
  copiesTags(
    'lustre-backup-tags',
    'Backups of FSx file systems for Lustre',
    'LustreConfiguration',
    'CopyTagsToBackups',
    lustre,
    persistent,
  ),
  copiesTags('windows-backup-tags', 'Backups of FSx file systems for Windows', 'WindowsConfiguration', 'CopyTagsToBackups', windows),
  copiesTags('openzfs-backup-tags', 'Backups of FSx file systems for OpenZFS', 'OpenZFSConfiguration', 'CopyTagsToBackups', zfs),
  copiesTags('openzfs-volume-tags', 'Volumes of FSx file systems for OpenZFS', 'OpenZFSConfiguration', 'CopyTagsToVolumes', zfs),
  {
    ...privateNetwork,
    id: 'fsx-file-system-security-groups',
    title: 'FSx file systems name their security groups',
    why: 'Without one the default security group of the VPC decides who reaches the files, and many share it.',
    remedy: 'Set SecurityGroupIds.',
    type,
    path: 'SecurityGroupIds',
    expect: isGiven,
    absent: 'fails',
    passing: windows({}, { SecurityGroupIds: ['sg-0123456789abcdef0'] }),
    failing: windows({}),
  },
  {
    ...audit,
    severity: 'medium',
    id: 'fsx-windows-file-access-audit',
    title: 'FSx file systems for Windows log who opens files',
    why: 'Without it nobody can say whose records were opened by a stolen account.',
    remedy: 'Set WindowsConfiguration.AuditLogConfiguration.FileAccessAuditLogLevel to SUCCESS_AND_FAILURE.',
    type,
    path: 'WindowsConfiguration.AuditLogConfiguration.FileAccessAuditLogLevel',
    expect: isOneOf('SUCCESS_AND_FAILURE'),
    absent: 'fails',
    when: { path: 'WindowsConfiguration', expect: isGiven },
    passing: audited('SUCCESS_AND_FAILURE'),
    failing: audited('DISABLED'),
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'fsx-lustre-logging',
    title: 'FSx file systems for Lustre log failures with the bucket behind them',
    why: 'Files that could not be exported to S3 are told of in this log only.',
    remedy: 'Set LustreConfiguration.LogConfiguration.Level to WARN_ERROR.',
    type,
    path: 'LustreConfiguration.LogConfiguration.Level',
    expect: isNoneOf('DISABLED'),
    absent: 'fails',
    when: persistent,
    passing: lustre({ LogConfiguration: { Level: 'WARN_ERROR' } }),
    failing: lustre({}),
  },
  {
    topic: 'iam-privilege',
    severity: 'high',
    citations: ['164.312(a)(1)'],
    id: 'fsx-openzfs-root-squash',
    title: 'FSx file systems for OpenZFS make no unnamed client root',
    why: 'Every machine that reaches the file system and has a root user of its own then reads and changes all files.',
    remedy: 'Name the clients in NfsExports, or use root_squash.',
    type,
    path: 'OpenZFSConfiguration.RootVolumeConfiguration.NfsExports.*.ClientConfigurations',
    expect: openExport,
    absent: 'does not apply',
    passing: zfs(exported('10.0.0.0/16')),
    failing: zfs(exported('*')),
  },
  {
    ...privateNetwork,
    id: 'fsx-s3-access-point-vpc-only',
    title: 'S3 access points of FSx volumes answer requests from one VPC only',
    why: 'With the origin Internet, stolen credentials read files from anywhere.',
    remedy: 'Set S3AccessPoint.VpcConfiguration.VpcId.',
    type: 'AWS::FSx::S3AccessPointAttachment',
    path: 'S3AccessPoint.VpcConfiguration.VpcId',
    expect: isGiven,
    absent: 'fails',
    passing: attachment({ S3AccessPoint: { VpcConfiguration: { VpcId: 'vpc-0123456789abcdef0' } } }),
    failing: attachment({}),
  },
])

function audited(level: string) {
  return windows({ AuditLogConfiguration: { FileAccessAuditLogLevel: level, FileShareAccessAuditLogLevel: level } })
}

function attachment(part: Readonly<Record<string, unknown>>) {
  const identity = { Type: 'POSIX', PosixUser: { Uid: 1000, Gid: 1000 } }
  return {
    Name: 'files',
    Type: 'OPENZFS',
    OpenZFSConfiguration: { VolumeId: 'fsvol-0123456789abcdef0', FileSystemIdentity: identity },
    ...part,
  }
}

const directory = (Password: unknown) => ({
  SelfManagedActiveDirectoryConfiguration: { DnsIps: ['10.0.0.2'], DomainName: 'clinic.example', UserName: 'fsx', Password },
})

const secrets = [
  notWritten({
    id: 'fsx-file-system-passwords',
    title: 'Passwords of FSx file systems do not stand in the template',
    why: 'The template is read by everyone who reads the repository or the stack: the password of the directory opens far more than the files.',
    remedy: 'Use a dynamic reference to Secrets Manager, or DomainJoinServiceAccountSecret.',
    type,
    paths: ['WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.Password', 'OntapConfiguration.FsxAdminPassword'],
    example: (secret) => windows(directory(secret)),
  }),
  notWritten({
    id: 'fsx-storage-virtual-machine-passwords',
    title: 'Passwords of FSx storage virtual machines do not stand in the template',
    why: 'The template is read by everyone who reads the repository or the stack, and the password administers all volumes.',
    remedy: 'Use a dynamic reference to Secrets Manager.',
    type: 'AWS::FSx::StorageVirtualMachine',
    paths: ['SvmAdminPassword', 'ActiveDirectoryConfiguration.SelfManagedActiveDirectoryConfiguration.Password'],
    example: (SvmAdminPassword) => ({ FileSystemId: 'fs-0123456789abcdef0', Name: 'files', SvmAdminPassword }),
  }),
]

/** Controls on file systems of Amazon FSx. */
export const fsxControls: readonly ResourceControl[] = [
  ...rows,
  ...secrets,
  ...only(takesBackups, [
    inBackupPlan({
      id: 'fsx-file-system-in-backup-plan',
      title: 'FSx file systems are in a plan of AWS Backup',
      type,
      properties: windows({}),
      arn: 'ResourceARN',
    }),
  ]),
]
