import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { LeastPolicy, type LeastPolicyProps } from '../constructs/least-policy.ts'
import { nothingRevoked, revokeOlderSessions } from './session-revocation.ts'

/** A permissions boundary: the most its identities may ever do, and the switch that revokes their sessions. It grants nothing by itself. */
export class BoundaryPolicy extends LeastPolicy {
  constructor(scope: Construct, id: string, props: LeastPolicyProps) {
    super(scope, id, props)
    this.addStatements(PolicyStatement.fromJson(revokeOlderSessions(nothingRevoked)))
  }
}
