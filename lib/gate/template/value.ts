/**
 * A value of a template after its intrinsic functions were resolved.
 *
 * A string may hold holes, `⟨Name⟩`, for parts that only deployment fills in: `arn:aws:s3:::⟨Bucket⟩/*`. A value of which nothing is known is
 * `Unknown`, with the reason; one that names a resource of a template is a `Reference`.
 */
export type Value = string | number | boolean | null | Unknown | Reference | ValueList | ValueMap
/** A list of values. */
export type ValueList = readonly Value[]
/** Values by name. */
export interface ValueMap {
  readonly [name: string]: Value
}

const anything = () => true

/** A value that the template does not tell. */
export class Unknown {
  /** Why, as an end of the sentence "cannot be known: ...". */
  readonly reason: string
  /** The dynamic reference that stands in its place, `{{resolve:secretsmanager:...}}`; undefined for any other cause. */
  readonly dynamicReference: string | undefined
  /** Name of the parameter, where the value is that of a parameter. */
  readonly parameter: string | undefined
  /** Whether a text can be the value, as far as the template tells. */
  readonly mayBe: (text: string) => boolean

  constructor(
    reason: string,
    { dynamicReference, parameter, mayBe }: Partial<Pick<Unknown, 'dynamicReference' | 'parameter' | 'mayBe'>> = {},
  ) {
    this.reason = reason
    this.dynamicReference = dynamicReference
    this.parameter = parameter
    this.mayBe = mayBe ?? anything
  }
}

/** A `Ref` or `Fn::GetAtt` of a resource that a template of the same subject makes. */
export class Reference {
  /** Template that makes the resource, by its key in the subject. */
  readonly template: string
  readonly logicalId: string
  /** Attribute of `Fn::GetAtt`; undefined for `Ref`. */
  readonly attribute: string | undefined

  constructor(template: string, logicalId: string, attribute?: string) {
    this.template = template
    this.logicalId = logicalId
    this.attribute = attribute
  }
}

/** Whether a value is a map. */
export const isMap = (value: Value | undefined): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown) && !(value instanceof Reference)

/** Whether a value is a list. */
export const isList = (value: Value | undefined): value is ValueList => Array.isArray(value)

/** A value as a list: a single one counts as a list of one, none as an empty list. */
export const listOf = (value: Value | undefined): ValueList =>
  value === undefined || value === null ? [] : isList(value) ? value : [value]

/** A hole in a string for a part that only deployment fills in. */
export const hole = (name: string): string => `⟨${name}⟩`

/** Whether a string has a hole. */
export const hasHole = (text: string): boolean => text.includes('⟨')

/** `true` as CloudFormation takes it: the boolean or its word. */
export const isTrue = (value: Value | undefined): boolean => value === true || (typeof value === 'string' && value.toLowerCase() === 'true')

/** `false` as CloudFormation takes it: the boolean or its word. */
export const isFalse = (value: Value | undefined): boolean =>
  value === false || (typeof value === 'string' && value.toLowerCase() === 'false')

/** A number as CloudFormation takes it: the number or its digits; undefined for anything else. */
export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined
}

/** A value as evidence shows it: plain JSON, with references and unknown parts as holes. */
export function plain(value: Value | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Unknown) return value.dynamicReference ?? hole(value.parameter ?? 'unknown')
  if (value instanceof Reference) return hole(value.attribute === undefined ? value.logicalId : `${value.logicalId}.${value.attribute}`)
  return isList(value) ? plainList(value) : plainMap(value as ValueMap)
}

// What is plain all through, as most is, is not copied.
function plainList(list: ValueList): readonly unknown[] {
  const parts = list.map(plain)
  return parts.every((part, place) => part === list[place]) ? list : parts
}

function plainMap(map: ValueMap): unknown {
  const entries = Object.entries(map).map(([name, part]) => [name, plain(part)] as const)
  return entries.every(([name, part]) => part === map[name]) ? map : Object.fromEntries(entries)
}
