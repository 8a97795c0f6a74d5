import { CfnBackupSelection } from 'aws-cdk-lib/aws-backup'
import type { Construct } from 'constructs'
import { nameOf, roleArn } from '../config/names.ts'
import { PatientDataBucket } from './constructs/safe-bucket.ts'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { attachmentPolicy } from './records/attachment-policy.ts'
import { RecordTable } from './records/record-table.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** What the stores need. */
export interface RecordsStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
  /** Id of the plan that backs the stores up. */
  readonly backupPlanId: string
}

/**
 * The stores of the service. What stands under which key is written in lambda/service/calls/keys.ts. Partition keys begin with the practice, so that
 * `dynamodb:LeadingKeys` binds a session to its own; ids are random and hold no `#`:
 *
 * | table | a provider's session reaches | a patient's session reaches |
 * | --- | --- | --- |
 * | records | `<practice>#*` | reads `<practice>#<patient>` |
 * | wrapped-keys | `<practice>#*` | reads `<practice>#<patient>` |
 * | ledger | writes `<practice>#*` but the marks; of the chain reads hashes | reads `<practice>#<patient>`, writes it and the chain |
 * | routing | reads `<practice>#*`, writes all but the read budget | `<practice>#<patient>` |
 *
 * Only records and wrapped-keys hold patient data, sealed; routing carries no health information and stands under a key of its own.
 */
export class RecordsStack extends SafeHarborStack {
  /** ARN of the stream of the routing table: keys of changed items, a call that becomes due among them. */
  readonly routingStreamArn: string

  constructor(scope: Construct, { config, keys, network, backupPlanId }: RecordsStackProps) {
    super(scope, {
      config,
      what: 'records',
      description: 'tables and attachments of the service, and their place in the backup plan.',
    })
    const common = { config, vpcEndpointId: network.endpointIds.dynamodb }
    const sealed = { ...common, dataClass: 'patient-data', keyArn: keys.storage } as const
    const routing = new RecordTable(this, 'Routing', {
      ...common,
      what: 'routing',
      dataClass: 'routing',
      keyArn: keys.routing,
      passing: true,
    })
    const tables = [
      new RecordTable(this, 'Records', { ...sealed, what: 'records' }),
      new RecordTable(this, 'WrappedKeys', { ...sealed, what: 'wrapped-keys', listed: 'wrapped-keys' }),
      new RecordTable(this, 'Ledger', { ...common, what: 'ledger', dataClass: 'access-ledger', keyArn: keys.storage, listed: 'ledger' }),
      routing,
    ]
    if (routing.tableStreamArn === undefined) throw new Error('The routing table has no stream')
    this.routingStreamArn = routing.tableStreamArn
    const attachments = this.attachments(keys.storage, network.endpointIds.s3)

    new CfnBackupSelection(this, 'BackupSelection', {
      backupPlanId,
      backupSelection: {
        selectionName: nameOf(config, 'stores'),
        iamRoleArn: roleArn(config, 'workload', 'backup'),
        resources: [...tables.map(({ tableArn }) => tableArn), attachments.bucketArn],
      },
    })
  }

  private attachments(keyArn: string, vpcEndpointId: string): PatientDataBucket {
    const bucket = new PatientDataBucket(this, 'Attachments', {
      config: this.config,
      what: 'attachments',
      dataClass: 'patient-data',
      duty: 'workload',
      keyArn,
      accessLogs: 'access-logs',
    })
    for (const statement of attachmentPolicy(this.config, vpcEndpointId)) bucket.addToResourcePolicy(statement)
    return bucket
  }
}
