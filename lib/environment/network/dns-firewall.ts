import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import {
  CfnFirewallDomainList,
  CfnFirewallRuleGroup,
  CfnFirewallRuleGroupAssociation,
  CfnResolverDNSSECConfig,
} from 'aws-cdk-lib/aws-route53resolver'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { TellingAlarm } from '../constructs/telling-alarm.ts'
import { resolvedNames } from './resolved-names.ts'

/**
 * Answers the network's DNS questions for the names on a list and for no other: without it, the resolver that every VPC has would carry
 * data out inside questions (MITRE ATT&CK, "Exfiltration Over Alternative Protocol", T1048).
 *
 * When it fails, no question is answered. That is the default of every VPC, and CloudFormation cannot state it: its type FirewallConfig can
 * only be read. `safe-harbor prepare` checks that nobody changed it (Amazon Route 53 Developer Guide, "DNS Firewall VPC configuration").
 */
export class DnsFirewall extends Construct {
  constructor(scope: Construct, id: string, config: EnvironmentConfig, vpcId: string) {
    super(scope, id)
    const allowed = domainList(this, 'Allowed', config, 'dns-allowed', resolvedNames(config))
    const everythingElse = domainList(this, 'EverythingElse', config, 'dns-everything-else', ['*'])
    const rules = ruleGroup(this, config, allowed, everythingElse)
    new CfnFirewallRuleGroupAssociation(this, 'Association', {
      name: nameOf(config, 'dns'),
      vpcId,
      firewallRuleGroupId: rules.attrId,
      priority: 101,
      // A protected association cannot be removed, by CloudFormation neither; a trial has to be.
      mutationProtection: config.purpose === 'production' ? 'ENABLED' : 'DISABLED',
      tags: [{ key: 'Name', value: nameOf(config, 'dns') }],
    })
    // An answer from a signed zone is checked; a forged one becomes an error (Amazon Route 53 Developer Guide, "Enabling DNSSEC validation").
    new CfnResolverDNSSECConfig(this, 'ForgedAnswersAreRefused', { resourceId: vpcId })
    refusalAlarm(this, config, rules, everythingElse)
  }
}

const domainList = (scope: Construct, id: string, config: EnvironmentConfig, what: string, domains: string[]): CfnFirewallDomainList =>
  new CfnFirewallDomainList(scope, id, { name: nameOf(config, what), domains, tags: [{ key: 'Name', value: nameOf(config, what) }] })

const ruleGroup = (
  scope: Construct,
  config: EnvironmentConfig,
  allowed: CfnFirewallDomainList,
  everythingElse: CfnFirewallDomainList,
): CfnFirewallRuleGroup =>
  new CfnFirewallRuleGroup(scope, 'Rules', {
    name: nameOf(config, 'dns'),
    firewallRules: [
      {
        priority: 100,
        action: 'ALLOW',
        firewallDomainListId: allowed.attrId,
        // Where one of these names leads by CNAME is AWS's choice and changes; the name itself is what is judged.
        firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
      },
      {
        priority: 200,
        action: 'BLOCK',
        firewallDomainListId: everythingElse.attrId,
        // The caller fails at once instead of trying again, and the refusal stands in the query log.
        blockResponse: 'NXDOMAIN',
      },
    ],
    tags: [{ key: 'Name', value: nameOf(config, 'dns') }],
  })

// Our own code asks for no other name, so one question is enough (Amazon Route 53 Developer Guide, "Monitoring Route 53 Resolver DNS Firewall
// rule groups with Amazon CloudWatch").
const refusalAlarm = (scope: Construct, config: EnvironmentConfig, rules: CfnFirewallRuleGroup, refused: CfnFirewallDomainList) =>
  new TellingAlarm(scope, 'RefusedAlarm', {
    config,
    what: 'dns-refused',
    meaning: 'Something in the network asked for a host name that is not on the allow-list.',
    metric: new Metric({
      namespace: 'AWS/Route53Resolver',
      metricName: 'FirewallRuleQueryVolume',
      dimensionsMap: { FirewallRuleGroupId: rules.attrId, FirewallDomainListId: refused.attrId },
      statistic: Stats.SUM,
      period: Duration.minutes(1),
    }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    silence: 'quiet',
  })
