import { CfnBackupSelection } from 'aws-cdk-lib/aws-backup'
import type { Construct } from 'constructs'
import { nameOf, roleArn } from '../config/names.ts'
import type { DataClass } from '../gate/assembly/facts.ts'
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
 * The stores of the service. Partition keys are made so that `dynamodb:LeadingKeys` binds a session to what is its own. Ids are 8 to 32
 * random lower-case letters and digits, so `#` never occurs in one and no shorter word can be mistaken for one:
 *
 * | table | `pk` | `sk` | a provider's session reads | a patient's session reads |
 * | --- | --- | --- | --- | --- |
 * | records | `<practice>#<patient>`, or `<practice>#list` for what the practice sees first | `<type>#<id>` | `<practice>#*` | `<practice>#<patient>` |
 * | wrapped-keys | `<practice>#<patient>` | `key#<version>` | `<practice>#*` | `<practice>#<patient>` |
 * | ledger | `<practice>#<patient>` | `<time>#<id>` | nothing; writes `<practice>#*` | nothing; writes `<practice>#<patient>` |
 * | routing | `<practice>` | `<call>` | `<practice>` | nothing |
 *
 * Only records and wrapped-keys hold patient data, sealed; routing carries no health information and stands under a key of its own.
 */
export class RecordsStack extends SafeHarborStack {
  constructor(scope: Construct, { config, keys, network, backupPlanId }: RecordsStackProps) {
    super(scope, {
      config,
      what: 'records',
      description: 'tables and attachments of the service, and their place in the backup plan.',
    })
    const table = (id: string, what: string, dataClass: DataClass, keyArn: string) =>
      new RecordTable(this, id, { config, what, dataClass, keyArn, vpcEndpointId: network.endpointIds.dynamodb }).tableArn
    const tables = [
      table('Records', 'records', 'patient-data', keys.storage),
      table('WrappedKeys', 'wrapped-keys', 'patient-data', keys.storage),
      table('Ledger', 'ledger', 'access-ledger', keys.storage),
      table('Routing', 'routing', 'routing', keys.routing),
    ]
    const attachments = this.attachments(keys.storage, network.endpointIds.s3)

    new CfnBackupSelection(this, 'BackupSelection', {
      backupPlanId,
      backupSelection: {
        selectionName: nameOf(config, 'stores'),
        iamRoleArn: roleArn(config, 'workload', 'backup'),
        resources: [...tables, attachments.bucketArn],
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
