import { expect } from 'vitest'
import { problemResponse } from '../../../../lambda/shared/http/problem.ts'
import { nameOf } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import type { Claim } from '../claim.ts'
import { expectKept, onlyOne, outputOf, resourceWith } from '../resources.ts'
import { attribute, exactly, idOf, ref } from './parts.ts'

const unchanged = [{ Priority: 0, Type: 'NONE' }]
const counted = (config: EnvironmentConfig, what: string) => ({
  CloudWatchMetricsEnabled: true,
  MetricName: nameOf(config, what),
  SampledRequestsEnabled: false,
})
const blocking = (config: EnvironmentConfig, Name: string, Statement: object, key: string, code: number) => ({
  Name,
  Statement,
  Action: { Block: { CustomResponse: { ResponseCode: code, CustomResponseBodyKey: key } } },
  VisibilityConfig: counted(config, `api-${Name}`),
})
const sizeOf = (FieldToMatch: object, ComparisonOperator: string, Size: number) => ({
  SizeConstraintStatement: { FieldToMatch, ComparisonOperator, Size, TextTransformations: unchanged },
})
const perAddress = (Limit: number, more: object = {}) => ({
  RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit, ...more },
})
const managed = (config: EnvironmentConfig, name: string, counting: readonly string[] = []) => ({
  Name: name,
  OverrideAction: { None: {} },
  VisibilityConfig: counted(config, `api-${name}`),
  Statement: {
    ManagedRuleGroupStatement: {
      VendorName: 'AWS',
      Name: name,
      ...(counting.length > 0 && { RuleActionOverrides: counting.map((Name) => ({ Name, ActionToUse: { Count: {} } })) }),
    },
  },
})

function byPhase(config: EnvironmentConfig): object[] {
  const everything = sizeOf({ UriPath: {} }, 'GE', 0)
  const reading = {
    ByteMatchStatement: {
      FieldToMatch: { Method: {} },
      PositionalConstraint: 'EXACTLY',
      SearchString: 'GET',
      TextTransformations: unchanged,
    },
  }
  if (['pilot', 'open'].includes(config.phase)) return []
  const closed = config.phase === 'read-only' ? { NotStatement: { Statement: reading } } : everything
  return [blocking(config, `phase-${config.phase}`, closed, 'unavailable', 503)]
}

const words = (kind: 'unavailable' | 'too-many' | 'too-large') => {
  const { requestId: _, ...body } = problemResponse(kind, '').body as Record<string, unknown>
  return { ContentType: 'APPLICATION_JSON', Content: JSON.stringify(body) }
}

const unseen = [{ FieldType: 'BODY' }, { FieldType: 'QUERY_STRING' }, { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization'] }]

/** Promise 1: what stands before the API, and closes it. */
export const firewallClaims: readonly Claim[] = [
  exactly('Two IP sets, empty, close the service when they are filled', 'AWS::WAFv2::IPSet', (config) =>
    ['4', '6'].map((version) => ({
      Name: nameOf(config, `offline-v${version}`),
      Description: 'Whoever is in here finds the service closed. safe-harbor offline puts everybody in.',
      Scope: 'REGIONAL',
      IPAddressVersion: `IPV${version}`,
      Addresses: [],
    })),
  ),
  exactly(
    'The firewall closes the service first, then turns floods, large bodies and attacks away, and sees no patient’s words',
    'AWS::WAFv2::WebACL',
    (config, template) => {
      const offline = ['v4', 'v6'].map((version) => ({
        IPSetReferenceStatement: { Arn: attribute(template, 'Arn', 'AWS::WAFv2::IPSet', 'Name', nameOf(config, `offline-${version}`)) },
      }))
      const withoutToken = { NotStatement: { Statement: sizeOf({ SingleHeader: { Name: 'authorization' } }, 'GT', 0) } }
      const rules = [
        blocking(config, 'offline', { OrStatement: { Statements: offline } }, 'unavailable', 503),
        ...byPhase(config),
        blocking(config, 'rate-without-token', perAddress(50, { ScopeDownStatement: withoutToken }), 'tooMany', 429),
        blocking(config, 'rate', perAddress(2000), 'tooMany', 429),
        blocking(config, 'body-size', sizeOf({ Body: { OversizeHandling: 'MATCH' } }, 'GT', 16_384), 'tooLarge', 413),
        managed(config, 'AWSManagedRulesAmazonIpReputationList'),
        managed(config, 'AWSManagedRulesCommonRuleSet', [
          'SizeRestrictions_BODY',
          'CrossSiteScripting_BODY',
          'EC2MetaDataSSRF_BODY',
          'GenericLFI_BODY',
          'GenericRFI_BODY',
        ]),
        managed(config, 'AWSManagedRulesKnownBadInputsRuleSet'),
        managed(config, 'AWSManagedRulesSQLiRuleSet', ['SQLi_BODY', 'SQLiExtendedPatterns_BODY']),
      ]
      return [
        {
          Name: nameOf(config, 'api'),
          Description: 'Stands before the API: closes it, and turns attacks and floods away.',
          Scope: 'REGIONAL',
          DefaultAction: { Allow: {} },
          CustomResponseBodies: { unavailable: words('unavailable'), tooMany: words('too-many'), tooLarge: words('too-large') },
          Rules: rules.map((rule, Priority) => ({ ...rule, Priority })),
          DataProtectionConfig: {
            DataProtections: unseen.map((Field) => ({
              Field,
              Action: 'SUBSTITUTION',
              ExcludeRuleMatchDetails: false,
              ExcludeRateBasedDetails: false,
            })),
          },
          VisibilityConfig: counted(config, 'api'),
        },
      ]
    },
  ),
  exactly('The firewall stands before the stage', 'AWS::WAFv2::WebACLAssociation', (config, template) => [
    {
      WebACLArn: attribute(template, 'Arn', 'AWS::WAFv2::WebACL'),
      ResourceArn: {
        'Fn::Join': [
          '',
          [`arn:aws:apigateway:${config.regions.primary}::/restapis/`, ref(template, 'AWS::ApiGateway::RestApi'), `/stages/${config.name}`],
        ],
      },
    },
  ]),
  exactly(
    'What it blocks and counts is logged, without token, cookie and query',
    'AWS::WAFv2::LoggingConfiguration',
    (config, template) => [
      {
        ResourceArn: attribute(template, 'Arn', 'AWS::WAFv2::WebACL'),
        LogDestinationConfigs: [
          `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:aws-waf-logs-${nameOf(config, 'api')}`,
        ],
        RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }, { QueryString: {} }],
        LoggingFilter: {
          DefaultBehavior: 'DROP',
          Filters: [
            {
              Behavior: 'KEEP',
              Requirement: 'MEETS_ANY',
              Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } })),
            },
          ],
        },
      },
    ],
  ),
  {
    stack: 'service',
    says: 'The log of the firewall is encrypted and there before it is written; the stage is there before the firewall',
    check: (template, config) => {
      const LogGroupName = `aws-waf-logs-${nameOf(config, 'api')}`
      const logs = resourceWith(template, 'AWS::Logs::LogGroup', 'LogGroupName', LogGroupName)
      expect(logs.Properties).toEqual({
        LogGroupName,
        KmsKeyId: outputOf(config, 'keys', 'AuditKey'),
        RetentionInDays: config.retention.logDays,
      })
      expectKept(logs, config, 'audit-trail')
      expect(onlyOne(template, 'AWS::WAFv2::LoggingConfiguration').DependsOn).toEqual([
        idOf(template, 'AWS::Logs::LogGroup', 'LogGroupName', LogGroupName),
      ])
      expect(onlyOne(template, 'AWS::WAFv2::WebACLAssociation').DependsOn).toEqual([idOf(template, 'AWS::ApiGateway::Stage')])
    },
  },
]
