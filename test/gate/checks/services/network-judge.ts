import type { ExampleResources } from '../../../../lib/gate/checks/control.ts'
import { networkControls } from '../../../../lib/gate/checks/services/network.ts'
import { judgeExample } from '../judge-example.ts'

/** What a control on the network says of a template: `Group fail SecurityGroupIngress.0.CidrIp`. */
export function verdictsOf(id: string, resources: ExampleResources): string[] {
  const control = networkControls.find((one) => one.id === id)
  if (control === undefined) throw new Error(`There is no control ${id}.`)
  return judgeExample(control, resources).map(({ status, property }) => `${status} ${property}`)
}

/** Statuses alone, each once. */
export const statusesOf = (id: string, resources: ExampleResources): string[] => [
  ...new Set(verdictsOf(id, resources).map((verdict) => verdict.split(' ')[0] ?? '')),
]
