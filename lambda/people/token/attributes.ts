/**
 * Attributes of the pools, as Cognito names them in a trigger. Administrators alone write them: they stand in no app client's write attributes, and the pools are
 * counted among what can change what a session may open.
 */
export const attributes = {
  /** The person's opaque id in the pool, a UUID; Cognito gives it and nothing can change it. */
  subject: 'sub',
  /** Pool of providers: ids of the practices a provider works for, separated by spaces. */
  practices: 'custom:practices',
  /** Pool of patients: the one practice of a patient. */
  practice: 'custom:practice',
  /** Pool of patients: the id the patient's records are kept under. */
  patient: 'custom:patient',
} as const
