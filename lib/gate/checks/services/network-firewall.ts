import { isMap, listOf, type Value } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { isGiven, isNoneOf, isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, availability, reach } from './network-citations.ts'
import { referredBy } from './vpc-referred.ts'

const type = 'AWS::NetworkFirewall::Firewall'
const policyArn = 'arn:aws:network-firewall:us-east-1:111122223333:firewall-policy/strict'
const firewall = {
  FirewallName: 'edge',
  FirewallPolicyArn: policyArn,
  VpcId: 'vpc-1a2b3c4d',
  SubnetMappings: [{ SubnetId: 'subnet-1a2b3c4d' }],
}
const rules = { StatelessDefaultActions: ['aws:forward_to_sfe'], StatelessFragmentDefaultActions: ['aws:forward_to_sfe'] }
const group = { ResourceArn: 'arn:aws:network-firewall:us-east-1:111122223333:stateful-rulegroup/names' }
const strict = {
  ...rules,
  StatefulRuleGroupReferences: [{ ...group, Priority: 1 }],
  StatefulDefaultActions: ['aws:drop_strict'],
  StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER' },
}
const policy = (properties: Readonly<Record<string, unknown>>) => ({ FirewallPolicyName: 'strict', FirewallPolicy: properties })

const stateless = (list: readonly unknown[]) => ({
  RuleGroupName: 'ports',
  Type: 'STATELESS',
  Capacity: 10,
  RuleGroup: { RulesSource: { StatelessRulesAndCustomActions: { StatelessRules: list } } },
})
const drop = { Priority: 1, RuleDefinition: { Actions: ['aws:drop'], MatchAttributes: { Protocols: [6] } } }

/** Controls on network firewalls. */
export const networkFirewallControls: readonly ResourceControl[] = [
  {
    id: 'networkfirewall-firewall-logging',
    title: 'Network firewalls log what they see',
    topic: 'logging-audit',
    severity: 'high',
    citations: audit,
    why: 'The firewall sees every connection in and out; without its log nobody can tell which one carried the data.',
    remedy: 'Add an AWS::NetworkFirewall::LoggingConfiguration whose FirewallArn is the firewall.',
    types: [type],
    judge: (resource, deployment) => referredBy(resource, deployment, 'AWS::NetworkFirewall::LoggingConfiguration', 'FirewallArn'),
    passing: {
      Firewall: { Type: type, Properties: firewall },
      Log: {
        Type: 'AWS::NetworkFirewall::LoggingConfiguration',
        Properties: {
          FirewallArn: { Ref: 'Firewall' },
          LoggingConfiguration: {
            LogDestinationConfigs: [{ LogType: 'FLOW', LogDestinationType: 'CloudWatchLogs', LogDestination: { logGroup: 'firewall' } }],
          },
        },
      },
    },
    failing: { Firewall: { Type: type, Properties: firewall } },
  },
  ...propertyControls([
    ...(
      [
        [
          'deletion-protection',
          'DeleteProtection',
          'are protected from deletion',
          'medium',
          'Deleted by mistake, the firewall leaves the network cut off, or open.',
        ],
        [
          'subnet-change-protection',
          'SubnetChangeProtection',
          'are protected from being moved to other subnets',
          'low',
          'Moved to other subnets, the firewall no longer stands in the way of the traffic that routes send past it.',
        ],
        [
          'policy-change-protection',
          'FirewallPolicyChangeProtection',
          'are protected from a change of their policy',
          'low',
          'Another policy lets through what this one stops, and the firewall still looks in place.',
        ],
      ] as const
    ).map(([id, path, what, severity, why]) => ({
      id: `networkfirewall-firewall-${id}`,
      title: `Network firewalls ${what}`,
      topic: 'backup-recovery' as const,
      severity,
      citations: availability,
      why,
      remedy: `Set ${path} to true.`,
      type,
      path,
      expect: isOn,
      absent: 'fails' as const,
      passing: { ...firewall, [path]: true },
      failing: firewall,
    })),
    ...(
      [
        ['packets', 'StatelessDefaultActions', 'packets'],
        ['fragments', 'StatelessFragmentDefaultActions', 'fragments of packets'],
      ] as const
    ).map(([id, path, what]) => ({
      id: `networkfirewall-policy-${id}-inspected`,
      title: `Policies of network firewalls drop or inspect ${what} by default`,
      topic: 'network-exposure' as const,
      severity: 'medium' as const,
      citations: reach,
      why: `With aws:pass, ${what} that no rule names go through without being looked at.`,
      remedy: `Set FirewallPolicy.${path} to aws:forward_to_sfe or aws:drop.`,
      type: 'AWS::NetworkFirewall::FirewallPolicy',
      path: `FirewallPolicy.${path}.*`,
      expect: isNoneOf('aws:pass'),
      absent: 'fails' as const,
      passing: policy(strict),
      failing: policy({ ...strict, [path]: ['aws:pass'] }),
    })),
    {
      id: 'networkfirewall-policy-rule-group',
      title: 'Policies of network firewalls have a group of rules',
      topic: 'network-exposure',
      severity: 'medium',
      citations: reach,
      why: 'Without rules the firewall only does its default: it lets everything through, or nothing.',
      remedy: 'Name a group in StatefulRuleGroupReferences or StatelessRuleGroupReferences.',
      type: 'AWS::NetworkFirewall::FirewallPolicy',
      path: 'FirewallPolicy',
      expect: (value: Value) =>
        isMap(value) && [value.StatefulRuleGroupReferences, value.StatelessRuleGroupReferences].some((list) => listOf(list).length > 0),
      absent: 'fails',
      passing: policy(strict),
      failing: policy(rules),
    },
    {
      id: 'networkfirewall-policy-stateful-default',
      title: 'Policies of network firewalls in strict order drop what no rule allows',
      topic: 'network-exposure',
      severity: 'low',
      citations: reach,
      why: 'In strict order a connection that no rule names goes through, unless the default drops it.',
      remedy: 'Set FirewallPolicy.StatefulDefaultActions to aws:drop_strict or aws:drop_established.',
      type: 'AWS::NetworkFirewall::FirewallPolicy',
      path: 'FirewallPolicy.StatefulDefaultActions',
      expect: (value: Value) => listOf(value).some((action) => /^aws:drop/.test(String(action))),
      absent: 'fails',
      when: { path: 'FirewallPolicy.StatefulEngineOptions.RuleOrder', expect: (value: Value) => value === 'STRICT_ORDER' },
      passing: policy(strict),
      failing: policy({ ...strict, StatefulDefaultActions: ['aws:alert_strict'] }),
    },
    {
      id: 'networkfirewall-rule-group-rules',
      title: 'Stateless rule groups of network firewalls have rules',
      topic: 'network-exposure',
      severity: 'medium',
      citations: reach,
      why: 'An empty group looks like protection and stops nothing.',
      remedy: 'List rules in RuleGroup.RulesSource.StatelessRulesAndCustomActions.StatelessRules.',
      type: 'AWS::NetworkFirewall::RuleGroup',
      path: 'RuleGroup.RulesSource.StatelessRulesAndCustomActions.StatelessRules',
      expect: isGiven,
      absent: 'fails',
      when: { path: 'Type', expect: (value: Value) => value === 'STATELESS' },
      passing: stateless([drop]),
      failing: stateless([]),
    },
  ]),
]
