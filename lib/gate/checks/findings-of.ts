import type { DataClass } from '../assembly/facts.ts'
import type { Choice } from '../template/cases.ts'
import type { Deployment } from '../template/deployment.ts'
import { anyOther } from '../template/parameter-domain.ts'
import { placeInSource, valueAt } from '../template/place-in-source.ts'
import type { Resource } from '../template/resource.ts'
import { nothingRenamed } from '../template/template.ts'
import { isMap, plain, type Value } from '../template/value.ts'
import type { Found, Pass, ResourceName } from '../verdict.ts'
import type { ControlText, Outcome, ResourceControl, WholeControl } from './control.ts'
import { type JudgedOutcome, judgeInEveryCase, judgeResource } from './judge-resource.ts'
import { templateControls } from './template/template-health.ts'

/** What controls say of a deployment. */
export interface Judged {
  readonly findings: readonly Found[]
  readonly passes: readonly Pass[]
}

/** What several judgements say together, in their order. */
export const joined = (parts: readonly Judged[]): Judged => ({
  findings: ([] as readonly Found[]).concat(...parts.map(({ findings }) => findings)),
  passes: ([] as readonly Pass[]).concat(...parts.map(({ passes }) => passes)),
})

/** Judges every resource of a deployment by every control that applies to its type. */
export function judgeResources(deployment: Deployment, controls: readonly ResourceControl[]): Judged {
  const { byType, ofEvery } = sortedByType(controls)
  const judged = nothingJudged()
  for (const resource of deployment.all) {
    judgeOne(judged, byType.get(resource.type) ?? [], resource, deployment)
    judgeOne(judged, ofEvery, resource, deployment)
  }
  return judged
}

function judgeOne(judged: Notes, controls: readonly ResourceControl[], resource: Resource, deployment: Deployment): void {
  for (const control of controls)
    for (const outcome of judgeResource(control, resource, deployment)) note(judged, control, outcome, resource, deployment)
}

/** Judges a deployment as a whole. */
export function judgeDeployment(deployment: Deployment, controls: readonly WholeControl[]): Judged {
  const judged = nothingJudged()
  for (const control of controls)
    for (const outcome of judgeInEveryCase(deployment, () => control.judge(deployment)))
      note(judged, control, outcome, outcome.resource, deployment)
  return judged
}

interface Notes {
  readonly findings: Found[]
  readonly passes: Pass[]
}

const nothingJudged = (): Notes => ({ findings: [], passes: [] })

function note(
  { findings, passes }: Notes,
  control: ControlText,
  outcome: JudgedOutcome,
  resource: Resource | undefined,
  deployment: Deployment,
): void {
  if (outcome.status === 'pass') passes.push(passOf(control, outcome, resource))
  else findings.push(findingOf(control, outcome, resource, deployment))
}

/** Judges the templates as such: whether all of them could be read. */
export function judgeTemplates(deployment: Deployment): Judged {
  const judged = deployment.templates.flatMap((template) =>
    templateControls.map((control) => ({ template, control, remarks: control.remarks(template, deployment) })),
  )
  return {
    findings: judged.flatMap(({ template, control, remarks }) =>
      remarks.map(
        ({ path, message }): Found => ({
          control: control.id,
          topic: control.topic,
          status: control.status,
          ...resourceAt(template.resources.get(String(path[1])), path),
          property: path.slice(2).join('.'),
          value: undefined,
          file: template.source.file,
          line: template.source.lineOf(path),
          message,
          remedy: control.remedy,
          citations: control.citations,
        }),
      ),
    ),
    passes: judged
      .filter(({ remarks }) => remarks.length === 0)
      .map(({ template, control }) => ({
        control: control.id,
        topic: control.topic,
        property: template.source.file,
        value: template.resources.size,
      })),
  }
}

const resourceAt = (written: Resource['written'] | undefined, path: readonly (string | number)[]): { readonly resource?: ResourceName } =>
  path[0] === 'Resources' && written !== undefined ? { resource: nameOf(written) } : {}

interface SortedControls {
  readonly byType: ReadonlyMap<string, readonly ResourceControl[]>
  readonly ofEvery: readonly ResourceControl[]
}

const sorted = new WeakMap<readonly ResourceControl[], SortedControls>()

/** Controls by the types that they apply to. They are sorted once, whatever is judged by them. */
function sortedByType(controls: readonly ResourceControl[]): SortedControls {
  const known = sorted.get(controls)
  if (known !== undefined) return known
  const byType = new Map<string, ResourceControl[]>()
  for (const control of controls)
    for (const type of control.types === 'every' ? [] : control.types) {
      const alike = byType.get(type)
      if (alike === undefined) byType.set(type, [control])
      else alike.push(control)
    }
  const made = { byType, ofEvery: controls.filter(({ types }) => types === 'every') }
  sorted.set(controls, made)
  return made
}

function findingOf(control: ControlText, outcome: JudgedOutcome, resource: Resource | undefined, deployment: Deployment): Found {
  const template = resource?.template ?? deployment.templates[0]
  const dataClass = resource === undefined ? undefined : deployment.dataClassOf(resource)
  const choices = outcome.choices ?? []
  const when = caseOf(choices)
  const property = resource === undefined ? outcome.property : propertyAsWritten(resource, outcome.property)
  return {
    control: control.id,
    topic: control.topic,
    status: outcome.status === 'undecided' ? 'undecided' : 'fail',
    resource: resource && (dataClass === undefined ? nameOnce(resource.written) : nameOf(resource.written, dataClass)),
    property,
    value: plain(outcome.value),
    file: template?.source.file ?? '',
    line: resource === undefined ? 1 : deployment.cases.under(choices, () => lineOf(resource, property, deployment)),
    message: messageOf(outcome, property),
    when: when === '' ? undefined : when,
    remedy: control.remedy,
    citations: control.citations,
  }
}

const lineOf = (resource: Resource, property: string, deployment: Deployment): number =>
  resource.template.source.lineOf(placeInSource(resource, property.split('.'), deployment))

const named = new WeakMap<Resource['written'], ResourceName>()

/** Of a resource there are dozens of passes and findings: all of them share its name. */
function nameOnce(written: Resource['written']): ResourceName {
  const known = named.get(written)
  if (known !== undefined) return known
  const name = nameOf(written)
  named.set(written, name)
  return name
}

const passOf = ({ id, topic }: ControlText, outcome: Outcome, resource: Resource | undefined): Pass => ({
  control: id,
  topic,
  resource: resource && nameOnce(resource.written),
  property: resource === undefined ? outcome.property : propertyAsWritten(resource, outcome.property),
  value: plain(outcome.value),
})

/** A resource as its template writes it: what a serverless resource expands to goes by its name. */
const nameOf = ({ writtenId, writtenType, path }: Resource['written'], dataClass?: DataClass): ResourceName => ({
  logicalId: writtenId,
  type: writtenType,
  ...(path !== undefined && { path }),
  ...(dataClass !== undefined && { dataClass }),
})

/** What an expansion renamed goes by its written name; a part of it, only where it is written with that name too. */
function propertyAsWritten({ template, written }: Resource, property: string): string {
  if (written.writtenAs === nothingRenamed) return property
  const [first = '', ...rest] = property.split('.')
  const name = written.writtenAs[first]
  if (name === undefined) return property
  const parts = valueAt(template.source.value, [...written.place, name])
  if (!isMap(parts as Value)) return name
  if (Object.hasOwn(parts as object, first)) return `${name}.${property}`
  return Object.hasOwn(parts as object, rest[0] ?? '') ? [name, ...rest].join('.') : name
}

/** @param property as the template writes it */
function messageOf(outcome: Outcome, property: string): string {
  // What is no property has a name in small letters: `bucket policy`.
  const isProperty = !/^[a-z]+( [a-zA-Z]+)*$/.test(property)
  const name = isProperty ? property : `The ${property}`
  if (outcome.status === 'undecided') return `${property === '' ? 'This' : name} cannot be known: ${outcome.reason}.`
  if (outcome.status === 'fail' && outcome.message !== undefined) return outcome.message
  if (outcome.value !== undefined) return `${name} is ${shown(outcome.value)}.`
  return isProperty ? `${beforeStar(property)} is not set.` : `There is no ${property}.`
}

/** Where a list is missing, so is each of its elements. */
const beforeStar = (path: string): string => path.split('.*')[0] ?? path

const longest = 120

function shown(value: Value): string {
  const text = JSON.stringify(plain(value)) ?? ''
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}

/** The choices of a case, in words. The first word of a variable is the template's key. */
const caseOf = (choices: readonly Choice[]): string =>
  choices.map(({ variable, option }) => `${variable.slice(variable.indexOf(' ') + 1)} ${optionOf(option)}`).join(' and ')

function optionOf(option: string): string {
  if (option === 'holds' || option === 'does not hold') return option
  return option === anyOther ? 'has another value' : `is ${JSON.stringify(option)}`
}
