import type { ExampleResources, ResourceControl } from '../../../../lib/gate/checks/control.ts'
import { platformControls } from '../../../../lib/gate/checks/services/platform.ts'
import { judgeExample } from '../judge-example.ts'

/** A control by its id. */
export function controlNamed(id: string): ResourceControl {
  const control = platformControls.find((one) => one.id === id)
  if (control === undefined) throw new TypeError(`no control ${id}`)
  return control
}

/** The statuses that a control gives in a template with these resources, each once, in the order they appear; `nothing` where it says nothing. */
export function statusesOf(id: string, Resources: ExampleResources): string {
  const statuses = judgeExample(controlNamed(id), Resources).map(({ status }) => status)
  return statuses.length === 0 ? 'nothing' : [...new Set(statuses)].join(' ')
}

/** The statuses for one resource of a type, beside others. */
export const statusOf = (id: string, Type: string, Properties: Readonly<Record<string, unknown>>, beside: ExampleResources = {}): string =>
  statusesOf(id, { Judged: { Type, Properties }, ...beside })
