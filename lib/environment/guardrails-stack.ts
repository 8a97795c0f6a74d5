import type { Construct } from 'constructs'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

export class GuardrailsStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, { config, what: 'guardrails', description: 'organization policies.', duty: 'management', path: 'foundation' })
  }
}
