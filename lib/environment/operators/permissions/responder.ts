import { type Duty, nameOf } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { answeringFunctions } from '../../../config/service-concurrency.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import { boundariesOf } from '../session-revocation.ts'

/** What `safe-harbor revoke-sessions` calls, on the boundaries of the account and on nothing else, and what `safe-harbor offline` calls where the service runs. */
export const responderPermissions = (config: EnvironmentConfig, held: readonly Duty[]): readonly Permission[] => [
  {
    sid: 'MoveTheRevocationDate',
    actions: ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListPolicyVersions', 'iam:CreatePolicyVersion', 'iam:DeletePolicyVersion'],
    resources: boundariesOf(held).map((name) => `arn:aws:iam::${accountOf(config, held)}:policy/${nameOf(config, name)}`),
  },
  ...(held.includes('workload') ? offline(config) : []),
]

/** Closes the service and opens it again: the functions that answer callers, and the two IP sets of the firewall before the API. */
const offline = (config: EnvironmentConfig): Permission[] => {
  const { accounts, regions } = config
  return [
    {
      sid: 'StopAndStartTheService',
      actions: ['lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency'],
      resources: answeringFunctions.map(
        (name) => `arn:aws:lambda:${regions.primary}:${accounts.workload}:function:${nameOf(config, name)}`,
      ),
    },
    {
      sid: 'CloseAndOpenTheDoor',
      actions: ['wafv2:GetIPSet', 'wafv2:UpdateIPSet'],
      resources: ['v4', 'v6'].map((version) => ({
        matching: `arn:aws:wafv2:${regions.primary}:${accounts.workload}:regional/ipset/${nameOf(config, `offline-${version}`)}/*`,
        because: 'An IP set has a random id after its name.',
      })),
    },
    {
      sid: 'FindTheDoor',
      actions: ['wafv2:ListIPSets'],
      resources: [{ matching: '*', because: 'Listing knows no resource (Service Authorization Reference, "AWS WAF V2").' }],
    },
  ]
}

const accountOf = (config: EnvironmentConfig, [duty]: readonly Duty[]): string => config.accounts[duty ?? 'workload']
