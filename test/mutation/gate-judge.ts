import { nameOf } from '../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import type { DataClass } from '../../lib/gate/assembly/facts.ts'
import type { ResourceControl, WholeControl } from '../../lib/gate/checks/control.ts'
import { judgeDeployment, judgeResources } from '../../lib/gate/checks/findings-of.ts'
import { fingerprintOf } from '../../lib/gate/fingerprint.ts'
import { dataClassOf } from '../../lib/gate/input/data-map.ts'
import { everyControl } from '../../lib/gate/judge-stacks.ts'
import type { AccessReference } from '../../lib/gate/reference/access-reference.ts'
import { controlsByReference } from '../../lib/gate/reference/judge-by-reference.ts'
import type { Resource } from '../../lib/gate/template/resource.ts'
import type { Found } from '../../lib/gate/verdict.ts'
import { gateTemplateOf } from '../environment/gate-template.ts'
import { anyType, Part } from './gate-part.ts'
import type { PlainTemplate } from './mutants.ts'

/** Judges an environment of which one template was changed, all other stacks beside it. */
export interface GateJudge {
  /**
   * The control that rejects the change; undefined when the gate finds nothing that it did not find before. Only what was changed is judged, and what
   * looked at resources of its type when the environment was judged as it is.
   */
  readonly rejects: (stack: string, changed: PlainTemplate) => string | undefined
  /** Whether judging everything again rejects it: the same answer, slowly. */
  readonly rejectsAtOnce: (stack: string, changed: PlainTemplate) => boolean
}

/** What the gate found in the environment as it is, and what it looked at for that. */
interface Known {
  readonly findings: ReadonlySet<string>
  /** By type: the resources, by key, that are judged with a look at resources of that type, and the controls that do it. */
  readonly lookedAt: ReadonlyMap<string, ReadonlyMap<ResourceControl, ReadonlySet<string>>>
  readonly wholes: ReadonlyMap<WholeControl, ReadonlySet<string>>
}

/**
 * The gate's controls over resources and over an environment as a whole, undecided findings counted as failing. Its controls over templates as such are left
 * out: what they reject CloudFormation would refuse, and such a change is no weakening.
 */
export function byGate(config: EnvironmentConfig, templates: ReadonlyMap<string, PlainTemplate>, reference: AccessReference): GateJudge {
  const classes = dataClassOf({ stores: [...templates].flatMap(([stack, template]) => storesOf(nameOf(config, stack), template)) })
  const read = new Map([...templates].map(([stack, template]) => [stack, gateTemplateOf(config, stack, template)]))
  const wholes = [...everyControl.deployments, ...controlsByReference(reference)]
  const known = knownOf(new Part([...read.values()], classes), wholes)
  const isNew = (found: Found): boolean => !known.findings.has(fingerprintOf(found))
  const changedBy = (stack: string, changed: PlainTemplate) =>
    new Part(
      [...read].map(([name, template]) => (name === stack ? gateTemplateOf(config, stack, changed) : template)),
      classes,
    )
  return {
    rejects: (stack, changed) => {
      const differing = differingOf(templates.get(stack), changed)
      const deployment = changedBy(stack, changed)
      for (const judge of inOrder(deployment, nameOf(config, stack), differing, known)) {
        const found = judge().find(isNew)
        if (found !== undefined) return found.control
      }
      return undefined
    },
    rejectsAtOnce: (stack, changed) => {
      const deployment = changedBy(stack, changed)
      return [...judgeResources(deployment, everyControl.resources).findings, ...judgeDeployment(deployment, wholes).findings].some(isNew)
    },
  }
}

/** Logical ids and types of what stands in one of two templates only, or differently in both. */
function differingOf(before: PlainTemplate | undefined, after: PlainTemplate): ReadonlyMap<string, string> {
  const [one, other] = [before?.Resources ?? {}, after.Resources]
  const ids = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((id) => one[id] !== other[id])
  return new Map(ids.map((id) => [id, (other[id] ?? one[id])?.Type ?? '']))
}

function inOrder(
  deployment: Part,
  template: string,
  differing: ReadonlyMap<string, string>,
  { lookedAt, wholes }: Known,
): readonly (() => readonly Found[])[] {
  const all = new Map([...deployment.all].map((resource) => [keyOf(resource), resource]))
  const types = [...new Set([...differing.values(), anyType])]
  const judged = (control: readonly ResourceControl[], resources: readonly (Resource | undefined)[]): readonly Found[] => {
    deployment.ask(resources.filter((resource) => resource !== undefined))
    return judgeResources(deployment, control).findings
  }
  return [
    ...[...differing].map(
      ([id, type]) =>
        () =>
          judged(controlsFor(type), [all.get(`${template}/${id}`)]),
    ),
    ...types.flatMap((type) =>
      [...(lookedAt.get(type) ?? [])].map(
        ([control, keys]) =>
          () =>
            judged(
              [control],
              [...keys].map((key) => all.get(key)),
            ),
      ),
    ),
    ...[...wholes]
      .filter(([, seen]) => types.some((type) => seen.has(type)))
      .map(
        ([control]) =>
          () =>
            judgeDeployment(deployment, [control]).findings,
      ),
  ]
}

function knownOf(deployment: Part, controls: readonly WholeControl[]): Known {
  const findings = new Set<string>()
  const lookedAt = new Map<string, Map<ResourceControl, Set<string>>>()
  for (const resource of [...deployment.all])
    for (const control of controlsFor(resource.type)) {
      deployment.seen.clear()
      deployment.ask([resource])
      for (const found of judgeResources(deployment, [control]).findings) findings.add(fingerprintOf(found))
      for (const type of deployment.seen) {
        const controls = lookedAt.get(type) ?? new Map<ResourceControl, Set<string>>()
        lookedAt.set(type, controls.set(control, (controls.get(control) ?? new Set()).add(keyOf(resource))))
      }
    }
  const wholes = new Map<WholeControl, ReadonlySet<string>>()
  for (const control of controls) {
    deployment.seen.clear()
    for (const found of judgeDeployment(deployment, [control]).findings) findings.add(fingerprintOf(found))
    wholes.set(control, new Set(deployment.seen))
  }
  return { findings, lookedAt, wholes }
}

const keyOf = ({ template, logicalId }: Resource): string => `${template.key}/${logicalId}`

const byType = new Map<string, readonly ResourceControl[]>()

function controlsFor(type: string): readonly ResourceControl[] {
  const made = byType.get(type) ?? everyControl.resources.filter(({ types }) => types === 'every' || types.includes(type))
  byType.set(type, made)
  return made
}

const storesOf = (stack: string, { Resources }: PlainTemplate) =>
  Object.entries(Resources).flatMap(([logicalId, { Metadata }]) => {
    const dataClass = Metadata?.['SafeHarborDataClass'] as DataClass | undefined
    return dataClass === undefined ? [] : [{ stack, logicalId, dataClass }]
  })
