import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isFalse, isTrue, Reference, Unknown, type Value } from '../../template/value.ts'
import { type ControlText, type DeploymentControl, fail, pass, undecided } from '../control.ts'

/** What must exist somewhere among the resources that are deployed together. */
export interface Presence extends ControlText, Pick<DeploymentControl, 'passing' | 'failing'> {
  /** Types of which one resource is looked for. */
  readonly types: readonly string[]
  /** Whether a resource of these types is what is looked for: `undefined` where that cannot be known. */
  readonly holds: (resource: Resource, deployment: Deployment) => boolean | undefined
  /** What is missing, as the begin of a sentence: `No trail records every Region`. */
  readonly missing: string
  /** Why it may be unknown whether a resource is what is looked for, as an end of "cannot be known: ...". */
  readonly unknown?: string
}

const elsewhere = 'If a stack of another team provides it, accept this finding and name that stack as the compensating control.'

/** A control over what must exist. The first resource that is what is looked for satisfies it. */
export const presenceControl = ({
  types,
  holds,
  missing,
  unknown = 'deployment decides whether it is what is needed',
  ...text
}: Presence): DeploymentControl => ({
  ...text,
  judge: (deployment) => {
    const candidates = deployment.ofType(...types).map((resource) => ({ resource, met: holds(resource, deployment) }))
    const found = candidates.find(({ met }) => met === true)
    if (found !== undefined) return [{ ...pass('Type', found.resource.type), resource: found.resource }]
    const open = candidates.find(({ met }) => met === undefined)
    if (open !== undefined) return [{ ...undecided('Type', unknown, open.resource.type), resource: open.resource }]
    return [fail('', undefined, `${missing} in this deployment${shortOf(candidates.map(({ resource }) => resource))}. ${elsewhere}`)]
  },
})

const shortOf = (resources: readonly Resource[]): string =>
  resources.length === 0
    ? ''
    : ` (${resources.map(({ logicalId }) => logicalId).join(', ')} ${resources.length === 1 ? 'falls' : 'fall'} short)`

/** All of several conditions, each of which may be unknown. */
export function every(...conditions: readonly (boolean | undefined)[]): boolean | undefined {
  if (conditions.includes(false)) return false
  return conditions.includes(undefined) ? undefined : true
}

/** Whether a switch is on; `undefined` where deployment decides. Nothing there counts as off. */
export const on = (value: Value | undefined): boolean | undefined =>
  value instanceof Unknown || value instanceof Reference ? undefined : isTrue(value)

/** Whether a switch is not off; `undefined` where deployment decides. Nothing there counts as on. */
export const notOff = (value: Value | undefined): boolean | undefined =>
  value instanceof Unknown || value instanceof Reference ? undefined : !isFalse(value)
