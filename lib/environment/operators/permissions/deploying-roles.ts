import { keyAlias, nameOf, policyArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission, WildcardResource } from '../../constructs/least-policy.ts'
import { operatorNames } from '../roles.ts'

/** Services whose linked roles the pipeline's stacks bring with them. */
const linkedServices = [
  'access-analyzer.amazonaws.com',
  'backup.amazonaws.com',
  'config-conforms.amazonaws.com',
  'config.amazonaws.com',
  'guardduty.amazonaws.com',
  'macie.amazonaws.com',
  'malware-protection.guardduty.amazonaws.com',
  'ops.apigateway.amazonaws.com',
  'restore-testing.backup.amazonaws.com',
  'securityhub.amazonaws.com',
  'wafv2.amazonaws.com',
]

/** Roles that AWS services make for themselves, once an account. */
export const serviceLinkedRoles = ({ accounts }: EnvironmentConfig): Permission[] => [
  {
    sid: 'LetServicesHaveTheirLinkedRoles',
    actions: ['iam:CreateServiceLinkedRole'],
    resources: [
      { matching: 'arn:aws:iam::*:role/aws-service-role/*', because: 'The service names the role; the condition names the service.' },
    ],
    conditions: { StringEquals: { 'iam:AWSServiceName': linkedServices } },
  },
  {
    // Deletion knows no condition on the service; the path of the role names it (Service Authorization Reference, "AWS Identity and Access Management (IAM)").
    sid: 'LetServicesLoseTheirLinkedRoles',
    actions: ['iam:DeleteServiceLinkedRole'],
    resources: linkedServices.map((service) => ({
      matching: `arn:aws:iam::${accounts.workload}:role/aws-service-role/${service}/*`,
      because: 'The service names the role.',
    })),
  },
  {
    sid: 'SeeLinkedRoles',
    actions: ['iam:GetRole', 'iam:GetServiceLinkedRoleDeletionStatus'],
    resources: [{ matching: `arn:aws:iam::${accounts.workload}:role/aws-service-role/*`, because: 'The service names the role.' }],
  },
  {
    sid: 'LetConfigRecordWithItsLinkedRole',
    actions: ['iam:PassRole'],
    resources: [`arn:aws:iam::${accounts.workload}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`],
    conditions: { StringEquals: { 'iam:PassedToService': 'config.amazonaws.com' } },
  },
]

const ourRoles = (config: EnvironmentConfig): WildcardResource => ({
  matching: `arn:aws:iam::${config.accounts.workload}:role/${nameOf(config, '*')}`,
  because: 'Roles of this environment; those of operators and of the foundation are denied below.',
})
const ourPolicies = (config: EnvironmentConfig): WildcardResource => ({
  matching: `arn:aws:iam::${config.accounts.workload}:policy/${nameOf(config, '*')}`,
  because: 'Policies of this environment; those of operators and of the foundation are denied below.',
})

/** Roles and policies of the pipeline's own stacks, none without the workload boundary. */
export const makingRoles = (config: EnvironmentConfig): Permission[] => [
  {
    sid: 'MakeRolesWithinTheBoundary',
    actions: ['iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DetachRolePolicy', 'iam:PutRolePermissionsBoundary'],
    resources: [ourRoles(config)],
    conditions: { StringEquals: { 'iam:PermissionsBoundary': policyArn(config, 'workload', 'workload-boundary') } },
  },
  {
    sid: 'KeepRoles',
    actions: [
      'iam:DeleteRole',
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
      'iam:ListRoleTags',
      'iam:TagRole',
      'iam:UntagRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:UpdateRole',
      'iam:UpdateRoleDescription',
    ],
    resources: [ourRoles(config)],
  },
  {
    sid: 'KeepPolicies',
    actions: [
      'iam:CreatePolicy',
      'iam:CreatePolicyVersion',
      'iam:DeletePolicy',
      'iam:DeletePolicyVersion',
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
      'iam:ListEntitiesForPolicy',
      'iam:ListPolicyTags',
      'iam:ListPolicyVersions',
      'iam:TagPolicy',
      'iam:UntagPolicy',
    ],
    resources: [ourPolicies(config)],
  },
  {
    sid: 'HandRolesToTheirServices',
    actions: ['iam:PassRole'],
    resources: [ourRoles(config)],
    conditions: {
      StringEquals: {
        'iam:PassedToService': [
          'apigateway.amazonaws.com',
          'backup.amazonaws.com',
          'config.amazonaws.com',
          'events.amazonaws.com',
          'guardduty.amazonaws.com',
          'lambda.amazonaws.com',
          'malware-protection-plan.guardduty.amazonaws.com',
          // A selection of a restore testing plan takes its role for this service (Service Authorization Reference, "AWS Backup").
          'restore-testing.backup.amazonaws.com',
          'scheduler.amazonaws.com',
          'sms-voice.amazonaws.com',
        ],
      },
    },
  },
]

/** Roles and policies of foundation stacks in the workload account, besides the operators', by the start of their names. */
const foundationNames = [
  'default-security-group*',
  'flow-log-delivery*',
  'patient-session*',
  'provider-session*',
  'session-boundary*',
  'token*',
  'trail-delivery*',
  'workload-deployment*',
]

/** What the pipeline must not touch, whatever else it is allowed. */
export const neverDeployed = (config: EnvironmentConfig): Permission[] => [
  {
    sid: 'NeverTouchOperatorsAndBoundaries',
    effect: 'Deny',
    actions: ['iam:*'],
    resources: [...operatorNames, ...foundationNames].flatMap((name) => [
      `arn:aws:iam::*:role/${nameOf(config, name)}`,
      `arn:aws:iam::*:policy/${nameOf(config, name)}`,
    ]),
  },
  { sid: 'NeverTakeABoundaryOff', effect: 'Deny', actions: ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePolicy'], resources: ['*'] },
  {
    sid: 'NeverOpenTheVault',
    effect: 'Deny',
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:CreateGrant'],
    resources: ['*'],
    conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [keyAlias(config, 'vault')] } },
  },
  {
    sid: 'NeverTouchTrailKeysOrNetwork',
    effect: 'Deny',
    actions: [
      'cloudtrail:*',
      'organizations:*',
      'kms:CreateKey',
      'kms:DeleteAlias',
      'kms:DisableKey*',
      'kms:PutKeyPolicy',
      'kms:ScheduleKeyDeletion',
      'kms:UpdateAlias',
      'ec2:*Gateway*',
      'ec2:*Peering*',
      'ec2:*Route*',
      'ec2:*VpcEndpoint*',
      'ec2:DeleteFlowLogs',
      'ec2:ModifyVpc*',
    ],
    resources: ['*'],
  },
  {
    sid: 'NeverTouchTheArchive',
    effect: 'Deny',
    actions: ['s3:*'],
    resources: [`arn:aws:s3:::${nameOf(config, 'archive-*')}`, `arn:aws:s3:::${nameOf(config, 'archive-*')}/*`],
  },
]
