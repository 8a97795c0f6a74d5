import type { Construct } from 'constructs'
import { type Duty, nameOf } from '../config/names.ts'
import { operatorsStackOf } from '../config/stacks.ts'
import { BoundaryPolicy } from './operators/boundary.ts'
import { BreakGlass } from './operators/break-glass-users.ts'
import { operatorBoundaryPermissions } from './operators/operator-boundary.ts'
import { OperatorRole } from './operators/operator-role.ts'
import { Pipeline } from './operators/pipeline.ts'
import { peopleRolesOf } from './operators/roles.ts'
import { trustsPermissionSet } from './operators/trust.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** What the operators of an account need. */
export interface OperatorsStackProps extends EnvironmentStackProps {
  /** The duties of the account: one in production, all in a trial. The first one names the stack's place. */
  readonly duties: readonly [Duty, ...Duty[]]
}

/** The people of one account, the pipeline and the boundaries. People enter through IAM Identity Center, one permission set a role. */
export class OperatorsStack extends SafeHarborStack {
  constructor(scope: Construct, { config, duties }: OperatorsStackProps) {
    super(scope, {
      config,
      what: operatorsStackOf(duties),
      description: 'the people of the environment, the pipeline, and what bounds them.',
    })
    const boundary = new BoundaryPolicy(this, 'OperatorBoundary', {
      name: nameOf(config, 'operator-boundary'),
      description: 'The most that people and the pipeline may do.',
      permissions: operatorBoundaryPermissions(config, duties),
    })
    const boundaryArn = boundary.managedPolicyArn
    for (const { what: role, permissionSet, description, permissions } of peopleRolesOf(duties))
      new OperatorRole(this, permissionSet.replace('SafeHarbor', ''), {
        config,
        what: role,
        description,
        trust: trustsPermissionSet(config.accounts[duties[0]], permissionSet),
        permissions: permissions(config, duties),
        boundaryArn,
      })
    if (duties.includes('workload')) {
      new BreakGlass(this, 'BreakGlass', { config, boundaryArn })
      new Pipeline(this, 'Pipeline', { config, boundaryArn })
    }
  }
}
