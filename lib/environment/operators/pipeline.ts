import { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { LeastPolicy } from '../constructs/least-policy.ts'
import { BoundaryPolicy } from './boundary.ts'
import { OperatorRole } from './operator-role.ts'
import { deploymentPermissions } from './permissions/deployment.ts'
import { workloadBoundaryPermissions } from './permissions/workload-boundary.ts'
import { workloadDeployerBoundaryPermissions } from './permissions/workload-deployer-boundary.ts'
import { workloadDeploymentPolicies } from './permissions/workload-deployment.ts'
import { githubProvider, trustsGithubEnvironment } from './trust.ts'

/** What the pipeline needs. */
export interface PipelineProps {
  readonly config: EnvironmentConfig
  /** ARN of the operator boundary. */
  readonly boundaryArn: string
}

/** The pipeline's way in, and everything that bounds it: what it may deploy, and the most that what it deploys may do. */
export class Pipeline extends Construct {
  constructor(scope: Construct, id: string, { config, boundaryArn }: PipelineProps) {
    super(scope, id)
    const deployment = new OperatorRole(this, 'Deployment', {
      config,
      what: 'deployment',
      description: 'Deploys the workload path from one GitHub environment of one repository.',
      trust: trustsGithubEnvironment(config),
      permissions: deploymentPermissions(config),
      boundaryArn,
    })
    // The trust names the provider by ARN, and IAM refuses a principal that is not there yet.
    if (!config.adopted.includes('github-oidc-provider'))
      deployment.node.addDependency(
        new CfnOIDCProvider(this, 'Github', { url: `https://${githubProvider}`, clientIdList: ['sts.amazonaws.com'] }),
      )
    new BoundaryPolicy(this, 'WorkloadBoundary', {
      name: nameOf(config, 'workload-boundary'),
      description: 'The most that a role made by the workload path may do.',
      permissions: workloadBoundaryPermissions(config),
    })
    new BoundaryPolicy(this, 'DeployerBoundary', {
      name: nameOf(config, 'workload-deployer-boundary'),
      description: 'The most that the bootstrap roles of the workload path may do; put on them after bootstrapping.',
      permissions: workloadDeployerBoundaryPermissions(config),
    })
    for (const [name, permissions] of Object.entries(workloadDeploymentPolicies))
      new LeastPolicy(this, name, {
        name: nameOf(config, name),
        description: 'What CloudFormation may do for the workload path; given to it when that path is bootstrapped.',
        permissions: permissions(config),
      })
  }
}
