import type { Construct } from 'constructs'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

export class RecoveryAccountStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, { config, what: 'recovery-account', description: 'copies in the recovery account.', duty: 'recovery', path: 'foundation' })
  }
}
