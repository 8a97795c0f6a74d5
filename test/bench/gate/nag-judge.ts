import { App, Stack } from 'aws-cdk-lib'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import { HIPAASecurityChecks } from 'cdk-nag'

/**
 * What the pack finds in a template.
 * @throws when CfnInclude cannot read the template
 */
export function violationsIn(template: string): { rule: string; resources: string[] }[] {
  const stack = new Stack(new App({ analyticsReporting: false }), 'bench', { env: { account: '111122223333', region: 'us-east-1' } })
  new CfnInclude(stack, 'template', { templateFile: template })
  const { violations } = new HIPAASecurityChecks(stack).validateScope(stack)
  return violations.map(({ ruleName, violatingResources }) => ({
    rule: ruleName,
    resources: violatingResources.map(({ constructPath }) => constructPath ?? ''),
  }))
}
