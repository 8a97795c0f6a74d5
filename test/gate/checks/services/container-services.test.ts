import { describe, expect, test } from 'vitest'
import { statusOf } from './platform-example.ts'

const unknown = { 'Fn::ImportValue': 'elsewhere' }
type Properties = Readonly<Record<string, unknown>>

describe('A task definition', () => {
  const Type = 'AWS::ECS::TaskDefinition'
  const container = (more: Properties, task: Properties = {}): Properties => ({
    ContainerDefinitions: [{ Name: 'app', Image: 'app:1', ...more }],
    ...task,
  })
  const windows = { RuntimePlatform: { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }
  const volumes = (...Volumes: readonly Properties[]): Properties => container({}, { Volumes })
  const files = (more: Properties): Properties => ({ Name: 'files', EFSVolumeConfiguration: { FilesystemId: 'fs-1', ...more } })

  test.each<[string, string, Properties, string]>([
    ['ecs-task-definition-user-not-root', 'with a user of a name', container({ User: 'app' }), 'pass'],
    ['ecs-task-definition-user-not-root', 'whose user begins like root', container({ User: 'rootless' }), 'pass'],
    ['ecs-task-definition-user-not-root', 'with number and group', container({ User: '0:0' }), 'fail'],
    ['ecs-task-definition-user-not-root', 'of one container of two', { ContainerDefinitions: [{ User: 'app' }, {}] }, 'fail'],
    ['ecs-task-definition-user-not-root', 'on Windows', container({}, windows), 'nothing'],
    ['ecs-task-definition-read-only-root', 'on Windows', container({}, windows), 'nothing'],
    ['ecs-task-definition-windows-user-not-administrator', 'on Linux', container({}), 'nothing'],
    ['ecs-task-definition-host-network-user', 'on a network of its own', container({}, { NetworkMode: 'awsvpc' }), 'nothing'],
    ['ecs-task-definition-efs-encrypted-in-transit', 'without a volume of EFS', volumes({ Name: 'scratch' }), 'nothing'],
    [
      'ecs-task-definition-efs-encrypted-in-transit',
      'with one volume of two',
      volumes(files({}), files({ TransitEncryption: 'ENABLED' })),
      'fail',
    ],
    ['ecs-task-definition-efs-encrypted-in-transit', 'with volumes that are not known', container({}, { Volumes: unknown }), 'undecided'],
    ['ecs-task-definition-host-paths', 'that mounts the whole disk', volumes({ Name: 'all', Host: { SourcePath: '/' } }), 'fail'],
    [
      'ecs-task-definition-host-paths',
      'that mounts its own directory',
      volumes({ Name: 'own', Host: { SourcePath: '/data/app' } }),
      'pass',
    ],
    ['ecs-task-definition-image-fixed', 'of a registry with a port and no tag', container({ Image: 'registry:5000/app' }), 'fail'],
    ['ecs-task-definition-image-fixed', 'with a digest', container({ Image: 'app@sha256:abc' }), 'pass'],
    ['ecs-task-definition-image-fixed', 'with a tag of another stack', container({ Image: unknown }), 'undecided'],
    [
      'ecs-task-definition-capabilities',
      'that adds a harmless one',
      container({ LinuxParameters: { Capabilities: { Add: ['NET_BIND_SERVICE'] } } }),
      'pass',
    ],
    ['ecs-task-definition-roles-apart', 'with one role', container({}, { TaskRoleArn: 'arn:aws:iam::111122223333:role/a' }), 'nothing'],
  ])('%s %s', (id, _name, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })
})

describe('A repository of images', () => {
  test('is scanned where the registry is', () => {
    const Registry = { Type: 'AWS::ECR::RegistryScanningConfiguration', Properties: { ScanType: 'ENHANCED', Rules: [] } }
    expect(statusOf('ecr-repository-scan-on-push', 'AWS::ECR::Repository', {}, { Registry })).toBe('pass')
  })
})

describe('A cluster of Kubernetes', () => {
  const Type = 'AWS::EKS::Cluster'
  const network = (more: Properties): Properties => ({ ResourcesVpcConfig: more })

  test.each<[string, Properties, string]>([
    ['eks-cluster-endpoint-known-networks', network({}), 'fail'],
    ['eks-cluster-endpoint-known-networks', network({ EndpointPublicAccess: false }), 'nothing'],
    ['eks-cluster-endpoint-known-networks', network({ PublicAccessCidrs: ['198.51.100.0/24', '0.0.0.0/0'] }), 'fail'],
    ['eks-cluster-endpoint-known-networks', network({ PublicAccessCidrs: unknown }), 'undecided'],
    ['eks-cluster-version', { Version: '1.9' }, 'fail'],
    ['eks-cluster-version', { Version: 1.3 }, 'fail'],
    ['eks-cluster-version', { Version: 1.33 }, 'pass'],
    ['eks-cluster-version', {}, 'pass'],
    ['eks-cluster-version', { Version: unknown }, 'undecided'],
  ])('%s: %j is %s', (id, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })
})

describe('A job definition', () => {
  const Type = 'AWS::Batch::JobDefinition'

  test.each<[string, string, Properties, string]>([
    ['batch-not-privileged', 'of a task', { EcsProperties: { TaskProperties: [{ Containers: [{ Privileged: true }] }] } }, 'fail'],
    [
      'batch-not-privileged',
      'of several nodes',
      { NodeProperties: { NodeRangeProperties: [{ Container: { Privileged: true } }] } },
      'fail',
    ],
    ['batch-not-privileged', 'of a pod', { EksProperties: { PodProperties: { Containers: [{}] } } }, 'pass'],
    ['batch-read-only-root', 'of a container', { ContainerProperties: {} }, 'fail'],
  ])('%s %s', (id, _name, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })
})

describe('An environment of Elastic Beanstalk', () => {
  const Type = 'AWS::ElasticBeanstalk::Environment'
  const id = 'elasticbeanstalk-environment-managed-updates'
  const OptionSettings = [{ Namespace: 'aws:elasticbeanstalk:managedactions', OptionName: 'ManagedActionsEnabled', Value: 'true' }]

  test('takes what it does not say from its saved configuration', () => {
    const Saved = { Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate', Properties: { OptionSettings } }
    const Empty = { ...Saved, Properties: {} }
    expect(statusOf(id, Type, { TemplateName: { Ref: 'Saved' } }, { Saved })).toBe('pass')
    expect(statusOf(id, Type, { TemplateName: { Ref: 'Saved' } }, { Saved: Empty })).toBe('fail')
    expect(statusOf(id, Type, { TemplateName: 'saved-elsewhere' })).toBe('undecided')
  })

  test.each<[string, Properties, string]>([
    ['without options', {}, 'fail'],
    ['with the option', { OptionSettings }, 'pass'],
    ['with options that are not known', { OptionSettings: unknown }, 'undecided'],
  ])('%s', (_name, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })

  test('is asked for a snapshot only where it has a database', () => {
    expect(statusOf('elasticbeanstalk-environment-database-kept', Type, {})).toBe('nothing')
  })
})
