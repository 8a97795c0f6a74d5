import type { Deployment } from '../template/deployment.ts'
import type { Place, Resource } from '../template/resource.ts'
import { Unknown, type Value } from '../template/value.ts'
import { type ControlText, type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from './control.ts'
import { type Expectation, isMet } from './expectations.ts'

/** When a row applies: the first place at the path is as expected. Nothing there counts as `absent` says (default: the row does not apply). */
export interface When {
  readonly path: string
  readonly expect: Expectation
  readonly absent?: 'applies' | 'does not apply'
}

/** A control that looks at one property: a row of a table. */
export interface PropertyRow extends ControlText {
  readonly type: string | readonly string[]
  /** Path below the properties; `*` stands for each element of a list, all of which must be as expected. */
  readonly path: string
  readonly expect: Expectation
  /** What it means that nothing stands there, by CloudFormation's default. */
  readonly absent: 'fails' | 'passes' | 'does not apply'
  readonly when?: When | readonly When[]
  /** True for what only stores of sensitive data need: one that the data map calls `operational` or `no-data` passes. */
  readonly sensitiveOnly?: boolean
  /** Properties of a resource (of the first type) that passes, or whole resources. */
  readonly passing: Readonly<Record<string, unknown>> | { readonly Resources: ExampleResources }
  readonly failing: Readonly<Record<string, unknown>> | { readonly Resources: ExampleResources }
}

/** Makes controls of a table's rows. */
export const propertyControls = (rows: readonly PropertyRow[]): readonly ResourceControl[] => rows.map(propertyControl)

function propertyControl({ type, path, expect, absent, when, sensitiveOnly, passing, failing, ...text }: PropertyRow): ResourceControl {
  const types = typeof type === 'string' ? [type] : type
  const conditions = when === undefined ? [] : 'path' in when ? [when] : when
  return {
    ...text,
    types,
    judge: (resource, deployment) => {
      const open = conditions.map((condition) => applies(resource, deployment, condition)).find((outcome) => outcome !== 'applies')
      if (open !== undefined) return open === 'does not apply' ? undefined : open
      const places = resource.at(path)
      const outcomes = (places.length > 0 ? places : [{ path, value: undefined }]).flatMap((place) =>
        outcomeOf(place, expect, absent, deployment),
      )
      return sensitiveOnly === true ? unlessHarmless(resource, deployment, outcomes) : outcomes
    },
    passing: exampleOf(types[0] ?? '', passing),
    failing: exampleOf(types[0] ?? '', failing),
  }
}

function applies(resource: Resource, deployment: Deployment, { path, expect, absent }: When): Outcome | 'applies' | 'does not apply' {
  const [place] = resource.at(path)
  if (place?.value === undefined) return absent ?? 'does not apply'
  const met = isMet(place.value, expect, deployment)
  return met === undefined ? unknownAt(place.path, place.value) : met ? 'applies' : 'does not apply'
}

function outcomeOf({ path, value }: Place, expect: Expectation, absent: PropertyRow['absent'], deployment: Deployment): Outcome[] {
  if (value === undefined) return absent === 'does not apply' ? [] : [absent === 'fails' ? fail(path, undefined) : pass(path, undefined)]
  const met = isMet(value, expect, deployment)
  if (met === undefined) return [unknownAt(path, value)]
  return [met ? pass(path, value) : fail(path, value)]
}

const unknownAt = (path: string, value: Value): Outcome =>
  value instanceof Unknown ? undecided(path, value.reason) : undecided(path, 'it is computed at deployment', value)

/** Classes of data whose loss or disclosure harms no patient. */
const harmless = ['operational', 'no-data']

/** What a store needs only for sensitive data passes where the data map says that it holds none. */
export function unlessHarmless(resource: Resource, deployment: Deployment, outcomes: readonly Outcome[]): readonly Outcome[] {
  const dataClass = deployment.dataClassOf(resource)
  return dataClass !== undefined && harmless.includes(dataClass) ? [pass('data class', dataClass)] : outcomes
}

const exampleOf = (type: string, example: PropertyRow['passing']): ExampleResources =>
  'Resources' in example ? (example.Resources as ExampleResources) : { Example: { Type: type, Properties: example } }
