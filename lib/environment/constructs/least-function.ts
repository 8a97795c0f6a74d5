import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { SubnetType } from 'aws-cdk-lib/aws-ec2'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Architecture, type IFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { removalPolicy } from '../removal.ts'
import { classify } from './classify.ts'
import { EncryptedLogGroup } from './encrypted-log-group.ts'
import { type FunctionNetwork, functionSecurityGroup } from './function-network.ts'
import { LeastPolicy, type Permission } from './least-policy.ts'
import { runtimePermissions } from './runtime-permissions.ts'
import { TellingAlarm } from './telling-alarm.ts'

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url))

/** What a function may choose. Role, network, log group, dead-letter queue, tracing and runtime are not among it. */
export interface LeastFunctionProps {
  readonly config: EnvironmentConfig
  /** Name of the function, its role, policies, queue, log group and alarms: `alert`. At most 30 characters. */
  readonly what: string
  /** One sentence for the Lambda console. */
  readonly description: string
  /** File that exports `handler`, from the root of the project: `lambda/detection/alert/handler.ts`. */
  readonly entry: string
  /** Environment variables; names come from the function's `env.ts`. They hold names and addresses, never secrets. */
  readonly environment: Readonly<Record<string, string>>
  /** What the function may do beyond logging, tracing and its own network interfaces. */
  readonly permissions: readonly Permission[]
  /** Copies that may run at once. */
  readonly concurrency: number
  /** @default 30 seconds */
  readonly timeout?: Duration
  /** Megabytes; processor time grows with them. @default 256 */
  readonly memory?: number
  readonly network: FunctionNetwork
  /** ARN of the key its log group is encrypted with. */
  readonly auditKeyArn: string
  /** ARN of the key its dead-letter queue is encrypted with. */
  readonly queueKeyArn: string
}

/**
 * The only way a function is made here: in the isolated network, under a role of its own with customer managed policies, with reserved
 * concurrency, a dead-letter queue, an encrypted log group and tracing, bundled by esbuild, and with alarms on errors and dead letters.
 */
export class LeastFunction extends Construct {
  readonly function: IFunction
  readonly role: Role
  /** Takes the events the function could not handle. */
  readonly deadLetterQueue: Queue
  /** Its log group. */
  readonly logs: EncryptedLogGroup

  constructor(scope: Construct, id: string, props: LeastFunctionProps) {
    super(scope, id)
    this.deadLetterQueue = deadLetterQueue(this, props)
    this.logs = new EncryptedLogGroup(this, 'Logs', { config: props.config, what: props.what, auditKeyArn: props.auditKeyArn })
    this.role = functionRole(this, props, this.logs, this.deadLetterQueue)
    this.function = new NodejsFunction(this, 'Function', {
      functionName: nameOf(props.config, props.what),
      description: props.description,
      entry: join(projectRoot, props.entry),
      projectRoot,
      depsLockFilePath: join(projectRoot, 'package-lock.json'),
      environment: { ...props.environment },
      // The library would write its own statements into an inline policy; those of this role are all in its managed policies.
      role: this.role.withoutPolicyUpdates(),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memory ?? 256,
      timeout: props.timeout ?? Duration.seconds(30),
      reservedConcurrentExecutions: props.concurrency,
      deadLetterQueue: this.deadLetterQueue,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup: LogGroup.fromLogGroupName(this, 'LogGroup', this.logs.logGroupName),
      vpc: props.network.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [functionSecurityGroup(this, 'SecurityGroup', props.config, props.network)],
      bundling: {
        format: OutputFormat.ESM,
        mainFields: ['module', 'main'],
        target: 'node24',
        minify: true,
        sourceMap: false,
        bundleAwsSDK: true,
        logLevel: LogLevel.WARNING,
      },
    })
    this.function.node.addDependency(this.logs)
    functionAlarms(this, props, this.function, this.deadLetterQueue)
  }
}

function deadLetterQueue(scope: Construct, { config, what, queueKeyArn }: LeastFunctionProps): Queue {
  const queue = new Queue(scope, 'DeadLetters', {
    queueName: nameOf(config, `${what}-dead-letters`),
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: Key.fromKeyArn(scope, 'QueueKey', queueKeyArn),
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: removalPolicy(config),
  })
  classify(queue, 'operational')
  return queue
}

function functionRole(scope: Construct, props: LeastFunctionProps, logs: EncryptedLogGroup, deadLetters: Queue): Role {
  const { config, what } = props
  return new Role(scope, 'Role', {
    roleName: nameOf(config, what),
    description: `Role of the function ${nameOf(config, what)}, and of nothing else.`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: [
      new LeastPolicy(scope, 'RuntimePolicy', {
        name: nameOf(config, `${what}-runtime`),
        description: 'What the Lambda service needs to run the function in the network: interfaces, logs, traces and dead letters.',
        permissions: runtimePermissions({ config, what, scope, logs, deadLetters, queueKeyArn: props.queueKeyArn }),
      }),
      new LeastPolicy(scope, 'Policy', {
        name: nameOf(config, what),
        description: `What the function does: ${props.description}`,
        permissions: props.permissions,
      }),
    ],
  })
}

function functionAlarms(scope: Construct, { config, what }: LeastFunctionProps, fn: IFunction, deadLetters: Queue): void {
  const common = { config, comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, threshold: 1, silence: 'quiet' } as const
  new TellingAlarm(scope, 'ErrorsAlarm', {
    ...common,
    what: `${what}-errors`,
    meaning: `The function ${what} failed at least once in five minutes.`,
    metric: fn.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM }),
  })
  new TellingAlarm(scope, 'DeadLettersAlarm', {
    ...common,
    what: `${what}-dead-letters`,
    meaning: `The function ${what} gave up on at least one event; it waits in the dead-letter queue for 14 days.`,
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }),
  })
}
