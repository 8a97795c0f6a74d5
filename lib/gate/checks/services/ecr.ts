import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isTrue, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isOff, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { integrity, operatorsKey, softwareHealth } from './platform-safeguards.ts'
import { exampleKey, hygiene, notPublic } from './safeguards.ts'

const type = 'AWS::ECR::Repository'
const template = 'AWS::ECR::RepositoryCreationTemplate'
const scanning = 'AWS::ECR::RegistryScanningConfiguration'
const rules = [{ RepositoryFilters: [{ Filter: '*', FilterType: 'WILDCARD' }], ScanFrequency: 'SCAN_ON_PUSH' }]

const rows = propertyControls([
  {
    ...integrity,
    id: 'ecr-repository-immutable-tags',
    title: 'ECR repositories keep a tag on its image',
    topic: 'other',
    severity: 'medium',
    why: 'Where a tag can be moved, whoever may push replaces the program that runs behind it.',
    remedy: 'Set ImageTagMutability to IMMUTABLE.',
    type: [type, template],
    path: 'ImageTagMutability',
    expect: isOneOf('IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'),
    absent: 'fails',
    passing: { ImageTagMutability: 'IMMUTABLE' },
    failing: {},
  },
  {
    ...operatorsKey,
    id: 'ecr-repository-customer-key',
    title: 'ECR repositories encrypt under a key that the customer manages',
    why: 'Images hold the program and what was left in it by mistake; under a key of AWS nobody else can take access away.',
    remedy: 'Set EncryptionConfiguration with KMS and a KmsKey of your own.',
    type: [type, template],
    path: 'EncryptionConfiguration.KmsKey',
    passing: { EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: exampleKey } },
    failing: {},
  },
  {
    ...hygiene,
    id: 'ecr-repository-lifecycle',
    title: 'ECR repositories remove old images by a rule',
    why: 'Old images with known faults stay, and can be started by anybody who knows their tag.',
    remedy: 'Set LifecyclePolicy.LifecyclePolicyText.',
    type,
    path: 'LifecyclePolicy.LifecyclePolicyText',
    expect: isGiven,
    absent: 'fails',
    passing: {
      LifecyclePolicy: {
        LifecyclePolicyText:
          '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":30},"action":{"type":"expire"}}]}',
      },
    },
    failing: {},
  },
  {
    ...hygiene,
    id: 'ecr-repository-not-emptied',
    title: 'ECR repositories are not deleted with images in them',
    why: 'Deleting the stack then deletes every image, and with them the way back to an older version.',
    remedy: 'Leave EmptyOnDelete out, or set it to false.',
    type,
    path: 'EmptyOnDelete',
    expect: isOff,
    absent: 'passes',
    passing: { EmptyOnDelete: false },
    failing: { EmptyOnDelete: true },
  },
  {
    ...softwareHealth,
    id: 'ecr-registry-enhanced-scanning',
    title: 'ECR registries scan images again when a new weakness becomes known',
    severity: 'low',
    why: 'A scan at push time knows what was known then; enhanced scanning by Inspector looks again, and at libraries of programs too.',
    remedy: 'Set ScanType to ENHANCED.',
    type: scanning,
    path: 'ScanType',
    expect: isOneOf('ENHANCED'),
    absent: 'fails',
    passing: { ScanType: 'ENHANCED', Rules: [{ ...rules[0], ScanFrequency: 'CONTINUOUS_SCAN' }] },
    failing: { ScanType: 'BASIC', Rules: rules },
  },
])

const onPush = 'ImageScanningConfiguration.ScanOnPush'

// A registry's own configuration takes the place of the repositories' ("Scan images for software vulnerabilities in Amazon ECR", Amazon ECR User Guide).
function judgeScanning(resource: Resource, deployment: Deployment): Outcome {
  const value = resource.get(onPush)
  if (isTrue(value)) return pass(onPush, value)
  const [registry] = deployment.ofType(scanning)
  if (registry !== undefined) return pass(onPush, `scanned as ${registry.logicalId} says`)
  return value instanceof Unknown ? undecided(onPush, value.reason) : fail(onPush, value)
}

const logic: readonly ResourceControl[] = [
  {
    ...softwareHealth,
    id: 'ecr-repository-scan-on-push',
    title: 'ECR repositories scan each image for known weaknesses',
    why: 'Images are built from the work of many others; a scan tells which parts have known faults before they run.',
    remedy: 'Set ImageScanningConfiguration.ScanOnPush to true, or make an AWS::ECR::RegistryScanningConfiguration.',
    types: [type],
    judge: judgeScanning,
    passing: { Images: { Type: type, Properties: { ImageScanningConfiguration: { ScanOnPush: true } } } },
    failing: { Images: { Type: type, Properties: {} } },
  },
  {
    ...notPublic,
    id: 'ecr-repository-private',
    title: 'ECR repositories are private',
    severity: 'high',
    why: 'Everybody can pull from a public repository: the program, its configuration and what was left in it by mistake.',
    remedy: 'Make an AWS::ECR::Repository in place of the AWS::ECR::PublicRepository.',
    types: [type, 'AWS::ECR::PublicRepository'],
    judge: (resource) =>
      resource.type === type ? pass('Type', resource.type) : fail('Type', resource.type, 'Everybody can pull images from this repository.'),
    passing: { Images: { Type: type, Properties: {} } },
    failing: { Images: { Type: 'AWS::ECR::PublicRepository', Properties: {} } },
  },
]

/** Controls on ECR. Policies that open repositories to others are judged with all policies. */
export const ecrControls: readonly ResourceControl[] = [...rows, ...logic]
