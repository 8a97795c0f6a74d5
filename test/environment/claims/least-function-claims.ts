import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import { logGroupName, nameOf, policyArn } from '../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Claim, resourcesOf, type TemplateResource } from './claim.ts'
import { expectStatements, permission, type Statement } from './policies.ts'
import { entryWith, expectKept, outputOf, resourceWith } from './resources.ts'
import { tellingAlarm } from './telling-alarm.ts'

/** What one function has of its own; everything else is the same for all of them. */
export interface ExpectedFunction {
  /** Id of the stack it is in. */
  readonly stack: string
  /** Name of the function, its role, policies, queue, log group and alarms: `alert`. */
  readonly what: string
  readonly description: string
  /** What it may do, as the end of a sentence that begins "The function may". */
  readonly may: string
  readonly permissions: (config: EnvironmentConfig) => readonly Statement[]
  readonly variables: (config: EnvironmentConfig) => Readonly<Record<string, string>>
  /** Copies that may run at once. */
  readonly concurrency: number
  /** Seconds. @default 30 */
  readonly timeout?: number
  /** Megabytes. @default 256 */
  readonly memory?: number
  /** Bootstrap qualifier of the deployment path its stack goes along. @default shwork */
  readonly qualifier?: 'shfound' | 'shwork'
  /** Statements by which others leave in its dead-letter queue what did not reach it; the queue is filled in. */
  readonly undelivered: (config: EnvironmentConfig, template: Template) => readonly Statement[]
}

/**
 * What must be said of a function and of everything made for it: role, policies, queue, log group, security group and alarms.
 * How many resources of these types a stack has is for the stack's own claims to say.
 */
export const leastFunctionClaims = (fn: ExpectedFunction): readonly Claim[] =>
  [...ownClaims(fn), ...roleClaims(fn), ...storeClaims(fn), ...networkClaims(fn), ...alarmClaims(fn)].map(([says, check]) => ({
    says,
    stack: fn.stack,
    check,
  }))

type Said = readonly [says: string, check: Claim['check']]

const idOf = (...named: Parameters<typeof entryWith>): string => entryWith(...named)[0]

const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] })

const queueOf = (template: Template, config: EnvironmentConfig, what: string): string =>
  idOf(template, 'AWS::SQS::Queue', 'QueueName', nameOf(config, `${what}-dead-letters`))

const functionOf = (template: Template, config: EnvironmentConfig, what: string): TemplateResource =>
  resourceWith(template, 'AWS::Lambda::Function', 'FunctionName', nameOf(config, what))

function groupOf(template: Template, config: EnvironmentConfig, what: string): string {
  const { SecurityGroupIds } = functionOf(template, config, what).Properties['VpcConfig'] as {
    SecurityGroupIds: readonly { readonly 'Fn::GetAtt': readonly [string, string] }[]
  }
  return SecurityGroupIds[0]?.['Fn::GetAtt'][0] ?? ''
}

const ownClaims = ({
  what,
  description,
  concurrency,
  timeout = 30,
  memory = 256,
  qualifier = 'shwork',
  variables,
}: ExpectedFunction): readonly Said[] => [
  [
    `The function ${what} runs in the network, traced, with ${concurrency} copies and ${timeout} seconds at most, and knows these names and no secret`,
    (template, config) => {
      const { Code, ...rest } = functionOf(template, config, what).Properties
      expect(Code).toEqual({
        S3Bucket: `cdk-${qualifier}-assets-${config.accounts.workload}-${config.regions.primary}`,
        S3Key: expect.stringMatching(/^[0-9a-f]{64}\.zip$/),
      })
      expect(rest).toEqual({
        FunctionName: nameOf(config, what),
        Description: description,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Architectures: ['arm64'],
        MemorySize: memory,
        Timeout: timeout,
        ReservedConcurrentExecutions: concurrency,
        Role: attribute(idOf(template, 'AWS::IAM::Role', 'RoleName', nameOf(config, what)), 'Arn'),
        DeadLetterConfig: { TargetArn: attribute(queueOf(template, config, what), 'Arn') },
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: logGroupName(config, what) },
        ...(Object.keys(variables(config)).length > 0 && { Environment: { Variables: variables(config) } }),
        VpcConfig: {
          SecurityGroupIds: [attribute(groupOf(template, config, what), 'GroupId')],
          SubnetIds: config.network.availabilityZones.map((_, index) => outputOf(config, 'network', `isolatedSubnet${index + 1}Subnet`)),
        },
      })
    },
  ],
]

const roleClaims = ({ what, description, may, permissions }: ExpectedFunction): readonly Said[] => [
  [
    `The role of the function ${what} is its own, within the workload boundary`,
    (template, config) =>
      expect(resourceWith(template, 'AWS::IAM::Role', 'RoleName', nameOf(config, what)).Properties).toEqual({
        RoleName: nameOf(config, what),
        Description: `Role of the function ${nameOf(config, what)}, and of nothing else.`,
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        ManagedPolicyArns: [`${what}-runtime`, what].map((policy) => ({
          Ref: idOf(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', nameOf(config, policy)),
        })),
        PermissionsBoundary: policyArn(config, 'workload', 'workload-boundary'),
      }),
  ],
  [
    `The function ${what} may ${may}`,
    (template, config) => expectPolicy(template, config, what, `What the function does: ${description}`, permissions(config)),
  ],
  [
    `The Lambda service may run the function ${what} in the network, log, trace and queue for it`,
    (template, config) =>
      expectPolicy(
        template,
        config,
        `${what}-runtime`,
        'What the Lambda service needs to run the function in the network: interfaces, logs, traces and dead letters.',
        runtimePermissions(template, config, what),
      ),
  ],
]

function expectPolicy(
  template: Template,
  config: EnvironmentConfig,
  name: string,
  Description: string,
  statements: readonly Statement[],
): void {
  const ManagedPolicyName = nameOf(config, name)
  const { PolicyDocument, ...rest } = resourceWith(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', ManagedPolicyName).Properties
  expect(rest).toEqual({ ManagedPolicyName, Description, Path: '/' })
  expectStatements(PolicyDocument, statements)
}

const interfaces = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
]

function runtimePermissions(template: Template, config: EnvironmentConfig, what: string): readonly Statement[] {
  const { accounts, regions } = config
  const logs = idOf(template, 'AWS::Logs::LogGroup', 'LogGroupName', logGroupName(config, what))
  return [
    permission('ManageOwnNetworkInterfaces', interfaces, ['*']),
    {
      ...permission('DenyNetworkInterfacesToCode', [...interfaces, 'ec2:DetachNetworkInterface'], ['*'], {
        ArnEquals: {
          'lambda:SourceFunctionArn': [`arn:aws:lambda:${regions.primary}:${accounts.workload}:function:${nameOf(config, what)}`],
        },
      }),
      Effect: 'Deny',
    },
    permission('WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [attribute(logs, 'Arn')]),
    permission('WriteTraces', ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['*']),
    permission('SendDeadLetters', ['sqs:SendMessage'], [attribute(queueOf(template, config, what), 'Arn')]),
    permission('EncryptDeadLetters', ['kms:Decrypt', 'kms:GenerateDataKey'], [outputOf(config, 'keys', 'NotificationsKey')], {
      StringEquals: { 'kms:ViaService': `sqs.${regions.primary}.amazonaws.com` },
    }),
  ]
}

const storeClaims = ({ what, undelivered }: ExpectedFunction): readonly Said[] => [
  [
    `What the function ${what} gives up on waits, encrypted, for 14 days`,
    (template, config) => {
      const QueueName = nameOf(config, `${what}-dead-letters`)
      const queue = resourceWith(template, 'AWS::SQS::Queue', 'QueueName', QueueName)
      const KmsMasterKeyId = outputOf(config, 'keys', 'NotificationsKey')
      expect(queue.Properties).toEqual({ QueueName, KmsMasterKeyId, MessageRetentionPeriod: 1_209_600 })
      expectKept(queue, config, 'operational')
    },
  ],
  [
    `Nothing reaches the dead-letter queue of the function ${what} without TLS, and of others only what did not reach the function`,
    (template, config) => {
      const queue = queueOf(template, config, what)
      const policies = Object.values(resourcesOf(template, 'AWS::SQS::QueuePolicy')).map(({ Properties }) => Properties)
      const withoutTls = { Bool: { 'aws:SecureTransport': 'false' } }
      expect(policies.filter(({ Queues }) => JSON.stringify(Queues).includes(`"${queue}"`))).toEqual([
        {
          Queues: [{ Ref: queue }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*', Resource: attribute(queue, 'Arn'), Condition: withoutTls },
              ...undelivered(config, template).map((statement) => ({ ...statement, Resource: attribute(queue, 'Arn') })),
            ],
          },
        },
      ])
    },
  ],
  [
    `The log group of the function ${what} is encrypted and kept as long as the configuration says`,
    (template, config) => {
      const LogGroupName = logGroupName(config, what)
      const logs = resourceWith(template, 'AWS::Logs::LogGroup', 'LogGroupName', LogGroupName)
      const KmsKeyId = outputOf(config, 'keys', 'AuditKey')
      expect(logs.Properties).toEqual({ LogGroupName, KmsKeyId, RetentionInDays: config.retention.logDays })
      expectKept(logs, config, 'operational')
    },
  ],
]

const networkClaims = ({ what }: ExpectedFunction): readonly Said[] => [
  [
    `The security group of the function ${what} lets nothing in, and HTTPS out to the endpoints alone`,
    (template, config) => {
      const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }
      const { dynamodb, s3 } = config.network.gatewayPrefixLists
      expect(resourcesOf(template, 'AWS::EC2::SecurityGroup')[groupOf(template, config, what)]?.Properties).toEqual({
        GroupDescription: 'HTTPS to the VPC endpoints, nothing else',
        VpcId: outputOf(config, 'network', 'IsolatedVpc'),
        SecurityGroupEgress: [
          {
            ...https,
            Description: 'HTTPS to the interface endpoints',
            DestinationSecurityGroupId: outputOf(config, 'network', 'EndpointsSecurityGroup'),
          },
          { ...https, Description: 'HTTPS to the dynamodb gateway endpoint', DestinationPrefixListId: dynamodb },
          { ...https, Description: 'HTTPS to the s3 gateway endpoint', DestinationPrefixListId: s3 },
        ],
      })
    },
  ],
]

/** Names of the alarms that every function has. */
export const functionAlarms = (what: string): readonly string[] => [`${what}-errors`, `${what}-dead-letters`]

const alarmClaims = ({ what }: ExpectedFunction): readonly Said[] => [
  [
    `An alarm rings when the function ${what} fails`,
    (template, config) =>
      expectAlarm(template, config, `${what}-errors`, `The function ${what} failed at least once in five minutes.`, {
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Dimensions: [
          { Name: 'FunctionName', Value: { Ref: idOf(template, 'AWS::Lambda::Function', 'FunctionName', nameOf(config, what)) } },
        ],
      }),
  ],
  [
    `An alarm rings when the function ${what} gives up on an event`,
    (template, config) => {
      const meaning = `The function ${what} gave up on at least one event; it waits in the dead-letter queue for 14 days.`
      expectAlarm(template, config, `${what}-dead-letters`, meaning, {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Statistic: 'Maximum',
        Dimensions: [{ Name: 'QueueName', Value: attribute(queueOf(template, config, what), 'QueueName') }],
      })
    },
  ],
]

function expectAlarm(
  template: Template,
  config: EnvironmentConfig,
  what: string,
  meaning: string,
  metric: Readonly<Record<string, unknown>>,
): void {
  const alarm = resourceWith(template, 'AWS::CloudWatch::Alarm', 'AlarmName', nameOf(config, what))
  expect(alarm.Properties).toEqual(tellingAlarm(config, what, meaning, { ...metric, Period: 300 }))
}
