import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { allow, deny, identitiesOf } from '../constructs/resource-statements.ts'
import { useActions } from '../keys/actions.ts'

const context = ['practice', 'patient']

/** Roles of the workload account that make data keys, and so wrap each a second time: patient intake, and providers in session. */
const sealers = ['intake', 'provider-session'] as const

/**
 * Use of the recovery key. Whoever makes data keys in the workload account seals with it and can never open: it wraps each patient's data key a second time, under the
 * encryption context of practice and patient. Opening takes two people of the recovery account: one grants, the other opens, and the grant
 * says which practice or patient. So whoever holds the workload account, or one of the two roles, reads nothing with this key.
 */
export function recoveryKeyUsage(config: EnvironmentConfig): PolicyStatement[] {
  const workload = identitiesOf(config.accounts.workload)
  const approver = roleArn(config, 'recovery', 'recovery-approver')
  const opener = roleArn(config, 'recovery', 'recovery-opener')
  return [
    allow('WorkloadSealsForAPatient', workload, ['kms:Encrypt'], {
      StringEquals: { 'kms:CallerAccount': config.accounts.workload },
      ArnEquals: { 'aws:PrincipalArn': sealers.map((role) => roleArn(config, 'workload', role)) },
      Null: Object.fromEntries(context.map((key) => [`kms:EncryptionContext:${key}`, 'false'])),
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': context },
    }),
    allow('WorkloadDescribes', workload, ['kms:DescribeKey'], {
      StringEquals: { 'kms:CallerAccount': config.accounts.workload },
    }),
    // `ForAllValues` holds for no value at all, hence the Null test beside it (IAM User Guide, "Condition operators").
    allow('ApproverLetsTheOpenerDecrypt', { AWS: approver }, ['kms:CreateGrant'], {
      StringEquals: { 'kms:GranteePrincipal': opener, 'kms:GrantConstraintType': ['EncryptionContextEquals', 'EncryptionContextSubset'] },
      'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] },
      Null: { 'kms:GrantOperations': 'false' },
    }),
    allow('ApproverTakesItBack', { AWS: approver }, ['kms:RevokeGrant', 'kms:ListGrants', 'kms:DescribeKey']),
    // An allowing statement for Decrypt does not exist. This denies it to everybody a grant could be made for by mistake.
    deny('NobodyElseOpens', ['kms:Decrypt'], { ArnNotEquals: { 'aws:PrincipalArn': opener } }),
    deny('NobodyElseGrants', ['kms:CreateGrant'], { ArnNotEquals: { 'aws:PrincipalArn': approver } }),
    // Re-encryption can change the context, and a data key generated here would be held by whoever asked for it.
    deny(
      'SealingAndOpeningAreAllThereIs',
      useActions.filter((action) => action !== 'kms:Encrypt' && action !== 'kms:Decrypt'),
    ),
    deny('NobodyThroughAnotherService', useActions, { Null: { 'kms:ViaService': 'false' } }),
  ]
}
