import type { WrittenResource } from './template.ts'

/** A part of a template as it is written. */
export type Written = Readonly<Record<string, unknown>>

/** What serverless resources see of the template around them. */
export interface ServerlessTemplate {
  readonly globals: Written
  /** All resources as written, by logical id. */
  readonly resources: Written
}

/** The principal resource that a serverless one becomes. Properties without a value are left out. */
export const becomes = (
  resource: WrittenResource,
  type: string,
  properties: Written,
  writtenAs: Readonly<Record<string, string>> = {},
): WrittenResource => ({ ...resource, type, properties: given(properties), writtenAs })

/** A resource that a serverless one makes besides, under the logical id that SAM generates, without the hashes of versions and deployments. */
export const alsoMakes = (
  resource: WrittenResource,
  logicalId: string,
  type: string,
  properties: Written,
  writtenAs: Readonly<Record<string, string>> = {},
): WrittenResource => ({ ...becomes(resource, type, properties, writtenAs), logicalId })

/** Entries that have a value. */
export const given = (properties: Written): Written =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))

/** Some of the properties, by their names. */
export const taken = (properties: Written, ...names: readonly string[]): Written =>
  given(Object.fromEntries(names.map((name) => [name, properties[name]])))

/** A map as written; an empty one for anything else. */
export const recordOf = (value: unknown): Written => (isRecord(value) ? value : {})

/** Whether something written is a map. */
export const isRecord = (value: unknown): value is Written => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a map is a call of a function of CloudFormation. */
export const isCall = (value: unknown): boolean => {
  const [name, ...more] = isRecord(value) ? Object.keys(value) : []
  return name !== undefined && more.length === 0 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
}

/** What is written, as a list. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value]

/** Letters and digits of a name: what logical ids are made of. */
export const plainName = (value: unknown): string => (typeof value === 'string' ? value.replaceAll(/[^A-Za-z0-9]/g, '') : '')

/** The name that a `Ref` refers to. */
export const refOf = (value: unknown): string | undefined => {
  const ref = recordOf(value).Ref
  return typeof ref === 'string' ? ref : undefined
}

/** The attribute `Arn` of a resource. */
export const arnOf = (logicalId: string): Written => ({ 'Fn::GetAtt': [logicalId, 'Arn'] })

/** Tags as SAM takes them, a map, in CloudFormation's list of keys and values. */
export const tagsOf = (tags: unknown): unknown =>
  isRecord(tags) && !isCall(tags) ? Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) : tags
