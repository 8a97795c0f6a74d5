import type { Construct } from 'constructs'
import { AccessLogBucket } from '../constructs/safe-bucket.ts'

/** A finding of the HIPAA pack that is accepted: which, how often, who answers for it, why, what stands in its place, and until when. */
export interface AcceptedFinding {
  /** Rule of the pack, without its prefix: `S3BucketReplicationEnabled`. */
  readonly rule: string
  /** Kind of construct it is accepted for; on any other kind the rule still fails. */
  readonly kind: abstract new (
    ...args: never[]
  ) => Construct
  /** How many resources match, by environment. Another number fails: more means something slipped in, fewer that the entry is stale. */
  readonly count: Readonly<Record<string, number>>
  /** Role or team that answers for it. */
  readonly owner: string
  readonly reason: string
  readonly compensatingControl: string
  /** Last day it holds, `YYYY-MM-DD`; at most a year ahead, so that somebody looks again. */
  readonly expires: string
}

/** Every accepted finding of the rule pack. This is the one place. */
export const acceptedFindings: readonly AcceptedFinding[] = [
  {
    rule: 'S3DefaultEncryptionKMS',
    kind: AccessLogBucket,
    count: { sandbox: 0, production: 0 },
    owner: 'security',
    reason: 'Server access logs can be delivered only to a bucket encrypted with S3 managed keys.',
    compensatingControl: 'The bucket is closed to the public, TLS only, versioned, and holds no object content.',
    expires: '2027-10-31',
  },
]
