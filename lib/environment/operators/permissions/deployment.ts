import { deploymentPaths } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission } from '../../constructs/least-policy.ts'

/** Roles of the CDK's bootstrap stack that a deployment of the workload path needs (CDK Developer Guide, "Bootstrapping"). Synthesis looks nothing up, so the lookup role is not among them. */
export const bootstrapRoles = ['deploy', 'file-publishing'] as const

/** ARN of a bootstrap role of the workload path. No stack of that path stands in another Region than the primary one. */
const bootstrapRoleArn = ({ accounts, regions }: EnvironmentConfig, role: string): string =>
  `arn:aws:iam::${accounts.workload}:role/cdk-${deploymentPaths.workload}-${role}-role-${accounts.workload}-${regions.primary}`

/** The pipeline enters the bootstrap roles of its own path and nothing else. */
export const deploymentPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  {
    sid: 'DeployAlongTheWorkloadPath',
    actions: ['sts:AssumeRole'],
    resources: bootstrapRoles.map((role) => bootstrapRoleArn(config, role)),
  },
  {
    sid: 'NeverAlongTheFoundationPath',
    effect: 'Deny',
    actions: ['sts:AssumeRole', 'sts:TagSession'],
    resources: [`arn:aws:iam::*:role/cdk-${deploymentPaths.foundation}-*`],
  },
]
