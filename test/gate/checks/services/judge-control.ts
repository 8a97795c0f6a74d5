import type { ExampleResources } from '../../../../lib/gate/checks/control.ts'
import { judgeResource } from '../../../../lib/gate/checks/judge-resource.ts'
import { storageControls } from '../../../../lib/gate/checks/services/storage.ts'
import { deploymentOf } from '../judge-example.ts'

/** What a control on stores says of the resources of a template: each status once, in the order of the words. */
export function statusOf(id: string, Resources: ExampleResources, sections: Readonly<Record<string, unknown>> = {}): string {
  const control = storageControls.find((one) => one.id === id)
  if (control === undefined) throw new Error(`There is no control ${id}.`)
  const deployment = deploymentOf({ ...sections, Resources })
  const outcomes = [...deployment.all]
    .filter(({ type }) => control.types.includes(type))
    .flatMap((resource) => judgeResource(control, resource, deployment))
  return [...new Set(outcomes.map(({ status }) => status))].sort().join(' ')
}
