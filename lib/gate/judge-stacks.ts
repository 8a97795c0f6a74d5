import type { DeploymentControl, ResourceControl } from './checks/control.ts'
import { controls, deploymentControls } from './checks/controls.ts'
import { type Judged, judgeDeployment, judgeResources, judgeTemplates } from './checks/findings-of.ts'
import type { Deployment } from './template/deployment.ts'

/** Controls to judge by. */
export interface ControlSet {
  /** Over each resource. */
  readonly resources: readonly ResourceControl[]
  /** Over an assembly as a whole. */
  readonly deployments: readonly DeploymentControl[]
}

/** Every control that the gate has. */
export const everyControl: ControlSet = { resources: controls, deployments: deploymentControls }

/** Judges templates that are deployed together: as templates, resource by resource, and, for an assembly, as a whole. */
export function judgeStacks(deployment: Deployment, { resources, deployments }: ControlSet = everyControl): Judged {
  const parts = [
    judgeTemplates(deployment),
    judgeResources(deployment, resources),
    ...(deployment.kind === 'assembly' ? [judgeDeployment(deployment, deployments)] : []),
  ]
  return { findings: parts.flatMap(({ findings }) => findings), passes: parts.flatMap(({ passes }) => passes) }
}
