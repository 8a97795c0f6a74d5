import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { classify } from '../constructs/classify.ts'
import { removalPolicy } from '../removal.ts'

/** What the table needs. */
export interface RepeatsTableProps {
  readonly config: EnvironmentConfig
  /** ARN of the key it is encrypted with. */
  readonly keyArn: string
}

/**
 * Remembers for a day which alerts were sent: a hash, the id of an event, a time. It is in no backup plan, and this class exists so that the
 * rule pack's finding on that can be accepted for it alone: there is nothing to restore, and an empty table only repeats an alert.
 */
export class RepeatsTable extends Table {
  constructor(scope: Construct, id: string, { config, keyArn }: RepeatsTableProps) {
    super(scope, id, {
      tableName: nameOf(config, repeatsTableName),
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: Key.fromKeyArn(scope, `${id}Key`, keyArn),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: config.purpose === 'production',
      removalPolicy: removalPolicy(config),
    })
    classify(this, 'operational')
  }
}

/** What the table is called in names. */
export const repeatsTableName = 'alert-repeats'
