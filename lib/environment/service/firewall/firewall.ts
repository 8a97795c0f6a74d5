import { CfnIPSet, CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2'
import { Construct } from 'constructs'
import { nameOf } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { EncryptedLogGroup } from '../../constructs/encrypted-log-group.ts'
import { problemText, refused } from '../refused.ts'
import { counted } from './counted.ts'
import { rulesFor } from './rules.ts'

/** What the firewall needs. */
export interface FirewallProps {
  readonly config: EnvironmentConfig
  /** ARN of the stage it stands before. */
  readonly stageArn: string
  readonly auditKeyArn: string
}

/** Name of the log group of a firewall; AWS WAF takes no other beginning (AWS WAF Developer Guide, "Sending web ACL traffic logs to a CloudWatch Logs log group"). */
export const firewallLogGroupName = (config: EnvironmentConfig, what: string): string => `aws-waf-logs-${nameOf(config, what)}`

/** The firewall before the API. It also closes it: by phase, and, within seconds, by the two IP sets that `safe-harbor offline` fills. */
export class Firewall extends Construct {
  /** Name that its requests are counted under. */
  readonly metricName: string
  readonly association: CfnWebACLAssociation

  constructor(scope: Construct, id: string, { config, stageArn, auditKeyArn }: FirewallProps) {
    super(scope, id)
    this.metricName = counted(config, 'api').metricName
    const sets = (['v4', 'v6'] as const).map((version) => this.offlineSet(config, version))
    const list = this.list(config, sets)
    this.association = new CfnWebACLAssociation(this, 'Association', { resourceArn: stageArn, webAclArn: list.attrArn })
    this.logging(config, list, auditKeyArn)
  }

  // Empty here; whoever takes the service offline puts every address into it, and CloudFormation does not look at it again until this line changes.
  private offlineSet(config: EnvironmentConfig, version: 'v4' | 'v6'): CfnIPSet {
    return new CfnIPSet(this, `Offline${version}`, {
      name: nameOf(config, `offline-${version}`),
      description: 'Whoever is in here finds the service closed. safe-harbor offline puts everybody in.',
      scope: 'REGIONAL',
      ipAddressVersion: version === 'v4' ? 'IPV4' : 'IPV6',
      addresses: [],
    })
  }

  private list(config: EnvironmentConfig, sets: readonly CfnIPSet[]): CfnWebACL {
    return new CfnWebACL(this, 'List', {
      name: nameOf(config, 'api'),
      description: 'Stands before the API: closes it, and turns attacks and floods away.',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      customResponseBodies: Object.fromEntries(
        (['unavailable', 'tooMany', 'tooLarge'] as const).map((key) => [
          key,
          { contentType: 'APPLICATION_JSON', content: problemText(refused[key]) },
        ]),
      ),
      rules: rulesFor(
        config,
        sets.map(({ attrArn }) => attrArn),
      ),
      // What matched a rule may be what a patient wrote: it stands in no log and no sample (AWS WAF Developer Guide, "Data protection").
      dataProtectionConfig: { dataProtections: unseen.map((field) => ({ field, action: 'SUBSTITUTION', ...noExceptions })) },
      visibilityConfig: counted(config, 'api'),
    })
  }

  private logging(config: EnvironmentConfig, list: CfnWebACL, auditKeyArn: string): void {
    const logs = new EncryptedLogGroup(this, 'Logs', {
      config,
      what: 'api-firewall',
      auditKeyArn,
      dataClass: 'audit-trail',
      prescribedName: firewallLogGroupName(config, 'api'),
    })
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: list.attrArn,
      logDestinationConfigs: [
        `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${firewallLogGroupName(config, 'api')}`,
      ],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }, { queryString: {} }],
      // What passes is in the access log of the API.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } })),
          },
        ],
      },
    })
    logging.addResourceDependency(logs.resource)
  }
}

const unseen: readonly CfnWebACL.FieldToProtectProperty[] = [
  { fieldType: 'BODY' },
  { fieldType: 'QUERY_STRING' },
  { fieldType: 'SINGLE_HEADER', fieldKeys: ['authorization'] },
]
const noExceptions = { excludeRuleMatchDetails: false, excludeRateBasedDetails: false } as const
