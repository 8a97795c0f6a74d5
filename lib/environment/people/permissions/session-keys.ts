import { keyAlias } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import type { KeyArns } from '../../keys-stack.ts'
import { keysNamed } from '../../operators/permissions/keys.ts'
import { both, ownPatient, ownPractice } from './partitions.ts'

/** The context of a patient's data key: practice and patient, and nothing else. */
const contextOf = (values: Readonly<Record<string, string>>, tags: readonly string[]): NonNullable<Permission['conditions']> => ({
  StringEquals: values,
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['practice', 'patient'] },
  Null: {
    'kms:EncryptionContextKeys': 'false',
    'kms:EncryptionContext:practice': 'false',
    'kms:EncryptionContext:patient': 'false',
    'kms:ViaService': 'true',
    ...Object.fromEntries(tags.map((tag) => [`aws:PrincipalTag/${tag}`, 'false'])),
  },
})

/** The context of any patient of the session's practice. */
export const anyPatientOfThePractice = contextOf({ 'kms:EncryptionContext:practice': ownPractice }, ['practice'])

/** The context of the session's patient. */
export const thePatientAlone = contextOf({ 'kms:EncryptionContext:practice': ownPractice, 'kms:EncryptionContext:patient': ownPatient }, [
  'practice',
  'patient',
])

/** Wraps a data key a second time, by the recovery account's key, which cannot be opened from here. */
export const wrapForRecovery = (config: EnvironmentConfig): Permission => ({
  sid: 'WrapForRecovery',
  actions: ['kms:Encrypt'],
  resources: [keysNamed(config, 'recovery')],
  conditions: both(anyPatientOfThePractice, { StringEquals: { 'kms:RequestAlias': keyAlias(config, 'recovery') } }),
})

/** DynamoDB asks for the caller's right to decrypt even to write (Amazon DynamoDB Developer Guide, "DynamoDB encryption at rest: usage notes"). */
export const useTablesAtRest = ({ regions }: EnvironmentConfig, keys: KeyArns): Permission => ({
  sid: 'UseTablesAtRest',
  actions: ['kms:Decrypt'],
  resources: [keys.storage, keys.routing],
  conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${regions.primary}.amazonaws.com` } },
})

/** What a role may do in a phase in which no session is made. */
export const nothingInThisPhase: Permission = {
  sid: 'NothingInThisPhase',
  effect: 'Deny',
  actions: ['dynamodb:*', 'kms:*'],
  resources: ['*'],
}
