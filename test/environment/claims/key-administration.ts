import type { Duty } from '../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Statement, single } from './policies.ts'

const allow = (Sid: string, AWS: string, Action: readonly string[], Condition?: object): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS },
  Action: single(Action),
  Resource: '*',
  ...(Condition && { Condition }),
})

/** Every action that uses a key. */
export const using = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
]

/** What every key's policy says of its administration. */
export function administration(config: EnvironmentConfig, duty: Duty, region: string | undefined): Statement[] {
  const account = config.accounts[duty]
  return [
    allow(
      'RootUserCanMendThePolicy',
      `arn:aws:iam::${account}:root`,
      ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListKeyPolicies', 'kms:PutKeyPolicy', 'kms:EnableKey', 'kms:CancelKeyDeletion'],
      { StringEquals: { 'aws:PrincipalType': 'Account' } },
    ),
    allow('CustodianLooksAndStops', `arn:aws:iam::${account}:role/safe-harbor-${config.name}-custodian`, [
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListGrants',
      'kms:ListKeyPolicies',
      'kms:ListKeyRotations',
      'kms:ListResourceTags',
      'kms:RotateKeyOnDemand',
      'kms:DisableKey',
      'kms:EnableKey',
      'kms:CancelKeyDeletion',
      'kms:RevokeGrant',
    ]),
    allow('FoundationDeploymentKeepsTheKey', `arn:aws:iam::${account}:role/cdk-shfound-cfn-exec-role-${account}-${region}`, [
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListResourceTags',
      'kms:PutKeyPolicy',
      'kms:EnableKeyRotation',
      'kms:UpdateKeyDescription',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:CreateAlias',
      'kms:UpdateAlias',
      'kms:DeleteAlias',
      ...(config.purpose === 'trial' ? ['kms:ScheduleKeyDeletion'] : []),
    ]),
  ]
}
