import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { checkpointKey, checkpointText } from '../../shared/ledger/checkpoint.ts'
import type { Archive } from './ports.ts'

// The next run tries again; this one should not spend the time of other practices on a store that does not answer.
const fastFailing = { maxAttempts: 3, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true } }

/** Where checkpoints go. */
export interface ArchiveBucket {
  readonly bucket: string
  /** Id of the account that must own it. */
  readonly account: string
}

/**
 * The archive's bucket. One part each: an upload in parts would need to decrypt. The bucket encrypts under its own key and locks by its own default; "The Content-MD5 or
 * x-amz-sdk-checksum-algorithm header is required for any request to upload an object with a retention period configured using S3 Object Lock"
 * (Amazon S3 API Reference, PutObject).
 */
export const bucketArchive = ({ bucket, account }: ArchiveBucket, client = new S3Client(fastFailing)): Archive => ({
  keep: async (checkpoint) => {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        ExpectedBucketOwner: account,
        Key: checkpointKey(checkpoint),
        Body: checkpointText(checkpoint),
        ContentType: 'application/json',
        ChecksumAlgorithm: 'SHA256',
      }),
    )
  },
})
