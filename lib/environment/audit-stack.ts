import type { Construct } from 'constructs'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

export interface AuditStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
}

export class AuditStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: AuditStackProps) {
    super(scope, { config, what: 'audit', description: 'the audit trail.', duty: 'workload', path: 'foundation' })
  }
}
