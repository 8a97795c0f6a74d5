import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { Unknown, type Value } from '../../template/value.ts'
import { type Outcome, type ResourceControl, undecided } from '../control.ts'

/** Whether a value was written: an empty text is how templates leave a value out. */
export const isWritten = (value: Value | undefined): value is Value => value !== undefined && value !== null && value !== ''

/** Controls that say nothing of some resources. */
export const only = (
  applies: (resource: Resource, deployment: Deployment) => boolean,
  controls: readonly ResourceControl[],
): readonly ResourceControl[] =>
  controls.map((control) => ({
    ...control,
    judge: (resource, deployment) => (applies(resource, deployment) ? control.judge(resource, deployment) : undefined),
  }))

/**
 * Controls over what a copy takes from its source: a snapshot, a primary instance, a source cluster. A source in the templates is judged in the copy's place;
 * of any other nothing is known, unless the copy itself says enough to pass.
 *
 * @param sources Properties that name a source.
 */
export const inheriting = (sources: readonly string[], controls: readonly ResourceControl[]): readonly ResourceControl[] =>
  controls.map((control) => ({ ...control, judge: (resource, deployment) => judgeCopy(control, sources, resource, deployment) }))

function judgeCopy(control: ResourceControl, sources: readonly string[], resource: Resource, deployment: Deployment): readonly Outcome[] {
  const own = outcomesOf(control, resource, deployment)
  const source = sources.find((path) => isWritten(resource.get(path)))
  if (source === undefined || own.every(({ status }) => status === 'pass')) return own
  // What the copy itself says wrong is wrong, whatever it is copied from.
  if (own.some((outcome) => outcome.status === 'fail' && outcome.value !== undefined)) return own
  const value = resource.get(source)
  const original = deployment.resourceOf(value)
  if (original !== undefined && original !== resource && original.type === resource.type) return outcomesOf(control, original, deployment)
  return [undecided(source, 'it is taken from a source outside the templates', value instanceof Unknown ? undefined : value)]
}

function outcomesOf(control: ResourceControl, resource: Resource, deployment: Deployment): readonly Outcome[] {
  const outcomes = control.judge(resource, deployment)
  return outcomes === undefined ? [] : 'status' in outcomes ? [outcomes] : outcomes
}
