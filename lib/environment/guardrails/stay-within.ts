import { deploymentPaths, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { stackArns } from '../../config/stacks.ts'
import { exceptDeployments, exceptFoundation } from './exempt.ts'
import type { OrganizationPolicy } from './organization-policy.ts'

/** Services with one endpoint for the whole world, which the Region rule would cut off (AWS Organizations User Guide, "General examples": deny by requested Region). */
const globalServices = [
  'account:*',
  'aws-portal:*',
  'billing:*',
  'budgets:*',
  'ce:*',
  'cur:*',
  'ec2:DescribeRegions',
  'health:*',
  'iam:*',
  'organizations:*',
  'pricing:*',
  'route53:*',
  's3:GetAccountPublicAccessBlock',
  's3:ListAllMyBuckets',
  's3:PutAccountPublicAccessBlock',
  'servicequotas:*',
  'shield:*',
  'sso:*',
  'sts:*',
  'support:*',
  'supportplans:*',
  'tag:GetResources',
  'trustedadvisor:*',
]

/** What the root user may still do: mend the policy of a key that locks everybody else out, as the key policies let it. */
const rootMends = [
  'kms:CancelKeyDeletion',
  'kms:DescribeKey',
  'kms:EnableKey',
  'kms:GetKeyPolicy',
  'kms:ListAliases',
  'kms:ListKeyPolicies',
  'kms:ListKeys',
  'kms:PutKeyPolicy',
]

const regionsInUse = ({ regions: { primary, recovery } }: EnvironmentConfig): readonly string[] =>
  recovery === undefined ? [primary] : [primary, recovery]

/** Where the accounts may act, and what stays with the foundation path. */
export const stayWithin = (config: EnvironmentConfig): OrganizationPolicy => ({
  what: 'stay-within',
  type: 'SERVICE_CONTROL_POLICY',
  description: 'Two Regions at most, no leaving, no root user, no identities but those of the deployments.',
  statements: [
    {
      Sid: 'OnlyTheRegionsInUse',
      Effect: 'Deny',
      NotAction: globalServices,
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': regionsInUse(config) } },
    },
    {
      Sid: 'NobodyLeavesOrCloses',
      Effect: 'Deny',
      Action: ['account:CloseAccount', 'account:DisableRegion', 'account:EnableRegion', 'organizations:LeaveOrganization'],
      Resource: '*',
    },
    {
      Sid: 'TheRootUserOnlyMendsKeys',
      Effect: 'Deny',
      NotAction: rootMends,
      Resource: '*',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
    },
    {
      Sid: 'NobodyMakesLongLivedKeys',
      Effect: 'Deny',
      Action: ['iam:CreateAccessKey', 'iam:CreateServiceSpecificCredential', 'iam:UploadSSHPublicKey', 'iam:UploadSigningCertificate'],
      Resource: '*',
    },
    {
      Sid: 'OnlyTheFoundationMakesUsersAndProviders',
      Effect: 'Deny',
      Action: [
        'iam:AddClientIDToOpenIDConnectProvider',
        'iam:AddUserToGroup',
        'iam:AttachGroupPolicy',
        'iam:AttachUserPolicy',
        'iam:CreateOpenIDConnectProvider',
        'iam:CreateSAMLProvider',
        'iam:CreateUser',
        'iam:DeleteUserPermissionsBoundary',
        'iam:PutGroupPolicy',
        'iam:PutUserPermissionsBoundary',
        'iam:PutUserPolicy',
        'iam:UpdateOpenIDConnectProviderThumbprint',
        'iam:UpdateSAMLProvider',
      ],
      // Identity Center keeps the provider it signs people in with by its own service-linked role, which service control policies do not bind.
      Resource: '*',
      Condition: exceptFoundation(),
    },
    {
      Sid: 'OnlyDeploymentsMakeRoles',
      Effect: 'Deny',
      Action: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRolePermissionsBoundary',
        'iam:PutRolePolicy',
        'iam:UpdateAssumeRolePolicy',
      ],
      Resource: [`arn:aws:iam::*:role/${nameOf(config, '*')}`],
      Condition: exceptDeployments,
    },
    {
      Sid: 'OnlyTheResponderMovesBoundaries',
      Effect: 'Deny',
      Action: ['iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:DeletePolicyVersion', 'iam:SetDefaultPolicyVersion'],
      Resource: [`arn:aws:iam::*:policy/${nameOf(config, '*-boundary')}`],
      Condition: exceptFoundation(`arn:aws:iam::*:role/${nameOf(config, 'responder')}`),
    },
    {
      Sid: 'ThePipelineStaysOffFoundationStacks',
      Effect: 'Deny',
      Action: [
        'cloudformation:CreateChangeSet',
        'cloudformation:DeleteStack',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:SetStackPolicy',
        'cloudformation:UpdateStack',
        'cloudformation:UpdateTerminationProtection',
      ],
      Resource: stackArns(config, 'foundation'),
      Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/cdk-${deploymentPaths.workload}-*` } },
    },
  ],
})
