import { expect } from 'vitest'
import { nameOf, policyArn } from '../../../../lib/config/names.ts'
import type { Claim } from '../claim.ts'
import { expectStatements, permission } from '../policies.ts'
import { expectKept, onlyOne, outputOf, resourceWith } from '../resources.ts'
import { attribute, exactly, idOf } from './parts.ts'

/** Promise 2: the listed way out, text and voice. */
export const notificationClaims: readonly Claim[] = [
  exactly(
    'The rules of the one country that notifications go to are these; `prepare` has the others blocked',
    'AWS::SMSVOICE::ProtectConfiguration',
    ({ telephone: { country }, purpose }) => [
      {
        CountryRuleSet: {
          SMS: [{ CountryCode: country, ProtectStatus: 'ALLOW' }],
          VOICE: [{ CountryCode: country, ProtectStatus: 'ALLOW' }],
          MMS: [{ CountryCode: country, ProtectStatus: 'BLOCK' }],
        },
        DeletionProtectionEnabled: purpose === 'production',
      },
    ],
  ),
  exactly('What became of each notification is written down', 'AWS::SMSVOICE::ConfigurationSet', (config, template) => [
    {
      ConfigurationSetName: nameOf(config, 'notifications'),
      ProtectConfigurationId: attribute(template, 'ProtectConfigurationId', 'AWS::SMSVOICE::ProtectConfiguration'),
      EventDestinations: [
        {
          EventDestinationName: 'outcome-of-each-message',
          Enabled: true,
          MatchingEventTypes: ['ALL'],
          CloudWatchLogsDestination: {
            IamRoleArn: attribute(template, 'Arn', 'AWS::IAM::Role', 'RoleName', nameOf(config, 'notification-log')),
            LogGroupArn: `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:/safe-harbor/${config.name}/notifications`,
          },
        },
      ],
    },
  ]),
  {
    stack: 'service',
    says: 'The log of notifications is encrypted, and End User Messaging of this account writes it with a role that can do nothing else',
    check: (template, config) => {
      const LogGroupName = `/safe-harbor/${config.name}/notifications`
      const logs = resourceWith(template, 'AWS::Logs::LogGroup', 'LogGroupName', LogGroupName)
      const logsId = idOf(template, 'AWS::Logs::LogGroup', 'LogGroupName', LogGroupName)
      expect(logs.Properties).toEqual({
        LogGroupName,
        KmsKeyId: outputOf(config, 'keys', 'AuditKey'),
        RetentionInDays: config.retention.logDays,
      })
      expectKept(logs, config, 'operational')
      expect(onlyOne(template, 'AWS::SMSVOICE::ConfigurationSet').DependsOn).toEqual([logsId])
      const name = nameOf(config, 'notification-log')
      const { PolicyDocument, ...policy } = resourceWith(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', name).Properties
      expect(policy).toEqual({
        ManagedPolicyName: name,
        Path: '/',
        Description: 'Lets AWS End User Messaging write what became of each notification.',
      })
      expectStatements(PolicyDocument, [
        permission(
          'WriteOutcomes',
          ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          [{ 'Fn::GetAtt': [logsId, 'Arn'] }],
        ),
      ])
      expect(resourceWith(template, 'AWS::IAM::Role', 'RoleName', name).Properties).toEqual({
        RoleName: name,
        Description: 'Held by AWS End User Messaging, to write what became of each notification.',
        AssumeRolePolicyDocument: {
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
        ManagedPolicyArns: [{ Ref: idOf(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', name) }],
        PermissionsBoundary: policyArn(config, 'workload', 'workload-boundary'),
      })
    },
  },
]
