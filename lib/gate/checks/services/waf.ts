import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isMap, listOf, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, reach } from './network-citations.ts'
import { referredBy } from './vpc-referred.ts'

const type = 'AWS::WAFv2::WebACL'
const seen = { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'portal' }
const managed = (name: string, override: 'None' | 'Count' = 'None') => ({
  Name: name,
  Priority: 1,
  OverrideAction: { [override]: {} },
  VisibilityConfig: seen,
  Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: name } },
})
const limit = {
  Name: 'rate',
  Priority: 0,
  Action: { Block: {} },
  VisibilityConfig: seen,
  Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: 'IP' } },
}
const knownBadInputs = 'AWSManagedRulesKnownBadInputsRuleSet'
const full = [limit, managed(knownBadInputs), managed('AWSManagedRulesCommonRuleSet')].map((rule, Priority) => ({ ...rule, Priority }))
const acl = { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: seen }
const example = (properties: Readonly<Record<string, unknown>>) => ({ Acl: { Type: type, Properties: { ...acl, ...properties } } })

/** Judges a list of rules by whether one of them is as it should be. */
const someRule =
  (isRight: (rule: Value) => boolean): ResourceControl['judge'] =>
  (resource) => {
    const rules = resource.get('Rules')
    if (rules instanceof Unknown) return undecided('Rules', rules.reason)
    const found = listOf(rules).findIndex(isRight)
    if (found >= 0) return pass(`Rules.${found}`, listOf(rules)[found])
    return listOf(rules).some((rule) => rule instanceof Unknown)
      ? undecided('Rules', 'a rule is computed at deployment')
      : fail('Rules', rules)
  }

const statementOf = (rule: Value) => (isMap(rule) && isMap(rule.Statement) ? rule.Statement : {})
const groupOf = (rule: Value) => {
  const group = statementOf(rule).ManagedRuleGroupStatement
  return isMap(group) ? group : undefined
}
const onlyCounts = (rule: Value): boolean => isMap(rule) && isMap(rule.OverrideAction) && rule.OverrideAction.Count !== undefined

function logged(resource: Resource, deployment: Deployment): Outcome {
  return referredBy(resource, deployment, 'AWS::WAFv2::LoggingConfiguration', 'ResourceArn')
}

const classic = ['AWS::WAF::WebACL', 'AWS::WAFRegional::WebACL'] as const
const counted = { topic: 'network-exposure', severity: 'medium', citations: reach } as const

/** Controls on web firewalls, of the present version and of the first one. */
export const wafControls: readonly ResourceControl[] = [
  {
    id: 'waf-web-acl-logging',
    title: 'Web firewalls log the requests they see',
    topic: 'logging-audit',
    severity: 'high',
    citations: audit,
    why: 'What was tried against the service, and what got through, cannot be told afterwards without the log.',
    remedy: 'Add an AWS::WAFv2::LoggingConfiguration whose ResourceArn is the web ACL.',
    types: [type],
    judge: logged,
    passing: {
      ...example({}),
      Log: {
        Type: 'AWS::WAFv2::LoggingConfiguration',
        Properties: {
          ResourceArn: { 'Fn::GetAtt': ['Acl', 'Arn'] },
          LogDestinationConfigs: ['arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-portal'],
        },
      },
    },
    failing: example({}),
  },
  {
    ...counted,
    id: 'waf-web-acl-rate-limit',
    severity: 'low',
    title: 'Web firewalls stop who asks too often',
    why: 'Guessing of passwords and floods of requests differ from honest traffic in nothing but their number.',
    remedy: 'Add a rule with a RateBasedStatement to Rules.',
    types: [type],
    judge: someRule((rule) => statementOf(rule).RateBasedStatement !== undefined),
    passing: example({ Rules: full }),
    failing: example({ Rules: [managed(knownBadInputs)] }),
  },
  {
    ...counted,
    id: 'waf-web-acl-known-bad-inputs',
    title: 'Web firewalls stop known exploits such as Log4Shell',
    why: 'One request with the right text takes over a server with an unpatched library, and such requests are sent everywhere.',
    remedy: 'Add the managed rule group AWSManagedRulesKnownBadInputsRuleSet to Rules, without overriding it to Count.',
    types: [type],
    judge: someRule((rule) => groupOf(rule)?.Name === knownBadInputs && !onlyCounts(rule)),
    passing: example({ Rules: full }),
    failing: example({ Rules: [limit] }),
  },
  {
    ...counted,
    id: 'waf-web-acl-managed-rules-act',
    severity: 'low',
    title: 'Managed rules of web firewalls act, and do not only count',
    why: 'A group that is overridden to Count looks like protection and stops nothing.',
    remedy: 'Set OverrideAction of the rule to None.',
    types: [type],
    judge: (resource) =>
      resource
        .at('Rules.*')
        .flatMap(({ path, value }) =>
          value === undefined || groupOf(value) === undefined
            ? []
            : [onlyCounts(value) ? fail(`${path}.OverrideAction`, 'Count') : pass(`${path}.OverrideAction`, 'None')],
        ),
    passing: example({ Rules: full }),
    failing: example({ Rules: [managed(knownBadInputs, 'Count')] }),
  },
  ...propertyControls([
    {
      ...counted,
      id: 'waf-web-acl-rules',
      title: 'Web firewalls have rules',
      why: 'Without a rule the firewall does nothing but its default action: it stops nobody, or everybody.',
      remedy: 'List rules or managed rule groups in Rules.',
      type,
      path: 'Rules',
      expect: isGiven,
      absent: 'fails',
      passing: { ...acl, Rules: full },
      failing: acl,
    },
    {
      ...counted,
      id: 'waf-rule-group-rules',
      title: 'Rule groups of web firewalls have rules',
      why: 'An empty group looks like protection and stops nothing.',
      remedy: 'List rules in Rules.',
      type: 'AWS::WAFv2::RuleGroup',
      path: 'Rules',
      expect: isGiven,
      absent: 'fails',
      passing: { Scope: 'REGIONAL', Capacity: 10, VisibilityConfig: seen, Rules: [limit] },
      failing: { Scope: 'REGIONAL', Capacity: 10, VisibilityConfig: seen },
    },
    {
      id: 'waf-web-acl-metrics',
      title: 'Web firewalls and rule groups publish metrics',
      topic: 'logging-audit',
      severity: 'medium',
      citations: audit,
      why: 'No alarm can be set on an attack that is not counted.',
      remedy: 'Set VisibilityConfig.CloudWatchMetricsEnabled to true.',
      type: [type, 'AWS::WAFv2::RuleGroup'],
      path: 'VisibilityConfig.CloudWatchMetricsEnabled',
      expect: isOn,
      absent: 'fails',
      passing: acl,
      failing: { ...acl, VisibilityConfig: { ...seen, CloudWatchMetricsEnabled: false } },
    },
    {
      id: 'waf-rule-metrics',
      title: 'Each rule of a web firewall publishes metrics',
      topic: 'logging-audit',
      severity: 'low',
      citations: audit,
      why: 'Whether a rule stops attacks, or patients, is seen in its own metrics alone.',
      remedy: 'Set VisibilityConfig.CloudWatchMetricsEnabled of each of Rules to true.',
      type: [type, 'AWS::WAFv2::RuleGroup'],
      path: 'Rules.*.VisibilityConfig.CloudWatchMetricsEnabled',
      expect: isOn,
      absent: 'fails',
      when: { path: 'Rules', expect: isGiven },
      passing: { ...acl, Rules: full },
      failing: { ...acl, Rules: [{ ...limit, VisibilityConfig: { ...seen, CloudWatchMetricsEnabled: false } }] },
    },
    {
      id: 'waf-web-acl-sampled-requests',
      title: 'Web firewalls keep samples of the requests they see',
      topic: 'logging-audit',
      severity: 'low',
      citations: audit,
      why: 'Without samples nobody sees in the console what a rule just stopped.',
      remedy: 'Set VisibilityConfig.SampledRequestsEnabled to true.',
      type: [type, 'AWS::WAFv2::RuleGroup'],
      path: 'VisibilityConfig.SampledRequestsEnabled',
      expect: isOn,
      absent: 'fails',
      passing: acl,
      failing: { ...acl, VisibilityConfig: { ...seen, SampledRequestsEnabled: false } },
    },
    {
      ...counted,
      id: 'waf-classic-web-acl-rules',
      title: 'Web firewalls of the first version have rules',
      why: 'Without a rule the firewall does nothing but its default action.',
      remedy: 'List rules in Rules, or better, move to AWS::WAFv2::WebACL.',
      type: classic,
      path: 'Rules',
      expect: isGiven,
      absent: 'fails',
      passing: {
        Name: 'portal',
        MetricName: 'portal',
        DefaultAction: { Type: 'ALLOW' },
        Rules: [{ Action: { Type: 'BLOCK' }, Priority: 1, RuleId: '11111111-2222-3333-4444-555555555555' }],
      },
      failing: { Name: 'portal', MetricName: 'portal', DefaultAction: { Type: 'ALLOW' } },
    },
    ...(
      [
        ['rule', ['AWS::WAF::Rule', 'AWS::WAFRegional::Rule'], 'Predicates', {}],
        ['rate-rule', ['AWS::WAFRegional::RateBasedRule'], 'MatchPredicates', { RateKey: 'IP', RateLimit: 2000 }],
      ] as const
    ).map(([id, types, path, others]) => ({
      ...counted,
      id: `waf-classic-${id}-conditions`,
      severity: 'low' as const,
      title: `${id === 'rule' ? 'Rules' : 'Rate rules'} of web firewalls of the first version have conditions`,
      why: 'A rule without a condition matches nothing that its name promises.',
      remedy: `List conditions in ${path}.`,
      type: types,
      path,
      expect: isGiven,
      absent: 'fails' as const,
      passing: {
        ...others,
        Name: 'bad',
        MetricName: 'bad',
        [path]: [{ DataId: '11111111-2222-3333-4444-555555555555', Negated: false, Type: 'IPMatch' }],
      },
      failing: { ...others, Name: 'bad', MetricName: 'bad' },
    })),
    {
      ...counted,
      id: 'waf-web-acl-default-blocks',
      severity: 'low' as const,
      topic: 'network-exposure' as const,
      title: 'Web firewalls block what no rule allows',
      why: 'A firewall that allows by default lets through every attack that no rule knows yet.',
      remedy: 'Set DefaultAction to Block, and allow what is served by rules.',
      type: ['AWS::WAFv2::WebACL', 'AWS::WAF::WebACL', 'AWS::WAFRegional::WebACL'],
      path: 'DefaultAction',
      expect: (value: Value) => (isMap(value) ? value.Block !== undefined || value.Type === 'BLOCK' : undefined),
      absent: 'fails' as const,
      passing: { Scope: 'REGIONAL', DefaultAction: { Block: {} }, VisibilityConfig: seen, Rules: [limit] },
      failing: { ...acl, Rules: [limit] },
    },
  ]),
]
