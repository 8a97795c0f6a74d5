import { expect } from 'vitest'
import { nameOf } from '../../../../lib/config/names.ts'
import type { Claim } from '../claim.ts'
import { resourcesOf } from '../claim.ts'
import { entryWith, expectKept, onlyOne, outputOf, resourceWith } from '../resources.ts'
import { tellingAlarm } from '../telling-alarm.ts'
import { poolId } from './sign-in-claims.ts'

const visible = (MetricName: string) => ({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: false, MetricName })
const managed = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesCommonRuleSet']
const unseen = [{ FieldType: 'BODY' }, { FieldType: 'QUERY_STRING' }, { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization'] }]

/** What must be said of the firewall before the sign-in, and of the alarms. */
export const firewallClaims: readonly Omit<Claim, 'stack'>[] = [
  {
    says: 'the firewall refuses known attackers, bad requests and whoever asks too often, and keeps what was typed out of its log',
    check: (template, config) =>
      expect(onlyOne(template, 'AWS::WAFv2::WebACL').Properties).toEqual({
        Name: nameOf(config, 'sign-in'),
        Description: 'Guards the sign-in of people and of the answering line.',
        Scope: 'REGIONAL',
        DefaultAction: { Allow: {} },
        Rules: [
          ...managed.map((Name, Priority) => ({
            Name,
            Priority,
            Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } },
            OverrideAction: { None: {} },
            VisibilityConfig: visible(Name),
          })),
          {
            Name: 'TooManyRequestsOfOneAddress',
            Priority: 3,
            Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 300, EvaluationWindowSec: 300 } },
            Action: { Block: {} },
            VisibilityConfig: visible('TooManyRequestsOfOneAddress'),
          },
        ],
        DataProtectionConfig: {
          DataProtections: unseen.map((Field) => ({
            Field,
            Action: 'SUBSTITUTION',
            ExcludeRuleMatchDetails: false,
            ExcludeRateBasedDetails: false,
          })),
        },
        VisibilityConfig: visible(nameOf(config, 'sign-in')),
      }),
  },
  {
    says: 'the firewall stands before every pool',
    check: (template, config) => {
      const [acl] = Object.keys(resourcesOf(template, 'AWS::WAFv2::WebACL'))
      expect(Object.values(resourcesOf(template, 'AWS::WAFv2::WebACLAssociation')).map(({ Properties }) => Properties)).toEqual(
        (['providers', 'patients', 'line'] as const).map((pool) => ({
          ResourceArn: { 'Fn::GetAtt': [poolId(template, config, pool), 'Arn'] },
          WebACLArn: { 'Fn::GetAtt': [acl, 'Arn'] },
        })),
      )
    },
  },
  {
    says: 'the firewall logs every request, without its secrets, into an encrypted group',
    check: (template, config) => {
      const LogGroupName = `aws-waf-logs-safe-harbor-${config.name}-sign-in`
      const [id, group] = entryWith(template, 'AWS::Logs::LogGroup', 'LogGroupName', LogGroupName)
      expect(group.Properties).toEqual({
        LogGroupName,
        KmsKeyId: outputOf(config, 'keys', 'AuditKey'),
        RetentionInDays: config.retention.logDays,
      })
      expectKept(group, config, 'audit-trail')
      const logging = onlyOne(template, 'AWS::WAFv2::LoggingConfiguration')
      const [acl] = Object.keys(resourcesOf(template, 'AWS::WAFv2::WebACL'))
      expect(logging.DependsOn).toEqual([id])
      expect(logging.Properties).toEqual({
        ResourceArn: { 'Fn::GetAtt': [acl, 'Arn'] },
        LogDestinationConfigs: [`arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${LogGroupName}`],
        RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }, { QueryString: {} }],
      })
    },
  },
  {
    says: 'a flood before the sign-in rings',
    check: (template, config) =>
      expect(resourceWith(template, 'AWS::CloudWatch::Alarm', 'AlarmName', nameOf(config, 'sign-in-flood')).Properties).toEqual(
        tellingAlarm(
          config,
          'sign-in-flood',
          'The firewall before the sign-in refused a hundred requests within five minutes: somebody tries doors, or a practice is shut out.',
          {
            Namespace: 'AWS/WAFV2',
            MetricName: 'BlockedRequests',
            Dimensions: [
              { Name: 'Region', Value: config.regions.primary },
              { Name: 'Rule', Value: 'ALL' },
              { Name: 'WebACL', Value: nameOf(config, 'sign-in') },
            ],
            Statistic: 'Sum',
            Period: 300,
            Threshold: 100,
          },
        ),
      ),
  },
  {
    says: 'a change of what decides whose session opens what rings, unless a deployment of the foundation makes it',
    check: (template, config) => {
      const foundation = `arn:aws:iam::${config.accounts.workload}:role/cdk-shfound-cfn-exec-role-${config.accounts.workload}-${config.regions.primary}`
      const events = (...names: string[]) => names.map((name) => `($.eventName = "${name}")`).join(' || ')
      const issuer = '$.userIdentity.sessionContext.sessionIssuer.arn'
      const watched = [
        `(($.eventSource = "cognito-idp.amazonaws.com") && (${events('UpdateUserPool*', 'DeleteUserPool', 'CreateUserPoolClient', 'SetUserPoolMfaConfig', 'SetRiskConfiguration', 'CreateIdentityProvider', 'AdminCreateUser', 'AdminSet*', 'AdminUpdate*')}))`,
        `(($.eventSource = "wafv2.amazonaws.com") && ((${events('*sociateWebACL')} && ($.requestParameters.resourceArn = "arn:aws:cognito-idp:*")) || (${events('UpdateWebACL')} && ($.requestParameters.name = "*-sign-in"))))`,
        `(($.eventSource = "lambda.amazonaws.com") && ${events('UpdateFunctionCo*')} && ($.requestParameters.functionName = "*${nameOf(config, 'token')}"))`,
      ]
      const metric = { MetricNamespace: `SafeHarbor/${config.name}`, MetricName: 'session-rules-changed', MetricValue: '1' }
      expect(onlyOne(template, 'AWS::Logs::MetricFilter').Properties).toEqual({
        FilterName: nameOf(config, 'session-rules-changed'),
        LogGroupName: `/safe-harbor/${config.name}/trail`,
        FilterPattern: `{ ((${watched.join(' || ')}) && ((${issuer} NOT EXISTS) || (${issuer} != "${foundation}"))) }`,
        MetricTransformations: [metric],
      })
      expect(resourceWith(template, 'AWS::CloudWatch::Alarm', 'AlarmName', nameOf(config, 'session-rules-changed')).Properties).toEqual(
        tellingAlarm(
          config,
          'session-rules-changed',
          "A person's practice, a user pool, its app, its trigger or its firewall was changed, and not by a deployment: that decides what a session opens.",
          { Namespace: metric.MetricNamespace, MetricName: metric.MetricName, Statistic: 'Sum', Period: 300 },
        ),
      )
    },
  },
]
