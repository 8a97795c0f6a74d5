import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { exampleTrial } from '../../config/example-environments.ts'
import { type Claim, resourcesOf, type TemplateResource } from './claim.ts'
import { expectKept, expectLogBucket, inventoryOf, only } from './log-bucket.ts'
import { outputOf } from './resources.ts'

type Config = EnvironmentConfig

const name = (config: Config, what: string): string => `safe-harbor-${config.name}-${what}`
const bucketArn = (config: Config, what: string, duty: 'workload' | 'audit'): string =>
  `arn:aws:s3:::${name(config, what)}-${config.accounts[duty]}-${config.regions.primary}`
const regional = (config: Config, service: string, resource: string): string =>
  `arn:aws:${service}:${config.regions.primary}:${config.accounts.workload}:${resource}`
const logGroup = (config: Config, what: string): string => `/safe-harbor/${config.name}/${what}`
const attribute = (id: string, attr: string) => ({ 'Fn::GetAtt': [id, attr] })
const vpcId = (config: Config) => outputOf(config, 'network', 'IsolatedVpc')

/** The only resource of its type, `[logical id, resource]`. */
function sole(template: Template, type: string): [string, TemplateResource] {
  const found = Object.entries(resourcesOf(template, type))
  expect(found).toHaveLength(1)
  return found[0] as [string, TemplateResource]
}

/** A role of a service with one policy of one statement. */
function checkDeliveryRole(template: Template, config: Config, role: string, trust: object, statement: object): string {
  const [id, { Properties }] = only(template, 'AWS::IAM::Role', 'RoleName', name(config, role))
  const [policyId, policy] = only(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', name(config, role))
  expect(Properties).toEqual({
    RoleName: name(config, role),
    Description: expect.stringMatching(/^[A-Z].{20,}\.$/),
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', ...trust }] },
    ManagedPolicyArns: [{ Ref: policyId }],
  })
  expect(policy.Properties).toEqual({
    ManagedPolicyName: name(config, role),
    Description: expect.stringMatching(/^[A-Z].{20,}\.$/),
    Path: '/',
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] },
  })
  expect(Object.values(policy.Metadata?.SafeHarbor as object)).toHaveLength(1)
  return id
}

const selector = (
  Name: string,
  ...fields: readonly (readonly [field: string, operator: 'Equals' | 'StartsWith', values: readonly string[]])[]
) => ({
  Name,
  FieldSelectors: fields.map(([Field, operator, values]) => ({ Field, [operator]: values })),
})
const data = ['eventCategory', 'Equals', ['Data']] as const
const object = ['resources.type', 'Equals', ['AWS::S3::Object']] as const

const selectors = (config: Config) => [
  selector('Every management event, reads included', ['eventCategory', 'Equals', ['Management']]),
  selector(
    'Every item of a table of this environment',
    data,
    ['resources.type', 'Equals', ['AWS::DynamoDB::Table']],
    [
      'resources.ARN',
      'StartsWith',
      [...['records', 'wrapped-keys', 'ledger', 'routing'].map((table) => name(config, table)), 'awsbackup-restore-test-'].map((table) =>
        regional(config, 'dynamodb', `table/${table}`),
      ),
    ],
  ),
  selector('Every object of patient data and of quarantine', data, object, [
    'resources.ARN',
    'StartsWith',
    [...['attachments', 'quarantine'].map((what) => `${bucketArn(config, what, 'workload')}/`), 'arn:aws:s3:::awsbackup-restore-test-'],
  ]),
  selector(
    'Every read of the archive',
    data,
    object,
    ['resources.ARN', 'StartsWith', [`${bucketArn(config, 'archive', 'audit')}/`]],
    ['readOnly', 'Equals', ['true']],
  ),
  ...['dynamodb', 'kms', 's3', 'sns'].map((service) =>
    selector(
      `Every call through the endpoint of ${service}.amazonaws.com`,
      ['eventCategory', 'Equals', ['NetworkActivity']],
      ['eventSource', 'Equals', [`${service}.amazonaws.com`]],
    ),
  ),
]

const flowFields =
  'version account-id vpc-id subnet-id interface-id resource-id instance-id region az-id start end srcaddr srcport dstaddr dstport pkt-srcaddr pkt-dstaddr pkt-src-aws-service pkt-dst-aws-service type protocol tcp-flags packets bytes flow-direction traffic-path action reject-reason encryption-status log-status'

const names = (...events: string[]): string => events.map((event) => `($.eventName = "${event}")`).join(' || ')

/** Watched events by alarm: filter pattern and how many in five minutes ring. */
function watched(config: Config): Record<string, readonly [pattern: string, threshold: number]> {
  const role = `arn:aws:iam::${config.accounts.workload}:role/${name(config, 'break-glass')}`
  const foundation = `arn:aws:iam::${config.accounts.workload}:role/cdk-shfound-cfn-exec-role-${config.accounts.workload}-${config.regions.primary}`
  const issuer = '$.userIdentity.sessionContext.sessionIssuer.arn'
  const ours = ['trail', 'flow-logs', 'dns-logs'].map((log) => `($.requestParameters.logGroupName = "${logGroup(config, log)}")`)
  return {
    'root-user-activity': [
      '($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent")',
      1,
    ],
    'key-policy-changed': [
      `($.eventSource = "kms.amazonaws.com") && (${names('PutKeyPolicy', 'ScheduleKeyDeletion', 'DisableKey', 'DisableKeyRotation', 'ReplicateKey', 'UpdatePrimaryRegion')} || (($.eventName = "CreateGrant") && ($.userIdentity.invokedBy NOT EXISTS)))`,
      1,
    ],
    'trail-changed': [
      `${names('StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors')} || ((${names('DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DisassociateKmsKey', 'DeleteMetricFilter')}) && (${ours.join(' || ')})) || ${names('DeleteFlowLogs', 'DisassociateResolverQueryLogConfig', 'DeleteResolverQueryLogConfig', 'DeleteAlarms', 'DisableAlarmActions', 'SetAlarmState')}`,
      1,
    ],
    'identity-changed': [
      `($.eventSource = "iam.amazonaws.com") && ($.readOnly IS FALSE) && ((${issuer} NOT EXISTS) || (${issuer} != "${foundation}"))`,
      1,
    ],
    'boundary-changed': [
      '(($.eventName = "CreatePolicyVersion") || ($.eventName = "SetDefaultPolicyVersion") || ($.eventName = "DeletePolicyVersion")) && ($.requestParameters.policyArn = "*-boundary")',
      1,
    ],
    'break-glass-used': [
      `($.requestParameters.roleArn = "${role}") || (${issuer} = "${role}") || ${config.breakGlass.map((user) => `($.userIdentity.userName = "${user}")`).join(' || ')}`,
      1,
    ],
    'denied-access': [
      '(($.eventSource = "kms.amazonaws.com") || ($.eventSource = "dynamodb.amazonaws.com") || ($.eventSource = "s3.amazonaws.com")) && ($.errorCode = "AccessDenied*")',
      10,
    ],
    'network-denied': ['($.eventType = "AwsVpceEvent") && ($.errorCode = "VpceAccessDenied")', 1],
  }
}

/** Logs that ring when they fall silent: log group and seconds of patience. */
const silences: Record<string, readonly [log: string, seconds: number]> = {
  'trail-quiet': ['trail', 3600],
  'flow-logs-quiet': ['flow-logs', 3600],
  'dns-logs-quiet': ['dns-logs', 86400],
}

function checkAlarm(template: Template, config: Config, what: string, expected: object): void {
  const [, { Properties }] = only(template, 'AWS::CloudWatch::Alarm', 'AlarmName', name(config, what))
  const topic = [regional(config, 'sns', name(config, 'alerts'))]
  expect(Properties).toEqual({
    AlarmName: name(config, what),
    AlarmDescription: expect.stringMatching(
      new RegExp(`^[A-Z].{20,}\\. Runbook: https://github\\.com/${config.github.repository}#${what}$`),
    ),
    AlarmActions: topic,
    OKActions: topic,
    Statistic: 'Sum',
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    ...expected,
  })
}

const about = (says: string, check: Claim['check']): Claim => ({ stack: 'audit', says, check })

export const auditClaims: readonly Claim[] = [
  about('holds exactly a trail, the live logs of the network, an access log bucket and their alarms', (template) =>
    expect(inventoryOf(template)).toEqual({
      'AWS::S3::Bucket': 1,
      'AWS::S3::BucketPolicy': 1,
      'AWS::Logs::LogGroup': 3,
      'AWS::Logs::ResourcePolicy': 1,
      'AWS::IAM::Role': 2,
      'AWS::IAM::ManagedPolicy': 2,
      'AWS::CloudTrail::Trail': 1,
      'AWS::EC2::FlowLog': 1,
      'AWS::Route53Resolver::ResolverQueryLoggingConfig': 1,
      'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation': 1,
      'AWS::Logs::MetricFilter': 8,
      'AWS::CloudWatch::Alarm': 11,
    }),
  ),
  about(
    'records every Region, every event on patient data and every call through the endpoints, validated, into the locked archive',
    (template, config) => {
      const [logs] = only(template, 'AWS::Logs::LogGroup', 'LogGroupName', logGroup(config, 'trail'))
      const [role] = only(template, 'AWS::IAM::Role', 'RoleName', name(config, 'trail-delivery'))
      expect(sole(template, 'AWS::CloudTrail::Trail')[1].Properties).toEqual({
        TrailName: name(config, 'trail'),
        IsLogging: true,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        EnableLogFileValidation: true,
        S3BucketName: bucketArn(config, 'archive', 'audit').slice('arn:aws:s3:::'.length),
        S3KeyPrefix: 'trail',
        KMSKeyId: `arn:aws:kms:${config.regions.primary}:${config.accounts.audit}:alias/${name(config, 'archive')}`,
        CloudWatchLogsLogGroupArn: attribute(logs, 'Arn'),
        CloudWatchLogsRoleArn: attribute(role, 'Arn'),
        AdvancedEventSelectors: selectors(config),
        InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }],
      })
    },
  ),
  ...['trail', 'flow-logs', 'dns-logs'].map((what) =>
    about(`encrypts the log group ${what} with the audit key and keeps it as long as configured`, (template, config) => {
      const [, logs] = only(template, 'AWS::Logs::LogGroup', 'LogGroupName', logGroup(config, what))
      expect(logs.Properties).toEqual({
        LogGroupName: logGroup(config, what),
        KmsKeyId: outputOf(config, 'keys', 'AuditKey'),
        RetentionInDays: config.retention.logDays,
      })
      expectKept(logs, config.purpose)
      expect(logs.Metadata?.SafeHarborDataClass).toBe('audit-trail')
    }),
  ),
  about('lets CloudTrail write its own log streams, and nothing else', (template, config) => {
    const { workload } = config.accounts
    checkDeliveryRole(
      template,
      config,
      'trail-delivery',
      { Principal: { Service: 'cloudtrail.amazonaws.com' } },
      {
        Sid: 'WriteTheTrail',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: regional(
          config,
          'logs',
          `log-group:${logGroup(config, 'trail')}:log-stream:${workload}_CloudTrail_${config.regions.primary}*`,
        ),
      },
    )
  }),
  about('sends every flow of the network to its log group within a minute', (template, config) => {
    const role = checkDeliveryRole(
      template,
      config,
      'flow-log-delivery',
      {
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': config.accounts.workload },
          ArnLike: { 'aws:SourceArn': regional(config, 'ec2', 'vpc-flow-log/*') },
        },
      },
      {
        Sid: 'WriteFlowRecords',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: regional(config, 'logs', `log-group:${logGroup(config, 'flow-logs')}:*`),
      },
    )
    const [logs] = only(template, 'AWS::Logs::LogGroup', 'LogGroupName', logGroup(config, 'flow-logs'))
    expect(sole(template, 'AWS::EC2::FlowLog')[1].Properties).toEqual({
      ResourceType: 'VPC',
      ResourceId: vpcId(config),
      TrafficType: 'ALL',
      MaxAggregationInterval: 60,
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: { Ref: logs },
      DeliverLogsPermissionArn: attribute(role, 'Arn'),
      LogFormat: flowFields
        .split(' ')
        .map((field) => `\${${field}}`)
        .join(' '),
      Tags: [{ Key: 'Name', Value: name(config, 'live') }],
    })
  }),
  about('sends every DNS question of the network to its log group, which takes it from this account only', (template, config) => {
    const [policyId, policy] = sole(template, 'AWS::Logs::ResourcePolicy')
    const [logs] = only(template, 'AWS::Logs::LogGroup', 'LogGroupName', logGroup(config, 'dns-logs'))
    const [logId, log] = sole(template, 'AWS::Route53Resolver::ResolverQueryLoggingConfig')
    expect({ ...policy.Properties, PolicyDocument: JSON.parse(String(policy.Properties.PolicyDocument)) as unknown }).toEqual({
      PolicyName: name(config, 'dns-live'),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'QueryLogsAreDelivered',
            Effect: 'Allow',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: regional(config, 'logs', `log-group:${logGroup(config, 'dns-logs')}:log-stream:*`),
            Condition: {
              StringEquals: { 'aws:SourceAccount': config.accounts.workload },
              ArnLike: { 'aws:SourceArn': regional(config, 'logs', '*') },
            },
          },
        ],
      },
    })
    expect(log.Properties).toEqual({
      Name: name(config, 'dns-live'),
      DestinationArn: attribute(logs, 'Arn'),
      Tags: [{ Key: 'Name', Value: name(config, 'dns-live') }],
    })
    expect((log as { DependsOn?: string[] }).DependsOn).toEqual([policyId])
    expect(sole(template, 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation')[1].Properties).toEqual({
      ResolverQueryLogConfigId: attribute(logId, 'Id'),
      ResourceId: vpcId(config),
    })
  }),
  about('has the bucket that takes the access logs of the workload account', (template, config) => {
    const arn = bucketArn(config, 'access-logs', 'workload')
    expectLogBucket(template, config, {
      name: arn.slice('arn:aws:s3:::'.length),
      expires: config.retention.auditDays,
      rest: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } },
      statements: [
        {
          Sid: 'AccessesAreLogged',
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `${arn}/*`,
          Condition: {
            StringEquals: { 'aws:SourceAccount': config.accounts.workload },
            ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${name(config, '*')}` },
          },
        },
      ],
    })
  }),
  // The names are the same in every environment.
  ...Object.keys(watched(exampleTrial)).map((what) =>
    about(`counts and rings ${what}`, (template, config) => {
      const [pattern, threshold] = watched(config)[what] ?? ['', 0]
      const metric = { MetricNamespace: `SafeHarbor/${config.name}`, MetricName: what }
      const [, { Properties }] = only(template, 'AWS::Logs::MetricFilter', 'FilterName', name(config, what))
      expect(Properties).toEqual({
        FilterName: name(config, what),
        LogGroupName: logGroup(config, 'trail'),
        FilterPattern: `{ (${pattern}) }`,
        MetricTransformations: [{ ...metric, MetricValue: '1' }],
      })
      // CloudWatch Logs API Reference, PutMetricFilter: a pattern has at most 1,024 characters.
      expect(String(Properties.FilterPattern).length).toBeLessThanOrEqual(1024)
      checkAlarm(template, config, what, {
        Namespace: metric.MetricNamespace,
        MetricName: what,
        Period: 300,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: threshold,
        TreatMissingData: 'notBreaching',
      })
    }),
  ),
  ...Object.entries(silences).map(([what, [log, seconds]]) =>
    about(`rings ${what} when nothing arrives`, (template, config) =>
      checkAlarm(template, config, what, {
        Namespace: 'AWS/Logs',
        MetricName: 'IncomingLogEvents',
        Dimensions: [{ Name: 'LogGroupName', Value: logGroup(config, log) }],
        Period: seconds,
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        TreatMissingData: 'breaching',
      }),
    ),
  ),
]
