import type { Construct } from 'constructs'
import type { StackName } from '../config/stacks.ts'
import { AccountTrail } from './audit/account-trail.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** What the trail of an account needs. */
export interface AccountTrailStackProps extends EnvironmentStackProps {
  /** Which account: the stack's row says where it stands. */
  readonly what: Extract<StackName, `trail-${string}`>
}

/** The audit trail of an account beside the workload's own. It is a stack of its own because the archive must take it before it can be made. */
export class AccountTrailStack extends SafeHarborStack {
  constructor(scope: Construct, { config, what }: AccountTrailStackProps) {
    super(scope, { config, what, description: 'audit trail of an account that holds evidence or copies and runs nothing.' })
    new AccountTrail(this, 'AccountTrail', config)
  }
}
