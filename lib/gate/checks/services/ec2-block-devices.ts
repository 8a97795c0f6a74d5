import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isFalse, isMap, isTrue, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isCustomerKey } from '../expectations.ts'
import { unlessHarmless } from '../property-control.ts'
import { fromTemplate, instanceWith, settingAt } from './launch-settings.ts'
import { rest } from './network-citations.ts'

interface Device {
  readonly path: string
  readonly ebs: { readonly [name: string]: Value }
}

/** EBS volumes that a launch maps; those of the image that are only taken away, and disks of the host, are none. */
const devicesOf = (resource: Resource): readonly Device[] =>
  settingAt(resource, 'BlockDeviceMappings.*').flatMap(({ path, value }) => {
    const ebs = isMap(value) ? value.Ebs : undefined
    return isMap(ebs) ? [{ path: `${path}.Ebs`, ebs }] : []
  })

const eachDevice = (judge: (device: Device, deployment: Deployment) => Outcome | undefined): ResourceControl['judge'] => {
  const own = (resource: Resource, deployment: Deployment) => devicesOf(resource).flatMap((device) => judge(device, deployment) ?? [])
  return (resource, deployment) => {
    const outcomes = own(resource, deployment)
    return unlessHarmless(resource, deployment, outcomes.length > 0 ? outcomes : (fromTemplate(resource, deployment, own) ?? []))
  }
}

function encrypted({ path, ebs }: Device): Outcome {
  const value = ebs.Encrypted
  if (isTrue(value)) return pass(`${path}.Encrypted`, value)
  if (value === undefined && ebs.KmsKeyId !== undefined) return pass(`${path}.KmsKeyId`, ebs.KmsKeyId)
  if (value === undefined && ebs.SnapshotId !== undefined)
    return undecided(`${path}.SnapshotId`, 'the volume is encrypted as its snapshot is', ebs.SnapshotId)
  if (value === undefined || isFalse(value)) return fail(`${path}.Encrypted`, value)
  return undecided(`${path}.Encrypted`, 'it is computed at deployment', value)
}

function customerKey({ path, ebs }: Device, deployment: Deployment): Outcome | undefined {
  if (ebs.Encrypted === undefined && ebs.SnapshotId !== undefined) return undefined
  const value = ebs.KmsKeyId
  const met = value === undefined ? false : isCustomerKey(value, deployment)
  if (met === undefined) return undecided(`${path}.KmsKeyId`, 'the key is known at deployment', value)
  return met ? pass(`${path}.KmsKeyId`, value) : fail(`${path}.KmsKeyId`, value)
}

const mapping = (ebs: Readonly<Record<string, unknown>>) => ({
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, ...ebs } }],
})

/** Controls on the volumes that instances are launched with. */
export const blockDeviceControls: readonly ResourceControl[] = [
  {
    id: 'ec2-block-devices-encrypted',
    title: 'Volumes that instances are launched with are encrypted',
    topic: 'encryption-at-rest',
    severity: 'high',
    citations: rest,
    why: 'An unencrypted volume leaves unencrypted snapshots, which can be shared with another account and read there.',
    remedy: 'Set Ebs.Encrypted to true in each of BlockDeviceMappings.',
    types: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::EC2::SpotFleet'],
    judge: eachDevice(encrypted),
    passing: instanceWith('AWS::EC2::Instance', mapping({ Encrypted: true })),
    failing: instanceWith('AWS::EC2::Instance', mapping({})),
  },
  {
    id: 'ec2-block-devices-customer-key',
    title: 'Volumes that instances are launched with are encrypted with a key of the customer',
    topic: 'encryption-at-rest',
    severity: 'medium',
    citations: rest,
    why: 'AWS’s own key cannot be restricted, watched or disabled by you, and volumes under it cannot be shared with a recovery account.',
    remedy: 'Name a KMS key in Ebs.KmsKeyId of each of BlockDeviceMappings.',
    types: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::EC2::SpotFleet'],
    judge: eachDevice(customerKey),
    passing: instanceWith('AWS::EC2::Instance', mapping({ Encrypted: true, KmsKeyId: 'alias/volumes' })),
    failing: instanceWith('AWS::EC2::Instance', mapping({ Encrypted: true })),
  },
  {
    id: 'ec2-root-volume-written',
    title: 'Instances write down their root volume, so that its encryption is seen',
    topic: 'encryption-at-rest',
    severity: 'medium',
    citations: rest,
    why: 'Without a mapping the root volume is as the image has it, and most images are unencrypted unless the account’s default says otherwise.',
    remedy: 'List the root device in BlockDeviceMappings with Ebs.Encrypted set to true.',
    types: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
    judge: (resource, deployment) => {
      const own = isMapped(resource)
      return own.some(({ status }) => status !== 'fail') ? own : (fromTemplate(resource, deployment, isMapped) ?? own)
    },
    passing: instanceWith('AWS::EC2::Instance', mapping({ Encrypted: true })),
    failing: instanceWith('AWS::EC2::Instance'),
  },
]

function isMapped(resource: Resource): readonly Outcome[] {
  const [place] = settingAt(resource, 'BlockDeviceMappings')
  const written = place?.value !== undefined && (!Array.isArray(place.value) || place.value.length > 0)
  return [written ? pass('BlockDeviceMappings', place?.value) : fail(place?.path ?? 'BlockDeviceMappings', undefined)]
}
