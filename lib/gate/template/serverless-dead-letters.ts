import { alsoMakes, arnOf, recordOf, type Written } from './serverless-derived.ts'
import type { WrittenResource } from './template.ts'

/** Logical id of the queue that SAM makes for events that failed: `Type: SQS` without an ARN. Undefined where it makes none. */
function queueId({ DeadLetterConfig }: Written, id: string): string | undefined {
  const { Arn, QueueLogicalId } = recordOf(DeadLetterConfig)
  if (DeadLetterConfig === undefined || Arn !== undefined) return undefined
  return typeof QueueLogicalId === 'string' ? QueueLogicalId : `${id}Queue`
}

/** Where a rule or schedule sends what failed, and how often it tries. */
export function deadLettersOf(properties: Written, id: string): Written {
  const { DeadLetterConfig, RetryPolicy } = properties
  if (DeadLetterConfig === undefined) return { RetryPolicy }
  const queue = queueId(properties, id)
  return { RetryPolicy, DeadLetterConfig: { Arn: queue === undefined ? recordOf(DeadLetterConfig).Arn : arnOf(queue) } }
}

/** The queue that SAM makes for events that failed. */
export function deadLetterQueue(resource: WrittenResource, id: string, properties: Written): WrittenResource[] {
  const queue = queueId(properties, id)
  return queue === undefined ? [] : [alsoMakes(resource, queue, 'AWS::SQS::Queue', {})]
}
