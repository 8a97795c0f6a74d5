import type { Deployment } from '../../template/deployment.ts'
import type { Place, Resource } from '../../template/resource.ts'
import { Unknown } from '../../template/value.ts'
import { type ControlText, type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import type { Expectation } from '../expectations.ts'

/** Types that say how EC2 instances are launched. */
export type LaunchType = 'AWS::EC2::Instance' | 'AWS::EC2::LaunchTemplate' | 'AWS::AutoScaling::LaunchConfiguration' | 'AWS::EC2::SpotFleet'

/** Where a type keeps the settings of an instance. */
export const settingsIn: Readonly<Record<LaunchType, string>> = {
  'AWS::EC2::Instance': '',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.',
  'AWS::AutoScaling::LaunchConfiguration': '',
  'AWS::EC2::SpotFleet': 'SpotFleetRequestConfigData.LaunchSpecifications.*.',
}

/** A property of a type, and what it means that nothing stands there. */
export interface Setting {
  readonly path: string
  readonly absent: 'fails' | 'passes' | 'does not apply'
}

/** A control over one setting of launched instances. */
export interface LaunchRow extends ControlText {
  /** The setting in each type, below where the type keeps them. */
  readonly settings: Partial<Readonly<Record<LaunchType, Setting>>>
  readonly expect: Expectation
  /** What it means that only deployment knows the value; without it, that nothing can be said. */
  readonly unknown?: 'passes' | 'fails'
  /** Settings of an instance that passes, and of one that fails. */
  readonly passing: Readonly<Record<string, unknown>>
  readonly failing: Readonly<Record<string, unknown>>
}

/** Makes controls of a table's rows. An instance takes what it does not say itself from its launch template. */
export const launchControls = (rows: readonly LaunchRow[]): readonly ResourceControl[] => rows.map(launchControl)

function launchControl({ settings, expect, unknown, passing, failing, ...text }: LaunchRow): ResourceControl {
  const types = Object.keys(settings) as LaunchType[]
  const judge = (resource: Resource, deployment: Deployment): readonly Outcome[] => {
    const setting = settings[resource.type as LaunchType]
    if (setting === undefined) return []
    const places = settingAt(resource, setting.path).map((place) =>
      outcomeOf(place, { expect, unknown, absent: setting.absent }, deployment),
    )
    return places.length > 0 ? places.flat() : []
  }
  return {
    ...text,
    types,
    judge: (resource, deployment) => {
      const setting = settings[resource.type as LaunchType]
      const says = setting !== undefined && settingAt(resource, setting.path).some(({ value }) => value !== undefined)
      return says ? judge(resource, deployment) : (fromTemplate(resource, deployment, judge) ?? judge(resource, deployment))
    },
    passing: instanceWith(types[0], passing),
    failing: instanceWith(types[0], failing),
  }
}

/** Places of a setting; one without a value where a list that it stands in is not written. */
export function settingAt(resource: Resource, path: string): readonly Place[] {
  const prefix = settingsIn[resource.type as LaunchType]
  const places = resource.at(prefix + path)
  return places.length > 0 || prefix.includes('*') ? places : [{ path: prefix + path, value: undefined }]
}

/**
 * What an instance that says nothing itself takes from its launch template; undefined without one. Where the template fails it is told
 * there, and not again of each instance.
 */
export function fromTemplate(
  resource: Resource,
  deployment: Deployment,
  judge: (template: Resource, deployment: Deployment) => readonly Outcome[],
): readonly Outcome[] | undefined {
  if (resource.type !== 'AWS::EC2::Instance' || resource.get('LaunchTemplate') === undefined) return undefined
  const template = launchTemplateOf(resource, deployment)
  if (template === undefined) return [undecided('LaunchTemplate', 'the launch template is made outside of what is judged')]
  const outcomes = judge(template, deployment)
  return outcomes.some(({ status }) => status === 'fail') ? [] : outcomes.map((outcome) => ({ ...outcome, property: 'LaunchTemplate' }))
}

/** The launch template of an instance, where the deployment makes it. */
export function launchTemplateOf(resource: Resource, deployment: Deployment): Resource | undefined {
  const named = [resource.get('LaunchTemplate.LaunchTemplateId'), resource.get('LaunchTemplate.LaunchTemplateName')]
  const templates = deployment.ofType('AWS::EC2::LaunchTemplate')
  return templates.find((template) => {
    const name = template.get('LaunchTemplateName')
    return named.some((value) => deployment.names(value, template) || (typeof value === 'string' && value === name))
  })
}

interface Judging extends Pick<Setting, 'absent'> {
  readonly expect: Expectation
  readonly unknown: LaunchRow['unknown'] | undefined
}

function outcomeOf({ path, value }: Place, { expect, unknown, absent }: Judging, deployment: Deployment): readonly Outcome[] {
  if (value === undefined) return absent === 'does not apply' ? [] : [absent === 'fails' ? fail(path, undefined) : pass(path, undefined)]
  if (value instanceof Unknown && unknown !== undefined) return [unknown === 'fails' ? fail(path, value) : pass(path, value)]
  if (value instanceof Unknown) return [undecided(path, value.reason)]
  const met = expect(value, deployment)
  if (met === undefined) return [undecided(path, 'it is computed at deployment', value)]
  return [met ? pass(path, value) : fail(path, value)]
}

/** An example: the smallest resource of a type with some settings. */
export function instanceWith(type: LaunchType = 'AWS::EC2::Instance', settings: Readonly<Record<string, unknown>> = {}): ExampleResources {
  const image = { ImageId: 'ami-0123456789abcdef0', InstanceType: 'm7g.large' }
  const Properties = type === 'AWS::EC2::LaunchTemplate' ? { LaunchTemplateData: { ...image, ...settings } } : { ...image, ...settings }
  return { Example: { Type: type, Properties } }
}
