import { CfnGroup, CfnUser, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { LeastPolicy } from '../constructs/least-policy.ts'
import { OperatorRole } from './operator-role.ts'
import { breakGlassDoorPermissions, breakGlassPermissions, nothingElseWithoutKey } from './permissions/break-glass.ts'
import { trustsUsersWithKey } from './trust.ts'

/** What break-glass needs. */
export interface BreakGlassProps {
  readonly config: EnvironmentConfig
  /** ARN of the operator boundary. */
  readonly boundaryArn: string
}

/**
 * The way in when Identity Center or the pipeline is down: two named people with security keys, who can do nothing but enter one role for an hour.
 * They are IAM users because such a way must not depend on anything else. They have no access keys, and no password stands in a template.
 */
export class BreakGlass extends Construct {
  constructor(scope: Construct, id: string, { config, boundaryArn }: BreakGlassProps) {
    super(scope, id)
    const door = new LeastPolicy(this, 'Door', {
      name: nameOf(config, 'break-glass-door'),
      description: 'Lets a break-glass user register a security key and, with it, enter the role break-glass.',
      permissions: breakGlassDoorPermissions(config),
    })
    door.addStatements(PolicyStatement.fromJson(nothingElseWithoutKey))
    const group = new CfnGroup(this, 'Group', { groupName: nameOf(config, 'break-glass'), managedPolicyArns: [door.managedPolicyArn] })
    const users = config.breakGlass.map(
      (userName, index) =>
        new CfnUser(this, index === 0 ? 'First' : 'Second', { userName, groups: [group.ref], permissionsBoundary: boundaryArn }),
    )
    new OperatorRole(this, 'Role', {
      config,
      what: 'break-glass',
      description: 'Reads patient records in an emergency: two named people with security keys, one hour, rings when used.',
      trust: trustsUsersWithKey(users.map(({ attrArn }) => attrArn)),
      permissions: breakGlassPermissions(config),
      boundaryArn,
    })
  }
}
