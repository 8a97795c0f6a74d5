import { CfnPolicy } from 'aws-cdk-lib/aws-organizations'
import type { Construct } from 'constructs'
import { nameOf } from '../config/names.ts'
import { keepEvidence } from './guardrails/keep-evidence.ts'
import { onlyOurCallers } from './guardrails/only-our-callers.ts'
import type { OrganizationPolicy } from './guardrails/organization-policy.ts'
import { stayWithin } from './guardrails/stay-within.ts'
import { removalPolicy } from './removal.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/**
 * Policies of the organization over the accounts of the environment. They bind everybody there, administrators too, but neither the
 * management account nor service-linked roles. The policy types must be enabled first; `safe-harbor prepare` prints the commands.
 */
export class GuardrailsStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, {
      config,
      what: 'guardrails',
      description: 'what nobody in its accounts may do, administrators included.',
    })
    if (config.guardrails === undefined) throw new Error(`${config.name} has no guardrails in its configuration`)
    const { managementAccount, targets } = config.guardrails
    let before: CfnPolicy | undefined
    for (const policy of [keepEvidence(config), stayWithin(config), onlyOurCallers(config, managementAccount)]) {
      const attached = this.attach(policy, targets)
      // One after the other: AWS Organizations refuses two changes to the same target at once (ConcurrentModificationException).
      if (before !== undefined) attached.addResourceDependency(before)
      before = attached
    }
  }

  private attach({ what, type, description, statements }: OrganizationPolicy, targets: readonly string[]): CfnPolicy {
    const policy = new CfnPolicy(this, what, {
      name: nameOf(this.config, what),
      description,
      type,
      content: { Version: '2012-10-17', Statement: statements },
      targetIds: [...targets],
    })
    policy.applyRemovalPolicy(removalPolicy(this.config))
    return policy
  }
}
