import { deepStrictEqual, match } from 'node:assert/strict'
import { nameOf } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import { alertsTopicArn } from '../../../../lib/environment/alerts-topic.ts'
import type { Claim, TemplateResource } from '../claim.ts'
import { resourcesOf } from '../claim.ts'
import { exactly, propertiesOf, type Said } from './exactly.ts'

/** Compares everything but the key with what is expected, and asks of the key that it is the one named. */
const keyed = (
  says: string,
  type: string,
  field: string,
  keyName: 'audit' | 'notifications',
  expected: (config: EnvironmentConfig, key: unknown) => Said,
): Claim => ({
  says,
  stack: 'detection',
  check: (template, config) => {
    const made = propertiesOf(template, type) as Said[]
    const key = field.split('.').reduce<unknown>((inner, name) => (inner as Said | undefined)?.[name], made[0])
    deepStrictEqual(made, [expected(config, theKey(keyName, key))])
  },
})

// A key is an ARN where the stack is made alone, and an output of the keys stack in the whole environment.
function theKey(name: string, key: unknown): unknown {
  match(String(key), new RegExp(`^(arn:aws:kms:[\\w-]+:\\d{12}:key/${name}|key PublishOutput\\w*${name}key\\w*)$`, 'i'))
  return key
}

const publish = { Action: 'sns:Publish', Resource: 'AWS::SNS::Topic' }
const deny = (Sid: string, Condition: Said): Said => ({ Sid, Effect: 'Deny', Principal: { AWS: '*' }, ...publish, Condition })

const topic: readonly Claim[] = [
  keyed('Alerts go to an encrypted topic', 'AWS::SNS::Topic', 'KmsMasterKeyId', 'notifications', (config, KmsMasterKeyId) => ({
    TopicName: nameOf(config, 'alerts'),
    KmsMasterKeyId,
  })),
  exactly('Only the alert function and the alarms of this environment publish to it, over TLS', 'AWS::SNS::TopicPolicy', (config) => [
    {
      Topics: ['AWS::SNS::Topic'],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'AlertFunctionTells', Effect: 'Allow', Principal: { AWS: 'AWS::IAM::Role.Arn' }, ...publish },
          {
            Sid: 'AlarmsOfThisEnvironmentTell',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            ...publish,
            Condition: {
              StringEquals: { 'aws:SourceAccount': config.accounts.workload },
              ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:*:${config.accounts.workload}:alarm:${nameOf(config, '*')}` },
            },
          },
          deny('NobodyElseTells', {
            ArnNotEquals: { 'aws:PrincipalArn': 'AWS::IAM::Role.Arn' },
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          }),
          deny('NobodyTellsWithoutTls', { Bool: { 'aws:SecureTransport': 'false' } }),
        ],
      },
    },
  ]),
  exactly('The security team reads it', 'AWS::SNS::Subscription', ({ contacts }) => [
    { TopicArn: 'AWS::SNS::Topic', Protocol: 'email', Endpoint: contacts.security },
  ]),
]

const repeats: readonly Claim[] = [
  keyed(
    'The table of repeats is encrypted, forgets by itself and can be set back',
    'AWS::DynamoDB::Table',
    'SSESpecification.KMSMasterKeyId',
    'notifications',
    (config, key) => ({
      TableName: nameOf(config, 'alert-repeats'),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      DeletionProtectionEnabled: config.purpose === 'production',
    }),
  ),
]

const queue: readonly Claim[] = [
  keyed(
    'What cannot be told waits, encrypted, for 14 days',
    'AWS::SQS::Queue',
    'KmsMasterKeyId',
    'notifications',
    (config, KmsMasterKeyId) => ({
      QueueName: nameOf(config, 'alert-dead-letters'),
      KmsMasterKeyId,
      MessageRetentionPeriod: 1_209_600,
    }),
  ),
  {
    says: 'Our rules may leave events in the dead-letter queue, and nothing reaches it without TLS',
    stack: 'detection',
    check: (template, config) => {
      const [policy] = propertiesOf(template, 'AWS::SQS::QueuePolicy') as {
        PolicyDocument: { Version: string; Statement: Said[] }
        Queues: unknown
      }[]
      const { account, region } = { account: config.accounts.workload, region: config.regions.primary }
      deepStrictEqual(policy?.Queues, ['AWS::SQS::Queue'])
      deepStrictEqual(policy?.PolicyDocument.Version, '2012-10-17')
      deepStrictEqual(
        policy?.PolicyDocument.Statement.map(({ Sid, ...rest }) => (rest['Effect'] === 'Deny' ? rest : { Sid, ...rest })),
        [
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'sqs:*',
            Resource: 'AWS::SQS::Queue.Arn',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Sid: 'RulesLeaveWhatTheyCannotDeliver',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: 'AWS::SQS::Queue.Arn',
            Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:events:${region}:${account}:rule/${nameOf(config, '*')}` } },
          },
        ],
      )
    },
  },
]

const alertFunction: readonly Claim[] = [
  {
    says: 'The alert function runs in the network, traced, two copies at most, and knows topic, table and runbook by name',
    stack: 'detection',
    check: (template, config) => {
      const [made] = propertiesOf(template, 'AWS::Lambda::Function') as Said[]
      const { Code, ...rest } = made ?? {}
      deepStrictEqual(rest, functionOf(config))
      const { S3Bucket, S3Key } = Code as { S3Bucket: string; S3Key: string }
      deepStrictEqual(S3Bucket, `cdk-shwork-assets-${config.accounts.workload}-${config.regions.primary}`)
      match(S3Key, /^[0-9a-f]{64}\.zip$/)
    },
  },
  exactly('Its events are tried three times within six hours', 'AWS::Lambda::EventInvokeConfig', () => [
    { FunctionName: 'AWS::Lambda::Function', Qualifier: '$LATEST', MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 },
  ]),
  exactly('Its role is its own, within the workload boundary', 'AWS::IAM::Role', (config) => [
    {
      RoleName: nameOf(config, 'alert'),
      Description: `Role of the function ${nameOf(config, 'alert')}, and of nothing else.`,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      ManagedPolicyArns: ['AWS::IAM::ManagedPolicy', 'AWS::IAM::ManagedPolicy'],
      PermissionsBoundary: `arn:aws:iam::${config.accounts.workload}:policy/${nameOf(config, 'workload-boundary')}`,
    },
  ]),
  policyClaim(
    'It may publish, remember, and use the one key for both',
    'alert',
    'What the function does: tells the security team of findings, each one once, without patient data.',
    (config, key) => [
      { Sid: 'TellTheSecurityTeam', Action: 'sns:Publish', Resource: alertsTopicArn(config) },
      {
        Sid: 'RememberWhatWasTold',
        Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
        Resource: `arn:aws:dynamodb:${config.regions.primary}:${config.accounts.workload}:table/${nameOf(config, 'alert-repeats')}`,
      },
      { Sid: 'EncryptAlerts', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key, ...through(config, 'sns') },
      { Sid: 'UseTheTablesKey', Action: 'kms:Decrypt', Resource: key, ...through(config, 'dynamodb') },
    ],
  ),
  policyClaim(
    'The Lambda service may run it in the network, log, trace and queue for it',
    'alert-runtime',
    'What the Lambda service needs to run the function in the network: interfaces, logs, traces and dead letters.',
    (config, key) => [
      { Sid: 'ManageOwnNetworkInterfaces', Action: interfaces, Resource: '*' },
      {
        Sid: 'DenyNetworkInterfacesToCode',
        Effect: 'Deny',
        Action: [...interfaces, 'ec2:DetachNetworkInterface'].sort(),
        Resource: '*',
        Condition: {
          ArnEquals: {
            'lambda:SourceFunctionArn': [
              `arn:aws:lambda:${config.regions.primary}:${config.accounts.workload}:function:${nameOf(config, 'alert')}`,
            ],
          },
        },
      },
      { Sid: 'WriteOwnLogs', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: 'AWS::Logs::LogGroup.Arn' },
      { Sid: 'WriteTraces', Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Resource: '*' },
      { Sid: 'SendDeadLetters', Action: 'sqs:SendMessage', Resource: 'AWS::SQS::Queue.Arn' },
      { Sid: 'EncryptDeadLetters', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key, ...through(config, 'sqs') },
    ],
  ),
  keyed(
    'Its log group is encrypted and kept as long as the configuration says',
    'AWS::Logs::LogGroup',
    'KmsKeyId',
    'audit',
    (config, KmsKeyId) => ({
      LogGroupName: `/safe-harbor/${config.name}/alert`,
      KmsKeyId,
      RetentionInDays: config.retention.logDays,
    }),
  ),
  exactly('Its security group lets nothing in', 'AWS::EC2::SecurityGroup', () => [
    { GroupDescription: 'HTTPS to the VPC endpoints, nothing else', VpcId: 'from the network' },
  ]),
  exactly('It lets HTTPS out to the endpoints, and nothing else', 'AWS::EC2::SecurityGroupEgress', ({ network }) => [
    egress('HTTPS to the interface endpoints', { DestinationSecurityGroupId: 'from the network' }),
    egress('HTTPS to the dynamodb gateway endpoint', { DestinationPrefixListId: network.gatewayPrefixLists.dynamodb }),
    egress('HTTPS to the s3 gateway endpoint', { DestinationPrefixListId: network.gatewayPrefixLists.s3 }),
  ]),
]

const interfaces = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
]

function egress(Description: string, destination: Said): Said {
  return { Description, ...destination, GroupId: 'AWS::EC2::SecurityGroup.GroupId', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }
}

function through(config: EnvironmentConfig, service: string): Said {
  return { Condition: { StringEquals: { 'kms:ViaService': `${service}.${config.regions.primary}.amazonaws.com` } } }
}

function policyClaim(
  says: string,
  what: string,
  description: string,
  statements: (config: EnvironmentConfig, key: unknown) => readonly Said[],
): Claim {
  return {
    says,
    stack: 'detection',
    check: (template, config) => {
      const policies = propertiesOf(template, 'AWS::IAM::ManagedPolicy') as (Said & { PolicyDocument: Said })[]
      deepStrictEqual(policies.length, 2)
      const policy = policies.find(({ ManagedPolicyName }) => ManagedPolicyName === nameOf(config, what))
      const [table] = propertiesOf(template, 'AWS::DynamoDB::Table') as { SSESpecification: { KMSMasterKeyId: unknown } }[]
      const expected = statements(config, theKey('notifications', table?.SSESpecification.KMSMasterKeyId))
      deepStrictEqual(policy, {
        ManagedPolicyName: nameOf(config, what),
        Description: description,
        Path: '/',
        PolicyDocument: { Version: '2012-10-17', Statement: expected.map((statement) => ({ Effect: 'Allow', ...statement })) },
      })
    },
  }
}

const functionOf = (config: EnvironmentConfig): Said => ({
  FunctionName: nameOf(config, 'alert'),
  Description: 'tells the security team of findings, each one once, without patient data.',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Architectures: ['arm64'],
  MemorySize: 256,
  Timeout: 30,
  ReservedConcurrentExecutions: 2,
  Role: 'AWS::IAM::Role.Arn',
  DeadLetterConfig: { TargetArn: 'AWS::SQS::Queue.Arn' },
  TracingConfig: { Mode: 'Active' },
  LoggingConfig: { LogFormat: 'JSON', LogGroup: `/safe-harbor/${config.name}/alert` },
  Environment: {
    Variables: {
      ENVIRONMENT: `safe-harbor-${config.name}`,
      ALERTS_TOPIC_ARN: alertsTopicArn(config),
      ALERT_REPEATS_TABLE: nameOf(config, 'alert-repeats'),
      RUNBOOK_URL: `https://github.com/${config.github.repository}#`,
    },
  },
  VpcConfig: {
    SecurityGroupIds: ['AWS::EC2::SecurityGroup.GroupId'],
    SubnetIds: config.network.availabilityZones.map(() => 'from the network'),
  },
})

const stores = ['AWS::DynamoDB::Table', 'AWS::Logs::LogGroup', 'AWS::SNS::Topic', 'AWS::SQS::Queue'] as const

interface Kept extends TemplateResource {
  readonly UpdateReplacePolicy?: string
}

const fate: Claim = {
  says: 'Stores go with a trial and stay in production, and say that they hold no patient data',
  stack: 'detection',
  check: (template, { purpose }) => {
    for (const type of stores)
      for (const { DeletionPolicy, UpdateReplacePolicy, Metadata } of Object.values(resourcesOf(template, type) as Record<string, Kept>)) {
        deepStrictEqual(Metadata?.['SafeHarborDataClass'], 'operational')
        // A topic keeps nothing.
        if (type === 'AWS::SNS::Topic') continue
        const fate = purpose === 'production' ? 'Retain' : 'Delete'
        deepStrictEqual({ DeletionPolicy, UpdateReplacePolicy }, { DeletionPolicy: fate, UpdateReplacePolicy: fate })
      }
  },
}

/** The way a finding takes from a rule to the security team. */
export const alertPathClaims: readonly Claim[] = [...topic, ...repeats, ...queue, ...alertFunction, fate]
