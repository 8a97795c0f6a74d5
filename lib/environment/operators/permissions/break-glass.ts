import { bucketName, roleArn, tableArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import { keysNamed, opensThrough, withAlias } from './keys.ts'

/**
 * What may be read in an emergency: "procedures for obtaining necessary electronic protected health information during an emergency"
 * (45 CFR 164.312(a)(2)(ii)). Reading only, one item or one partition at a time; every call stands in the trail and rings.
 */
export const breakGlassPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  {
    sid: 'ReadRecordsInAnEmergency',
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DescribeTable'],
    resources: [tableArn(config, 'records'), tableArn(config, 'wrapped-keys')],
  },
  {
    sid: 'ReadAttachmentsInAnEmergency',
    actions: ['s3:GetObject'],
    resources: [
      {
        matching: `arn:aws:s3:::${bucketName(config, 'attachments', 'workload')}/*`,
        because: 'Which attachment an emergency needs is not known beforehand.',
      },
    ],
  },
  {
    sid: 'OpenTablesAtRest',
    actions: ['kms:Decrypt', 'kms:DescribeKey'],
    resources: [keysNamed(config, 'workload')],
    conditions: opensThrough(config, 'storage', 'dynamodb'),
  },
  {
    sid: 'OpenAttachmentsAtRest',
    actions: ['kms:Decrypt'],
    resources: [keysNamed(config, 'workload')],
    conditions: opensThrough(config, 'storage', 's3', {
      'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucketName(config, 'attachments', 'workload')}`,
    }),
  },
  {
    sid: 'UnwrapPatientKeys',
    actions: ['kms:Decrypt'],
    resources: [keysNamed(config, 'workload')],
    conditions: { ...withAlias(config, 'vault'), Null: { 'kms:ViaService': 'true' } },
  },
]

/** Levels at which the FIDO Alliance certifies an authenticator; a synced passkey has none (IAM User Guide, "Supported configurations for using passkeys and security keys"). */
const certified = ['L1', 'L1plus', 'L2', 'L2plus', 'L3', 'L3plus']

/** What the two users may do before they enter the role: keep their own security key, and enter. */
export const breakGlassDoorPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  {
    sid: 'SeePasswordRules',
    actions: ['iam:GetAccountPasswordPolicy'],
    resources: [{ matching: '*', because: 'The rules are of the account; the action knows no resource.' }],
  },
  { sid: 'KeepOwnPassword', actions: ['iam:ChangePassword', 'iam:GetUser'], resources: [ownUser(config)] },
  { sid: 'SeeOwnSecurityKeys', actions: ['iam:GetMFADevice', 'iam:ListMFADevices'], resources: [ownUser(config)] },
  {
    sid: 'BeginToRegisterASecurityKey',
    actions: ['iam:EnableMFADevice'],
    resources: [ownUser(config)],
    conditions: { StringEquals: { 'iam:RegisterSecurityKey': 'Create' } },
  },
  {
    sid: 'RegisterACertifiedSecurityKey',
    actions: ['iam:EnableMFADevice'],
    resources: [ownUser(config)],
    conditions: { StringEquals: { 'iam:RegisterSecurityKey': 'Activate', 'iam:FIDO-certification': certified } },
  },
  {
    sid: 'EnterBreakGlass',
    actions: ['sts:AssumeRole'],
    resources: [roleArn(config, 'workload', 'break-glass')],
    conditions: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
  },
]

const ownUser = ({ accounts }: EnvironmentConfig): string => `arn:aws:iam::${accounts.workload}:user/\${aws:username}`

/** Denies everything but registering a key to whoever has not shown one. */
export const nothingElseWithoutKey = {
  Sid: 'NothingElseWithoutTheirKey',
  Effect: 'Deny',
  NotAction: [
    'iam:ChangePassword',
    'iam:EnableMFADevice',
    'iam:GetAccountPasswordPolicy',
    'iam:GetMFADevice',
    'iam:GetUser',
    'iam:ListMFADevices',
  ],
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
}
