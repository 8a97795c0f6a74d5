import type { Construct } from 'constructs'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

export interface RecoveryStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
}

export class RecoveryStack extends SafeHarborStack {
  /** Id of the backup plan. */
  readonly backupPlanId: string

  constructor(scope: Construct, { config }: RecoveryStackProps) {
    super(scope, { config, what: 'recovery', description: 'backup vault and plan.', duty: 'workload', path: 'workload' })
    this.backupPlanId = 'plan'
  }
}
