import { DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib'
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { type DeploymentPath, type Duty, deploymentPaths, nameOf, policyArn } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'

/** Where a stack stands and how it gets there. */
export interface SafeHarborStackProps {
  /** The checked configuration. */
  readonly config: EnvironmentConfig
  /** What the stack is called in names and in the console: `records`. */
  readonly what: string
  /** One sentence for the CloudFormation console. */
  readonly description: string
  /** Which account it stands in. */
  readonly duty: Duty | 'management'
  /** Who deploys it. */
  readonly path: DeploymentPath
  /** @default the primary Region */
  readonly region?: string
}

/** What a stack asks of its maker: the configuration. A stack knows its own name, account, path and description. */
export interface EnvironmentStackProps {
  readonly config: EnvironmentConfig
}

/**
 * A stack of the environment: named and placed from the configuration, deployed by one path only, protected from removal in production.
 * Roles of the workload path carry the workload boundary, so that the pipeline cannot make an identity stronger than that.
 */
export abstract class SafeHarborStack extends Stack {
  readonly config: EnvironmentConfig

  constructor(scope: Construct, { config, what, description, duty, path, region = config.regions.primary }: SafeHarborStackProps) {
    super(scope, what, {
      stackName: nameOf(config, what),
      description: `Safe Harbor ${config.name}: ${description}`,
      env: { account: accountOf(config, duty), region },
      terminationProtection: config.purpose === 'production',
      synthesizer: synthesizerOf(path),
      tags: { 'safe-harbor:environment': config.name },
    })
    this.config = config
    if (path === 'workload') {
      const boundary = policyArn(config, 'workload', 'workload-boundary')
      PermissionsBoundary.of(this).apply(ManagedPolicy.fromManagedPolicyArn(this, 'Boundary', boundary))
    }
  }

  /** The zones of the configuration; the library would ask the account for them. */
  override get availabilityZones(): string[] {
    return this.config.network.availabilityZones
  }
}

function accountOf(config: EnvironmentConfig, duty: Duty | 'management'): string {
  if (duty !== 'management') return config.accounts[duty]
  if (config.guardrails === undefined) throw new Error(`${config.name} names no management account`)
  return config.guardrails.managementAccount
}

// The library's class declares an optional member that its interface states without undefined, hence the assertion.
const synthesizerOf = (path: DeploymentPath): IStackSynthesizer =>
  new DefaultStackSynthesizer({ qualifier: deploymentPaths[path], generateBootstrapVersionRule: false }) as IStackSynthesizer
