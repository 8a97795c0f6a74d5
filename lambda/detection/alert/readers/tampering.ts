import * as z from 'zod/mini'
import { named, reader } from './reader.ts'

/** `AWS API Call via CloudTrail`: a call that switches a detective control off, or tries to (AWS CloudTrail User Guide, "CloudTrail record contents"). */
export const tamperingCall = reader(
  z.object({
    eventID: z.string(),
    eventSource: z.string(),
    eventName: z.string(),
    eventTime: z.string(),
    awsRegion: z.string(),
    errorCode: z.optional(z.string()),
    userIdentity: z.object({ arn: z.optional(z.string()), type: z.optional(z.string()) }),
  }),
  ({ eventID, eventSource, eventName, eventTime, awsRegion, errorCode, userIdentity }, { account }) => ({
    origin: 'tampering',
    kind: `${eventSource} ${eventName}${errorCode === undefined ? '' : `, refused: ${errorCode}`}`,
    // A refused attempt switched nothing off, but somebody tried.
    severity: errorCode === undefined ? 'CRITICAL' : 'HIGH',
    account,
    region: awsRegion,
    resource: named('called by', userIdentity.arn ?? userIdentity.type),
    time: eventTime,
    reference: `CloudTrail event ${eventID}`,
    identity: `tampering/${eventID}`,
  }),
)
