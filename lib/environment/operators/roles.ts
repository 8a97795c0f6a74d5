import { type Duty, duties } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { Permission } from '../constructs/least-policy.ts'
import { custodianActions } from '../keys/administration.ts'
import { custodianPermissions } from './permissions/custodian.ts'
import { investigatorPermissions } from './permissions/investigator.ts'
import { privacyOfficerPermissions } from './permissions/privacy-officer.ts'
import { recordsOfficerPermissions } from './permissions/records-officer.ts'
import { recoveryApproverPermissions, recoveryOpenerPermissions } from './permissions/recovery.ts'
import { responderPermissions } from './permissions/responder.ts'
import { reviewerPermissions } from './permissions/reviewer.ts'

/** A role that people enter through IAM Identity Center. */
export interface PeopleRole {
  /** Name of the role: `custodian`. */
  readonly what: string
  /** The permission set whose holders may enter, as it is called in IAM Identity Center; at most 32 characters. */
  readonly permissionSet: string
  /** Duties in whose accounts it stands. */
  readonly duties: readonly Duty[]
  /** One sentence for the IAM console. */
  readonly description: string
  /** @param held duties of the account the role stands in */
  readonly permissions: (config: EnvironmentConfig, held: readonly Duty[]) => readonly Permission[]
  /** What key policies let the role do, which the boundary must let through. @default none */
  readonly byKeyPolicy?: readonly `${string}:${string}`[]
}

/** Every role that people hold day by day. No two of them are for the same person where one checks the other: approver and opener, custodian and any reader. */
export const peopleRoles: readonly PeopleRole[] = [
  {
    what: 'custodian',
    permissionSet: 'SafeHarborCustodian',
    duties,
    description: 'Looks after the keys and stops them in an emergency; never uses one.',
    permissions: custodianPermissions,
    byKeyPolicy: custodianActions,
  },
  {
    what: 'responder',
    permissionSet: 'SafeHarborResponder',
    duties,
    description: 'Revokes every session issued before now, and takes the service offline; can do nothing else.',
    permissions: responderPermissions,
  },
  {
    what: 'reviewer',
    permissionSet: 'SafeHarborReviewer',
    duties,
    description: 'Reads how the account is configured; reads no data.',
    permissions: reviewerPermissions,
  },
  {
    what: 'investigator',
    permissionSet: 'SafeHarborInvestigator',
    duties: ['audit'],
    description: 'Queries the archive of evidence; writes nothing but query results.',
    permissions: investigatorPermissions,
  },
  {
    what: 'privacy-officer',
    permissionSet: 'SafeHarborPrivacyOfficer',
    duties: ['workload'],
    description: 'Reads the access ledger to answer whose data was seen; reads no record.',
    permissions: privacyOfficerPermissions,
  },
  {
    what: 'records-officer',
    permissionSet: 'SafeHarborRecordsOfficer',
    duties: ['workload'],
    description: 'Erases patients and practices by deleting their wrapped keys; opens none.',
    permissions: recordsOfficerPermissions,
  },
  {
    what: 'recovery-approver',
    permissionSet: 'SafeHarborRecoveryApprover',
    duties: ['recovery'],
    description: 'Lets the opener open one patient key of the recovery account; opens nothing.',
    permissions: recoveryApproverPermissions,
    byKeyPolicy: ['kms:CreateGrant', 'kms:RevokeGrant', 'kms:ListGrants', 'kms:DescribeKey'],
  },
  {
    what: 'recovery-opener',
    permissionSet: 'SafeHarborRecoveryOpener',
    duties: ['recovery'],
    description: 'Opens what the approver has approved; approves nothing.',
    permissions: recoveryOpenerPermissions,
    byKeyPolicy: ['kms:Decrypt', 'kms:DescribeKey', 'kms:RetireGrant'],
  },
]

/** The roles that stand in an account of these duties. */
export const peopleRolesOf = (held: readonly Duty[]): readonly PeopleRole[] =>
  peopleRoles.filter((role) => role.duties.some((duty) => held.includes(duty)))

/** Names of every role and policy this stack makes in the workload account: what the workload path must not touch. */
export const operatorNames: readonly string[] = [
  ...peopleRoles.map(({ what }) => what),
  'break-glass',
  'break-glass-door',
  'deployment',
  'operator-boundary',
  'workload-boundary',
  'workload-deployer-boundary',
]
