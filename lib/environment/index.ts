import type { Construct } from 'constructs'
import { type Duty, duties } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import { AccountTrailStack } from './account-trail-stack.ts'
import { ArchiveStack } from './archive-stack.ts'
import { AuditStack } from './audit-stack.ts'
import { DetectionStack } from './detection-stack.ts'
import { GuardrailsStack } from './guardrails-stack.ts'
import { KeysStack } from './keys-stack.ts'
import { NetworkStack } from './network-stack.ts'
import { OperatorsStack } from './operators-stack.ts'
import { PeopleStack } from './people-stack.ts'
import { RecordsStack } from './records-stack.ts'
import { RecoveryAccountStack } from './recovery-account-stack.ts'
import { RecoveryRegionStack } from './recovery-region-stack.ts'
import { RecoveryStack } from './recovery-stack.ts'
import type { SafeHarborStack } from './safe-harbor-stack.ts'
import { ServiceStack } from './service-stack.ts'

/**
 * Makes every stack of an environment and connects them; the only place where stacks meet. The order below is one of deployment.
 * Stacks of different accounts share nothing but names computed from the configuration.
 */
export function buildEnvironment(app: Construct, config: EnvironmentConfig): void {
  const operators = dutiesByAccount(config).map((duties) => new OperatorsStack(app, { config, duties }))

  const archive = new ArchiveStack(app, { config })
  for (const what of trailsBeside(config)) deployAfter(new AccountTrailStack(app, { config, what }), archive)
  const network = new NetworkStack(app, { config })
  const keys = new KeysStack(app, { config, kmsEndpointId: network.endpointIds.kms })
  const audit = new AuditStack(app, { config, keys: keys.arns, network })
  const people = new PeopleStack(app, { config, keys: keys.arns, network })
  const recoveryAccount = new RecoveryAccountStack(app, { config })
  if (config.regions.recovery !== undefined) new RecoveryRegionStack(app, { config, vaultKeyArn: keys.arns.vault })

  const detection = new DetectionStack(app, { config, keys: keys.arns, network })
  const recovery = new RecoveryStack(app, { config, keys: keys.arns, network })
  const records = new RecordsStack(app, { config, keys: keys.arns, network, backupPlanId: recovery.backupPlanId })
  const { poolArns: pools } = people
  const { routingStreamArn } = records
  const service = new ServiceStack(app, { config, keys: keys.arns, network, pools, routingStreamArn })

  // Last: until everything stands, guardrails would be in the way of the people who make it.
  if (config.guardrails !== undefined) new GuardrailsStack(app, { config })

  // Key policies and bucket policies name roles, and IAM refuses a name that does not exist yet; roles name boundaries.
  for (const stack of [archive, keys, recoveryAccount, people]) for (const first of operators) deployAfter(stack, first)
  // The network, the trail and Config deliver to the archive.
  for (const stack of [network, audit, detection]) deployAfter(stack, archive)
  // Detection and sign-in watch the trail's log group, and attachments log their accesses to a bucket: both stand in the audit stack.
  for (const stack of [detection, people, records]) deployAfter(stack, audit)
  // Functions find the stores and the roles of people's sessions by their names.
  for (const first of [people, records]) deployAfter(service, first)
}

// The CDK command line keeps an order only among stacks that its credentials reach; between accounts it is the README's and `prepare`'s to say.
function deployAfter(stack: SafeHarborStack, first: SafeHarborStack): void {
  if (stack.account === first.account) stack.addStackDependency(first)
}

// The workload's own trail is the audit stack's; an account that is the workload's too has no second one.
function trailsBeside({ accounts: { workload, audit, recovery } }: EnvironmentConfig): ('trail-audit' | 'trail-recovery')[] {
  return [
    ...(audit === workload ? [] : ['trail-audit' as const]),
    ...(recovery === workload || recovery === audit ? [] : ['trail-recovery' as const]),
  ]
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
