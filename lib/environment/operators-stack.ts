import type { Construct } from 'constructs'
import type { Duty } from '../config/names.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

export interface OperatorsStackProps extends EnvironmentStackProps {
  /** The duties of the account: one in production, all in a trial. The first one names the stack's place. */
  readonly duties: readonly [Duty, ...Duty[]]
}

export class OperatorsStack extends SafeHarborStack {
  constructor(scope: Construct, { config, duties }: OperatorsStackProps) {
    const what = duties.includes('workload') ? 'operators' : `operators-${duties[0]}`
    super(scope, { config, what, description: 'the people of the environment.', duty: duties[0], path: 'foundation' })
  }
}
