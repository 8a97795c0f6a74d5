import { fingerprintOf } from '../../../lib/gate/fingerprint.ts'
import type { Finding, Found } from '../../../lib/gate/verdict.ts'
import { nameOf } from '../../../lib/gate/waivers/place.ts'
import type { WaivableSubject, Waiver, Waivers } from '../../../lib/gate/waivers/waiver.ts'

/** The day everything here is judged on. */
export const today = new Date('2026-12-01T12:00:00Z')

/** A finding of a bucket without versions, with what a test changes of it. */
export function findingWith(change: Partial<Found> = {}): Finding {
  const found: Found = {
    control: 's3-bucket-versioning',
    topic: 'backup-recovery',
    status: 'fail',
    resource: { logicalId: 'Store', type: 'AWS::S3::Bucket' },
    property: 'VersioningConfiguration.Status',
    value: 'Suspended',
    file: 'stores.yaml',
    line: 7,
    message: 'VersioningConfiguration.Status is "Suspended".',
    remedy: 'Set VersioningConfiguration.Status to Enabled.',
    citations: ['164.308(a)(7)(ii)(A)'],
    ...change,
  }
  return { ...found, title: 'S3 buckets keep versions of their objects', severity: 'medium', fingerprint: fingerprintOf(found) }
}

/** A template as a subject, with these findings. */
export const templateWith = (findings: readonly Finding[], path = 'stores.yaml'): WaivableSubject => ({
  path,
  kind: 'template',
  templates: [{ file: path, digest: '', resources: 1 }],
  accepted: [],
  findings,
})

/** A cloud assembly as a subject, with these findings; it names its files relative to its folder. */
export const assemblyWith = (findings: readonly Finding[], path = 'cdk.out'): WaivableSubject => ({
  ...templateWith(findings, path),
  kind: 'assembly',
  templates: [{ file: 'stores.yaml', digest: '', resources: 1 }],
})

/** A waiver of findings of a subject, as a careful reviewer writes it. */
export const waiverOf = (subject: WaivableSubject, findings: readonly Finding[], change: Partial<Waiver> = {}): Waiver => ({
  control: findings[0]?.control ?? '',
  findings: findings.map((finding) => ({ ...nameOf(subject, finding), line: 3 })),
  matches: findings.length,
  owner: 'records team',
  approver: 'security',
  reason: 'The bucket holds what can be made again.',
  compensatingControl: 'A copy is made every night.',
  expires: '2027-06-30',
  line: 2,
  ...change,
})

/** A file of these waivers. */
export const fileOf = (...entries: readonly Waiver[]): Waivers => ({ file: 'waivers.yaml', digest: '', entries })
