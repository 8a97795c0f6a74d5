import type { CfnResource } from 'aws-cdk-lib'
import { CfnConfigRule } from 'aws-cdk-lib/aws-config'
import type { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { type HipaaRule, hipaaRules } from './hipaa-rules.ts'

/** Makes the HIPAA conformance rules. They need a recorder, ours or an adopted one. */
export function configRules(scope: Construct, config: EnvironmentConfig): CfnResource[] {
  return hipaaRules(config).map(
    (rule) =>
      new CfnConfigRule(scope, idOf(rule), {
        configRuleName: ruleName(config, rule),
        description: `${rule.says} 45 CFR ${rule.citation}.`,
        source: { owner: 'AWS', sourceIdentifier: rule.identifier },
        ...(rule.parameters && { inputParameters: rule.parameters }),
        ...(rule.every && { maximumExecutionFrequency: rule.every }),
      }),
  )
}

/** Name of a rule: `safe-harbor-sandbox-cloud-trail-enabled`; alerts are routed by its start. */
export const ruleName = (config: EnvironmentConfig, { identifier }: Pick<HipaaRule, 'identifier'>): string =>
  nameOf(config, identifier.toLowerCase().replaceAll('_', '-'))

const idOf = ({ identifier }: HipaaRule): string =>
  `Rule${identifier
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('')}`
