import { isFalse, isTrue } from '../../template/value.ts'
import { type ExampleResources, fail, pass, type ResourceControl, undecided } from '../control.ts'
import { isCustomerKey } from '../expectations.ts'
import { propertyControls, unlessHarmless } from '../property-control.ts'
import { backupCoverage } from './backup-coverage.ts'
import { keptOnDeletion } from './kept-on-deletion.ts'
import { recovery, rest } from './network-citations.ts'

const type = 'AWS::EC2::Volume'
const disk = { AvailabilityZone: 'us-east-1a', Size: 20, Encrypted: true }
const volume = (properties: Readonly<Record<string, unknown>>): ExampleResources => ({ Volume: { Type: type, Properties: properties } })

const encryption: ResourceControl = {
  id: 'ec2-volume-encrypted',
  title: 'EBS volumes are encrypted',
  topic: 'encryption-at-rest',
  severity: 'high',
  citations: rest,
  why: 'An unencrypted volume leaves unencrypted snapshots, which can be shared with another account and read there.',
  remedy: 'Set Encrypted to true.',
  types: [type],
  judge: (resource) => {
    const value = resource.get('Encrypted')
    if (isTrue(value)) return pass('Encrypted', value)
    // A copy of a volume is encrypted as its source, which must be.
    if (resource.get('SourceVolumeId') !== undefined) return pass('SourceVolumeId', resource.get('SourceVolumeId'))
    // EC2 makes no volume with a key that is not encrypted.
    if (value === undefined && resource.get('KmsKeyId') !== undefined) return pass('KmsKeyId', resource.get('KmsKeyId'))
    const snapshot = resource.get('SnapshotId')
    if (value === undefined && snapshot !== undefined)
      return undecided('SnapshotId', 'the volume is encrypted as its snapshot is', snapshot)
    if (value === undefined || isFalse(value)) return fail('Encrypted', value)
    return undecided('Encrypted', 'it is computed at deployment', value)
  },
  passing: volume(disk),
  failing: volume({ AvailabilityZone: 'us-east-1a', Size: 20 }),
}

const planOf = (resource: string): ExampleResources => ({
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: {
      BackupPlanId: '11111111-2222-3333-4444-555555555555',
      BackupSelection: { SelectionName: 'volumes', IamRoleArn: 'arn:aws:iam::111122223333:role/backup', Resources: [resource] },
    },
  },
})

const inPlan: ResourceControl = {
  id: 'ec2-volume-in-backup-plan',
  title: 'EBS volumes are in a backup plan',
  topic: 'backup-recovery',
  severity: 'medium',
  citations: recovery,
  why: 'A volume that nobody copies is lost with its zone, with a wrong command, or to ransomware that encrypts its files.',
  remedy: 'Name the volume, its type or one of its tags in the BackupSelection of a backup plan.',
  types: [type],
  judge: (resource, deployment) => unlessHarmless(resource, deployment, [backupCoverage(resource, deployment)]),
  passing: { ...volume(disk), ...planOf('arn:aws:ec2:*:*:volume/*') },
  failing: volume(disk),
}

/** Controls on EBS volumes. */
export const ec2VolumeControls: readonly ResourceControl[] = [
  encryption,
  inPlan,
  ...keptOnDeletion({ id: 'ec2-volume', noun: 'EBS volumes', type, default: 'Delete', properties: disk }),
  ...propertyControls([
    {
      id: 'ec2-volume-customer-key',
      title: 'EBS volumes are encrypted with a key of the customer',
      topic: 'encryption-at-rest',
      severity: 'medium',
      citations: rest,
      why: 'AWS’s own key cannot be restricted, watched or disabled by you, and snapshots under it cannot be shared with a recovery account.',
      remedy: 'Name a KMS key in KmsKeyId.',
      type,
      path: 'KmsKeyId',
      expect: isCustomerKey,
      absent: 'fails',
      when: { path: 'SourceVolumeId', expect: () => false, absent: 'applies' },
      sensitiveOnly: true,
      passing: { ...disk, KmsKeyId: 'alias/volumes' },
      failing: disk,
    },
  ]),
]
