import { CfnRole } from 'aws-cdk-lib/aws-iam'
import { CfnConfigurationSet, CfnProtectConfiguration } from 'aws-cdk-lib/aws-smsvoice'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts'
import { LeastPolicy } from '../constructs/least-policy.ts'

/** What notifications need. */
export interface NotificationsProps {
  readonly config: EnvironmentConfig
  readonly auditKeyArn: string
}

/**
 * How providers are notified: to numbers of one country, and with a record of what became of each message. The number they come from is registered with
 * the carriers by people and named in the configuration.
 */
export class Notifications extends Construct {
  constructor(scope: Construct, id: string, { config, auditKeyArn }: NotificationsProps) {
    super(scope, id)
    const logs = new EncryptedLogGroup(this, 'Logs', { config, what: 'notifications', auditKeyArn })
    const role = this.deliveryRole(config, logs)
    const settings = new CfnConfigurationSet(this, 'Settings', {
      configurationSetName: nameOf(config, 'notifications'),
      protectConfigurationId: this.oneCountry(config).attrProtectConfigurationId,
      eventDestinations: [
        {
          eventDestinationName: 'outcome-of-each-message',
          enabled: true,
          matchingEventTypes: ['ALL'],
          cloudWatchLogsDestination: {
            iamRoleArn: role.attrArn,
            logGroupArn: `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${logs.logGroupName}`,
          },
        },
      ],
    })
    settings.addResourceDependency(logs.resource)
  }

  // A stolen function could otherwise call numbers abroad that pay the thief. These are the rules of the one country, for pictures too, which nobody sends. Every other
  // country is allowed until somebody blocks it (AWS End User Messaging SMS and Voice v2 API Reference, CreateProtectConfiguration), and which there are is AWS's list:
  // `safe-harbor prepare` prints the commands, and sees whether they were run.
  private oneCountry({ telephone: { country }, purpose }: EnvironmentConfig): CfnProtectConfiguration {
    const allowed = [{ countryCode: country, protectStatus: 'ALLOW' }]
    return new CfnProtectConfiguration(this, 'OneCountry', {
      countryRuleSet: { sms: allowed, voice: allowed, mms: [{ countryCode: country, protectStatus: 'BLOCK' }] },
      deletionProtectionEnabled: purpose === 'production',
    })
  }

  private deliveryRole(config: EnvironmentConfig, logs: EncryptedLogGroup): CfnRole {
    const what = 'notification-log'
    const policy = new LeastPolicy(this, 'Policy', {
      name: nameOf(config, what),
      description: 'Lets AWS End User Messaging write what became of each notification.',
      permissions: [
        {
          sid: 'WriteOutcomes',
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [{ matching: logs.logGroupArn, because: 'The log streams of the one log group.' }],
        },
      ],
    })
    return new CfnRole(this, 'Role', {
      roleName: nameOf(config, what),
      description: 'Held by AWS End User Messaging, to write what became of each notification.',
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'EndUserMessagingOfThisAccount',
            Effect: 'Allow',
            Principal: { Service: 'sms-voice.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': config.accounts.workload } },
          },
        ],
      },
      managedPolicyArns: [policy.managedPolicyArn],
    })
  }
}
