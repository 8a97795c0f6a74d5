import { alsoMakes, type Written } from './serverless-derived.ts'
import type { WrittenResource } from './template.ts'

/** One event of a serverless function or state machine. */
export interface ServerlessEvent {
  readonly name: string
  readonly type: string
  readonly properties: Written
}

/** The permission that lets a service call a function. */
export const permissionOf = (resource: WrittenResource, id: string, Principal: string, source: Written): WrittenResource =>
  alsoMakes(resource, id, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: { Ref: resource.logicalId },
    Principal,
    ...source,
  })
