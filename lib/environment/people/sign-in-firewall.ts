import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts'
import type { Pool } from './pool.ts'

/** Requests of one address in five minutes after which it is refused. A practice behind one address signs in some dozens of times. */
export const requestsPerAddress = 300

/** Rule groups that AWS keeps, in the order they judge (AWS WAF Developer Guide, "AWS Managed Rules rule groups list"). */
export const managedRules = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesCommonRuleSet',
] as const

/** What the firewall needs. */
export interface SignInFirewallProps {
  readonly config: EnvironmentConfig
  /** ARN of the key its log is encrypted with. */
  readonly auditKeyArn: string
  readonly pools: readonly Pool[]
}

/**
 * Stands before the sign-in of every pool: known attackers, malformed requests and whoever asks too often get no answer. Its log holds no token, no password and no
 * query: WAF writes no bodies, and what may carry a secret is blotted out (AWS WAF Developer Guide, "Logging AWS WAF web ACL traffic").
 */
export class SignInFirewall extends Construct {
  readonly name: string

  constructor(scope: Construct, id: string, { config, auditKeyArn, pools }: SignInFirewallProps) {
    super(scope, id)
    this.name = nameOf(config, 'sign-in')
    const acl = new CfnWebACL(this, 'Resource', {
      name: this.name,
      description: 'Guards the sign-in of people and of the answering line.',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules: [...managedRules.map(managed), tooManyRequests(managedRules.length)],
      // What matched a rule may be a password: it stands in no log (AWS WAF Developer Guide, "Data protection").
      dataProtectionConfig: { dataProtections: unseen.map((field) => ({ field, action: 'SUBSTITUTION', ...withoutExceptions })) },
      visibilityConfig: visible(this.name),
    })
    for (const pool of pools) new CfnWebACLAssociation(pool, 'Firewall', { resourceArn: pool.resource.attrArn, webAclArn: acl.attrArn })
    this.log(config, auditKeyArn, acl)
  }

  private log(config: EnvironmentConfig, auditKeyArn: string, acl: CfnWebACL): void {
    // WAF asks for names that begin so.
    const prescribedName = `aws-waf-logs-${this.name}`
    const group = new EncryptedLogGroup(this, 'Log', { config, what: 'sign-in', auditKeyArn, dataClass: 'audit-trail', prescribedName })
    const { regions, accounts } = config
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      // WAF takes the ARN without the `:*` at its end.
      logDestinationConfigs: [`arn:aws:logs:${regions.primary}:${accounts.workload}:log-group:${prescribedName}`],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }, { queryString: {} }],
    })
    logging.addResourceDependency(group.resource)
  }
}

const unseen: readonly CfnWebACL.FieldToProtectProperty[] = [
  { fieldType: 'BODY' },
  { fieldType: 'QUERY_STRING' },
  { fieldType: 'SINGLE_HEADER', fieldKeys: ['authorization'] },
]
const withoutExceptions = { excludeRuleMatchDetails: false, excludeRateBasedDetails: false } as const

const visible = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName })

const managed = (name: (typeof managedRules)[number], priority: number): CfnWebACL.RuleProperty => ({
  name,
  priority,
  statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
  overrideAction: { none: {} },
  visibilityConfig: visible(name),
})

const tooManyRequests = (priority: number): CfnWebACL.RuleProperty => ({
  name: 'TooManyRequestsOfOneAddress',
  priority,
  statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress, evaluationWindowSec: 300 } },
  action: { block: {} },
  visibilityConfig: visible('TooManyRequestsOfOneAddress'),
})
