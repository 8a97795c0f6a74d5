import { logGroupName, originationIdentityArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { archivePrefixes, auditBucketArn } from '../../audit/archive-layout.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import type { KeyArns } from '../../keys-stack.ts'
import { notificationSettingsArn } from '../../network/endpoint-policies.ts'
import { itemsOf, itemsUnder, sealing, tablesKey } from './item-permissions.ts'

/** What a permission may depend on. */
export interface PermissionsOf {
  readonly config: EnvironmentConfig
  readonly keys: KeyArns
  /** ARN of the stream of the routing table. */
  readonly routingStreamArn: string
}

/**
 * What each function may do with its own role, and nobody signed in: none reads a record, a wrapped key or the vault key. A provider's or a patient's data is
 * reached with the credentials of that person's session, which the function gets for their token.
 */
export const permissionsOf = {
  intake: ({ config, keys }) => [
    itemsOf(config, 'StoreWhatIsSealed', ['PutItem'], ['records', 'wrapped-keys']),
    itemsUnder(config, 'RouteCalls', ['GetItem', 'PutItem'], 'routing', ['calls', 'open', 'due', 'requests']),
    ...sealing(config, keys),
    tablesKey(config, 'UseTheKeyOfRecords', keys.storage, ['records', 'wrapped-keys']),
    tablesKey(config, 'UseTheKeyOfRouting', keys.routing, ['routing']),
  ],
  provider: ({ config, keys }) => [
    itemsUnder(config, 'KeepReadBudgets', ['GetItem', 'PutItem'], 'routing', ['budget']),
    tablesKey(config, 'UseTheKeyOfRouting', keys.routing, ['routing']),
  ],
  patient: ({ config, keys }) => [
    itemsUnder(config, 'SeeWhereACallStands', ['GetItem'], 'routing', ['calls']),
    tablesKey(config, 'UseTheKeyOfRouting', keys.routing, ['routing']),
  ],
  escalation: ({ config, keys, routingStreamArn }) => [
    itemsUnder(config, 'EscalateCalls', ['ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'], 'routing', [
      'calls',
      'open',
      'due',
      'notices',
      'schedule',
    ]),
    tablesKey(config, 'UseTheKeyOfRouting', keys.routing, ['routing']),
    {
      // The Lambda service reads the stream with the function's role (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB").
      sid: 'HearOfDueCalls',
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [routingStreamArn],
    },
    {
      sid: 'FindStreams',
      actions: ['dynamodb:ListStreams'],
      resources: [{ matching: '*', because: 'Listing streams knows no resource (Service Authorization Reference, Amazon DynamoDB).' }],
    },
    {
      sid: 'TextFromOurNumber',
      actions: ['sms-voice:SendTextMessage'],
      resources: [originationIdentityArn(config), notificationSettingsArn(config)],
    },
    {
      sid: 'CallByVoice',
      actions: ['sms-voice:SendVoiceMessage'],
      resources: [
        {
          matching: '*',
          because: 'A voice message knows no resource (Service Authorization Reference, AWS End User Messaging SMS and Voice V2).',
        },
      ],
    },
  ],
  'ledger-checkpoint': ({ config, keys }) => [
    itemsOf(config, 'ReadTheLedger', ['GetItem', 'Query'], ['ledger']),
    itemsUnder(config, 'MarkWhatIsCheckpointed', ['PutItem'], 'ledger', ['marks']),
    tablesKey(config, 'UseTheKeyOfTheLedger', keys.storage, ['ledger']),
    {
      sid: 'PutCheckpointsIntoTheArchive',
      actions: ['s3:PutObject'],
      resources: [
        { matching: `${auditBucketArn(config, 'archive')}/${archivePrefixes.ledger}/*`, because: 'A checkpoint is named by its time.' },
      ],
    },
    {
      sid: 'SealCheckpoints',
      actions: ['kms:GenerateDataKey'],
      resources: [
        {
          matching: `arn:aws:kms:${config.regions.primary}:${config.accounts.audit}:key/*`,
          because:
            "The id of the archive's key is not known here; its own policy lets this role use it through S3 for the archive, and no other key does.",
        },
      ],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${config.regions.primary}.amazonaws.com` } },
    },
  ],
  'ledger-reconcile': ({ config, keys }) => [
    itemsOf(config, 'ReadTheLedger', ['GetItem', 'Query'], ['ledger']),
    tablesKey(config, 'UseTheKeyOfTheLedger', keys.storage, ['ledger']),
    {
      sid: 'ReadTheTrail',
      actions: ['logs:FilterLogEvents'],
      resources: [
        {
          matching: `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${logGroupName(config, 'trail')}:*`,
          because: "The log streams of the trail's log group.",
        },
      ],
    },
  ],
} as const satisfies Record<string, (of: PermissionsOf) => readonly Permission[]>

/** A function of the service or of its ledger. */
export type ServiceFunctionName = keyof typeof permissionsOf
