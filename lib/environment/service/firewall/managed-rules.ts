import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { counted } from './counted.ts'

/** A rule before its place in the list gives it a priority. */
export type Rule = Omit<CfnWebACL.RuleProperty, 'priority'>

/**
 * Managed groups of AWS, and their rules that only count. Those judge bodies, and a body is what a patient writes: a symptom must not be refused because its
 * words look like an attack. A schema bounds every body, and nothing ever makes SQL, HTML, a path or an address of it. The list of anonymous
 * addresses is left out: a patient may call through one.
 */
const managedGroups = {
  AWSManagedRulesAmazonIpReputationList: [],
  AWSManagedRulesCommonRuleSet: [
    'SizeRestrictions_BODY',
    'CrossSiteScripting_BODY',
    'EC2MetaDataSSRF_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
  ],
  AWSManagedRulesKnownBadInputsRuleSet: [],
  AWSManagedRulesSQLiRuleSet: ['SQLi_BODY', 'SQLiExtendedPatterns_BODY'],
} as const satisfies Record<string, readonly string[]>

/** The rules of those groups. */
export const managed = (config: EnvironmentConfig): Rule[] =>
  Object.entries(managedGroups).map(([name, counting]) => ({
    name,
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ...(counting.length > 0 && { ruleActionOverrides: counting.map((rule) => ({ name: rule, actionToUse: { count: {} } })) }),
      },
    },
    overrideAction: { none: {} },
    visibilityConfig: counted(config, `api-${name}`),
  }))
