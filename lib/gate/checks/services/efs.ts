import { statementsOf } from '../../access/statement.ts'
import { isTrue, Unknown } from '../../template/value.ts'
import { fail, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { inBackupPlan } from './backup-coverage.ts'
import { rootDirectory, userIdentity } from './file-access-point.ts'
import { retained } from './retained.ts'
import { unreadOf } from './s3-attached-policies.ts'
import { atRest, authentication, availability, backup, customerKey, exampleKey, inTransit, privateNetwork } from './safeguards.ts'
import { maySayMore, refusesPlainText } from './transport.ts'

const type = 'AWS::EFS::FileSystem'
const accessPoint = { id: 'efs-access-point', noun: 'EFS access points', type: 'AWS::EFS::AccessPoint' }
const policy = (Condition: Readonly<Record<string, unknown>>) => ({
  FileSystemPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: '*', Condition }] },
})
const tls = policy({ Bool: { 'aws:SecureTransport': 'false' } })

const rows = propertyControls([
  {
    ...atRest,
    id: 'efs-file-system-encrypted',
    title: 'EFS file systems are encrypted',
    why: 'CloudFormation makes file systems without encryption unless told otherwise, and it cannot be added later.',
    remedy: 'Set Encrypted to true.',
    type,
    path: 'Encrypted',
    expect: isOn,
    absent: 'fails',
    passing: { Encrypted: true },
    failing: {},
  },
  {
    ...customerKey,
    id: 'efs-file-system-customer-key',
    title: 'EFS file systems are encrypted under a key that the customer manages',
    why: 'The policy of a key that AWS manages cannot be narrowed, and the key cannot be disabled when files must be cut off at once.',
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type,
    path: 'KmsKeyId',
    passing: { Encrypted: true, KmsKeyId: exampleKey },
    failing: { Encrypted: true },
  },
  {
    ...backup,
    id: 'efs-file-system-automatic-backup',
    title: 'EFS file systems are backed up every day by themselves',
    why: 'Files that ransomware encrypts or somebody deletes come back from a backup only.',
    remedy: 'Set BackupPolicy.Status to ENABLED.',
    type,
    path: 'BackupPolicy.Status',
    expect: isOneOf('ENABLED'),
    absent: 'fails',
    sensitiveOnly: true,
    passing: { BackupPolicy: { Status: 'ENABLED' } },
    failing: {},
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'efs-file-system-policy',
    title: 'EFS file systems have a policy',
    why: 'Without one every client that reaches a mount target may read, write and act as root, whoever it is.',
    remedy: 'Set FileSystemPolicy.',
    type,
    path: 'FileSystemPolicy',
    expect: isGiven,
    absent: 'fails',
    passing: tls,
    failing: {},
  },
  {
    ...availability,
    id: 'efs-file-system-several-zones',
    title: 'EFS file systems are kept in several Availability Zones',
    why: 'A One Zone file system is unreachable, and may be lost, together with its zone.',
    remedy: 'Leave out AvailabilityZoneName.',
    type,
    path: 'AvailabilityZoneName',
    expect: (value) => value === '',
    absent: 'passes',
    passing: {},
    failing: { AvailabilityZoneName: 'us-east-1a' },
  },
  {
    ...backup,
    severity: 'low',
    id: 'efs-file-system-overwrite-protection',
    title: 'EFS file systems cannot be made the target of a replication',
    why: 'A replication overwrites everything in its target: one call with the wrong target empties the file system.',
    remedy: 'Leave out FileSystemProtection, or set ReplicationOverwriteProtection to ENABLED.',
    type,
    path: 'FileSystemProtection.ReplicationOverwriteProtection',
    expect: isOneOf('ENABLED'),
    absent: 'passes',
    passing: {},
    failing: { FileSystemProtection: { ReplicationOverwriteProtection: 'DISABLED' } },
  },
  {
    ...backup,
    severity: 'low',
    id: 'efs-file-system-replication',
    title: 'EFS file systems are replicated',
    why: 'A replica in another Region is ready within minutes, where a restore of many files takes days.',
    remedy: 'Set ReplicationConfiguration.Destinations.',
    type,
    path: 'ReplicationConfiguration.Destinations',
    expect: isGiven,
    absent: 'fails',
    sensitiveOnly: true,
    passing: { ReplicationConfiguration: { Destinations: [{ Region: 'us-west-2' }] } },
    failing: {},
  },
  rootDirectory(accessPoint),
  userIdentity(accessPoint),
  {
    topic: 'iam-privilege',
    severity: 'low',
    citations: ['164.312(a)(1)'],
    id: 'efs-access-point-root-permissions',
    title: 'Directories that EFS access points create are not writable by everyone',
    why: 'The permissions stay on the directory: any other client of the file system may replace its files.',
    remedy: 'Set RootDirectory.CreationInfo.Permissions without write access for others, such as 0750.',
    type: accessPoint.type,
    path: 'RootDirectory.CreationInfo.Permissions',
    expect: (value) => (typeof value === 'string' || typeof value === 'number' ? !/[2367]$/.test(String(value)) : undefined),
    absent: 'does not apply',
    passing: creating('0750'),
    failing: creating('0777'),
  },
])

function creating(Permissions: string) {
  return {
    FileSystemId: 'fs-0123456789abcdef0',
    RootDirectory: { Path: '/intake', CreationInfo: { OwnerUid: '1000', OwnerGid: '1000', Permissions } },
  }
}

const transport: ResourceControl = {
  ...inTransit,
  id: 'efs-file-system-tls-only',
  title: 'EFS file systems refuse mounts without TLS',
  why: 'NFS itself carries file contents in clear: whoever sees the network of the VPC reads them.',
  remedy: 'Deny all actions to everybody where aws:SecureTransport is false, in FileSystemPolicy.',
  types: [type],
  judge: (resource) => {
    const read = statementsOf(resource.get('FileSystemPolicy'))
    const { statements } = read
    const demand = statements.find((one) => refusesPlainText(one, 'elasticfilesystem') || refusesMounts(one))
    if (demand !== undefined) return pass(`FileSystemPolicy.Statement.${demand.index}`, demand.sid)
    const [unread] = [...unreadOf(read), ...statements.filter(maySayMore).map(({ index }) => `it depends on parts of Statement.${index}`)]
    return unread === undefined ? fail('FileSystemPolicy', undefined) : undecided('FileSystemPolicy', unread)
  },
  passing: { Files: { Type: type, Properties: tls } },
  failing: { Files: { Type: type } },
}

/** To refuse the mount is to refuse all: every other action needs one. */
const refusesMounts = (statement: Parameters<typeof refusesPlainText>[0]): boolean =>
  statement.actions.kind === 'listed' &&
  statement.actions.words.includes('elasticfilesystem:ClientMount') &&
  refusesPlainText({ ...statement, actions: { kind: 'listed', words: ['*'], unknown: false } }, 'elasticfilesystem')

const mountTarget = { FileSystemId: 'fs-0123456789abcdef0', SecurityGroups: ['sg-0123456789abcdef0'], SubnetId: { Ref: 'Subnet' } }
const subnet = (MapPublicIpOnLaunch: boolean) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: 'vpc-0123456789abcdef0', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch },
})

const privateMountTarget: ResourceControl = {
  ...privateNetwork,
  id: 'efs-mount-target-private-subnet',
  title: 'EFS mount targets stand in subnets that give out no public addresses',
  why: 'Beside machines with public addresses one open port is enough for the internet to reach the files.',
  remedy: 'Set SubnetId to a subnet without MapPublicIpOnLaunch.',
  types: ['AWS::EFS::MountTarget'],
  judge: (resource, deployment) => {
    const value = resource.get('SubnetId')
    const place = deployment.resourceOf(value)
    if (place === undefined)
      return undecided('SubnetId', 'the subnet is not in these templates', value instanceof Unknown ? undefined : value)
    const open = place.get('MapPublicIpOnLaunch')
    if (open instanceof Unknown) return undecided('SubnetId', open.reason)
    return isTrue(open) ? fail('SubnetId', value, `${place.logicalId} gives out public addresses.`) : pass('SubnetId', value)
  },
  passing: { Target: { Type: 'AWS::EFS::MountTarget', Properties: mountTarget }, Subnet: subnet(false) },
  failing: { Target: { Type: 'AWS::EFS::MountTarget', Properties: mountTarget }, Subnet: subnet(true) },
}

/** Controls on file systems of Amazon EFS and the ways to them. */
export const efsControls: readonly ResourceControl[] = [
  ...rows,
  transport,
  privateMountTarget,
  inBackupPlan({
    id: 'efs-file-system-in-backup-plan',
    title: 'EFS file systems are in a plan of AWS Backup',
    type,
    properties: { Encrypted: true },
    // Automatic backups are a plan that EFS makes ("Backing up EFS file systems", Amazon EFS User Guide).
    settled: (resource) => (resource.get('BackupPolicy.Status') === 'ENABLED' ? pass('BackupPolicy.Status', 'ENABLED') : undefined),
  }),
  ...retained({ id: 'efs-file-system', noun: 'EFS file systems', type, properties: { Encrypted: true } }),
]
