import * as z from 'zod/mini'
import type { Severity } from '../finding.ts'
import { named, reader } from './reader.ts'

const resource = z.object({
  resourceType: z.string(),
  accessKeyDetails: z.optional(z.object({ userName: z.string() })),
  instanceDetails: z.optional(z.object({ instanceId: z.string() })),
  lambdaDetails: z.optional(z.object({ functionName: z.string() })),
  s3BucketDetails: z.optional(z.array(z.object({ name: z.string() }))),
})

/** `GuardDuty Finding` (Amazon GuardDuty User Guide, "Processing GuardDuty findings with Amazon EventBridge"). */
export const guardDutyFinding = reader(
  z.object({
    id: z.string(),
    type: z.string(),
    severity: z.number(),
    accountId: z.string(),
    region: z.string(),
    updatedAt: z.string(),
    resource,
  }),
  ({ id, type, severity, accountId, region, updatedAt, resource }) => ({
    origin: 'guardduty',
    kind: type,
    severity: severityOfNumber(severity),
    account: accountId,
    region,
    resource: named(resource.resourceType, nameOfResource(resource)),
    time: updatedAt,
    reference: `GuardDuty finding ${id}`,
    identity: `guardduty/${id}/${severityOfNumber(severity)}`,
  }),
)

// Amazon GuardDuty User Guide, "Severity levels of GuardDuty findings": from 9 critical, from 7 high, from 4 medium, below low.
const severityOfNumber = (value: number): Severity => (value >= 9 ? 'CRITICAL' : value >= 7 ? 'HIGH' : value >= 4 ? 'MEDIUM' : 'LOW')

const nameOfResource = ({ s3BucketDetails, lambdaDetails, instanceDetails, accessKeyDetails }: z.infer<typeof resource>) =>
  s3BucketDetails?.[0]?.name ?? lambdaDetails?.functionName ?? instanceDetails?.instanceId ?? accessKeyDetails?.userName
