import type { Construct } from 'constructs'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

export interface DetectionStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
}

export class DetectionStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: DetectionStackProps) {
    super(scope, { config, what: 'detection', description: 'detective controls.', duty: 'workload', path: 'workload' })
  }
}
