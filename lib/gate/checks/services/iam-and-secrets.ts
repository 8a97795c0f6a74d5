import { joinControls } from '../across-types.ts'
import type { ResourceControl } from '../control.ts'
import { iamAttachmentControls } from './iam-attachment.ts'
import { iamManagedPolicyControls } from './iam-managed-policies.ts'
import { iamPolicyGrantControls } from './iam-policy-grants.ts'
import { iamPolicyMeaningControls } from './iam-policy-meaning.ts'
import { iamRoleTogetherControls } from './iam-role-makers.ts'
import { iamRoleTrustControls } from './iam-role-trust.ts'
import { iamUserControls } from './iam-user.ts'
import { identityJoins } from './identity-joins.ts'
import { kmsControls } from './kms.ts'
import { resourcePolicyControls } from './resource-policy.ts'
import { resourcePolicySharingControls } from './resource-policy-sharing.ts'
import { secretsAnywhereControls } from './secrets-anywhere.ts'
import { secretsEnvironmentControls } from './secrets-environment.ts'
import { secretsScriptControls } from './secrets-scripts.ts'
import { secretsWrittenControls } from './secrets-written.ts'
import { secretsmanagerControls } from './secretsmanager.ts'
import { ssmParameterControls } from './ssm-parameter.ts'

/** Controls on who may do what, on keys, and on secrets. */
export const identityControls: readonly ResourceControl[] = joinControls(
  [
    ...iamPolicyGrantControls,
    ...iamPolicyMeaningControls,
    ...iamManagedPolicyControls,
    ...iamAttachmentControls,
    ...iamRoleTrustControls,
    ...iamRoleTogetherControls,
    ...iamUserControls,
    ...resourcePolicyControls,
    ...resourcePolicySharingControls,
    ...kmsControls,
    ...secretsmanagerControls,
    ...ssmParameterControls,
    ...secretsWrittenControls,
    ...secretsEnvironmentControls,
    ...secretsScriptControls,
    ...secretsAnywhereControls,
  ],
  identityJoins,
)
