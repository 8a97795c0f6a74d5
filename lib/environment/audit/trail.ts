import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts'
import { LeastPolicy } from '../constructs/least-policy.ts'
import { eventSelectors } from './event-selectors.ts'
import { trailProperties } from './trail-properties.ts'

/**
 * The audit trail of the workload account: all Regions, validated, straight into the locked archive of the audit account, and into a log group
 * where alarms watch it.
 */
export class Trail extends Construct {
  /** Name of the log group the alarms watch. */
  readonly logGroupName: string

  constructor(scope: Construct, id: string, config: EnvironmentConfig, auditKeyArn: string) {
    super(scope, id)
    const logs = new EncryptedLogGroup(this, 'LogGroup', { config, what: 'trail', auditKeyArn, dataClass: 'audit-trail' })
    this.logGroupName = logs.logGroupName
    const role = deliveryRole(this, config, logs.logGroupName)
    new CfnTrail(this, 'Trail', {
      ...trailProperties(config),
      cloudWatchLogsLogGroupArn: logs.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: eventSelectors(config),
      insightSelectors: [{ insightType: 'ApiCallRateInsight' }, { insightType: 'ApiErrorRateInsight' }],
    })
  }
}

// AWS CloudTrail User Guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring".
function deliveryRole(scope: Construct, config: EnvironmentConfig, logGroup: string): Role {
  const { accounts, regions } = config
  const name = nameOf(config, 'trail-delivery')
  return new Role(scope, 'DeliveryRole', {
    roleName: name,
    description: 'CloudTrail delivers the trail to its log group with this role.',
    assumedBy: new ServicePrincipal('cloudtrail.amazonaws.com'),
    managedPolicies: [
      new LeastPolicy(scope, 'DeliveryPolicy', {
        name,
        description: 'Write the trail to its log group.',
        permissions: [
          {
            sid: 'WriteTheTrail',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [
              {
                matching: `arn:aws:logs:${regions.primary}:${accounts.workload}:log-group:${logGroup}:log-stream:${accounts.workload}_CloudTrail_${regions.primary}*`,
                because: 'CloudTrail names its log streams by account and Region and adds a number.',
              },
            ],
          },
        ],
      }),
    ],
  })
}
