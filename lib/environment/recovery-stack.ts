import type { Construct } from 'constructs'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { recoveryAlarms } from './recovery/alarms.ts'
import { backupPlan } from './recovery/backup-plan.ts'
import { backupRole } from './recovery/backup-role.ts'
import { LockedVault } from './recovery/locked-vault.ts'
import { RestoreJudgement } from './recovery/restore-judgement.ts'
import { restoreRole } from './recovery/restore-role.ts'
import { RestoreTesting } from './recovery/restore-testing.ts'
import { primaryVaultPolicy } from './recovery/vault-policy.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** What backups need. */
export interface RecoveryStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
}

/** Recovery points of the stores, made twice a day into a locked vault, copied out of the account, and restored on trial twice a week. */
export class RecoveryStack extends SafeHarborStack {
  /** Id of the backup plan; a store selects itself into it. */
  readonly backupPlanId: string

  constructor(scope: Construct, { config, keys, network }: RecoveryStackProps) {
    super(scope, {
      config,
      what: 'recovery',
      description: 'backup vault, plan and restore tests.',
    })
    const vault = new LockedVault(this, 'Vault', {
      config,
      what: 'vault',
      keyArn: keys.backup,
      policy: primaryVaultPolicy(config, 'workload'),
    })
    // The plan names the vault by its computed name, which tells CloudFormation nothing of the order.
    const plan = backupPlan(this, 'Plan', config)
    plan.addResourceDependency(vault.resource)
    this.backupPlanId = plan.attrBackupPlanId
    backupRole(this, 'BackupRole', config, keys)

    const role = restoreRole(this, 'RestoreRole', config, keys)
    const testing = new RestoreTesting(this, 'RestoreTesting', { config, roleArn: role.roleArn, storageKeyArn: keys.storage })
    testing.node.addDependency(vault)
    const judgement = new RestoreJudgement(this, 'RestoreJudgement', {
      config,
      keys,
      network: network.functionNetwork,
      planArn: testing.planArn,
    })
    for (const filter of recoveryAlarms(this, config)) filter.node.addDependency(judgement.logs)
  }
}
