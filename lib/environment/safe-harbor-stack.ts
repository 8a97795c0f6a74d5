import { DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib'
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { type DeploymentPath, type Duty, deploymentPaths, nameOf, policyArn } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import { type StackName, stacks } from '../config/stacks.ts'

/** What a stack says of itself. */
export interface SafeHarborStackProps {
  /** The checked configuration. */
  readonly config: EnvironmentConfig
  /** Its name; where it stands and who deploys it is in its row of `stacks`. */
  readonly what: StackName
  /** One sentence for the CloudFormation console. */
  readonly description: string
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

  constructor(scope: Construct, { config, what, description }: SafeHarborStackProps) {
    const { duty, path, region } = stacks[what]
    super(scope, what, {
      stackName: nameOf(config, what),
      description: `Safe Harbor ${config.name}: ${description}`,
      env: { account: accountOf(config, duty), region: regionOf(config, region) },
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

function regionOf({ name, regions }: EnvironmentConfig, which: 'primary' | 'recovery'): string {
  const region = regions[which]
  if (region === undefined) throw new Error(`${name} names no second Region. Write regions.recovery, or leave the stack out.`)
  return region
}

function accountOf(config: EnvironmentConfig, duty: Duty | 'management'): string {
  if (duty !== 'management') return config.accounts[duty]
  if (config.guardrails === undefined) throw new Error(`${config.name} names no management account`)
  return config.guardrails.managementAccount
}

// The library's class declares an optional member that its interface states without undefined, hence the assertion.
const synthesizerOf = (path: DeploymentPath): IStackSynthesizer =>
  new DefaultStackSynthesizer({ qualifier: deploymentPaths[path], generateBootstrapVersionRule: false }) as IStackSynthesizer
