import type { Construct } from 'constructs'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

export class ArchiveStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, {
      config,
      what: 'archive',
      description: 'the locked archive of evidence, and what investigators read it with.',
      duty: 'audit',
      path: 'foundation',
    })
  }
}
