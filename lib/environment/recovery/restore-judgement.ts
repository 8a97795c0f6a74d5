import { Duration } from 'aws-cdk-lib'
import { Rule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { Construct, type IConstruct } from 'constructs'
import { restoredNamePrefix, restoreTestEnvironment } from '../../../lambda/recovery/restore-test/env.ts'
import { nameOf, tableArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { FunctionNetwork } from '../constructs/function-network.ts'
import { LeastFunction } from '../constructs/least-function.ts'
import type { Permission } from '../constructs/least-policy.ts'
import type { KeyArns } from '../keys-stack.ts'
import { restoredTables, testedTables } from './restore-role.ts'

/** What judging restores needs. */
export interface RestoreJudgementProps {
  readonly config: EnvironmentConfig
  readonly keys: KeyArns
  readonly network: FunctionNetwork
  /** ARN of the restore testing plan whose restores are judged. */
  readonly planArn: string
}

/** The function `restore-test`, called for each restore that a test has completed. */
export class RestoreJudgement extends Construct {
  /** Log group the verdicts are written to. */
  readonly logs: IConstruct

  constructor(scope: Construct, id: string, { config, keys, network, planArn }: RestoreJudgementProps) {
    super(scope, id)
    const made = new LeastFunction(this, 'Function', {
      config,
      what: 'restore-test',
      description: 'Counts what a restore test has restored, checks record headers, and reports the verdict to AWS Backup.',
      entry: 'lambda/recovery/restore-test/handler.ts',
      environment: { [restoreTestEnvironment.sealedTable]: nameOf(config, 'records') },
      permissions: permissions(config, keys),
      // One for each thing a test restores.
      concurrency: testedTables.length + 1,
      timeout: Duration.minutes(15),
      network,
      auditKeyArn: keys.audit,
      queueKeyArn: keys.notifications,
    })
    this.logs = made.node.findChild('Logs')
    new Rule(this, 'Completed', {
      ruleName: nameOf(config, 'restore-completed'),
      description: 'A restore test has restored something: judge it.',
      eventPattern: {
        source: ['aws.backup'],
        detailType: ['Restore Job State Change'],
        detail: { status: ['COMPLETED'], restoreTestingPlanArn: [planArn] },
      },
      targets: [new LambdaFunction(made.function, { deadLetterQueue: made.deadLetterQueue })],
    })
  }
}

const permissions = (config: EnvironmentConfig, keys: KeyArns): Permission[] => [
  {
    sid: 'ReadRestoredTables',
    actions: ['dynamodb:DescribeTable', 'dynamodb:Scan'],
    resources: [
      { matching: restoredTables(config), because: 'AWS Backup gives what it restores for a test a random name with this prefix.' },
    ],
  },
  // DynamoDB keeps the count itself; no item of a store is read.
  { sid: 'CountSourceTables', actions: ['dynamodb:DescribeTable'], resources: testedTables.map((table) => tableArn(config, table)) },
  {
    sid: 'DecryptRestoredTablesAtRest',
    actions: ['kms:Decrypt'],
    resources: [keys.storage],
    conditions: {
      StringEquals: { 'kms:ViaService': `dynamodb.${config.regions.primary}.amazonaws.com` },
      StringLike: { 'kms:EncryptionContext:aws:dynamodb:tableName': `${restoredNamePrefix}*` },
    },
  },
  {
    sid: 'ReportVerdicts',
    actions: ['backup:DescribeRestoreJob', 'backup:PutRestoreValidationResult'],
    resources: [{ matching: '*', because: 'Restore jobs are no resources of IAM (Service Authorization Reference, AWS Backup).' }],
  },
]
