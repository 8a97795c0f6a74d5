import type { ResourceControl } from '../control.ts'
import { isGiven, isNoneOf, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, authentication, inTransit, privateNetwork } from './safeguards.ts'
import { notWritten } from './written-secret.ts'

const task = {
  SourceLocationArn: 'arn:aws:datasync:us-east-1:111122223333:location/loc-0123456789abcdef0',
  DestinationLocationArn: 'arn:aws:datasync:us-east-1:111122223333:location/loc-0123456789abcdef1',
}
const group = { CloudWatchLogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:datasync' }
const agents = ['arn:aws:datasync:us-east-1:111122223333:agent/agent-0123456789abcdef0']
const efs = {
  Ec2Config: {
    SecurityGroupArns: ['arn:aws:ec2:us-east-1:111122223333:security-group/sg-0123456789abcdef0'],
    SubnetArn: 'arn:aws:ec2:us-east-1:111122223333:subnet/subnet-0123456789abcdef0',
  },
  EfsFilesystemArn: 'arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-0123456789abcdef0',
}
const objects = { ServerHostname: 'objects.example.com', BucketName: 'records', AgentArns: agents }
const hdfs = { NameNodes: [{ Hostname: 'name.example.com', Port: 8020 }], AgentArns: agents }
const simple = { ...hdfs, AuthenticationType: 'SIMPLE', SimpleUser: 'datasync' }
const smb = { AgentArns: agents, ServerHostname: 'files.example.com', Subdirectory: '/records', User: 'datasync' }
const azure = {
  AzureBlobContainerUrl: 'https://example.blob.core.windows.net/records',
  AzureBlobAuthenticationType: 'SAS',
  AgentArns: agents,
}
const password = 'The template is read by everyone who reads the repository or the stack, and the login opens the files of the other side.'
const reference = 'Use a dynamic reference to Secrets Manager, or CustomSecretConfig.'

const rows = propertyControls([
  {
    ...audit,
    severity: 'medium',
    id: 'datasync-task-log-group',
    title: 'DataSync tasks write to a log group',
    why: 'Files that were left out or arrived damaged are named in the log only.',
    remedy: 'Set CloudWatchLogGroupArn.',
    type: 'AWS::DataSync::Task',
    path: 'CloudWatchLogGroupArn',
    expect: isGiven,
    absent: 'fails',
    passing: { ...task, ...group },
    failing: task,
  },
  {
    ...audit,
    severity: 'medium',
    id: 'datasync-task-log-level',
    title: 'DataSync tasks do log',
    why: 'A log group stays empty when the level is OFF.',
    remedy: 'Set Options.LogLevel to BASIC or TRANSFER.',
    type: 'AWS::DataSync::Task',
    path: 'Options.LogLevel',
    expect: isOneOf('BASIC', 'TRANSFER'),
    absent: 'fails',
    passing: { ...task, ...group, Options: { LogLevel: 'TRANSFER' } },
    failing: { ...task, ...group, Options: { LogLevel: 'OFF' } },
  },
  {
    topic: 'other',
    severity: 'low',
    citations: ['164.312(c)(2)', '164.312(e)(2)(i)'],
    id: 'datasync-task-verifies',
    title: 'DataSync tasks verify what they copied',
    why: 'Without it a file that was damaged on its way replaces the good one unseen.',
    remedy: 'Leave out Options.VerifyMode, or set it to ONLY_FILES_TRANSFERRED or POINT_IN_TIME_CONSISTENT.',
    type: 'AWS::DataSync::Task',
    path: 'Options.VerifyMode',
    expect: isNoneOf('NONE'),
    absent: 'passes',
    passing: { ...task, Options: { VerifyMode: 'ONLY_FILES_TRANSFERRED' } },
    failing: { ...task, Options: { VerifyMode: 'NONE' } },
  },
  {
    ...privateNetwork,
    id: 'datasync-agent-vpc-endpoint',
    title: 'DataSync agents reach AWS by a VPC endpoint',
    why: 'Otherwise the agent beside your files needs a way to the internet.',
    remedy: 'Set VpcEndpointId, SubnetArns and SecurityGroupArns.',
    type: 'AWS::DataSync::Agent',
    path: 'VpcEndpointId',
    expect: isGiven,
    absent: 'fails',
    passing: { ActivationKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE', VpcEndpointId: 'vpce-0123456789abcdef0' },
    failing: { ActivationKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE' },
  },
  {
    ...inTransit,
    id: 'datasync-location-efs-tls',
    title: 'DataSync mounts EFS file systems with TLS',
    why: 'NFS itself carries file contents in clear.',
    remedy: 'Set InTransitEncryption to TLS1_2.',
    type: 'AWS::DataSync::LocationEFS',
    path: 'InTransitEncryption',
    expect: isOneOf('TLS1_2'),
    absent: 'fails',
    passing: { ...efs, InTransitEncryption: 'TLS1_2' },
    failing: efs,
  },
  {
    ...inTransit,
    id: 'datasync-location-object-storage-https',
    title: 'DataSync reaches object storage over HTTPS',
    why: 'Over HTTP the files and the signature of each request pass in clear.',
    remedy: 'Leave out ServerProtocol, or set it to HTTPS.',
    type: 'AWS::DataSync::LocationObjectStorage',
    path: 'ServerProtocol',
    expect: isOneOf('HTTPS'),
    absent: 'passes',
    passing: { ...objects, ServerProtocol: 'HTTPS' },
    failing: { ...objects, ServerProtocol: 'HTTP' },
  },
  {
    ...inTransit,
    id: 'datasync-location-hdfs-privacy',
    title: 'DataSync reaches HDFS clusters with encryption',
    why: 'The other modes of protection leave the blocks readable on the network.',
    remedy: 'Set QopConfiguration.DataTransferProtection to PRIVACY.',
    type: 'AWS::DataSync::LocationHDFS',
    path: 'QopConfiguration.DataTransferProtection',
    expect: isOneOf('PRIVACY'),
    absent: 'fails',
    passing: { ...simple, QopConfiguration: { DataTransferProtection: 'PRIVACY', RpcProtection: 'PRIVACY' } },
    failing: { ...simple, QopConfiguration: { DataTransferProtection: 'INTEGRITY', RpcProtection: 'INTEGRITY' } },
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'datasync-location-hdfs-kerberos',
    title: 'DataSync signs in to HDFS clusters by Kerberos',
    why: 'SIMPLE believes the user name that a client tells: anyone is anyone.',
    remedy: 'Set AuthenticationType to KERBEROS.',
    type: 'AWS::DataSync::LocationHDFS',
    path: 'AuthenticationType',
    expect: isOneOf('KERBEROS'),
    absent: 'fails',
    passing: {
      ...hdfs,
      AuthenticationType: 'KERBEROS',
      KerberosPrincipal: 'datasync@EXAMPLE.COM',
      KerberosKeytab: '{{resolve:secretsmanager:hdfs-keytab}}',
      KerberosKrb5Conf: '{{resolve:secretsmanager:hdfs-krb5}}',
    },
    failing: simple,
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'datasync-location-smb-version',
    title: 'DataSync does not speak SMB 1 or 2.0',
    why: 'These versions have no encryption, and their signatures can be forged.',
    remedy: 'Leave out MountOptions.Version, or set it to SMB3.',
    type: 'AWS::DataSync::LocationSMB',
    path: 'MountOptions.Version',
    expect: isNoneOf('SMB1', 'SMB2_0'),
    absent: 'passes',
    passing: { ...smb, MountOptions: { Version: 'SMB3' } },
    failing: { ...smb, MountOptions: { Version: 'SMB1' } },
  },
  {
    ...authentication,
    id: 'datasync-location-azure-blob-authentication',
    title: 'DataSync signs in to Azure containers',
    why: 'A container that needs no login is public: everyone reads what DataSync copies from it or to it.',
    remedy: 'Set AzureBlobAuthenticationType to SAS or OIDC.',
    type: 'AWS::DataSync::LocationAzureBlob',
    path: 'AzureBlobAuthenticationType',
    expect: isNoneOf('NONE'),
    absent: 'fails',
    passing: { ...azure, AzureBlobSasConfiguration: { AzureBlobSasToken: '{{resolve:secretsmanager:azure-token}}' } },
    failing: { ...azure, AzureBlobAuthenticationType: 'NONE' },
  },
])

const secrets = [
  notWritten({
    id: 'datasync-location-smb-password',
    title: 'Passwords of SMB locations do not stand in the template',
    why: password,
    remedy: reference,
    type: 'AWS::DataSync::LocationSMB',
    paths: ['Password'],
    example: (Password) => ({ ...smb, Password }),
  }),
  notWritten({
    id: 'datasync-location-fsx-windows-password',
    title: 'Passwords of FSx for Windows locations do not stand in the template',
    why: password,
    remedy: reference,
    type: 'AWS::DataSync::LocationFSxWindows',
    paths: ['Password'],
    example: (Password) => ({
      User: 'datasync',
      SecurityGroupArns: efs.Ec2Config.SecurityGroupArns,
      FsxFilesystemArn: 'arn:aws:fsx:us-east-1:111122223333:file-system/fs-0123456789abcdef0',
      Password,
    }),
  }),
  notWritten({
    id: 'datasync-location-object-storage-secret-key',
    title: 'Secret keys of object storage locations do not stand in the template',
    why: password,
    remedy: reference,
    type: 'AWS::DataSync::LocationObjectStorage',
    paths: ['SecretKey'],
    example: (SecretKey) => ({ ...objects, AccessKey: 'records', SecretKey }),
  }),
  notWritten({
    id: 'datasync-location-azure-blob-token',
    title: 'Tokens of Azure locations do not stand in the template',
    why: password,
    remedy: reference,
    type: 'AWS::DataSync::LocationAzureBlob',
    paths: ['AzureBlobSasConfiguration.AzureBlobSasToken'],
    example: (AzureBlobSasToken) => ({ ...azure, AzureBlobSasConfiguration: { AzureBlobSasToken } }),
  }),
]

/** Controls on AWS DataSync: how it reaches both sides, signs in and logs. */
export const datasyncControls: readonly ResourceControl[] = [...rows, ...secrets]
