import { type CfnResource, type IPolicyValidationContext, type PolicyValidationPluginReport, Stack } from 'aws-cdk-lib'
import { HIPAASecurityChecks, type IApplyRule, NagRuleCompliance, type NagRuleResult } from 'cdk-nag'

/** What the pack did in one stack. */
export interface PackCounts {
  /** Resources it looked at. */
  resources: number
  /** Rules that applied to one of them, however they judged. */
  evaluations: number
}

/** A resource that a rule found wanting, accepted or not. */
export interface PackMatch {
  /** Id of the rule: `HIPAA.Security-S3BucketReplicationEnabled`. */
  readonly rule: string
  readonly resource: CfnResource
}

/** cdk-nag's HIPAA Security pack, which also says how much it judged: the library's own report holds no counts, so an idle pack looks like a clean one. */
export class HipaaPack extends HIPAASecurityChecks {
  /** By stack name. */
  readonly counts = new Map<string, PackCounts>()
  readonly matches: PackMatch[] = []

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.counts.clear()
    this.matches.length = 0
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
      if (result === NagRuleCompliance.NON_COMPLIANT || (Array.isArray(result) && result.length > 0))
        this.matches.push({ rule: `${this.readPackName}-${suffix}`, resource: node })
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
