import type { Construct } from 'constructs'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

export interface RecordsStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
  readonly backupPlanId: string
}

export class RecordsStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: RecordsStackProps) {
    super(scope, { config, what: 'records', description: 'stores.', duty: 'workload', path: 'workload' })
  }
}
