import { isList, type ValueMap } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { isCustomerKey, isGiven, isNoneOf, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { eachPresent } from './each-present.ts'
import { ecsTaskDefinitionControls } from './ecs-task-definition.ts'
import { isWord, someEntry } from './entries.ts'
import { containment, exposed, operatorsKey } from './platform-safeguards.ts'
import { atRest, audit, availability, exampleKey, hygiene, inTransit, monitoring, patched } from './safeguards.ts'

const service = 'AWS::ECS::Service'
const taskSet = 'AWS::ECS::TaskSet'
const cluster = 'AWS::ECS::Cluster'
const network = (more: Readonly<Record<string, unknown>>, Subnets = ['subnet-11111111', 'subnet-22222222']) => ({ Subnets, ...more })
const inNetwork = (more: Readonly<Record<string, unknown>>, subnets?: string[]) => ({
  LaunchType: 'FARGATE',
  TaskDefinition: 'records:1',
  NetworkConfiguration: { AwsvpcConfiguration: network(more, subnets) },
})
const set = (more: Readonly<Record<string, unknown>>) => ({
  Cluster: 'records',
  Service: 'records',
  TaskDefinition: 'records:1',
  LaunchType: 'FARGATE',
  ...more,
})
const running = { TaskDefinition: 'records:1' }
const shell = (ExecuteCommandConfiguration: Readonly<Record<string, unknown>>) => ({ Configuration: { ExecuteCommandConfiguration } })
const overridden = (LogConfiguration: Readonly<Record<string, unknown>>) => shell({ Logging: 'OVERRIDE', LogConfiguration })
const exec = 'Configuration.ExecuteCommandConfiguration'
const rolling = { path: 'DeploymentController.Type', expect: isOneOf('ECS'), absent: 'applies' } as const

const measures = (setting: ValueMap): boolean | undefined => {
  const named = isWord(setting['Name'], 'containerInsights')
  const on = isWord(setting['Value'], 'enabled', 'enhanced')
  return named === true ? on : named
}

const services = propertyControls([
  {
    ...exposed,
    id: 'ecs-service-no-public-address',
    title: 'ECS services give their tasks no public address',
    why: 'A task with a public address stands in the internet with only its security group before it.',
    remedy: 'Leave AssignPublicIp out, or set it to DISABLED.',
    type: service,
    path: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
    expect: isOneOf('DISABLED'),
    absent: 'passes',
    passing: inNetwork({ AssignPublicIp: 'DISABLED' }),
    failing: inNetwork({ AssignPublicIp: 'ENABLED' }),
  },
  {
    ...exposed,
    id: 'ecs-task-set-no-public-address',
    title: 'ECS task sets give their tasks no public address',
    why: 'A task with a public address stands in the internet with only its security group before it.',
    remedy: 'Leave AssignPublicIp out, or set it to DISABLED.',
    type: taskSet,
    path: 'NetworkConfiguration.AwsVpcConfiguration.AssignPublicIp',
    expect: isOneOf('DISABLED'),
    absent: 'passes',
    passing: set({ NetworkConfiguration: { AwsVpcConfiguration: network({ AssignPublicIp: 'DISABLED' }) } }),
    failing: set({ NetworkConfiguration: { AwsVpcConfiguration: network({ AssignPublicIp: 'ENABLED' }) } }),
  },
  {
    ...patched,
    id: 'ecs-service-platform-latest',
    title: 'ECS services on Fargate run on the latest platform',
    severity: 'low',
    why: 'An older platform is no longer given corrections of its kernel and container runtime.',
    remedy: 'Leave PlatformVersion out, or set it to LATEST.',
    type: [service, taskSet],
    path: 'PlatformVersion',
    // 1.4.0 is the latest of Linux and 1.0.0 of Windows ("Fargate platform versions", Amazon ECS Developer Guide); 1.0.0 of Linux can no longer be started.
    expect: isOneOf('LATEST', '1.4.0', '1.0.0'),
    absent: 'passes',
    passing: { ...running, PlatformVersion: 'LATEST' },
    failing: { ...running, PlatformVersion: '1.3.0' },
  },
  {
    ...containment,
    id: 'ecs-service-no-shell',
    title: 'ECS services let nobody open a shell in their containers',
    why: 'A shell inside a running container reads the secrets and the data of the program.',
    remedy: 'Leave EnableExecuteCommand out, or set it to false.',
    type: service,
    path: 'EnableExecuteCommand',
    expect: isOff,
    absent: 'passes',
    passing: { ...running, EnableExecuteCommand: false },
    failing: { ...running, EnableExecuteCommand: true },
  },
  {
    ...availability,
    id: 'ecs-service-several-subnets',
    title: 'ECS services run in several subnets',
    severity: 'low',
    why: 'A subnet lies in one Availability Zone: when that fails, the service fails with it.',
    remedy: 'Give AwsvpcConfiguration.Subnets a subnet of each of two Availability Zones.',
    type: service,
    path: 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
    expect: (value) => (isList(value) ? value.length > 1 : undefined),
    absent: 'does not apply',
    passing: inNetwork({}),
    failing: inNetwork({}, ['subnet-11111111']),
  },
  {
    ...availability,
    id: 'ecs-service-circuit-breaker',
    title: 'ECS services stop a deployment that fails',
    severity: 'low',
    why: 'Without a circuit breaker the service tries for ever to start tasks that cannot run.',
    remedy: 'Set DeploymentConfiguration.DeploymentCircuitBreaker.Enable to true.',
    type: service,
    path: 'DeploymentConfiguration.DeploymentCircuitBreaker.Enable',
    expect: isOn,
    absent: 'fails',
    when: rolling,
    passing: { ...running, DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } } },
    failing: running,
  },
  {
    ...inTransit,
    id: 'ecs-service-connect-tls',
    title: 'ECS services that connect by Service Connect encrypt what they send',
    severity: 'medium',
    why: 'By default Service Connect passes requests on between tasks as they are.',
    remedy: 'Set ServiceConnectConfiguration.Services.*.Tls with a certificate authority.',
    type: service,
    path: 'ServiceConnectConfiguration.Services.*.Tls',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'ServiceConnectConfiguration.Services', expect: isGiven },
    passing: connected({
      Tls: { IssuerCertificateAuthority: { AwsPcaAuthorityArn: 'arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/1' } },
    }),
    failing: connected({}),
  },
])

function connected(more: Readonly<Record<string, unknown>>) {
  return { ...running, ServiceConnectConfiguration: { Enabled: true, Namespace: 'records', Services: [{ PortName: 'http', ...more }] } }
}

const volume = (more: Readonly<Record<string, unknown>>) => ({
  ...running,
  VolumeConfigurations: [{ Name: 'data', ManagedEBSVolume: { RoleArn: 'arn:aws:iam::111122223333:role/volumes', SizeInGiB: 10, ...more } }],
})

const volumes = eachPresent([
  {
    ...atRest,
    id: 'ecs-service-volumes-encrypted',
    title: 'ECS services encrypt the EBS volumes they make',
    why: 'What a task writes stays readable on the disk and in its snapshots.',
    remedy: 'Set ManagedEBSVolume.Encrypted to true.',
    type: service,
    bases: ['VolumeConfigurations.*.ManagedEBSVolume'],
    path: 'Encrypted',
    expect: isOn,
    absent: 'fails',
    passing: volume({ Encrypted: true }),
    failing: volume({}),
  },
  {
    ...operatorsKey,
    id: 'ecs-service-volumes-customer-key',
    title: 'ECS services encrypt the EBS volumes they make under a key that the customer manages',
    severity: 'medium',
    why: 'Under a key of AWS the customer cannot take access away from all volumes at once.',
    remedy: 'Set ManagedEBSVolume.KmsKeyId to a KMS key of your own.',
    type: service,
    bases: ['VolumeConfigurations.*.ManagedEBSVolume'],
    path: 'KmsKeyId',
    passing: volume({ Encrypted: true, KmsKeyId: exampleKey }),
    failing: volume({ Encrypted: true }),
  },
])

const clusters = propertyControls([
  {
    ...monitoring,
    id: 'ecs-cluster-container-insights',
    title: 'ECS clusters measure their containers',
    severity: 'low',
    why: 'Without Container Insights nobody sees which container restarts, fills its memory or falls silent.',
    remedy: 'Set ClusterSettings with containerInsights and the value enabled or enhanced.',
    type: cluster,
    path: 'ClusterSettings',
    expect: someEntry(measures),
    absent: 'fails',
    passing: { ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] },
    failing: {},
  },
  {
    ...audit,
    id: 'ecs-cluster-shell-logged',
    title: 'ECS clusters record what is typed in shells of their containers',
    severity: 'medium',
    why: 'A shell in a container reaches its data; without a record nobody knows what was done there.',
    remedy: 'Leave ExecuteCommandConfiguration.Logging out, or set it to OVERRIDE with a LogConfiguration.',
    type: cluster,
    path: `${exec}.Logging`,
    expect: isNoneOf('NONE'),
    absent: 'passes',
    passing: shell({ Logging: 'DEFAULT' }),
    failing: shell({ Logging: 'NONE' }),
  },
  {
    ...inTransit,
    id: 'ecs-cluster-shell-customer-key',
    title: 'ECS clusters encrypt shells of their containers under a KMS key',
    severity: 'low',
    why: 'The key encrypts what is typed and shown, on top of TLS, so that its policy decides who can open a shell.',
    remedy: 'Set ExecuteCommandConfiguration.KmsKeyId to a KMS key of your own.',
    type: cluster,
    path: `${exec}.KmsKeyId`,
    expect: isCustomerKey,
    absent: 'fails',
    when: { path: exec, expect: isGiven },
    passing: shell({ Logging: 'DEFAULT', KmsKeyId: exampleKey }),
    failing: shell({ Logging: 'DEFAULT' }),
  },
  {
    ...atRest,
    id: 'ecs-cluster-shell-log-group-encrypted',
    title: 'ECS clusters demand an encrypted log group for records of shells',
    severity: 'low',
    why: 'The record holds whatever was shown in the shell.',
    remedy: 'Set LogConfiguration.CloudWatchEncryptionEnabled to true.',
    type: cluster,
    path: `${exec}.LogConfiguration.CloudWatchEncryptionEnabled`,
    expect: isOn,
    absent: 'fails',
    when: { path: `${exec}.LogConfiguration.CloudWatchLogGroupName`, expect: isGiven },
    passing: overridden({ CloudWatchLogGroupName: 'shells', CloudWatchEncryptionEnabled: true }),
    failing: overridden({ CloudWatchLogGroupName: 'shells' }),
  },
  {
    ...atRest,
    id: 'ecs-cluster-shell-bucket-encrypted',
    title: 'ECS clusters demand an encrypted bucket for records of shells',
    severity: 'low',
    why: 'The record holds whatever was shown in the shell.',
    remedy: 'Set LogConfiguration.S3EncryptionEnabled to true.',
    type: cluster,
    path: `${exec}.LogConfiguration.S3EncryptionEnabled`,
    expect: isOn,
    absent: 'fails',
    when: { path: `${exec}.LogConfiguration.S3BucketName`, expect: isGiven },
    passing: overridden({ S3BucketName: 'shells', S3EncryptionEnabled: true }),
    failing: overridden({ S3BucketName: 'shells' }),
  },
  {
    ...operatorsKey,
    id: 'ecs-cluster-fargate-storage-customer-key',
    title: 'ECS clusters encrypt the disks of Fargate tasks under a key that the customer manages',
    why: 'Tasks write data of patients to their disk while they work; AWS encrypts it, with a key that nobody else can take away.',
    remedy: 'Set ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId to a KMS key of your own.',
    type: cluster,
    path: 'Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId',
    passing: { Configuration: { ManagedStorageConfiguration: { FargateEphemeralStorageKmsKeyId: exampleKey } } },
    failing: {},
  },
  {
    ...hygiene,
    id: 'ecs-capacity-provider-termination-protection',
    title: 'ECS capacity providers end no instance on which tasks run',
    why: 'Without the protection scaling in takes instances away under running tasks.',
    remedy: 'Set ManagedTerminationProtection to ENABLED.',
    type: 'AWS::ECS::CapacityProvider',
    path: 'AutoScalingGroupProvider.ManagedTerminationProtection',
    expect: isOneOf('ENABLED'),
    absent: 'fails',
    when: { path: 'AutoScalingGroupProvider', expect: isGiven },
    passing: provider({ ManagedTerminationProtection: 'ENABLED' }),
    failing: provider({}),
  },
])

function provider(more: Readonly<Record<string, unknown>>) {
  const AutoScalingGroupArn = 'arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:1:autoScalingGroupName/records'
  return { AutoScalingGroupProvider: { AutoScalingGroupArn, ManagedScaling: { Status: 'ENABLED' }, ...more } }
}

/** Controls on ECS. */
export const ecsControls: readonly ResourceControl[] = [...ecsTaskDefinitionControls, ...services, ...volumes, ...clusters]
