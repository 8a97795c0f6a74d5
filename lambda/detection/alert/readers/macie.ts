import * as z from 'zod/mini'
import { named, reader, severityOf } from './reader.ts'

/** `Macie Finding` (Amazon Macie User Guide, "Amazon EventBridge event schema for Macie findings"). The affected object is not read: its key may name a patient. */
export const macieFinding = reader(
  z.object({
    id: z.string(),
    type: z.string(),
    severity: z.object({ description: z.string() }),
    accountId: z.string(),
    region: z.string(),
    updatedAt: z.string(),
    resourcesAffected: z.object({ s3Bucket: z.object({ name: z.string() }) }),
  }),
  ({ id, type, severity, accountId, region, updatedAt, resourcesAffected }) => ({
    origin: 'macie',
    kind: type,
    severity: severityOf(severity.description),
    account: accountId,
    region,
    resource: named('S3Bucket', resourcesAffected.s3Bucket.name),
    time: updatedAt,
    reference: `Macie finding ${id}`,
    identity: `macie/${id}/${severityOf(severity.description)}`,
  }),
)
