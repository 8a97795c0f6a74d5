import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isMap, isTrue, Unknown, type Value } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { atRest, authentication, availability, customerKey, exampleKey, inTransit, monitoring, privateNetwork } from './safeguards.ts'

const type = 'AWS::EMR::Cluster'
const configuration = 'AWS::EMR::SecurityConfiguration'
const base = {
  Name: 'clinic',
  ReleaseLabel: 'emr-7.5.0',
  ServiceRole: 'EMR_DefaultRole',
  JobFlowRole: 'EMR_EC2_DefaultRole',
  Instances: {
    Ec2SubnetId: 'subnet-0123456789abcdef0',
    MasterInstanceGroup: { InstanceCount: 1, InstanceType: 'm5.xlarge' },
    CoreInstanceGroup: { InstanceCount: 2, InstanceType: 'm5.xlarge' },
  },
} as const
const studio = {
  Name: 'clinic',
  AuthMode: 'IAM',
  EngineSecurityGroupId: 'sg-0123456789abcdef0',
  WorkspaceSecurityGroupId: 'sg-0123456789abcdef1',
  ServiceRole: 'arn:aws:iam::111122223333:role/studio',
  SubnetIds: ['subnet-0123456789abcdef0'],
  VpcId: 'vpc-0123456789abcdef0',
  DefaultS3Location: 's3://clinic-studio/',
} as const
const serverless = { ReleaseLabel: 'emr-7.5.0', Type: 'SPARK' } as const

const rows = propertyControls([
  {
    ...atRest,
    id: 'emr-cluster-security-configuration',
    title: 'EMR clusters have a security configuration',
    why: 'Without one nothing is encrypted on the disks of the cluster or between its nodes, and nobody is asked who they are.',
    remedy: 'Set SecurityConfiguration to an AWS::EMR::SecurityConfiguration.',
    type,
    path: 'SecurityConfiguration',
    expect: isGiven,
    absent: 'fails',
    passing: { ...base, SecurityConfiguration: 'clinic' },
    failing: base,
  },
  {
    ...authentication,
    citations: [
      '164.308(a)(3)(i)',
      '164.308(a)(3)(ii)(A)',
      '164.308(a)(4)(i)',
      '164.308(a)(4)(ii)(B)',
      '164.308(a)(4)(ii)(C)',
      '164.312(a)(1)',
      '164.312(d)',
    ],
    id: 'emr-cluster-kerberos',
    title: 'EMR clusters sign users in by Kerberos',
    why: 'Without Kerberos every user of the cluster may act as any other, and reads what any of them may read.',
    remedy: 'Set KerberosAttributes, with a security configuration that enables Kerberos.',
    type,
    path: 'KerberosAttributes',
    expect: isGiven,
    absent: 'fails',
    passing: {
      ...base,
      SecurityConfiguration: 'clinic',
      KerberosAttributes: { Realm: 'CLINIC.EXAMPLE', KdcAdminPassword: '{{resolve:secretsmanager:clinic}}' },
    },
    failing: base,
  },
  {
    ...monitoring,
    id: 'emr-cluster-logs',
    title: 'EMR clusters keep their logs in S3',
    why: 'The logs of steps and daemons vanish with the cluster, often within the hour.',
    remedy: 'Set LogUri.',
    type,
    path: 'LogUri',
    expect: isGiven,
    absent: 'fails',
    passing: { ...base, LogUri: 's3://clinic-logs/' },
    failing: base,
  },
  {
    ...customerKey,
    severity: 'low',
    id: 'emr-cluster-logs-customer-key',
    title: "Logs of EMR clusters are encrypted with a customer's key",
    why: 'Logs of steps show samples and errors with the values of patients in them.',
    remedy: 'Set LogEncryptionKmsKeyId to a KMS key of your own.',
    type,
    path: 'LogEncryptionKmsKeyId',
    when: { path: 'LogUri', expect: isGiven },
    passing: { ...base, LogUri: 's3://clinic-logs/', LogEncryptionKmsKeyId: exampleKey },
    failing: { ...base, LogUri: 's3://clinic-logs/' },
  },
  {
    ...availability,
    severity: 'low',
    id: 'emr-cluster-termination-protection',
    title: 'EMR clusters that stay up are protected from termination',
    why: 'One mistaken call ends the cluster, with all that is only on its disks.',
    remedy: 'Set Instances.TerminationProtected to true.',
    type,
    path: 'Instances.TerminationProtected',
    expect: isOn,
    absent: 'fails',
    when: { path: 'Instances.KeepJobFlowAliveWhenNoSteps', expect: isOn },
    passing: { ...base, Instances: { ...base.Instances, KeepJobFlowAliveWhenNoSteps: true, TerminationProtected: true } },
    failing: { ...base, Instances: { ...base.Instances, KeepJobFlowAliveWhenNoSteps: true } },
  },
  {
    ...customerKey,
    severity: 'low',
    id: 'emr-studio-customer-key',
    title: "Workspaces of EMR Studio are encrypted with a customer's key",
    why: 'Notebooks keep the output of queries, which shows patients, in a bucket.',
    remedy: 'Set EncryptionKeyArn to a KMS key of your own.',
    type: 'AWS::EMR::Studio',
    path: 'EncryptionKeyArn',
    passing: { ...studio, EncryptionKeyArn: exampleKey },
    failing: studio,
  },
  {
    ...privateNetwork,
    severity: 'low',
    id: 'emr-serverless-in-vpc',
    title: 'EMR Serverless applications run in a VPC',
    why: 'Outside a VPC jobs reach S3 past every endpoint policy and flow log, and no private database at all.',
    remedy: 'Set NetworkConfiguration.SubnetIds.',
    type: 'AWS::EMRServerless::Application',
    path: 'NetworkConfiguration.SubnetIds',
    expect: isGiven,
    absent: 'fails',
    passing: {
      ...serverless,
      NetworkConfiguration: { SubnetIds: ['subnet-0123456789abcdef0'], SecurityGroupIds: ['sg-0123456789abcdef0'] },
    },
    failing: serverless,
  },
])

interface Setting extends ControlText {
  /** Path in the configuration's JSON. */
  readonly path: readonly string[]
  readonly expect: (value: Value | undefined) => boolean
}

// "Create a security configuration with the Amazon EMR console or with the AWS CLI", Amazon EMR Management Guide.
const settings: readonly Setting[] = [
  {
    ...atRest,
    id: 'emr-security-configuration-at-rest',
    title: 'EMR security configurations encrypt data on disk',
    why: 'Records that jobs write, and what spills to disk in between, can be read by whoever gets hold of a volume.',
    remedy: 'Set EncryptionConfiguration.EnableAtRestEncryption to true.',
    path: ['EncryptionConfiguration', 'EnableAtRestEncryption'],
    expect: isTrue,
  },
  {
    ...inTransit,
    id: 'emr-security-configuration-in-transit',
    title: 'EMR security configurations encrypt data between nodes',
    why: 'Nodes shuffle records to each other over the network, in the clear.',
    remedy: 'Set EncryptionConfiguration.EnableInTransitEncryption to true.',
    path: ['EncryptionConfiguration', 'EnableInTransitEncryption'],
    expect: isTrue,
  },
  {
    ...atRest,
    id: 'emr-security-configuration-local-disk',
    title: 'EMR security configurations encrypt local disks',
    why: 'HDFS and the files that jobs spill lie on the volumes of the nodes as they are.',
    remedy: 'Set EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration.',
    path: ['EncryptionConfiguration', 'AtRestEncryptionConfiguration', 'LocalDiskEncryptionConfiguration'],
    expect: (value) => value !== undefined,
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'emr-security-configuration-ebs',
    title: 'EMR security configurations encrypt EBS volumes, the root volume too',
    why: 'Encryption inside the operating system leaves the root volume out.',
    remedy: 'Set LocalDiskEncryptionConfiguration.EnableEbsEncryption to true, with EncryptionKeyProviderType AwsKms.',
    path: ['EncryptionConfiguration', 'AtRestEncryptionConfiguration', 'LocalDiskEncryptionConfiguration', 'EnableEbsEncryption'],
    expect: isTrue,
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'emr-security-configuration-s3',
    title: 'EMR security configurations encrypt what jobs write to S3',
    why: 'What jobs write takes whatever the bucket happens to have.',
    remedy: 'Set EncryptionConfiguration.AtRestEncryptionConfiguration.S3EncryptionConfiguration.',
    path: ['EncryptionConfiguration', 'AtRestEncryptionConfiguration', 'S3EncryptionConfiguration'],
    expect: (value) => value !== undefined,
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'emr-security-configuration-imds',
    title: 'EMR security configurations ask for version 2 of the metadata service',
    why: 'With version 1 a job that can be made to fetch a web address hands out the credentials of the whole node.',
    remedy: 'Set InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion to 2.',
    path: ['InstanceMetadataServiceConfiguration', 'MinimumInstanceMetadataServiceVersion'],
    expect: (value) => String(value) === '2',
  },
]

const everything = {
  EncryptionConfiguration: {
    EnableAtRestEncryption: true,
    EnableInTransitEncryption: true,
    AtRestEncryptionConfiguration: {
      S3EncryptionConfiguration: { EncryptionMode: 'SSE-KMS', AwsKmsKey: exampleKey },
      LocalDiskEncryptionConfiguration: { EncryptionKeyProviderType: 'AwsKms', AwsKmsKey: exampleKey, EnableEbsEncryption: true },
    },
    InTransitEncryptionConfiguration: {
      TLSCertificateConfiguration: { CertificateProviderType: 'PEM', S3Object: 's3://clinic/certificates.zip' },
    },
  },
  InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 },
} as const

/** A security configuration is JSON, as a map or in a text. */
function configurationOf(resource: Resource): Value | undefined {
  const value = resource.get('SecurityConfiguration')
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as Value
  } catch {
    return new Unknown('it is a text that holds no JSON before deployment')
  }
}

function judgeSetting(resource: Resource, _deployment: Deployment, { path, expect }: Pick<Setting, 'path' | 'expect'>): Outcome {
  const property = ['SecurityConfiguration', ...path].join('.')
  let value = configurationOf(resource)
  for (const step of path) {
    if (value instanceof Unknown) return undecided(property, value.reason)
    value = isMap(value) ? value[step] : undefined
  }
  if (value instanceof Unknown) return undecided(property, value.reason)
  return expect(value) ? pass(property, value) : fail(property, value)
}

/** Controls on EMR. */
export const emrControls: readonly ResourceControl[] = [
  ...rows,
  ...settings.map(
    ({ path, expect, ...text }): ResourceControl => ({
      ...text,
      types: [configuration],
      judge: (resource, deployment) => judgeSetting(resource, deployment, { path, expect }),
      passing: { Security: { Type: configuration, Properties: { SecurityConfiguration: everything } } },
      failing: {
        Security: {
          Type: configuration,
          Properties: {
            SecurityConfiguration: { EncryptionConfiguration: { EnableAtRestEncryption: false, EnableInTransitEncryption: false } },
          },
        },
      },
    }),
  ),
  {
    ...privateNetwork,
    severity: 'high',
    id: 'emr-cluster-private-subnet',
    title: 'EMR clusters stand in subnets that give no public addresses',
    why: 'The primary node runs consoles without a password; with a public address only a security group stands before them.',
    remedy: 'Name in Instances.Ec2SubnetId a subnet whose MapPublicIpOnLaunch is false.',
    types: [type],
    judge: judgeSubnets,
    passing: { Cluster: withSubnet(), Subnet: subnet(false) },
    failing: { Cluster: withSubnet(), Subnet: subnet(true) },
  },
]

function judgeSubnets(cluster: Resource, deployment: Deployment): Outcome[] {
  const places = [...cluster.at('Instances.Ec2SubnetId'), ...cluster.at('Instances.Ec2SubnetIds.*')].filter(
    ({ value }) => value !== undefined,
  )
  return places.map(({ path, value }) => {
    const named = deployment.resourceOf(value)
    if (named === undefined) return undecided(path, 'the subnet is not in the templates')
    return isTrue(named.get('MapPublicIpOnLaunch')) ? fail(path, value) : pass(path, value)
  })
}

function withSubnet() {
  return { Type: type, Properties: { ...base, Instances: { ...base.Instances, Ec2SubnetId: { Ref: 'Subnet' } } } } as const
}

function subnet(open: boolean) {
  return {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: 'vpc-0123456789abcdef0', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: open },
  } as const
}
