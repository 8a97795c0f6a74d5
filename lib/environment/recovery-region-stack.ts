import type { Construct } from 'constructs'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

export interface RecoveryRegionStackProps extends EnvironmentStackProps {
  readonly vaultKeyArn: string
}

export class RecoveryRegionStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: RecoveryRegionStackProps) {
    super(scope, {
      config,
      what: 'recovery-region',
      description: 'copies in the second Region.',
      duty: 'workload',
      path: 'foundation',
      region: config.regions.recovery as string,
    })
  }
}
