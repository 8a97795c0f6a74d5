import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyDocument } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { DataClass } from '../../gate/assembly/facts.ts'
import { classify } from '../constructs/classify.ts'
import { removalPolicy } from '../removal.ts'
import type { ListedStore } from './listed-callers.ts'
import { tablePolicy } from './table-policy.ts'

/** What a table needs. Keys, recovery, protection and policy follow from what it holds. */
export interface RecordTableProps {
  readonly config: EnvironmentConfig
  /** What the table holds; its name is `safe-harbor-sandbox-<what>`. */
  readonly what: string
  /** How sensitive that is; the resource policy depends on it. */
  readonly dataClass: DataClass
  /** ARN of the key it is encrypted with at rest. */
  readonly keyArn: string
  /** Id of the network's DynamoDB endpoint, the only place items are reached from. */
  readonly vpcEndpointId: string
  /** List of the roles that reach it from elsewhere. @default that of tables without one of their own */
  readonly listed?: ListedStore
  /** Whether items with an attribute `expiresAt`, in seconds since 1970, go by themselves some time after, and keys of changed items are told. @default false */
  readonly passing?: boolean
}

/**
 * A table with string keys `pk` and `sk`, paid by request, restorable to any second of the last 35 days, under its own resource policy.
 * Production's cannot be deleted. It is the library's `Table`, because the HIPAA pack does not see its `TableV2`.
 */
export class RecordTable extends Table {
  constructor(
    scope: Construct,
    id: string,
    { config, what, dataClass, keyArn, vpcEndpointId, listed = 'tables', passing = false }: RecordTableProps,
  ) {
    super(scope, id, {
      tableName: nameOf(config, what),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: Key.fromKeyArn(scope, `${id}Key`, keyArn),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: config.purpose === 'production',
      removalPolicy: removalPolicy(config),
      resourcePolicy: new PolicyDocument({ statements: tablePolicy(config, dataClass, listed, vpcEndpointId) }),
      // Keys alone: what watches the table reads the item itself, or nothing.
      ...(passing && { timeToLiveAttribute: 'expiresAt', stream: StreamViewType.KEYS_ONLY }),
    })
    classify(this, dataClass)
  }
}
