import * as z from 'zod/mini'
import { named, reader } from './reader.ts'

/** `Config Rules Compliance Change` (AWS Config Developer Guide, "Monitoring AWS Config with Amazon EventBridge"). */
export const complianceChange = reader(
  z.object({
    configRuleName: z.string(),
    resourceType: z.string(),
    resourceId: z.string(),
    awsAccountId: z.string(),
    awsRegion: z.string(),
    newEvaluationResult: z.object({ complianceType: z.string(), resultRecordedTime: z.string() }),
  }),
  ({ configRuleName, resourceType, resourceId, awsAccountId, awsRegion, newEvaluationResult }) => ({
    origin: 'config',
    kind: `${newEvaluationResult.complianceType} ${configRuleName}`,
    severity: 'MEDIUM',
    account: awsAccountId,
    region: awsRegion,
    resource: named(resourceType, resourceId),
    time: newEvaluationResult.resultRecordedTime,
    reference: `Config rule ${configRuleName}`,
    // A rule speaks only when compliance changes: each change is news, however often a resource goes back and forth.
    identity: `config/${configRuleName}/${resourceType}/${resourceId}/${newEvaluationResult.resultRecordedTime}`,
  }),
)
