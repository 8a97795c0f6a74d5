import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { recordsAreWritable } from '../../config/phases.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { DataClass } from '../../gate/assembly/facts.ts'
import { deny } from '../constructs/resource-statements.ts'
import { callerArns, type ListedStore } from './listed-callers.ts'
import { sessionsStayAtHome } from './sessions-at-home.ts'

/*
 * DynamoDB refuses a table whose policy names an action it does not support there, so every action below stands in its list (Amazon
 * DynamoDB Developer Guide, "DynamoDB API operations supported by resource-based policies"). A transaction is judged by the actions it
 * consists of, BatchWriteItem by its own name (same guide, "Using IAM with DynamoDB transactions").
 */
const reading = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:PartiQLSelect']
const changing = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
]
const writing = ['dynamodb:PutItem', 'dynamodb:PartiQLInsert', ...changing]
const wholeTable = ['dynamodb:Scan', 'dynamodb:PartiQLSelect', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:PartiQLDelete']

/**
 * What nobody may do with the items of a table, whatever an identity policy says. It grants nothing, and it says nothing of management
 * actions: CloudFormation and AWS Backup work as before, and whoever deploys can mend the policy. Its only resource is the table with its indexes (README of
 * aws-cdk-lib/aws-dynamodb, "Resource Policy"). At most 20 KB (same guide, "considerations").
 *
 * @param listed whose list says who comes from outside the network
 * @param vpcEndpointId id of the network's DynamoDB endpoint
 */
export function tablePolicy(
  config: EnvironmentConfig,
  dataClass: DataClass,
  listed: ListedStore,
  vpcEndpointId: string,
): PolicyStatement[] {
  const unlessListed = { ArnNotEquals: { 'aws:PrincipalArn': callerArns(config, 'tables') } }
  return [
    deny('NobodyFromOutsideTheNetwork', [...reading, ...writing], {
      StringNotEquals: { 'aws:SourceVpce': vpcEndpointId },
      BoolIfExists: { 'aws:ViaAWSService': 'false', 'aws:PrincipalIsAWSService': 'false' },
      ArnNotEquals: { 'aws:PrincipalArn': callerArns(config, listed) },
    }),
    deny('NobodyFromAnotherAccount', [...reading, ...writing], {
      StringNotEquals: { 'aws:PrincipalAccount': config.accounts.workload },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
    // A scan or a PartiQL statement is not bound to a partition key, and so not to a practice. Backups need neither.
    deny('NobodyReadsAcrossPractices', wholeTable, unlessListed),
    // Export, stream and restore put every item where this policy does not reach. CloudFormation and AWS Backup use none of the three.
    deny('NobodyCopiesTheTableOut', ['dynamodb:ExportTableToPointInTime', 'dynamodb:EnableKinesisStreamingDestination']),
    deny('OnlyBreakGlassRestoresToAPointInTime', ['dynamodb:RestoreTableToPointInTime'], unlessListed),
    ...sessionsStayAtHome(config, dataClass, [...reading, ...writing]),
    ...ofDataClass(config, dataClass),
  ]
}

function ofDataClass({ phase }: EnvironmentConfig, dataClass: DataClass): PolicyStatement[] {
  switch (dataClass) {
    case 'patient-data':
      return recordsAreWritable(phase) ? [] : [deny('NobodyWritesInThisPhase', writing)]
    case 'access-ledger':
      // "Implement ... mechanisms that record and examine activity" (45 CFR 164.312(b)): an entry stays as it was written. What no policy
      // can refuse is a PutItem over an existing key; the ledger's writer does by condition, and the audit trail has each PutItem with its key.
      return [deny('NobodyChangesAnEntry', changing), deny('NobodyLetsEntriesExpire', ['dynamodb:UpdateTimeToLive'])]
    default:
      return []
  }
}
