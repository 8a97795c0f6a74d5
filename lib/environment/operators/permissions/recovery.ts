import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import { keysNamed } from './keys.ts'

/**
 * Opening a patient key in the recovery account takes two people. The key's policy lets the approver make a grant to the opener, for one
 * encryption context, and lets the opener open by grant only; here each is denied the other's half, whatever else they are given.
 */
export const recoveryApproverPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  findRecoveryKey,
  {
    sid: 'SeeWhatIsApproved',
    actions: ['kms:DescribeKey', 'kms:ListGrants'],
    resources: [
      { ...keysNamed(config, 'recovery'), because: 'The id of a key is random; the policy of each key says who sees its grants.' },
    ],
  },
  {
    sid: 'ApproverNeverOpens',
    effect: 'Deny',
    actions: ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:PutKeyPolicy'],
    resources: ['*'],
  },
]

/** @see recoveryApproverPermissions */
export const recoveryOpenerPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  findRecoveryKey,
  {
    sid: 'SeeTheKey',
    actions: ['kms:DescribeKey'],
    resources: [
      { ...keysNamed(config, 'recovery'), because: 'The id of a key is random; the policy of each key says who may open by grant.' },
    ],
  },
  { sid: 'OpenerNeverApproves', effect: 'Deny', actions: ['kms:CreateGrant', 'kms:ReEncrypt*', 'kms:PutKeyPolicy'], resources: ['*'] },
]

const findRecoveryKey: Permission = {
  sid: 'FindTheKey',
  actions: ['kms:ListKeys', 'kms:ListAliases'],
  resources: [{ matching: '*', because: 'Listing knows no narrower resource (Service Authorization Reference).' }],
}
