import type { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito'
import { CfnOIDCProvider, CfnRole } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { LeastPolicy, type Permission } from '../constructs/least-policy.ts'
import type { sessionRoles } from '../network/endpoint-policies.ts'
import type { Pool } from './pool.ts'
import { type SessionTrustProps, sessionTrust } from './session-trust.ts'

/** What the role of people's sessions needs. */
export interface SessionRoleProps extends Pick<SessionTrustProps, 'stsEndpointId' | 'tags'> {
  readonly config: EnvironmentConfig
  /** Name of the role and of its policy. */
  readonly what: (typeof sessionRoles)[number]
  /** One sentence for the IAM console. */
  readonly description: string
  readonly pool: Pool
  /** The app whose tokens are taken. */
  readonly client: CfnUserPoolClient
  readonly permissions: readonly Permission[]
  /** ARN of the session boundary. */
  readonly boundaryArn: string
}

/** A role that signed-in people are in, each with their own tags, for an hour at most; and IAM's provider for the pool that signs them in. */
export class SessionRole extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { config, what, description, pool, client, permissions, boundaryArn, ...trust }: SessionRoleProps,
  ) {
    super(scope, id)
    // IAM checks the issuer's certificate against its own list of authorities and needs no thumbprint (IAM User Guide, "Create an OpenID Connect (OIDC)
    // identity provider in IAM").
    const provider = new CfnOIDCProvider(this, 'Provider', { url: `https://${pool.issuer}`, clientIdList: [client.ref] })
    const policy = new LeastPolicy(this, 'Policy', {
      name: nameOf(config, what),
      description: `What a session of the role ${nameOf(config, what)} may do.`,
      permissions,
    })
    new CfnRole(this, 'Resource', {
      roleName: nameOf(config, what),
      description,
      assumeRolePolicyDocument: sessionTrust({ config, providerArn: provider.attrArn, ...trust }),
      managedPolicyArns: [policy.managedPolicyArn],
      permissionsBoundary: boundaryArn,
      maxSessionDuration: 3600,
    })
  }
}
