import { bucketName, type Duty, logGroupName, nameOf, originationIdentityArn, roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { alertsTopicArn } from '../alerts-topic.ts'
import { archivePrefixes } from '../audit/archive-layout.ts'

/** Services reached through an endpoint of the network. */
export const endpointNames = ['backup', 'dynamodb', 'kms', 'logs', 's3', 'sms-voice', 'sns', 'sts'] as const
/** One endpoint of the network. */
export type EndpointName = (typeof endpointNames)[number]

/** Buckets that functions reach, and whose account owns each; the names in the allow-list of the DNS firewall follow from them. */
export const reachedBuckets = { attachments: 'workload', archive: 'audit' } as const satisfies Record<string, Duty>

/** Roles of people in session: a signed-in person's token is exchanged for one of them, and for nothing else. */
export const sessionRoles = ['provider-session', 'patient-session'] as const

/** The policy of an endpoint, as an IAM policy document. */
export interface EndpointPolicy {
  readonly Version: '2012-10-17'
  readonly Statement: readonly object[]
}

/**
 * What may pass through each endpoint: requests signed by our workload account, for a resource that one of our accounts owns, reads too.
 * Foreign credentials carried in cannot carry data out, and our own credentials reach nothing foreign. The principal is `*` with a
 * condition because gateway endpoints accept nothing else (AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint
 * policies"). An unsigned request has no `aws:PrincipalAccount` and so does not match; none of these
 * services is among those without `aws:ResourceAccount` (IAM User Guide, "AWS global condition context keys"). The one unsigned request
 * there is, the exchange of a token, has a statement of its own.
 */
export function endpointPolicy(config: EnvironmentConfig, endpoint: EndpointName): EndpointPolicy {
  const statements =
    endpoint === 'sts' ? [tokenExchange(config)] : passages[endpoint](config).map((passage) => statementOf(config, passage))
  return { Version: '2012-10-17', Statement: statements }
}

/** One kind of request that may pass. */
interface Passage {
  readonly sid: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  /** Whose account owns the resource. */
  readonly owner: Duty
}

const passages = {
  // Jobs have no ARN that these actions could name (Service Authorization Reference, "AWS Backup").
  backup: () => [
    {
      sid: 'OurCallersValidateOurRestoreTests',
      actions: ['backup:DescribeRestoreJob', 'backup:PutRestoreValidationResult'],
      resources: ['*'],
      owner: 'workload',
    },
  ],
  dynamodb: (config) => [
    {
      sid: 'OurCallersUseItemsOfOurTables',
      actions: [
        'dynamodb:BatchGetItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:DescribeTable',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
      resources: [tables(config, nameOf(config, '*'))],
      owner: 'workload',
    },
    {
      // Only a restored copy may be scanned. AWS Backup names it so (AWS Backup Developer Guide, "Restore testing inferred metadata").
      sid: 'OurCallersCountWhatARestoreTestRestored',
      actions: ['dynamodb:DescribeTable', 'dynamodb:Scan'],
      resources: [tables(config, 'awsbackup-restore-test-*')],
      owner: 'workload',
    },
  ],
  kms: (config) => [
    {
      sid: 'OurCallersOpenAndSealWithOurKeys',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [keys(config, 'workload')],
      owner: 'workload',
    },
    {
      // A data key is wrapped a second time by a key of the recovery account; opening it again is not possible from here.
      sid: 'OurCallersSealForRecovery',
      actions: ['kms:Encrypt'],
      resources: [keys(config, 'recovery')],
      owner: 'recovery',
    },
  ],
  logs: (config) => [
    {
      // The daily comparison of the trail's reads with the ledger. What functions log goes by the Lambda service, not through here.
      sid: 'OurCallersReadTheTrail',
      actions: ['logs:FilterLogEvents'],
      resources: [trailLogGroup(config)],
      owner: 'workload',
    },
  ],
  s3: (config) => [
    {
      sid: 'OurCallersReadAndWriteObjectsOfOurBuckets',
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [`arn:aws:s3:::${bucketName(config, 'attachments', reachedBuckets.attachments)}/*`],
      owner: 'workload',
    },
    {
      sid: 'OurCallersPutCheckpointsIntoTheArchive',
      actions: ['s3:PutObject'],
      resources: [`arn:aws:s3:::${bucketName(config, 'archive', reachedBuckets.archive)}/${archivePrefixes.ledger}/*`],
      owner: 'audit',
    },
  ],
  'sms-voice': (config) => [
    {
      // Words leave the network here: what they say is fixed, and who receives them is registered.
      sid: 'OurCallersTextFromOurNumber',
      actions: ['sms-voice:SendTextMessage'],
      resources: [originationIdentityArn(config), notificationSettingsArn(config)],
      owner: 'workload',
    },
    {
      // A voice message knows no resource (Service Authorization Reference, "AWS End User Messaging SMS and Voice V2").
      sid: 'OurCallersCallByVoice',
      actions: ['sms-voice:SendVoiceMessage'],
      resources: ['*'],
      owner: 'workload',
    },
  ],
  sns: (config) => [
    // A text message to a telephone number is published without a topic, and so does not match.
    { sid: 'OurCallersTellTheAlertsTopic', actions: ['sns:Publish'], resources: [alertsTopicArn(config)], owner: 'workload' },
  ],
} satisfies Record<Exclude<EndpointName, 'sts'>, (config: EnvironmentConfig) => readonly Passage[]>

/**
 * A token is exchanged by a request that nobody signs, so that no condition on the caller can match; the roles are named instead. Session tags in the
 * token ask for `sts:TagSession` besides (IAM User Guide, "Pass session tags in AWS STS").
 */
const tokenExchange = (config: EnvironmentConfig): object => ({
  Sid: 'TokensOpenOurSessionsUnsigned',
  Effect: 'Allow',
  Principal: '*',
  Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
  Resource: sessionRoles.map((role) => roleArn(config, 'workload', role)),
})

const statementOf = ({ accounts }: EnvironmentConfig, { sid, actions, resources, owner }: Passage): object => ({
  Sid: sid,
  Effect: 'Allow',
  Principal: '*',
  Action: actions,
  Resource: resources,
  Condition: resources.includes('*')
    ? // Where an action knows no resource, nobody documents whether a request says whose it is; where it does, it must be ours.
      {
        StringEquals: { 'aws:PrincipalAccount': accounts.workload },
        StringEqualsIfExists: { 'aws:ResourceAccount': accounts[owner] },
      }
    : { StringEquals: { 'aws:PrincipalAccount': accounts.workload, 'aws:ResourceAccount': accounts[owner] } },
})

const tables = ({ accounts, regions }: EnvironmentConfig, name: string): string =>
  `arn:aws:dynamodb:${regions.primary}:${accounts.workload}:table/${name}`

const keys = ({ accounts, regions }: EnvironmentConfig, owner: Duty): string => `arn:aws:kms:${regions.primary}:${accounts[owner]}:key/*`

/** ARN of the settings that every notification is sent with; they bind it to one country. */
export const notificationSettingsArn = (config: EnvironmentConfig): string =>
  `arn:aws:sms-voice:${config.regions.primary}:${config.accounts.workload}:configuration-set/${nameOf(config, 'notifications')}`

const trailLogGroup = (config: EnvironmentConfig): string =>
  `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${logGroupName(config, 'trail')}:*`
