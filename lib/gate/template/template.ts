import type { Source } from './source.ts'

/** A parameter as the template declares it. */
export interface Parameter {
  readonly type: string
  /** As written; undefined without a default. */
  readonly default: string | number | boolean | undefined
  readonly allowed: readonly string[]
  /** `AllowedPattern`, which the whole value must match; undefined without one. */
  readonly pattern: string | undefined
  /** Fewest characters of a value. */
  readonly leastLength: number
  readonly noEcho: boolean
}

/** A resource as the template writes it, before anything is resolved. */
export interface WrittenResource {
  readonly logicalId: string
  /** Logical id as written, where that differs: what a serverless resource expands to goes by its name. */
  readonly writtenId: string
  /** Type that it is judged as. */
  readonly type: string
  /** Type as written, where that differs: a serverless resource is judged as what it expands to. */
  readonly writtenType: string
  /** Properties, with intrinsic functions unresolved. */
  readonly properties: Readonly<Record<string, unknown>>
  /** Attributes beside the properties: DeletionPolicy, DependsOn, Metadata and so on. */
  readonly attributes: Readonly<Record<string, unknown>>
  /** Name of the condition under which it is made. */
  readonly condition: string | undefined
  /** Construct path, where the template tells it. */
  readonly path: string | undefined
  /** Where the properties stand in the source: `['Resources', 'Bucket', 'Properties']`. */
  readonly place: readonly string[]
  /** Names of top-level properties as written, where an expansion renamed them. */
  readonly writtenAs: Readonly<Record<string, string>>
}

/** Of a resource whose properties all go by their written names. */
export const nothingRenamed: WrittenResource['writtenAs'] = {}

/** A template, read but not resolved. */
export interface Template {
  /** Its name among the templates judged with it: the stack's name, or the file. */
  readonly key: string
  readonly source: Source
  /** SHA-256 of the file, in hexadecimal. */
  readonly digest: string
  /** Account it is deployed to, where known. */
  readonly account: string | undefined
  /** Region it is deployed to, where known. */
  readonly region: string | undefined
  readonly description: string
  readonly parameters: ReadonlyMap<string, Parameter>
  /** Values of parameters that are given from outside. */
  readonly given: ReadonlyMap<string, Given>
  readonly mappings: Readonly<Record<string, unknown>>
  readonly conditions: ReadonlyMap<string, unknown>
  readonly resources: ReadonlyMap<string, WrittenResource>
  readonly outputs: ReadonlyMap<string, WrittenOutput>
  /** Parts that only deployment shows: a macro, a loop over a list that is not known. */
  readonly unseen: readonly Remark[]
  /** Parts that CloudFormation would refuse. */
  readonly faults: readonly Remark[]
}

/** Something to say about a place of a template. */
export interface Remark {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What a parameter was given. */
export interface Given {
  readonly written: unknown
  /** The template that gives it, to resolve it in; undefined for a literal of the caller. */
  readonly from: Template | undefined
}

/** An output as the template writes it. */
export interface WrittenOutput {
  readonly value: unknown
  readonly exportName: unknown
  readonly condition: string | undefined
}
