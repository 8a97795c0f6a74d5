import { CfnLogDeliveryConfiguration } from 'aws-cdk-lib/aws-cognito'
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { prefix } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { classify } from '../constructs/classify.ts'
import { removalPolicy } from '../removal.ts'
import type { Pool } from './pool.ts'

/**
 * Every sign-in with its risk, device and address, kept longer than the pool's own two years of history allow to search. Cognito writes to no group under a customer
 * managed key ("The log group must not be encrypted with AWS Key Management Service", Amazon Cognito user pools API Reference, CloudWatchLogsConfigurationType),
 * so this one stands under the key of CloudWatch Logs; people are opaque ids in it.
 */
export class SignInLog extends Construct {
  private readonly resource: CfnLogGroup
  private readonly arn: string

  constructor(scope: Construct, id: string, config: EnvironmentConfig) {
    super(scope, id)
    // Groups of this path need no policy of their own for each writer (Amazon CloudWatch Logs User Guide, "Enable logging from AWS services").
    const logGroupName = `/aws/vendedlogs/${prefix(config)}/sign-in`
    this.resource = new CfnLogGroup(this, 'Resource', { logGroupName, retentionInDays: config.retention.logDays })
    this.resource.applyRemovalPolicy(removalPolicy(config))
    classify(this.resource, 'audit-trail')
    this.arn = `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${logGroupName}`
  }

  /** Writes the sign-ins of a pool here. */
  record(pool: Pool): void {
    const delivery = new CfnLogDeliveryConfiguration(pool, 'Log', {
      userPoolId: pool.resource.ref,
      logConfigurations: [{ eventSource: 'userAuthEvents', logLevel: 'INFO', cloudWatchLogsConfiguration: { logGroupArn: this.arn } }],
    })
    delivery.addResourceDependency(this.resource)
  }
}
