import type { Construct } from 'constructs'
import { type Duty, duties } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import { ArchiveStack } from './archive-stack.ts'
import { AuditStack } from './audit-stack.ts'
import { DetectionStack } from './detection-stack.ts'
import { GuardrailsStack } from './guardrails-stack.ts'
import { KeysStack } from './keys-stack.ts'
import { NetworkStack } from './network-stack.ts'
import { OperatorsStack } from './operators-stack.ts'
import { RecordsStack } from './records-stack.ts'
import { RecoveryAccountStack } from './recovery-account-stack.ts'
import { RecoveryRegionStack } from './recovery-region-stack.ts'
import { RecoveryStack } from './recovery-stack.ts'

/**
 * Makes every stack of an environment and connects them; the only place where stacks meet. The order below is the order of deployment.
 * Stacks of different accounts share nothing but names computed from the configuration.
 */
export function buildEnvironment(app: Construct, config: EnvironmentConfig): void {
  if (config.guardrails !== undefined) new GuardrailsStack(app, { config })
  const operators = dutiesByAccount(config).map((duties) => new OperatorsStack(app, { config, duties }))

  const archive = new ArchiveStack(app, { config })
  const network = new NetworkStack(app, { config })
  const keys = new KeysStack(app, { config, kmsEndpointId: network.endpointIds.kms })
  const audit = new AuditStack(app, { config, keys: keys.arns, network })
  const recoveryAccount = new RecoveryAccountStack(app, { config })
  if (config.regions.recovery !== undefined) new RecoveryRegionStack(app, { config, vaultKeyArn: keys.arns.vault })

  const detection = new DetectionStack(app, { config, keys: keys.arns, network })
  const recovery = new RecoveryStack(app, { config, keys: keys.arns, network })
  const records = new RecordsStack(app, { config, keys: keys.arns, network, backupPlanId: recovery.backupPlanId })

  // Key policies and bucket policies name roles, and IAM refuses a name that does not exist yet.
  for (const stack of [archive, keys, recoveryAccount]) for (const people of operators) stack.addStackDependency(people)
  // The network, the trail and Config deliver to the archive.
  for (const stack of [network, audit, detection]) stack.addStackDependency(archive)
  // Attachments log their accesses to a bucket of the audit stack.
  records.addStackDependency(audit)
}

/** The duties of each account, one entry an account. */
function dutiesByAccount({ accounts }: EnvironmentConfig): [Duty, ...Duty[]][] {
  const byAccount = new Map<string, [Duty, ...Duty[]]>()
  for (const duty of duties) {
    const known = byAccount.get(accounts[duty])
    if (known === undefined) byAccount.set(accounts[duty], [duty])
    else known.push(duty)
  }
  return [...byAccount.values()]
}
