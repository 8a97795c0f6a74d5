import { CfnLogicallyAirGappedBackupVault } from 'aws-cdk-lib/aws-backup'
import type { Construct } from 'constructs'
import { nameOf } from '../config/names.ts'
import { classify } from './constructs/classify.ts'
import { CustomerKey } from './constructs/customer-key.ts'
import { LockedVault } from './recovery/locked-vault.ts'
import { recoveryKeyUsage } from './recovery/recovery-key-policy.ts'
import { airGappedDays } from './recovery/retention.ts'
import { copyKeyUsage } from './recovery/vault-encryption.ts'
import { copyVaultPolicy } from './recovery/vault-policy.ts'
import { removalPolicy } from './removal.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/**
 * What remains when the workload account is lost or hostile: copies of every store, locked, and the key that opens them, which the workload
 * account can only seal with. "Establish and implement procedures to create and maintain retrievable exact copies" (45 CFR 164.308(a)(7)(ii)(A)).
 */
export class RecoveryAccountStack extends SafeHarborStack {
  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, {
      config,
      what: 'recovery-account',
      description: 'locked copies and the recovery key, out of reach of the workload account.',
    })
    new CustomerKey(this, 'RecoveryKey', {
      config,
      what: 'recovery',
      description: 'Wraps the data key of each patient a second time. The workload account encrypts only; two people here decrypt.',
      duty: 'recovery',
      usage: recoveryKeyUsage(config),
    })
    const key = new CustomerKey(this, 'CopiesKey', {
      config,
      what: 'copies',
      description: 'Encrypts the copies of recovery points in the recovery account.',
      duty: 'recovery',
      usage: copyKeyUsage(config, 'copies'),
    })
    new LockedVault(this, 'Copies', { config, what: 'copies', keyArn: key.arn, policy: copyVaultPolicy(config, 'copies') })
    this.airGappedVault()
  }

  // Locked in compliance mode from the first day, by AWS's own doing, and under a key of AWS Backup's own, which AWS recommends: no key of
  // ours can be lost or withheld with it. A trial has it, empty; an empty one can be deleted.
  private airGappedVault(): void {
    const vault = new CfnLogicallyAirGappedBackupVault(this, 'AirGapped', {
      backupVaultName: nameOf(this.config, 'air-gapped'),
      ...airGappedDays(this.config),
      accessPolicy: copyVaultPolicy(this.config, 'air-gapped'),
    })
    vault.applyRemovalPolicy(removalPolicy(this.config))
    classify(vault, 'patient-data')
  }
}
