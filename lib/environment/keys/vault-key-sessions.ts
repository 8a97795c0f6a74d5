import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { allow, identitiesOf } from '../constructs/resource-statements.ts'
import { servedPractices, serviceWrites, sessionsAreMade } from '../people/phase.ts'

const ownPractice = '${aws:PrincipalTag/practice}'
const ownPatient = '${aws:PrincipalTag/patient}'

/**
 * Who opens and seals with the vault key day by day, in the phases that serve people: a provider in session within one practice, a patient in session for one
 * patient, and intake, which makes data keys and opens none. The encryption context is practice and patient, exactly. The roles are named in conditions, for they
 * are made after the key; what they may do stands in their own policies besides.
 */
export function vaultKeySessions(config: EnvironmentConfig): PolicyStatement[] {
  if (!sessionsAreMade(config.phase)) return []
  const writes = serviceWrites(config.phase)
  return [
    ...(writes
      ? [letIn(config, 'IntakeSealsForAPatient', 'intake', ['kms:GenerateDataKey'], { practice: servedPractices(config) }, [])]
      : []),
    letIn(
      config,
      writes ? 'ProvidersOpenAndSealInTheirPractice' : 'ProvidersOpenInTheirPractice',
      'provider-session',
      ['kms:Decrypt', ...(writes ? ['kms:GenerateDataKey'] : [])],
      { practice: ownPractice },
      ['practice'],
    ),
    letIn(config, 'PatientsOpenTheirOwn', 'patient-session', ['kms:Decrypt'], { practice: ownPractice, patient: ownPatient }, [
      'practice',
      'patient',
    ]),
  ]
}

// `ForAllValues` holds for no value at all, and a variable without its tag for none, hence the Null tests (IAM User Guide, "Single-valued vs. multivalued context keys").
function letIn(
  config: EnvironmentConfig,
  sid: string,
  role: string,
  actions: readonly string[],
  context: Readonly<Record<string, string | readonly string[]>>,
  tags: readonly string[],
): PolicyStatement {
  const contextKeys = ['practice', 'patient']
  return allow(sid, identitiesOf(config.accounts.workload), actions, {
    ArnEquals: { 'aws:PrincipalArn': roleArn(config, 'workload', role) },
    StringEquals: Object.fromEntries(Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': contextKeys },
    Null: {
      'kms:EncryptionContextKeys': 'false',
      ...Object.fromEntries(contextKeys.map((key) => [`kms:EncryptionContext:${key}`, 'false'])),
      ...Object.fromEntries(tags.map((tag) => [`aws:PrincipalTag/${tag}`, 'false'])),
    },
  })
}
