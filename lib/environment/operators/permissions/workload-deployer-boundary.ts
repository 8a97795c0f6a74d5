import { cloudFormationRoleArn, deploymentPaths } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { stackArns } from '../../../config/stacks.ts'
import type { Permission } from '../../constructs/least-policy.ts'

/**
 * Bounds the bootstrap roles of the workload path. The CDK's deploy role may work on every stack of the account, and a stack keeps the service role it was
 * made with: "If there are other users that have permissions to perform operations on this stack, they can use this role, even if they don't
 * have permission to pass it" (AWS CloudFormation User Guide, "AWS CloudFormation service role"). Unbounded, the pipeline could update the
 * keys stack with the foundation's role. `safe-harbor prepare` prints the command that puts this boundary on.
 */
export const workloadDeployerBoundaryPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  {
    sid: 'DeployWorkloadStacks',
    actions: [
      'cloudformation:CancelUpdateStack',
      'cloudformation:ContinueUpdateRollback',
      'cloudformation:CreateChangeSet',
      'cloudformation:CreateStack',
      'cloudformation:DeleteChangeSet',
      'cloudformation:DeleteStack',
      'cloudformation:DescribeChangeSet',
      'cloudformation:DescribeEvents',
      'cloudformation:DescribeStackEvents',
      'cloudformation:DescribeStackResources',
      'cloudformation:DescribeStacks',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:GetTemplate',
      'cloudformation:GetTemplateSummary',
      'cloudformation:ListStackResources',
      'cloudformation:RollbackStack',
      'cloudformation:TagResource',
      'cloudformation:UpdateStack',
      'cloudformation:UpdateTerminationProtection',
    ],
    resources: stackArns(config, 'workload', `${config.regions.primary}:${config.accounts.workload}`).map((matching) => ({
      matching,
      because: 'A stack id has a random end.',
    })),
  },
  {
    sid: 'SeeOtherStacks',
    actions: ['cloudformation:DescribeStacks'],
    resources: [
      {
        matching: `arn:aws:cloudformation:${config.regions.primary}:${config.accounts.workload}:stack/*`,
        because: "The bootstrap stack's version, and outputs of foundation stacks that the pipeline's stacks refer to.",
      },
    ],
  },
  {
    sid: 'PublishAndReadAssets',
    actions: [
      's3:AbortMultipartUpload',
      's3:GetBucketLocation',
      's3:GetEncryptionConfiguration',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
    ],
    resources: [assets(config), { matching: `${assets(config)}/*`, because: 'Assets are named by their hash.' }],
  },
  {
    sid: 'KnowTheBootstrapVersion',
    actions: ['ssm:GetParameter', 'ssm:GetParameters'],
    resources: [
      `arn:aws:ssm:${config.regions.primary}:${config.accounts.workload}:parameter/cdk-bootstrap/${deploymentPaths.workload}/version`,
    ],
  },
  {
    sid: 'HandOverToCloudFormation',
    actions: ['iam:PassRole'],
    resources: [cloudFormationRoleArn(config.accounts.workload, config.regions.primary, 'workload')],
    conditions: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
  },
  {
    sid: 'NeverTouchFoundationStacks',
    effect: 'Deny',
    actions: [
      'cloudformation:CreateChangeSet',
      'cloudformation:UpdateStack',
      'cloudformation:DeleteStack',
      'cloudformation:SetStackPolicy',
    ],
    resources: [...stackArns(config, 'foundation')],
  },
]

const assets = ({ accounts, regions }: EnvironmentConfig): string =>
  `arn:aws:s3:::cdk-${deploymentPaths.workload}-assets-${accounts.workload}-${regions.primary}`
