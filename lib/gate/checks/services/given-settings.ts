import type { Resource } from '../../template/resource.ts'
import { Unknown } from '../../template/value.ts'
import { type ControlText, type ExampleResources, fail, pass, type ResourceControl } from '../control.ts'
import { isGiven } from '../expectations.ts'

interface GivenRow extends ControlText {
  readonly type: string
  readonly path: string
  /** Whether the control has something to say of a resource. */
  readonly when?: (resource: Resource) => boolean
  readonly passing: Readonly<Record<string, unknown>>
  readonly failing: Readonly<Record<string, unknown>>
}

/** Controls that something is named, whatever it is: a value that only deployment knows is given too. */
export const givenControls = (rows: readonly GivenRow[]): readonly ResourceControl[] =>
  rows.map(({ type, path, when, passing, failing, ...text }) => ({
    ...text,
    types: [type],
    judge: (resource, deployment) => {
      if (when?.(resource) === false) return undefined
      const value = resource.get(path)
      const given = value instanceof Unknown || (value !== undefined && isGiven(value, deployment) !== false)
      return given ? pass(path, value) : fail(path, value)
    },
    passing: example(type, passing),
    failing: example(type, failing),
  }))

const example = (type: string, Properties: Readonly<Record<string, unknown>>): ExampleResources => ({
  Example: { Type: type, Properties },
})
