import { CfnRole } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { LeastPolicy, type Permission } from '../constructs/least-policy.ts'
import type { TrustPolicy } from './trust.ts'

/** What a role for people or the pipeline needs. */
export interface OperatorRoleProps {
  readonly config: EnvironmentConfig
  /** Name of the role and of its policy: `custodian`. */
  readonly what: string
  /** One sentence for the IAM console. */
  readonly description: string
  readonly trust: TrustPolicy
  readonly permissions: readonly Permission[]
  /** ARN of the operator boundary. */
  readonly boundaryArn: string
}

/** A role for people or the pipeline: sessions of at most an hour, one customer managed policy, the operator boundary. */
export class OperatorRole extends Construct {
  constructor(scope: Construct, id: string, { config, what, description, trust, permissions, boundaryArn }: OperatorRoleProps) {
    super(scope, id)
    const policy = new LeastPolicy(this, 'Policy', {
      name: nameOf(config, what),
      description: `What the role ${nameOf(config, what)} may do.`,
      permissions,
    })
    new CfnRole(this, 'Resource', {
      roleName: nameOf(config, what),
      description,
      assumeRolePolicyDocument: trust,
      managedPolicyArns: [policy.managedPolicyArn],
      permissionsBoundary: boundaryArn,
      maxSessionDuration: 3600,
    })
  }
}
