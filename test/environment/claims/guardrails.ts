import assert from 'node:assert/strict'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Claim, resourcesOf } from './claim.ts'

interface ExpectedGuardrail {
  readonly sid: string
  readonly principal?: '*'
  /** Several in one text, separated by spaces; `*` alone stays a text. */
  readonly actions?: string
  readonly notActions?: string
  readonly resources?: string
  readonly notResources?: string
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

const sessionRoles = 'arn:aws:iam::{workload}:role/{prefix}-provider-session arn:aws:iam::{workload}:role/{prefix}-patient-session'

// Stand for lists that come from the configuration.
const ours = ['{ours}']
const regions = ['{regions}']

/** Every guardrail of production in full. */
const expected = {
  'keep-evidence': {
    type: 'SERVICE_CONTROL_POLICY',
    description: 'The trail runs, detection stays on, keys and copies stay.',
    statements: [
      {
        sid: 'OnlyTheFoundationChangesTheTrail',
        actions: 'cloudtrail:DeleteTrail cloudtrail:PutEventSelectors cloudtrail:StopLogging cloudtrail:UpdateTrail',
        resources: '*',
        condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*'] } },
      },
      {
        sid: 'OnlyDeploymentsAdjustDetection',
        actions:
          'config:PutConfigurationRecorder config:PutDeliveryChannel guardduty:CreateFilter guardduty:UpdateDetector guardduty:UpdateFilter macie2:UpdateMacieSession securityhub:BatchDisableStandards securityhub:UpdateSecurityHubConfiguration',
        resources: '*',
        condition: {
          ArnNotLike: {
            'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*', 'arn:aws:iam::*:role/cdk-shwork-cfn-exec-role-*'],
          },
        },
      },
      {
        sid: 'NobodySwitchesDetectionOff',
        actions:
          'access-analyzer:DeleteAnalyzer config:DeleteConfigRule config:DeleteConfigurationRecorder config:DeleteConformancePack config:DeleteDeliveryChannel config:StopConfigurationRecorder guardduty:DeleteDetector guardduty:DisassociateFromAdministratorAccount macie2:DisableMacie macie2:DisassociateFromAdministratorAccount securityhub:DisableSecurityHub securityhub:DisassociateFromAdministratorAccount',
        resources: '*',
        condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*'] } },
      },
      { sid: 'NobodyDeletesKeys', actions: 'kms:DeleteImportedKeyMaterial kms:ScheduleKeyDeletion', resources: '*' },
      {
        sid: 'OnlyTheFoundationRenamesKeys',
        actions: 'kms:DeleteAlias kms:DisableKeyRotation kms:PutKeyPolicy kms:UpdateAlias kms:UpdatePrimaryRegion',
        resources: '*',
        condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*', 'arn:aws:iam::*:root'] } },
      },
      {
        sid: 'OnlyTheCustodianDisablesKeys',
        actions: 'kms:DisableKey',
        resources: '*',
        condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/{prefix}-custodian'] } },
      },
      {
        sid: 'NobodyRemovesCopies',
        actions:
          'backup:DeleteBackupVault backup:DeleteBackupVaultLockConfiguration backup:DeleteRecoveryPoint backup:DisassociateRecoveryPoint backup:DisassociateRecoveryPointFromParent backup:UpdateRecoveryPointLifecycle dynamodb:DeleteBackup',
        resources: '*',
        condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*'] } },
      },
      {
        sid: 'NobodyOpensBucketsToThePublic',
        actions: 's3:PutAccountPublicAccessBlock s3:PutBucketPublicAccessBlock s3:PutBucketAcl s3:PutObjectAcl',
        resources: '*',
        condition: {
          ArnNotLike: {
            'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*', 'arn:aws:iam::*:role/cdk-shwork-cfn-exec-role-*'],
          },
        },
      },
    ],
  },
  'stay-within': {
    type: 'SERVICE_CONTROL_POLICY',
    description: 'Two Regions at most, no leaving, no root user, no identities but those of the deployments.',
    statements: [
      {
        sid: 'OnlyTheRegionsInUse',
        notActions:
          'account:* aws-portal:* billing:* budgets:* ce:* cur:* ec2:DescribeRegions health:* iam:* organizations:* pricing:* route53:* s3:GetAccountPublicAccessBlock s3:ListAllMyBuckets s3:PutAccountPublicAccessBlock servicequotas:* shield:* sso:* sts:* support:* supportplans:* tag:GetResources trustedadvisor:*',
        resources: '*',
        condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
      },
      {
        sid: 'NobodyLeavesOrCloses',
        actions: 'account:CloseAccount account:DisableRegion account:EnableRegion organizations:LeaveOrganization',
        resources: '*',
      },
      {
        sid: 'TheRootUserOnlyMendsKeys',
        notActions:
          'kms:CancelKeyDeletion kms:DescribeKey kms:EnableKey kms:GetKeyPolicy kms:ListAliases kms:ListKeyPolicies kms:ListKeys kms:PutKeyPolicy',
        resources: '*',
        condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
      },
      {
        sid: 'NobodyMakesLongLivedKeys',
        actions: 'iam:CreateAccessKey iam:CreateServiceSpecificCredential iam:UploadSSHPublicKey iam:UploadSigningCertificate',
        resources: '*',
      },
      {
        sid: 'OnlyTheFoundationMakesUsersAndProviders',
        actions:
          'iam:AddClientIDToOpenIDConnectProvider iam:AddUserToGroup iam:AttachGroupPolicy iam:AttachUserPolicy iam:CreateOpenIDConnectProvider iam:CreateSAMLProvider iam:CreateUser iam:DeleteUserPermissionsBoundary iam:PutGroupPolicy iam:PutUserPermissionsBoundary iam:PutUserPolicy iam:UpdateOpenIDConnectProviderThumbprint iam:UpdateSAMLProvider',
        resources: '*',
        condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*'] } },
      },
      {
        sid: 'OnlyDeploymentsMakeRoles',
        actions: 'iam:AttachRolePolicy iam:CreateRole iam:DeleteRolePermissionsBoundary iam:PutRolePolicy iam:UpdateAssumeRolePolicy',
        resources: 'arn:aws:iam::*:role/{prefix}-*',
        condition: {
          ArnNotLike: {
            'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*', 'arn:aws:iam::*:role/cdk-shwork-cfn-exec-role-*'],
          },
        },
      },
      {
        sid: 'OnlyTheResponderMovesBoundaries',
        actions: 'iam:CreatePolicyVersion iam:DeletePolicy iam:DeletePolicyVersion iam:SetDefaultPolicyVersion',
        resources: 'arn:aws:iam::*:policy/{prefix}-*-boundary',
        condition: {
          ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/cdk-shfound-cfn-exec-role-*', 'arn:aws:iam::*:role/{prefix}-responder'] },
        },
      },
      {
        sid: 'ThePipelineStaysOffFoundationStacks',
        actions:
          'cloudformation:CreateChangeSet cloudformation:DeleteStack cloudformation:ExecuteChangeSet cloudformation:SetStackPolicy cloudformation:UpdateStack cloudformation:UpdateTerminationProtection',
        resources:
          'arn:aws:cloudformation:*:*:stack/{prefix}-operators/* arn:aws:cloudformation:*:*:stack/{prefix}-operators-audit/* arn:aws:cloudformation:*:*:stack/{prefix}-operators-recovery/* arn:aws:cloudformation:*:*:stack/{prefix}-archive/* arn:aws:cloudformation:*:*:stack/{prefix}-trail-audit/* arn:aws:cloudformation:*:*:stack/{prefix}-network/* arn:aws:cloudformation:*:*:stack/{prefix}-keys/* arn:aws:cloudformation:*:*:stack/{prefix}-audit/* arn:aws:cloudformation:*:*:stack/{prefix}-people/* arn:aws:cloudformation:*:*:stack/{prefix}-recovery-account/* arn:aws:cloudformation:*:*:stack/{prefix}-trail-recovery/* arn:aws:cloudformation:*:*:stack/{prefix}-recovery-region/* arn:aws:cloudformation:*:*:stack/{prefix}-guardrails/*',
        condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/cdk-shwork-*' } },
      },
    ],
  },
  'only-our-callers': {
    type: 'RESOURCE_CONTROL_POLICY',
    description:
      'Only principals of our accounts and AWS services acting for us call; federation only from our deployment and for sessions of our people.',
    statements: [
      {
        sid: 'OnlyPrincipalsOfOurAccounts',
        principal: '*',
        actions: 'kms:* s3:* secretsmanager:* sqs:* sts:AssumeRole',
        resources: '*',
        condition: { StringNotEqualsIfExists: { 'aws:PrincipalAccount': ours }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
      },
      {
        sid: 'ServicesActForUsOnly',
        principal: '*',
        actions: 'kms:* s3:* secretsmanager:* sqs:* sts:*',
        resources: '*',
        condition: {
          StringNotEquals: { 'aws:SourceAccount': ours },
          Null: { 'aws:SourceAccount': 'false' },
          Bool: { 'aws:PrincipalIsAWSService': 'true' },
        },
      },
      {
        sid: 'OnlyOurDeploymentFederates',
        principal: '*',
        actions: 'sts:AssumeRoleWithWebIdentity',
        notResources: sessionRoles,
        condition: { StringNotEquals: { 'token.actions.githubusercontent.com:sub': ['{subject}'] } },
      },
      {
        sid: 'PeopleOpenTheirSessionsInsideOurNetwork',
        principal: '*',
        actions: 'sts:AssumeRoleWithWebIdentity',
        resources: sessionRoles,
        condition: { ArnNotLike: { 'aws:SourceVpcArn': ['arn:aws:ec2:{region}:{workload}:vpc/*'] } },
      },
    ],
  },
} as const satisfies Record<
  string,
  { readonly type: string; readonly description: string; readonly statements: readonly ExpectedGuardrail[] }
>

const accountsOf = ({ accounts, guardrails }: EnvironmentConfig): readonly string[] => [
  accounts.workload,
  accounts.audit,
  accounts.recovery,
  ...(guardrails === undefined ? [] : [guardrails.managementAccount]),
]

const filled = (value: unknown, config: EnvironmentConfig): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll('["{ours}"]', JSON.stringify(accountsOf(config)))
      .replaceAll('["{regions}"]', JSON.stringify([config.regions.primary, config.regions.recovery]))
      .replaceAll('{workload}', config.accounts.workload)
      .replaceAll('{region}', config.regions.primary)
      .replaceAll('{prefix}', `safe-harbor-${config.name}`)
      .replaceAll('{subject}', `repo:${config.github.repository}:environment:${config.github.environment}`),
  )

const list = (text: string): string | readonly string[] => (text === '*' ? text : text.split(' '))
const rendered = ({ sid, principal, actions, notActions, resources, notResources, condition }: ExpectedGuardrail) => ({
  Sid: sid,
  Effect: 'Deny',
  ...(principal !== undefined && { Principal: principal }),
  ...(actions !== undefined && { Action: list(actions) }),
  ...(notActions !== undefined && { NotAction: list(notActions) }),
  ...(resources !== undefined && { Resource: list(resources) }),
  ...(notResources !== undefined && { NotResource: list(notResources) }),
  ...(condition && { Condition: condition }),
})

/** What the stack `guardrails` must say. */
export const guardrailsClaims: readonly Claim[] = [
  {
    says: 'the organization is given these policies and no others',
    stack: 'guardrails',
    check: (template, config) => {
      const names = Object.values(resourcesOf(template, 'AWS::Organizations::Policy')).map(({ Properties }) => Properties['Name'])
      assert.deepEqual(
        names.sort(),
        Object.keys(expected)
          .map((name) => `safe-harbor-${config.name}-${name}`)
          .sort(),
      )
      assert.equal(Object.keys(template.toJSON()['Resources'] as object).length, names.length)
    },
  },
  {
    says: 'the policies are attached one after the other, for the organization refuses two changes at once',
    stack: 'guardrails',
    check: (template) => {
      const policies = Object.entries(resourcesOf(template, 'AWS::Organizations::Policy'))
      const before = policies.map(([, { DependsOn }]) => DependsOn)
      assert.deepEqual(before, [undefined, ...policies.slice(0, -1).map(([id]) => [id])])
    },
  },
  ...Object.entries(expected).map(
    ([name, { type, description, statements }]): Claim => ({
      says: `${name} denies what is written down, word for word, for the targets of the configuration`,
      stack: 'guardrails',
      only: 'production',
      check: (template, config) => {
        const policies = Object.values(resourcesOf(template, 'AWS::Organizations::Policy'))
        const policy = policies.find(({ Properties }) => Properties['Name'] === `safe-harbor-${config.name}-${name}`)
        assert.deepEqual(policy?.Properties, {
          Name: `safe-harbor-${config.name}-${name}`,
          Description: description,
          Type: type,
          Content: { Version: '2012-10-17', Statement: filled(statements.map(rendered), config) },
          TargetIds: config.guardrails?.targets,
        })
        assert.deepEqual([policy?.DeletionPolicy, policy?.UpdateReplacePolicy], ['Retain', 'Retain'])
      },
    }),
  ),
]
