/** A resource of a CloudFormation template. */
export interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
}

export type Resources = Readonly<Record<string, Resource>>

/** A CloudFormation template. */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09'
  readonly Description: string
  readonly Parameters?: Readonly<Record<string, unknown>>
  readonly Resources: Resources
  readonly Outputs?: Readonly<Record<string, unknown>>
}
