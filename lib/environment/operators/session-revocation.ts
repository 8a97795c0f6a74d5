import type { Duty } from '../../config/names.ts'

/** Boundaries of the workload account's own making: sessions of signed-in people, functions and service roles, and the roles the pipeline deploys with. */
const workloadBoundaries = ['session-boundary', 'workload-boundary', 'workload-deployer-boundary'] as const

/** The customer managed policies that bound every identity of an account whose sessions can be revoked. */
export type Boundary = 'operator-boundary' | (typeof workloadBoundaries)[number]

/** The boundaries that stand in an account of these duties. The operators' comes last: whoever moves it ends their own session. */
export const boundariesOf = (duties: readonly Duty[]): readonly Boundary[] => [
  ...(duties.includes('workload') ? workloadBoundaries : []),
  'operator-boundary',
]

/** Statement id that the revocation command looks for in each boundary. */
export const revocationSid = 'RevokeOlderSessions'

/** Where the date starts: before any session there ever was. */
export const nothingRevoked = '1970-01-01T00:00:00Z'

/**
 * Denies everything to a session issued before a moment (IAM User Guide, "Revoke IAM role temporary security credentials").
 * It stands last in its policy: the HIPAA pack's patterns read a "*" that stands before an Allow as part of it.
 *
 * @param moment ISO 8601 in UTC
 */
export const revokeOlderSessions = (moment: string) => ({
  Sid: revocationSid,
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { DateLessThan: { 'aws:TokenIssueTime': moment } },
})
