import type { Resource } from '../../template/resource.ts'
import { isFalse, isList, isMap, listOf, Reference, Unknown, type Value, type ValueMap } from '../../template/value.ts'

/** Events that a trail records, as one of its selectors picks them. */
export interface Selection {
  readonly category: 'Management' | 'Data'
  /** Type of the resources of data events: `AWS::S3::Object`. */
  readonly type?: string
  readonly reads: boolean
  readonly writes: boolean
  /** Nothing of its kind is left out: every bucket, every function, every source of management events. */
  readonly all: boolean
}

/** What a trail records, or why that cannot be known. */
export interface Selections {
  readonly selections: readonly Selection[]
  readonly open?: Unknown
}

/** Without selectors a trail records all management events and no data events ("AWS::CloudTrail::Trail EventSelector", CloudFormation reference). */
export function selectionsOf(trail: Resource): Selections {
  const [basic, advanced] = [trail.get('EventSelectors'), trail.get('AdvancedEventSelectors')]
  const open = [basic, advanced].flatMap(unknownIn)[0]
  const selections = [...listOf(basic).filter(isMap).flatMap(ofBasic), ...listOf(advanced).filter(isMap).map(ofAdvanced)]
  const byDefault: Selection = { category: 'Management', reads: true, writes: true, all: true }
  const given = listOf(basic).length + listOf(advanced).length > 0
  return { selections: given ? selections : [byDefault], ...(open !== undefined && { open }) }
}

function ofBasic(selector: ValueMap): readonly Selection[] {
  const kind = typeof selector['ReadWriteType'] === 'string' ? selector['ReadWriteType'] : 'All'
  const [reads, writes] = [kind !== 'WriteOnly', kind !== 'ReadOnly']
  const all = listOf(selector['ExcludeManagementEventSources']).length === 0
  const management: Selection[] = isFalse(selector['IncludeManagementEvents']) ? [] : [{ category: 'Management', reads, writes, all }]
  const data = listOf(selector['DataResources'])
    .filter(isMap)
    .map((resources): Selection => ({ category: 'Data', reads, writes, ...namedBy(resources) }))
  return [...management, ...data]
}

// `arn:aws:s3`, `arn:aws:lambda` and `arn:aws:dynamodb` stand for every resource of the service.
const everyResource = /^arn:[^:]+:(s3(:::)?|lambda|dynamodb)$/
const namedBy = ({ Type, Values }: ValueMap): Pick<Selection, 'type' | 'all'> => ({
  ...(typeof Type === 'string' && { type: Type }),
  all: listOf(Values).some((value) => typeof value === 'string' && everyResource.test(value)),
})

function ofAdvanced(selector: ValueMap): Selection {
  const fields = listOf(selector['FieldSelectors']).filter(isMap)
  const equal = (name: string): Value | undefined => listOf(fields.find((field) => field['Field'] === name)?.['Equals'])[0]
  const [type, readOnly] = [equal('resources.type'), equal('readOnly')]
  return {
    category: equal('eventCategory') === 'Data' ? 'Data' : 'Management',
    ...(typeof type === 'string' && { type }),
    reads: String(readOnly ?? 'true') === 'true',
    writes: String(readOnly ?? 'false') === 'false',
    all: fields.every((field) => ['eventCategory', 'resources.type', 'readOnly'].includes(String(field['Field']))),
  }
}

function unknownIn(value: Value | undefined): readonly Unknown[] {
  if (value instanceof Unknown) return [value]
  if (value instanceof Reference || value === undefined) return []
  return isList(value) ? value.flatMap(unknownIn) : isMap(value) ? Object.values(value).flatMap(unknownIn) : []
}
