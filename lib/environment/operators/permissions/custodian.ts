import type { Permission } from '../../constructs/least-policy.ts'

/** The custodian finds the keys and the alarms about them; what may be done with a key stands in the key's policy. */
export const custodianPermissions = (): readonly Permission[] => [
  {
    sid: 'FindKeys',
    actions: ['kms:ListKeys', 'kms:ListAliases', 'cloudwatch:DescribeAlarms', 'tag:GetResources'],
    resources: [{ matching: '*', because: 'Listing knows no narrower resource (Service Authorization Reference).' }],
  },
]
