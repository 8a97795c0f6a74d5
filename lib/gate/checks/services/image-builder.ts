import type { ResourceControl } from '../control.ts'
import { holdsAll, isGiven, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { eachPresent } from './each-present.ts'
import { containment, lesserMonitoring, operatorsKey, softwareHealth } from './platform-safeguards.ts'
import { atRest, exampleKey, hygiene, notPublic, privateNetwork } from './safeguards.ts'

const infrastructure = 'AWS::ImageBuilder::InfrastructureConfiguration'
const distribution = 'AWS::ImageBuilder::DistributionConfiguration'
const pipeline = 'AWS::ImageBuilder::ImagePipeline'
const base = { Name: 'base', InstanceProfileName: 'image-builder' }
const arn = (path: string) => `arn:aws:imagebuilder:us-east-1:111122223333:${path}`
const component = [{ ComponentArn: arn('component/update/1.0.0/1') }]
const recipe = (Ebs: Readonly<Record<string, unknown>>) => ({
  Name: 'node',
  Version: '1.0.0',
  ParentImage: 'ami-11111111111111111',
  Components: component,
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, ...Ebs } }],
})
const container = (more: Readonly<Record<string, unknown>>) => ({
  Name: 'node',
  Version: '1.0.0',
  ContainerType: 'DOCKER',
  ParentImage: 'amazonlinux:2023',
  Components: component,
  DockerfileTemplateData: 'FROM {{{ imagebuilder:parentImage }}}',
  TargetRepository: { Service: 'ECR', RepositoryName: 'node' },
  ...more,
})
const images = (more: Readonly<Record<string, unknown>>) => ({
  Name: 'images',
  Distributions: [{ Region: 'us-east-1', AmiDistributionConfiguration: { Name: 'node', ...more } }],
})
const build = (more: Readonly<Record<string, unknown>>) => ({
  Name: 'nightly',
  ImageRecipeArn: arn('image-recipe/node/1.0.0'),
  InfrastructureConfigurationArn: arn('infrastructure-configuration/base'),
  ...more,
})
const part = { Name: 'update', Version: '1.0.0', Platform: 'Linux', Data: 'schemaVersion: 1.0' }

const rows = propertyControls([
  {
    ...containment,
    id: 'imagebuilder-infrastructure-imdsv2',
    title: 'Image Builder instances answer no metadata requests of version 1',
    why: 'With version 1, a program that can be made to fetch an address hands out the credentials of the instance that builds images.',
    remedy: 'Set InstanceMetadataOptions.HttpTokens to required.',
    type: infrastructure,
    path: 'InstanceMetadataOptions.HttpTokens',
    expect: isOneOf('required'),
    absent: 'fails',
    passing: { ...base, InstanceMetadataOptions: { HttpTokens: 'required' } },
    failing: base,
  },
  {
    ...lesserMonitoring,
    id: 'imagebuilder-infrastructure-logs-kept',
    title: 'Image Builder keeps the logs of its builds in S3',
    why: 'Without them nobody can tell what went into an image.',
    remedy: 'Set Logging.S3Logs.S3BucketName.',
    type: infrastructure,
    path: 'Logging.S3Logs.S3BucketName',
    expect: isGiven,
    absent: 'fails',
    passing: { ...base, Logging: { S3Logs: { S3BucketName: 'builds' } } },
    failing: base,
  },
  {
    ...privateNetwork,
    id: 'imagebuilder-infrastructure-subnet',
    title: 'Image Builder builds in a subnet that is named',
    severity: 'low',
    why: 'Without one it builds in the default VPC, whose subnets are all public.',
    remedy: 'Set SubnetId and SecurityGroupIds.',
    type: infrastructure,
    path: 'SubnetId',
    expect: isGiven,
    absent: 'fails',
    passing: { ...base, SubnetId: 'subnet-11111111', SecurityGroupIds: ['sg-11111111'] },
    failing: base,
  },
  {
    ...hygiene,
    id: 'imagebuilder-infrastructure-no-ssh-key',
    title: 'Image Builder instances have no SSH key',
    why: 'Who can sign in while an image is built can change it.',
    remedy: 'Leave KeyPair out.',
    type: infrastructure,
    path: 'KeyPair',
    expect: (value, deployment) => isGiven(value, deployment) === false,
    absent: 'passes',
    passing: base,
    failing: { ...base, KeyPair: 'key' },
  },
  {
    ...hygiene,
    id: 'imagebuilder-infrastructure-failed-ends',
    title: 'Image Builder ends the instance of a failed build',
    why: 'A left instance runs on with the role of the builder, and nobody watches it.',
    remedy: 'Leave TerminateInstanceOnFailure out, or set it to true.',
    type: infrastructure,
    path: 'TerminateInstanceOnFailure',
    expect: isOn,
    absent: 'passes',
    passing: { ...base, TerminateInstanceOnFailure: true },
    failing: { ...base, TerminateInstanceOnFailure: false },
  },
  {
    ...operatorsKey,
    id: 'imagebuilder-container-recipe-customer-key',
    title: 'Image Builder encrypts its container recipes under a key that the customer manages',
    why: 'A recipe says how every container is made.',
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: 'AWS::ImageBuilder::ContainerRecipe',
    path: 'KmsKeyId',
    passing: container({ KmsKeyId: exampleKey }),
    failing: container({}),
  },
  {
    ...operatorsKey,
    id: 'imagebuilder-component-customer-key',
    title: 'Image Builder encrypts its components under a key that the customer manages',
    why: 'A component holds the commands that make an image.',
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: 'AWS::ImageBuilder::Component',
    path: 'KmsKeyId',
    passing: { ...part, KmsKeyId: exampleKey },
    failing: part,
  },
  {
    ...notPublic,
    id: 'imagebuilder-distribution-not-public',
    title: 'Image Builder gives its images to nobody outside',
    severity: 'high',
    why: 'Everybody can start a public image and read what is on its disk.',
    remedy: 'Take the group all out of LaunchPermissionConfiguration.UserGroups.',
    type: distribution,
    path: 'Distributions.*.AmiDistributionConfiguration.LaunchPermissionConfiguration.UserGroups',
    expect: (value, deployment) => {
      const everybody = holdsAll('all')(value, deployment)
      return everybody === undefined ? undefined : !everybody
    },
    absent: 'passes',
    passing: images({ LaunchPermissionConfiguration: { UserIds: ['111122223333'] } }),
    failing: images({ LaunchPermissionConfiguration: { UserGroups: ['all'] } }),
  },
  {
    ...softwareHealth,
    id: 'imagebuilder-pipeline-scanned',
    title: 'Image Builder scans each image for known weaknesses',
    severity: 'low',
    why: 'A scan tells which parts of an image have known faults before an instance starts from it.',
    remedy: 'Set ImageScanningConfiguration.ImageScanningEnabled to true.',
    type: [pipeline, 'AWS::ImageBuilder::Image'],
    path: 'ImageScanningConfiguration.ImageScanningEnabled',
    expect: isOn,
    absent: 'fails',
    passing: build({ ImageScanningConfiguration: { ImageScanningEnabled: true } }),
    failing: build({}),
  },
  {
    ...softwareHealth,
    id: 'imagebuilder-pipeline-tested',
    title: 'Image Builder tests each image',
    severity: 'low',
    why: 'An image that was never started is tried out in production.',
    remedy: 'Leave ImageTestsConfiguration.ImageTestsEnabled out, or set it to true.',
    type: [pipeline, 'AWS::ImageBuilder::Image'],
    path: 'ImageTestsConfiguration.ImageTestsEnabled',
    expect: isOn,
    absent: 'passes',
    passing: build({ ImageTestsConfiguration: { ImageTestsEnabled: true } }),
    failing: build({ ImageTestsConfiguration: { ImageTestsEnabled: false } }),
  },
  {
    ...softwareHealth,
    id: 'imagebuilder-pipeline-scheduled',
    title: 'Image Builder builds images again on a schedule',
    severity: 'low',
    why: 'An image is as old as its last build, with every fault found since.',
    remedy: 'Set Schedule.ScheduleExpression.',
    type: pipeline,
    path: 'Schedule.ScheduleExpression',
    expect: isGiven,
    absent: 'fails',
    passing: build({ Schedule: { ScheduleExpression: 'cron(0 2 ? * SUN *)' } }),
    failing: build({}),
  },
])

const parts = eachPresent([
  {
    ...atRest,
    id: 'imagebuilder-recipe-volumes-encrypted',
    title: 'Image Builder encrypts the volumes of its images',
    why: 'Every instance started from the image has an unencrypted disk, unless somebody thinks of it.',
    remedy: 'Set Ebs.Encrypted of each volume to true.',
    type: ['AWS::ImageBuilder::ImageRecipe', 'AWS::ImageBuilder::ContainerRecipe'],
    bases: ['BlockDeviceMappings.*.Ebs', 'InstanceConfiguration.BlockDeviceMappings.*.Ebs'],
    path: 'Encrypted',
    expect: isOn,
    absent: 'fails',
    passing: recipe({ Encrypted: true }),
    failing: recipe({}),
  },
  {
    ...operatorsKey,
    id: 'imagebuilder-recipe-volumes-customer-key',
    title: 'Image Builder encrypts the volumes of its images under a key that the customer manages',
    why: 'An image under a key of AWS cannot be given to another account, and its key cannot be taken away.',
    remedy: 'Set Ebs.KmsKeyId of each volume to a KMS key of your own.',
    type: ['AWS::ImageBuilder::ImageRecipe', 'AWS::ImageBuilder::ContainerRecipe'],
    bases: ['BlockDeviceMappings.*.Ebs', 'InstanceConfiguration.BlockDeviceMappings.*.Ebs'],
    path: 'KmsKeyId',
    passing: recipe({ Encrypted: true, KmsKeyId: exampleKey }),
    failing: recipe({ Encrypted: true }),
  },
  {
    ...operatorsKey,
    id: 'imagebuilder-distribution-customer-key',
    title: 'Image Builder encrypts the copies of its images under a key that the customer manages',
    why: 'A copy under a key of AWS undoes what the key of the recipe protects.',
    remedy: 'Set AmiDistributionConfiguration.KmsKeyId to a KMS key of your own.',
    type: distribution,
    bases: ['Distributions.*.AmiDistributionConfiguration'],
    path: 'KmsKeyId',
    passing: images({ KmsKeyId: exampleKey }),
    failing: images({}),
  },
])

/** Controls on EC2 Image Builder. */
export const imageBuilderControls: readonly ResourceControl[] = [...rows, ...parts]
