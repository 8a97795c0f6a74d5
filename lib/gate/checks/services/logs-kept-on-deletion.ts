import type { Resource } from '../../template/resource.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { availability } from './safeguards.ts'

const type = 'AWS::Logs::LogGroup'
const example = (policy: string) => ({
  Records: { Type: type, Properties: { RetentionInDays: 365 }, DeletionPolicy: policy, UpdateReplacePolicy: policy },
})

// CloudFormation deletes a log group with its stack by default, and no log group leaves a snapshot ("DeletionPolicy attribute", CloudFormation User Guide).
function outcomeOf(resource: Resource, policy: string): Outcome {
  const value = resource.attribute(policy)
  if (value === undefined) return fail(policy, undefined)
  if (typeof value !== 'string') return undecided(policy, 'it is computed at deployment', value)
  return value.startsWith('Retain') ? pass(policy, value) : fail(policy, value)
}

const control = (policy: string, text: Pick<ResourceControl, 'id' | 'title' | 'why'>): ResourceControl => ({
  ...availability,
  ...text,
  severity: 'low',
  remedy: `Set ${policy} to Retain.`,
  types: [type],
  judge: (resource) => outcomeOf(resource, policy),
  passing: example('Retain'),
  failing: example('Delete'),
})

/** Log groups outlive their stack. */
export const logsKeptOnDeletion: readonly ResourceControl[] = [
  control('DeletionPolicy', {
    id: 'logs-log-group-kept-on-deletion',
    title: 'CloudWatch log groups outlive their stack',
    why: 'Deleting the stack deletes the records of what it did, at the moment when somebody may ask for them.',
  }),
  control('UpdateReplacePolicy', {
    id: 'logs-log-group-kept-on-replacement',
    title: 'CloudWatch log groups that an update replaces are kept',
    why: 'A new name makes CloudFormation build a new log group and delete the old one with all its records.',
  }),
]
