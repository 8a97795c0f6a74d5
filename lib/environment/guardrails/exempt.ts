import { type DeploymentPath, deploymentPaths } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'

type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

const cloudFormationRoles = (...paths: readonly DeploymentPath[]): readonly string[] =>
  paths.map((path) => `arn:aws:iam::*:role/cdk-${deploymentPaths[path]}-cfn-exec-role-*`)

/** Everybody but the CloudFormation roles of the foundation path, and others by ARN pattern. */
export const exceptFoundation = (...others: readonly string[]): Condition => ({
  ArnNotLike: { 'aws:PrincipalArn': [...cloudFormationRoles('foundation'), ...others] },
})

/** Everybody but the CloudFormation roles of both paths: what a stack of either path may change, and a person may not. */
export const exceptDeployments: Condition = { ArnNotLike: { 'aws:PrincipalArn': cloudFormationRoles('foundation', 'workload') } }

/** Who may remove for good: the foundation path; in a trial the workload path too, so that the trial can be removed. */
export const exceptRemoval = ({ purpose }: EnvironmentConfig): Condition => (purpose === 'trial' ? exceptDeployments : exceptFoundation())
