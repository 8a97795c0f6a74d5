import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { bucketName, logGroupName, nameOf } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import { CustomerKey } from './constructs/customer-key.ts'
import { sealing } from './keys/actions.ts'
import { backupKeyUsage, backupRolesDescribe } from './keys/backup-key-policy.ts'
import { byRules, byService, logGroups, type ThroughService, throughService, userPools } from './keys/service-usage.ts'
import { vaultKeyUsage } from './keys/vault-key-policy.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** The keys of the workload account. The archive's key and the recovery keys stand with what they protect, in their own accounts. */
export const keyNames = ['vault', 'storage', 'routing', 'audit', 'quarantine', 'backup', 'notifications', 'people'] as const
/** One key of the workload account. */
export type KeyName = (typeof keyNames)[number]
/** ARNs of the workload account's keys. Handed on as text, so that no other stack can write into a key's policy. */
export type KeyArns = Readonly<Record<KeyName, string>>

/** What the keys need. */
export interface KeysStackProps extends EnvironmentStackProps {
  /** Id of the network's KMS endpoint, the only place the vault key may be used from. */
  readonly kmsEndpointId: string
}

/** The customer managed keys of the workload account, each with the one use it is for. */
export class KeysStack extends SafeHarborStack {
  readonly arns: KeyArns

  constructor(scope: Construct, { config, kmsEndpointId }: KeysStackProps) {
    super(scope, {
      config,
      what: 'keys',
      description: 'customer managed keys; who administers a key never uses it.',
    })
    const usage = usageOfKeys(config, kmsEndpointId)
    const made = keyNames.map((what) => {
      const { description, statements } = usage[what]
      const multiRegion = what === 'vault' && config.regions.recovery !== undefined
      const key = new CustomerKey(this, keyId(what), { config, what, description, duty: 'workload', usage: statements, multiRegion })
      return [what, key.arn] as const
    })
    this.arns = Object.fromEntries(made) as KeyArns
  }
}

interface KeyUsage {
  readonly description: string
  readonly statements: readonly PolicyStatement[]
}

function usageOfKeys(config: EnvironmentConfig, kmsEndpointId: string): Record<KeyName, KeyUsage> {
  const account = config.accounts.workload
  const region = config.regions.primary
  const through = { account, region }
  const tables = (...names: string[]) => ({ 'aws:dynamodb:tableName': names.map((name) => nameOf(config, name)) })
  const queues = { 'aws:sqs:arn': [`arn:aws:sqs:${region}:${account}:${nameOf(config, '*')}`] }
  const topics = { 'aws:sns:topicArn': [`arn:aws:sns:${region}:${account}:${nameOf(config, '*')}`] }
  const bucket = (name: string) => ({ 'aws:s3:arn': [`arn:aws:s3:::${bucketName(config, name, 'workload')}`] })
  return {
    vault: {
      description: 'Wraps the data key of each patient. Called directly by people in session, never through a service.',
      statements: vaultKeyUsage(config, kmsEndpointId),
    },
    storage: {
      description: 'Encrypts patient-data tables and the attachment bucket at rest, through their services only.',
      statements: [
        ...throughService({
          sid: 'Tables',
          service: 'dynamodb',
          ...through,
          context: withRestoreTests(tables('records', 'wrapped-keys', 'ledger'), ''),
        }),
        ...throughService({
          sid: 'Attachments',
          service: 's3',
          ...through,
          context: withRestoreTests(bucket('attachments'), 'arn:aws:s3:::'),
        }),
        backupRolesDescribe(config),
      ],
    },
    routing: {
      description: 'Encrypts the routing table at rest: urgency, times and on-call state, no health information.',
      statements: [
        ...throughService({ sid: 'RoutingTable', service: 'dynamodb', ...through, context: tables('routing') }),
        backupRolesDescribe(config),
      ],
    },
    audit: {
      description: 'Encrypts the log groups of this environment.',
      // Groups that firewalls write to have names of their own kind.
      // The last two are names that AWS prescribes (AWS WAF Developer Guide, "Logging destinations"; API Gateway Developer Guide, "CloudWatch log formats").
      statements: [
        logGroups(account, region, [
          logGroupName(config, ''),
          `aws-waf-logs-${nameOf(config, '')}`,
          `API-Gateway-Execution-Logs_*/${config.name}`,
        ]),
      ],
    },
    quarantine: {
      description: 'Encrypts what comes from the breached environment, until it is scanned and verified. Opened in phase restoring only.',
      statements: quarantineUsage(config, { ...through, context: bucket('quarantine') }),
    },
    backup: {
      description: 'Encrypts the recovery points of the primary backup vault.',
      statements: backupKeyUsage(config),
    },
    notifications: {
      description: 'Encrypts alerts on their way: topics and dead-letter queues. They carry no health information.',
      statements: [
        byService('AlarmsAreTold', 'cloudwatch.amazonaws.com', account),
        byRules('RulesLeaveWhatTheyCannotDeliver', account),
        ...throughService({ sid: 'RepeatsTable', service: 'dynamodb', ...through, context: tables('alert-repeats') }),
        ...throughService({ sid: 'Queues', service: 'sqs', ...through, context: queues }),
        ...throughService({ sid: 'Topics', service: 'sns', ...through, context: topics }),
      ],
    },
    people: {
      description: 'Encrypts the user pools. Users are opaque ids there; no health information is.',
      statements: userPools(account, region),
    },
  }
}

// What the old environment left arrives in phase `evidence`, sealed and not opened; the importer opens it in phase `restoring`; otherwise the key rests.
function quarantineUsage(
  { phase }: EnvironmentConfig,
  bucket: Pick<ThroughService, 'account' | 'region' | 'context'>,
): readonly PolicyStatement[] {
  if (phase === 'evidence') return throughService({ sid: 'Quarantine', service: 's3', ...bucket, actions: sealing })
  if (phase === 'restoring') return throughService({ sid: 'Quarantine', service: 's3', ...bucket })
  return []
}

// What a restore test restores is called so by AWS Backup, whatever the store was called (AWS Backup Developer Guide, "Restore testing").
const withRestoreTests = (context: Record<string, string[]>, prefix: string): Record<string, string[]> =>
  Object.fromEntries(Object.entries(context).map(([key, values]) => [key, [...values, `${prefix}awsbackup-restore-test-*`]]))

const keyId = (what: KeyName): string => `${what.charAt(0).toUpperCase()}${what.slice(1)}Key`
