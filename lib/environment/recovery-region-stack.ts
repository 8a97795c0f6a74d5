import { PolicyDocument } from 'aws-cdk-lib/aws-iam'
import { CfnAlias, CfnReplicaKey } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { keyAlias } from '../config/names.ts'
import { CustomerKey } from './constructs/customer-key.ts'
import { deny } from './constructs/resource-statements.ts'
import { useActions } from './keys/actions.ts'
import { administrationStatements } from './keys/administration.ts'
import { LockedVault } from './recovery/locked-vault.ts'
import { copyKeyUsage } from './recovery/vault-encryption.ts'
import { copyVaultPolicy } from './recovery/vault-policy.ts'
import { removalPolicy } from './removal.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** What the second Region needs. */
export interface RecoveryRegionStackProps extends EnvironmentStackProps {
  /** ARN of the vault key in the primary Region. */
  readonly vaultKeyArn: string
}

/** What is needed to go on in the second Region when the first is lost: a replica of the vault key, and locked copies under a key of their own. */
export class RecoveryRegionStack extends SafeHarborStack {
  constructor(scope: Construct, { config, vaultKeyArn }: RecoveryRegionStackProps) {
    super(scope, {
      config,
      what: 'recovery-region',
      description: 'replica of the vault key and locked copies in the second Region.',
    })
    this.vaultKeyReplica(vaultKeyArn)
    const key = new CustomerKey(this, 'BackupKey', {
      config,
      what: 'backup',
      description: 'Encrypts the copies of recovery points in the second Region.',
      duty: 'workload',
      usage: copyKeyUsage(config, 'region-copies'),
    })
    new LockedVault(this, 'Copies', { config, what: 'region-copies', keyArn: key.arn, policy: copyVaultPolicy(config, 'region-copies') })
  }

  // The key policy of a replica is its own (AWS KMS Developer Guide, "Multi-Region keys"). Nobody uses this one until a recovery is declared:
  // then the foundation path deploys who may, with the endpoint of the network that stands here by then.
  private vaultKeyReplica(primaryKeyArn: string): void {
    const replica = new CfnReplicaKey(this, 'VaultKeyReplica', {
      primaryKeyArn,
      description: 'Replica of the vault key. Used by nobody until a recovery in this Region is declared.',
      pendingWindowInDays: 30,
      keyPolicy: new PolicyDocument({
        statements: [
          ...administrationStatements(this.config, 'workload', this.region),
          deny('NobodyUsesBeforeARecovery', useActions),
          deny('NobodyByGrant', ['kms:CreateGrant']),
          deny('NobodyReplicates', ['kms:ReplicateKey']),
        ],
      }),
    })
    replica.applyRemovalPolicy(removalPolicy(this.config))
    new CfnAlias(this, 'VaultKeyAlias', { aliasName: keyAlias(this.config, 'vault'), targetKeyId: replica.ref })
  }
}
