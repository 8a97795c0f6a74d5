import type { DeploymentControl, ResourceControl } from './checks/control.ts'
import { controls, deploymentControls } from './checks/controls.ts'
import { type Judged, joined, judgeDeployment, judgeResources, judgeTemplates } from './checks/findings-of.ts'
import type { AccessReference } from './reference/access-reference.ts'
import { controlsByReference } from './reference/judge-by-reference.ts'
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

/**
 * Judges templates that are deployed together: as templates, resource by resource, and, for an assembly, as a whole.
 * @param reference what policies may grant and must deny, where somebody reviewed it
 */
export function judgeStacks(
  deployment: Deployment,
  { resources, deployments }: ControlSet = everyControl,
  reference?: AccessReference | undefined,
): Judged {
  const wholes = [
    ...(deployment.kind === 'assembly' ? deployments : []),
    ...(reference === undefined ? [] : controlsByReference(reference)),
  ]
  return joined([judgeTemplates(deployment), judgeResources(deployment, resources), judgeDeployment(deployment, wholes)])
}
