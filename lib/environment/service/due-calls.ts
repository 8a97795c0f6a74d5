import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { LeastFunction } from '../constructs/least-function.ts'

// A call that becomes due is a new item under `<practice>#due` (AWS Lambda Developer Guide, "Filter rule syntax").
const becameDue = { eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ suffix: '#due' }] } } } }

/**
 * Tells escalation of a call as soon as it is due. What cannot be told within five minutes is left in the function's dead-letter queue: the sweep has found the call by
 * then.
 */
export function dueCalls(scope: Construct, escalation: LeastFunction, routingStreamArn: string): CfnEventSourceMapping {
  const mapping = new CfnEventSourceMapping(scope, 'DueCalls', {
    functionName: escalation.function.functionName,
    eventSourceArn: routingStreamArn,
    enabled: true,
    startingPosition: 'LATEST',
    batchSize: 10,
    maximumBatchingWindowInSeconds: 0,
    filterCriteria: { filters: [{ pattern: JSON.stringify(becameDue) }] },
    functionResponseTypes: ['ReportBatchItemFailures'],
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 5,
    maximumRecordAgeInSeconds: 300,
    destinationConfig: { onFailure: { destination: escalation.deadLetterQueue.queueArn } },
  })
  // Lambda tries whether the role may read the stream.
  mapping.node.addDependency(escalation.role)
  return mapping
}
