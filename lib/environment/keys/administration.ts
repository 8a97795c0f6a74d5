import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { cloudFormationRoleArn, type Duty, roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { allow, identitiesOf } from '../constructs/resource-statements.ts'

/** What the account's root user may do: mend a policy that locks everybody else out. Using the key is not among it. */
const mending = ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListKeyPolicies', 'kms:PutKeyPolicy', 'kms:EnableKey', 'kms:CancelKeyDeletion']

/** What the custodian may do: look, stop the key in an emergency and start it again. No grant, replica, policy, deletion or use. */
export const custodianActions = [
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
] as const

/** What CloudFormation needs to keep the key as its template says. */
const deploying = [
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
]

/**
 * Who administers a key, and how. There is no statement that hands the key to IAM: AWS's default key policy does so, and anyone
 * who can write an identity policy could then use the key (AWS KMS Developer Guide, "Default key policy").
 */
export function administrationStatements(config: EnvironmentConfig, duty: Duty, region: string): PolicyStatement[] {
  const account = config.accounts[duty]
  return [
    // "Allows access to the AWS account" is what a root principal means; the condition narrows it to the root user itself
    // (IAM User Guide, "AWS global condition context keys", aws:PrincipalType). Its use rings the alarm root-user-activity.
    allow('RootUserCanMendThePolicy', identitiesOf(account), mending, { StringEquals: { 'aws:PrincipalType': 'Account' } }),
    allow('CustodianLooksAndStops', { AWS: roleArn(config, duty, 'custodian') }, custodianActions),
    allow('FoundationDeploymentKeepsTheKey', { AWS: cloudFormationRoleArn(account, region, 'foundation') }, [
      ...deploying,
      // A trial is removed with its keys; production's are never scheduled for deletion by a stack.
      ...(config.purpose === 'trial' ? ['kms:ScheduleKeyDeletion'] : []),
    ]),
  ]
}
