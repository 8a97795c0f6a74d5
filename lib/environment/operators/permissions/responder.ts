import { type Duty, nameOf } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import { boundariesOf } from '../session-revocation.ts'

/** What `safe-harbor revoke-sessions` calls, on the boundaries of the account and on nothing else. */
export const responderPermissions = (config: EnvironmentConfig, held: readonly Duty[]): readonly Permission[] => [
  {
    sid: 'MoveTheRevocationDate',
    actions: ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListPolicyVersions', 'iam:CreatePolicyVersion', 'iam:DeletePolicyVersion'],
    resources: boundariesOf(held).map((name) => `arn:aws:iam::${accountOf(config, held)}:policy/${nameOf(config, name)}`),
  },
]

const accountOf = (config: EnvironmentConfig, [duty]: readonly Duty[]): string => config.accounts[duty ?? 'workload']
