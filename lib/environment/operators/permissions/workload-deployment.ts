import { deploymentPaths, nameOf, policyArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import { type DeployedType, detectionTypes, functionTypes, nameless, serviceTypes, storeTypes } from './deployed-types.ts'
import { makingRoles, neverDeployed, serviceLinkedRoles } from './deploying-roles.ts'

/** Types of resource the pipeline may deploy. IAM roles and policies are besides: they have conditions of their own. */
export const deployedTypes: readonly string[] = [
  ...Object.keys(functionTypes),
  ...Object.keys(storeTypes),
  ...Object.keys(detectionTypes),
  ...Object.keys(serviceTypes),
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::IAM::ServiceLinkedRole',
]

/** The customer managed policies of the CloudFormation role of the workload path, by name; IAM takes at most 6144 characters in each. */
export const workloadDeploymentPolicies = {
  'workload-deployment': (config) => [...permissionsFor(config, functionTypes), ...usingKeysAndAssets(config)],
  'workload-deployment-stores': (config) => permissionsFor(config, storeTypes),
  'workload-deployment-detection': (config) => [...permissionsFor(config, detectionTypes), ...serviceLinkedRoles(config)],
  'workload-deployment-service': (config) => [...permissionsFor(config, serviceTypes), ...findingServices],
  'workload-deployment-roles': (config) => [...makingRoles(config), ...neverDeployed(config)],
} as const satisfies Record<string, (config: EnvironmentConfig) => readonly Permission[]>

/** ARNs for `cdk bootstrap --qualifier shwork`, where each has an option `--cloudformation-execution-policies` of its own. */
export const workloadDeploymentPolicyArns = (config: EnvironmentConfig): readonly string[] =>
  Object.keys(workloadDeploymentPolicies).map((name) => policyArn(config, 'workload', name))

const permissionsFor = (config: EnvironmentConfig, types: Readonly<Record<string, DeployedType>>): Permission[] =>
  Object.entries(types)
    .filter(([, { actions }]) => Object.keys(actions).length > 0)
    .map(([type, { actions, on }]) => ({
      // AWS::Lambda::Function becomes DeployLambdaFunction.
      sid: `Deploy${type.split('::').slice(1).join('')}`,
      actions: Object.entries(actions).flatMap(([service, names]) => names.split(' ').map((name) => `${service}:${name}` as const)),
      resources: on(config),
    }))

// What knows no resource. WAF has CloudWatch Logs write down who may deliver to a log group.
const findingServices: readonly Permission[] = [
  {
    sid: 'FindAndConnectServices',
    actions: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:PutResourcePolicy',
      'scheduler:ListScheduleGroups',
      'scheduler:ListSchedules',
      'wafv2:ListIPSets',
      'wafv2:ListLoggingConfigurations',
      'wafv2:ListWebACLs',
    ],
    resources: [{ matching: '*', because: nameless }],
  },
]

const usingKeysAndAssets = (config: EnvironmentConfig): Permission[] => {
  const { accounts, regions } = config
  const key = {
    matching: `arn:aws:kms:${regions.primary}:${accounts.workload}:key/*`,
    because: 'Key ids are random; the policy of each key says for which store it may be used.',
  }
  const through = ['backup', 'dynamodb', 's3', 'sns', 'sqs'].map((service) => `${service}.${regions.primary}.amazonaws.com`)
  return [
    {
      sid: 'EncryptStoresWithTheirKeys',
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:RetireGrant',
      ],
      resources: [key],
      conditions: { StringEquals: { 'kms:ViaService': through } },
    },
    {
      sid: 'LetStoresHoldTheirKeys',
      actions: ['kms:CreateGrant'],
      resources: [key],
      conditions: { StringEquals: { 'kms:ViaService': through }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    {
      sid: 'FindLogGroupsAndAlarms',
      actions: ['cloudwatch:DescribeAlarms', 'logs:DescribeIndexPolicies', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies'],
      resources: [{ matching: '*', because: nameless }],
    },
    {
      sid: 'ReadAssets',
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [
        {
          matching: `arn:aws:s3:::cdk-${deploymentPaths.workload}-assets-${accounts.workload}-${regions.primary}/*`,
          because: 'Assets are named by their hash.',
        },
      ],
    },
    {
      sid: 'KnowTheBootstrapVersion',
      actions: ['ssm:GetParameters'],
      resources: [`arn:aws:ssm:${regions.primary}:${accounts.workload}:parameter/cdk-bootstrap/${deploymentPaths.workload}/version`],
    },
    {
      sid: 'ReferToOtherStacks',
      actions: ['cloudformation:DescribeStacks'],
      resources: [
        {
          matching: `arn:aws:cloudformation:${regions.primary}:${accounts.workload}:stack/${nameOf(config, '*')}`,
          because: "Fn::GetStackOutput reads the outputs of this environment's other stacks with this role.",
        },
      ],
    },
  ]
}
