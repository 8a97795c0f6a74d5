import { Duration } from 'aws-cdk-lib'
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { policyArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { LeastFunction } from '../constructs/least-function.ts'
import type { KeyArns } from '../keys-stack.ts'
import type { NetworkStack } from '../network-stack.ts'
import type { Pool } from './pool.ts'

/** What the token function needs. */
export interface TokenFunctionProps {
  readonly config: EnvironmentConfig
  readonly keys: KeyArns
  readonly network: NetworkStack
}

/**
 * The function that puts practice, person and patient into an ID token. Whoever changes it decides what every session opens, so it stands on the foundation path,
 * which the pipeline cannot touch, and its role carries the workload boundary all the same.
 */
export function tokenFunction(scope: Construct, { config, keys, network }: TokenFunctionProps): LeastFunction {
  const made = new LeastFunction(scope, 'Token', {
    config,
    what: 'token',
    description: 'puts practice, person and patient of whoever signs in into their token, from what administrators wrote.',
    entry: 'lambda/people/token/handler.ts',
    environment: {},
    // It reads what Cognito hands it, and nothing else.
    permissions: [{ sid: 'LooksNothingUp', effect: 'Deny', actions: ['cognito-idp:*', 'dynamodb:*', 's3:*', 'sts:*'], resources: ['*'] }],
    concurrency: 10,
    // Cognito waits five seconds (Amazon Cognito Developer Guide, "Customizing user pool workflows with Lambda triggers").
    timeout: Duration.seconds(5),
    network: network.functionNetwork,
    auditKeyArn: keys.audit,
    queueKeyArn: keys.notifications,
  })
  const boundary = ManagedPolicy.fromManagedPolicyArn(scope, 'TokenBoundary', policyArn(config, 'workload', 'workload-boundary'))
  PermissionsBoundary.of(made).apply(boundary)
  return made
}

/** Lets Cognito call the function for one pool of ours. */
export const calledFor = (scope: Construct, id: string, made: LeastFunction, pool: Pool, { accounts }: EnvironmentConfig): CfnPermission =>
  new CfnPermission(scope, id, {
    action: 'lambda:InvokeFunction',
    functionName: made.function.functionArn,
    principal: 'cognito-idp.amazonaws.com',
    sourceArn: pool.resource.attrArn,
    sourceAccount: accounts.workload,
  })
