import { type CfnResource, type IPolicyValidationContext, type PolicyValidationPluginReport, Stack } from 'aws-cdk-lib'
import { HIPAASecurityChecks, type IApplyRule, NagRuleCompliance, type NagRuleResult } from 'cdk-nag'

/** What the pack did in one stack. */
export interface PackCounts {
  /** Resources it looked at. */
  resources: number
  /** Rules that applied to one of them, however they judged. */
  evaluations: number
}

/** cdk-nag's HIPAA Security pack, which also says how much it judged: the library's own report holds no counts, so an idle pack looks like a clean one. */
export class HipaaPack extends HIPAASecurityChecks {
  /** By stack name. */
  readonly counts = new Map<string, PackCounts>()

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.counts.clear()
    return super.validate(context)
  }

  protected override checkResource(node: CfnResource): void {
    this.countsOf(node).resources += 1
    super.checkResource(node)
  }

  protected override applyRule(params: IApplyRule): void {
    const suffix = params.ruleSuffixOverride ?? params.rule.name
    const rule = (node: CfnResource): NagRuleResult => {
      const result = params.rule(node)
      if (result !== NagRuleCompliance.NOT_APPLICABLE) this.countsOf(node).evaluations += 1
      return result
    }
    super.applyRule({ ...params, rule, ruleSuffixOverride: suffix })
  }

  private countsOf(node: CfnResource): PackCounts {
    const { stackName } = Stack.of(node)
    const counts = this.counts.get(stackName) ?? { resources: 0, evaluations: 0 }
    this.counts.set(stackName, counts)
    return counts
  }
}
