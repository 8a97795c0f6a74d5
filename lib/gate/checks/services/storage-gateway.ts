import type { Resource } from '../../template/resource.ts'
import { isTrue, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isNoneOf, isOneOf } from '../expectations.ts'
import { type PropertyRow, propertyControls } from '../property-control.ts'
import { atRest, audit, authentication, backup, customerKey, exampleKey, notPublic, privateNetwork } from './safeguards.ts'

const GatewayARN = 'arn:aws:storagegateway:us-east-1:111122223333:gateway/sgw-12345678'
const share = { GatewayARN, Role: 'arn:aws:iam::111122223333:role/gateway', LocationARN: 'arn:aws:s3:::records' }
const volume = { GatewayARN, TargetName: 'records', NetworkInterfaceId: '10.0.0.5', VolumeSizeInBytes: 1_073_741_824 }
const tape = { GatewayARN, TapeSizeInBytes: 107_374_182_400, TapeBarcode: 'SHTAPE01' }
const log = { AuditDestinationARN: 'arn:aws:logs:us-east-1:111122223333:log-group:gateway' }

interface Store {
  readonly id: string
  readonly noun: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

const shares: readonly Store[] = [
  { id: 'storagegateway-nfs-file-share', noun: 'NFS file shares', type: 'AWS::StorageGateway::NFSFileShare', properties: share },
  { id: 'storagegateway-smb-file-share', noun: 'SMB file shares', type: 'AWS::StorageGateway::SMBFileShare', properties: share },
]
const stores: readonly Store[] = [
  ...shares,
  { id: 'storagegateway-volume', noun: 'Volumes', type: 'AWS::StorageGateway::Volume', properties: volume },
  { id: 'storagegateway-tape', noun: 'Tapes', type: 'AWS::StorageGateway::Tape', properties: tape },
]

function underKms(resource: Resource): Outcome {
  const [kind, on] = [resource.get('EncryptionType'), resource.get('KMSEncrypted')]
  if (kind === 'SseKms' || kind === 'DsseKms') return pass('EncryptionType', kind)
  if (isTrue(on)) return pass('KMSEncrypted', on)
  const open = [kind, on].find((value) => value instanceof Unknown)
  return open instanceof Unknown ? undecided('KMSEncrypted', open.reason) : fail('KMSEncrypted', on)
}

const encrypted = ({ id, noun, type, properties }: Store): ResourceControl => ({
  ...atRest,
  severity: 'medium',
  id: `${id}-kms-encryption`,
  title: `${noun} of Storage Gateway are encrypted under a KMS key`,
  why: 'With the encryption of S3 alone, whoever may read the storage may read its content. A KMS key is a second door with a policy and a log of its own.',
  remedy: 'Set KMSEncrypted to true, with KMSKey.',
  types: [type],
  judge: underKms,
  passing: { Store: { Type: type, Properties: { ...properties, KMSEncrypted: true, KMSKey: exampleKey } } },
  failing: { Store: { Type: type, Properties: properties } },
})

const keyed = ({ id, noun, type, properties }: Store): PropertyRow => ({
  ...customerKey,
  id: `${id}-customer-key`,
  title: `${noun} of Storage Gateway are encrypted under a key that the customer manages`,
  why: 'Only an own key can be disabled at once, when a gateway on the premises is stolen or taken over.',
  remedy: 'Set KMSKey to a KMS key of your own, with KMSEncrypted true.',
  type,
  path: 'KMSKey',
  passing: { ...properties, KMSEncrypted: true, KMSKey: exampleKey },
  failing: properties,
})

const audited = ({ id, noun, type, properties }: Store): PropertyRow => ({
  ...audit,
  severity: 'medium',
  id: `${id}-audit-log`,
  title: `${noun} of Storage Gateway log who opens files`,
  why: 'In S3 every access of a share stands under the role of the gateway: only this log names the person.',
  remedy: 'Set AuditDestinationARN to a log group.',
  type,
  path: 'AuditDestinationARN',
  expect: isGiven,
  absent: 'fails',
  passing: { ...properties, ...log },
  failing: properties,
})

const privateObjects = ({ id, noun, type, properties }: Store): PropertyRow => ({
  ...notPublic,
  id: `${id}-private-objects`,
  title: `${noun} of Storage Gateway write no public objects`,
  why: 'Every file that is saved on the share would stand on the internet at the same moment.',
  remedy: 'Leave out ObjectACL, or set it to private.',
  type,
  path: 'ObjectACL',
  expect: isNoneOf('public-read', 'public-read-write', 'authenticated-read'),
  absent: 'passes',
  passing: { ...properties, ObjectACL: 'private' },
  failing: { ...properties, ObjectACL: 'public-read' },
})

/** Controls on what AWS Storage Gateway keeps and shares. */
export const storageGatewayControls: readonly ResourceControl[] = [
  ...stores.map(encrypted),
  ...propertyControls([
    ...stores.map(keyed),
    ...shares.map(audited),
    ...shares.map(privateObjects),
    {
      ...privateNetwork,
      severity: 'high',
      id: 'storagegateway-nfs-file-share-clients',
      title: 'NFS file shares of Storage Gateway name their clients',
      why: 'NFS trusts the user number that a client tells: every machine that reaches the gateway may read all files.',
      remedy: 'Set ClientList to the addresses of the clients.',
      type: 'AWS::StorageGateway::NFSFileShare',
      path: 'ClientList.*',
      expect: isNoneOf('0.0.0.0/0', '::/0'),
      absent: 'fails',
      passing: { ...share, ClientList: ['10.0.0.0/24'] },
      failing: { ...share, ClientList: ['0.0.0.0/0'] },
    },
    {
      ...privateNetwork,
      topic: 'iam-privilege',
      id: 'storagegateway-nfs-file-share-root-squash',
      title: 'NFS file shares of Storage Gateway give clients no root rights',
      why: 'The root user of any client is then root on the share.',
      remedy: 'Set Squash to RootSquash or AllSquash.',
      type: 'AWS::StorageGateway::NFSFileShare',
      path: 'Squash',
      expect: isNoneOf('NoSquash'),
      absent: 'passes',
      passing: { ...share, Squash: 'RootSquash' },
      failing: { ...share, Squash: 'NoSquash' },
    },
    {
      ...authentication,
      id: 'storagegateway-smb-file-share-authentication',
      title: 'SMB file shares of Storage Gateway know who signs in',
      why: 'Guests share one password, so that nobody can tell who opened a file, and nobody leaves.',
      remedy: 'Set Authentication to ActiveDirectory.',
      type: 'AWS::StorageGateway::SMBFileShare',
      path: 'Authentication',
      expect: isOneOf('ActiveDirectory'),
      absent: 'passes',
      passing: { ...share, Authentication: 'ActiveDirectory' },
      failing: { ...share, Authentication: 'GuestAccess' },
    },
    {
      ...backup,
      severity: 'low',
      id: 'storagegateway-tape-pool-retention-lock',
      title: 'Tape pools of Storage Gateway lock archived tapes',
      why: 'A tape without a lock is deleted with one call, by ransomware too.',
      remedy: 'Set RetentionLockType to COMPLIANCE or GOVERNANCE, with RetentionLockTimeInDays.',
      type: 'AWS::StorageGateway::TapePool',
      path: 'RetentionLockType',
      expect: isOneOf('COMPLIANCE', 'GOVERNANCE'),
      absent: 'fails',
      passing: { PoolName: 'archive', StorageClass: 'DEEP_ARCHIVE', RetentionLockType: 'COMPLIANCE', RetentionLockTimeInDays: 365 },
      failing: { PoolName: 'archive', StorageClass: 'DEEP_ARCHIVE' },
    },
  ]),
]
