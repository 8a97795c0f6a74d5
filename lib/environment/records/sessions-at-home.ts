import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { DataClass } from '../../gate/assembly/facts.ts'
import { deny } from '../constructs/resource-statements.ts'
import { sessionRoles } from '../network/endpoint-policies.ts'

/**
 * What no session of a signed-in person does, whatever its role's policies come to say: reach an item without a practice to its name, without naming a partition, or
 * in a partition of another practice; and, where patient data is, a patient's session in a partition of another patient. No denial rests on a variable
 * whose tag is missing: its absence is refused by itself.
 */
export function sessionsStayAtHome(config: EnvironmentConfig, dataClass: DataClass, actions: readonly string[]): PolicyStatement[] {
  const sessions = sessionRoles.map((role) => roleArn(config, 'workload', role))
  const inSession = { ArnEquals: { 'aws:PrincipalArn': sessions } }
  const ofPatients = { ArnEquals: { 'aws:PrincipalArn': roleArn(config, 'workload', 'patient-session') } }
  return [
    deny('SessionsNameTheirPractice', actions, { ...inSession, Null: { 'aws:PrincipalTag/practice': 'true' } }),
    deny('SessionsNameAPartition', actions, { ...inSession, Null: { 'dynamodb:LeadingKeys': 'true' } }),
    deny('SessionsStayInTheirPractice', actions, {
      ...inSession,
      'ForAnyValue:StringNotLike': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/practice}#*'] },
    }),
    ...(dataClass === 'patient-data'
      ? [
          deny('PatientSessionsNameTheirPatient', actions, { ...ofPatients, Null: { 'aws:PrincipalTag/patient': 'true' } }),
          deny('PatientSessionsStayWithTheirPatient', actions, {
            ...ofPatients,
            'ForAnyValue:StringNotEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/practice}#${aws:PrincipalTag/patient}'] },
          }),
        ]
      : []),
  ]
}
