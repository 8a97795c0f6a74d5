import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { Unknown, type Value } from '../../template/value.ts'
import { type Outcome, type ResourceControl, undecided } from '../control.ts'
import { type PropertyRow, propertyControls } from '../property-control.ts'

/** A row whose path is looked up below each place that stands in the template. */
export interface EachPresentRow extends Omit<PropertyRow, 'sensitiveOnly'> {
  /** Paths of the things to judge, `Volumes.*.EFSVolumeConfiguration`: one that is absent is not judged. */
  readonly bases: readonly string[]
  /** Which of them are judged; all where it is left out. */
  readonly applies?: (part: Value) => boolean
}

interface Part extends Required<Pick<EachPresentRow, 'applies'>> {
  readonly base: string
}

/** Controls over parts of a resource that may be absent: a volume of one kind, the containers of one kind of job. */
export const eachPresent = (rows: readonly EachPresentRow[]): readonly ResourceControl[] => rows.map(eachPresentControl)

function eachPresentControl({ bases, applies = () => true, ...row }: EachPresentRow): ResourceControl {
  const [pattern] = propertyControls([row])
  if (pattern === undefined) throw new TypeError(`${row.id} makes no control`)
  return { ...pattern, judge: (resource, deployment) => bases.flatMap((base) => judgeBelow({ base, applies }, row, resource, deployment)) }
}

function judgeBelow({ base, applies }: Part, row: PropertyRow, resource: Resource, deployment: Deployment): readonly Outcome[] {
  return resource.at(base).flatMap(({ path, value }) => {
    if (value === undefined) return []
    if (value instanceof Unknown) return [undecided(path, value.reason)]
    if (!applies(value)) return []
    return propertyControls([{ ...row, path: `${path}.${row.path}` }]).flatMap((control) => control.judge(resource, deployment) ?? [])
  })
}
