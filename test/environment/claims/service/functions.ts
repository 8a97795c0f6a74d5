import { bucketName, keyAlias, nameOf, roleArn, tableArn } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import type { Claim } from '../claim.ts'
import { type ExpectedFunction, leastFunctionClaims } from '../least-function-claims.ts'
import { permission, type Statement } from '../policies.ts'
import { outputOf } from '../resources.ts'

const items = (
  config: EnvironmentConfig,
  Sid: string,
  actions: readonly string[],
  tables: readonly string[],
  kinds?: readonly string[],
): Statement =>
  permission(
    Sid,
    actions.map((action) => `dynamodb:${action}`),
    tables.map((table) => tableArn(config, table)),
    kinds && {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map((kind) => `*#${kind}`) },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  )

const tablesKey = (config: EnvironmentConfig, Sid: string, key: 'Routing' | 'Storage', tables: readonly string[]): Statement =>
  permission(Sid, ['kms:Decrypt'], [outputOf(config, 'keys', `${key}Key`)], {
    StringEquals: {
      'kms:ViaService': `dynamodb.${config.regions.primary}.amazonaws.com`,
      'kms:EncryptionContext:aws:dynamodb:tableName': tables.map((table) => nameOf(config, table)),
    },
  })

const routingKey = (config: EnvironmentConfig): Statement => tablesKey(config, 'UseTheKeyOfRouting', 'Routing', ['routing'])
const context = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['practice', 'patient'] },
  Null: { 'kms:EncryptionContext:practice': 'false', 'kms:EncryptionContext:patient': 'false' },
}
const regional = ({ accounts, regions }: EnvironmentConfig, service: string): string =>
  `arn:aws:${service}:${regions.primary}:${accounts.workload}:`

const number = (config: EnvironmentConfig): string => {
  const { originationIdentity } = config.telephone
  return `${regional(config, 'sms-voice')}${originationIdentity.startsWith('pool-') ? 'pool' : 'phone-number'}/${originationIdentity}`
}

const practices = (config: EnvironmentConfig) => ({ PRACTICES: JSON.stringify(config.practices.map(({ id }) => id)) })
const served = (config: EnvironmentConfig) => ({
  ...practices(config),
  PHASE: config.phase,
  PILOT_PRACTICES: JSON.stringify(config.pilotPractices),
})
const recoveryKey = (config: EnvironmentConfig) =>
  `arn:aws:kms:${config.regions.primary}:${config.accounts.recovery}:${keyAlias(config, 'recovery')}`
const sealing = (config: EnvironmentConfig) => ({
  VAULT_KEY_ARN: outputOf(config, 'keys', 'VaultKey') as unknown as string,
  RECOVERY_KEY_ARN: recoveryKey(config),
  RECORDS_TABLE: nameOf(config, 'records'),
  WRAPPED_KEYS_TABLE: nameOf(config, 'wrapped-keys'),
  ROUTING_TABLE: nameOf(config, 'routing'),
})
const session = (config: EnvironmentConfig, role: string) => ({
  ...served(config),
  ...sealing(config),
  LEDGER_TABLE: nameOf(config, 'ledger'),
  SESSION_ROLE_ARN: roleArn(config, 'workload', role),
})

const answering = { stack: 'service', timeout: 15, memory: 1024, undelivered: () => [] } as const
const inBackground = { stack: 'service', memory: 512, undelivered: () => [] } as const

const functions: readonly ExpectedFunction[] = [
  {
    ...answering,
    what: 'intake',
    description: 'takes calls and messages, seals them and routes them; reads no record.',
    may: 'store what is sealed, route it, and make data keys it cannot open again',
    concurrency: 20,
    variables: (config) => ({ ...served(config), ...sealing(config) }),
    permissions: (config) => [
      items(config, 'StoreWhatIsSealed', ['PutItem'], ['records', 'wrapped-keys']),
      items(config, 'RouteCalls', ['GetItem', 'PutItem'], ['routing'], ['calls', 'open', 'due', 'requests']),
      permission('MakeDataKeysForAPatient', ['kms:GenerateDataKey'], [outputOf(config, 'keys', 'VaultKey')], context),
      permission('WrapThemForRecovery', ['kms:Encrypt'], [`arn:aws:kms:${config.regions.primary}:${config.accounts.recovery}:key/*`], {
        ...context,
        StringEquals: { 'kms:RequestAlias': keyAlias(config, 'recovery') },
      }),
      tablesKey(config, 'UseTheKeyOfRecords', 'Storage', ['records', 'wrapped-keys']),
      routingKey(config),
    ],
  },
  {
    ...answering,
    what: 'provider',
    description: 'answers providers with the credentials of their own session.',
    may: 'keep read budgets, and nothing else without a session',
    concurrency: 20,
    variables: (config) => session(config, 'provider-session'),
    permissions: (config) => [items(config, 'KeepReadBudgets', ['GetItem', 'PutItem'], ['routing'], ['budget']), routingKey(config)],
  },
  {
    ...answering,
    what: 'patient',
    description: 'answers patients with the credentials of their own session.',
    may: 'see where a call stands, and nothing else without a session',
    concurrency: 10,
    variables: (config) => session(config, 'patient-session'),
    permissions: (config) => [items(config, 'SeeWhereACallStands', ['GetItem'], ['routing'], ['calls']), routingKey(config)],
  },
  {
    ...inBackground,
    what: 'escalation',
    description: 'notifies providers of calls until somebody acknowledges; knows no health information.',
    may: 'read and write routing data and notify, and open nothing',
    concurrency: 5,
    timeout: 55,
    variables: (config) => ({
      ...practices(config),
      ROUTING_TABLE: nameOf(config, 'routing'),
      ORIGINATION_IDENTITY: number(config),
      CONFIGURATION_SET: nameOf(config, 'notifications'),
    }),
    permissions: (config) => [
      items(
        config,
        'EscalateCalls',
        ['ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'],
        ['routing'],
        ['calls', 'open', 'due', 'notices', 'schedule'],
      ),
      routingKey(config),
      permission(
        'HearOfDueCalls',
        ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        [outputOf(config, 'records', 'Routing', 'StreamArn')],
      ),
      permission('FindStreams', ['dynamodb:ListStreams'], ['*']),
      permission(
        'TextFromOurNumber',
        ['sms-voice:SendTextMessage'],
        [number(config), `${regional(config, 'sms-voice')}configuration-set/${nameOf(config, 'notifications')}`],
      ),
      permission('CallByVoice', ['sms-voice:SendVoiceMessage'], ['*']),
    ],
  },
  {
    ...inBackground,
    what: 'ledger-checkpoint',
    description: 'puts the head of each chain of the access ledger into the locked archive.',
    may: 'read the ledger, mark what is checkpointed, and put checkpoints into the archive',
    concurrency: 1,
    timeout: 300,
    variables: (config) => ({
      ...practices(config),
      LEDGER_TABLE: nameOf(config, 'ledger'),
      ARCHIVE_BUCKET: bucketName(config, 'archive', 'audit'),
      ARCHIVE_ACCOUNT: config.accounts.audit,
    }),
    permissions: (config) => [
      items(config, 'ReadTheLedger', ['GetItem', 'Query'], ['ledger']),
      items(config, 'MarkWhatIsCheckpointed', ['PutItem'], ['ledger'], ['marks']),
      tablesKey(config, 'UseTheKeyOfTheLedger', 'Storage', ['ledger']),
      permission('PutCheckpointsIntoTheArchive', ['s3:PutObject'], [`arn:aws:s3:::${bucketName(config, 'archive', 'audit')}/ledger/*`]),
      permission('SealCheckpoints', ['kms:GenerateDataKey'], [`arn:aws:kms:${config.regions.primary}:${config.accounts.audit}:key/*`], {
        StringEquals: { 'kms:ViaService': `s3.${config.regions.primary}.amazonaws.com` },
      }),
    ],
  },
  {
    ...inBackground,
    what: 'ledger-reconcile',
    description: 'compares the reads that the audit trail knows with the access ledger, once a day.',
    may: 'read the ledger and the trail',
    concurrency: 1,
    timeout: 900,
    variables: (config) => ({
      ...practices(config),
      LEDGER_TABLE: nameOf(config, 'ledger'),
      RECORDS_TABLE: nameOf(config, 'records'),
      TRAIL_LOG_GROUP: `/safe-harbor/${config.name}/trail`,
      SESSION_ROLES: JSON.stringify(['provider-session', 'patient-session'].map((role) => nameOf(config, role))),
      BREAK_GLASS_ROLE: nameOf(config, 'break-glass'),
    }),
    permissions: (config) => [
      items(config, 'ReadTheLedger', ['GetItem', 'Query'], ['ledger']),
      tablesKey(config, 'UseTheKeyOfTheLedger', 'Storage', ['ledger']),
      permission('ReadTheTrail', ['logs:FilterLogEvents'], [`${regional(config, 'logs')}log-group:/safe-harbor/${config.name}/trail:*`]),
    ],
  },
]

/** Promise 3: what each function may do with its own role, and with nobody signed in. */
export const functionClaims: readonly Claim[] = functions.flatMap(leastFunctionClaims)
