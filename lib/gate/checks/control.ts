import type { Deployment } from '../template/deployment.ts'
import type { Resource } from '../template/resource.ts'
import type { Value } from '../template/value.ts'
import type { Severity, Topic } from '../verdict.ts'
import type { Citation } from './citations.ts'

/** What a control says of one resource, with the place that decided. */
export type Outcome =
  | { readonly status: 'pass'; readonly property: string; readonly value: Value | undefined }
  | {
      readonly status: 'fail'
      readonly property: string
      readonly value: Value | undefined
      /** What is wrong, where it says more than the control's title: one sentence. Never a secret. */
      readonly message?: string
    }
  | {
      readonly status: 'undecided'
      readonly property: string
      readonly value?: Value | undefined
      /** Why it cannot be known, as an end of "cannot be known: ...". */
      readonly reason: string
    }

/** What a control is, whatever it judges. */
export interface ControlText {
  /** Stable id, kebab-case, the service first: `s3-bucket-versioning`. */
  readonly id: string
  /** What holds where it passes, as a sentence without a full stop: `S3 buckets keep versions of their objects`. */
  readonly title: string
  readonly topic: Topic
  readonly severity: Severity
  /** Sections of 45 CFR 164 that ask for it; empty where none does. */
  readonly citations: readonly Citation[]
  /** What can happen without it: one or two sentences. */
  readonly why: string
  /** What to write in the template: one sentence that names the property. */
  readonly remedy: string
}

/** Resources of a template, by logical id, as they would be written. */
export type ExampleResources = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>>; readonly [attribute: string]: unknown }>
>

/** A control over each resource of some types. */
export interface ResourceControl extends ControlText {
  /** Types of CloudFormation that it applies to; `every` for all. */
  readonly types: readonly string[] | 'every'
  /** Judges one resource in the present case; undefined, or an empty list, where the control has nothing to say of it. */
  readonly judge: (resource: Resource, deployment: Deployment) => Outcome | readonly Outcome[] | undefined
  /** Resources of a template in which it passes, and fails on none. */
  readonly passing: ExampleResources
  /** Resources of a template in which it fails. */
  readonly failing: ExampleResources
}

/** A control over all that is deployed together. */
export interface WholeControl extends ControlText {
  /** Judges the deployment in the present case. An outcome about a resource names it. */
  readonly judge: (deployment: Deployment) => readonly (Outcome & { readonly resource?: Resource })[]
}

/** A control over what must exist. It is judged for a cloud assembly, not for a template on its own. */
export interface DeploymentControl extends WholeControl {
  readonly passing: ExampleResources
  readonly failing: ExampleResources
}

/** What a pass rests on. */
export const pass = (property: string, value: Value | undefined): Outcome => ({ status: 'pass', property, value })

/** What a failure rests on. */
export const fail = (property: string, value: Value | undefined, message?: string): Outcome => ({
  status: 'fail',
  property,
  value,
  ...(message !== undefined && { message }),
})

/** Why nothing can be said. */
export const undecided = (property: string, reason: string, value?: Value): Outcome => ({
  status: 'undecided',
  property,
  reason,
  ...(value !== undefined && { value }),
})
