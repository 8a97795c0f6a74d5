import { CfnUserPoolClient, CfnUserPoolDomain, CfnUserPoolResourceServer } from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { Pool } from './pool.ts'

/** The one thing the answering line may do: hand in calls. */
export const lineScope = { server: 'line', scope: 'calls.write' } as const

/**
 * The answering line signs in as a machine (RFC 6749, "The OAuth 2.0 Authorization Framework", section 4.4, client credentials). Its pool is its own and holds no
 * people: IAM knows no provider for that issuer, so that no token of the line can be exchanged for a session, and the pools of people need no domain, where
 * anybody could try passwords. The secret stands in no template; an administrator reads it once with `describe-user-pool-client`.
 */
export class LineClient extends Construct {
  readonly resource: CfnUserPoolClient
  /** First part of the host that gives out tokens. */
  readonly domain: string

  constructor(scope: Construct, id: string, { config, pool }: { readonly config: EnvironmentConfig; readonly pool: Pool }) {
    super(scope, id)
    const userPoolId = pool.resource.ref
    const server = new CfnUserPoolResourceServer(this, 'ResourceServer', {
      userPoolId,
      identifier: lineScope.server,
      name: nameOf(config, 'line'),
      scopes: [{ scopeName: lineScope.scope, scopeDescription: 'Hand in calls of unknown callers.' }],
    })
    this.resource = new CfnUserPoolClient(this, 'Resource', {
      userPoolId,
      clientName: nameOf(config, 'line'),
      generateSecret: true,
      allowedOAuthFlowsUserPoolClient: true,
      allowedOAuthFlows: ['client_credentials'],
      allowedOAuthScopes: [`${lineScope.server}/${lineScope.scope}`],
      // Left out, every flow for people would be open; there are no people here, and a refresh without a sign-in is nothing.
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      preventUserExistenceErrors: 'ENABLED',
      enableTokenRevocation: true,
      accessTokenValidity: 15,
      tokenValidityUnits: { accessToken: 'minutes' },
    })
    // The scope is named by its text, which tells CloudFormation nothing of the order.
    this.resource.addResourceDependency(server)
    // Names of domains are shared by all customers of a Region, so the account makes it ours.
    this.domain = nameOf(config, `line-${config.accounts.workload}`)
    new CfnUserPoolDomain(this, 'Domain', { userPoolId, domain: this.domain, managedLoginVersion: 2 })
  }
}
