import { bucketName, logGroupName, nameOf } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { WildcardResource } from '../../constructs/least-policy.ts'

type Service = Readonly<Record<string, string>>

/** What CloudFormation calls to keep the resources of one type, and on what. */
export interface DeployedType {
  /** By service prefix: names of actions, separated by spaces; none where the statement of another type says it all. */
  readonly actions: Service
  /** By nature of the type: named by us, or without a name that a policy could hold. */
  readonly on: (config: EnvironmentConfig) => readonly (string | WildcardResource)[]
}

const ours = 'Names of this environment; the random part differs by resource.'
/** Why a statement names no resource. */
export const nameless = 'The resource has a random id, or the action knows no resource (Service Authorization Reference).'

const named =
  (service: string, resource: string) =>
  (config: EnvironmentConfig): readonly WildcardResource[] => [
    {
      matching: `arn:aws:${service}:${config.regions.primary}:${config.accounts.workload}:${resource}${nameOf(config, '*')}`,
      because: ours,
    },
  ]
const anything = (): readonly WildcardResource[] => [{ matching: '*', because: nameless }]
const logGroup = (config: EnvironmentConfig, name: string): WildcardResource => ({
  matching: `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${name}`,
  because: ours,
})
const ownLogGroups = (config: EnvironmentConfig) => [logGroup(config, logGroupName(config, '*'))]
// Two services prescribe how the groups they write to are called; these have the name of this environment in them all the same.
const everyLogGroup = (config: EnvironmentConfig) => [
  ...ownLogGroups(config),
  logGroup(config, `aws-waf-logs-${nameOf(config, 'api')}*`),
  logGroup(config, `API-Gateway-Execution-Logs_*/${config.name}*`),
]
const attachments = (config: EnvironmentConfig): readonly string[] => [`arn:aws:s3:::${bucketName(config, 'attachments', 'workload')}`]

/** What runs, and what it is told and watched with. */
export const functionTypes = {
  'AWS::Lambda::Function': {
    actions: {
      lambda:
        'CreateFunction DeleteFunction DeleteFunctionConcurrency GetFunction GetFunctionCodeSigningConfig GetFunctionConcurrency GetFunctionConfiguration GetFunctionRecursionConfig GetRuntimeManagementConfig ListTags PutFunctionConcurrency PutRuntimeManagementConfig TagResource UntagResource UpdateFunctionCode UpdateFunctionConfiguration',
    },
    on: named('lambda', 'function:'),
  },
  'AWS::Lambda::Permission': { actions: { lambda: 'AddPermission GetPolicy RemovePermission' }, on: named('lambda', 'function:') },
  'AWS::Lambda::EventInvokeConfig': {
    actions: {
      lambda: 'DeleteFunctionEventInvokeConfig GetFunctionEventInvokeConfig PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig',
    },
    on: named('lambda', 'function:'),
  },
  'AWS::EC2::SecurityGroup': {
    actions: {
      ec2: 'CreateSecurityGroup CreateTags DeleteSecurityGroup DeleteTags DescribeNetworkInterfaces DescribeSecurityGroups DescribeSubnets DescribeTags DescribeVpcs',
    },
    on: anything,
  },
  'AWS::EC2::SecurityGroupEgress': {
    actions: { ec2: 'AuthorizeSecurityGroupEgress DescribeSecurityGroupRules ModifySecurityGroupRules RevokeSecurityGroupEgress' },
    on: anything,
  },
  'AWS::EC2::SecurityGroupIngress': { actions: { ec2: 'AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress' }, on: anything },
  'AWS::Logs::LogGroup': {
    actions: {
      logs: 'AssociateKmsKey CreateLogGroup DeleteLogGroup DeleteRetentionPolicy GetDataProtectionPolicy ListTagsForResource PutRetentionPolicy TagResource UntagResource',
    },
    on: everyLogGroup,
  },
  'AWS::Logs::MetricFilter': { actions: { logs: 'DeleteMetricFilter DescribeMetricFilters PutMetricFilter' }, on: ownLogGroups },
  'AWS::SQS::Queue': {
    actions: { sqs: 'CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl ListQueueTags SetQueueAttributes TagQueue UntagQueue' },
    on: named('sqs', ''),
  },
  'AWS::SQS::QueuePolicy': { actions: { sqs: 'GetQueueAttributes SetQueueAttributes' }, on: named('sqs', '') },
  'AWS::SNS::Topic': {
    actions: {
      sns: 'CreateTopic DeleteTopic GetDataProtectionPolicy GetTopicAttributes ListSubscriptionsByTopic ListTagsForResource SetTopicAttributes Subscribe TagResource UntagResource',
    },
    on: named('sns', ''),
  },
  'AWS::SNS::TopicPolicy': { actions: { sns: 'GetTopicAttributes SetTopicAttributes' }, on: named('sns', '') },
  'AWS::SNS::Subscription': {
    actions: { sns: 'GetSubscriptionAttributes SetSubscriptionAttributes Unsubscribe' },
    on: anything,
  },
  'AWS::Events::Rule': {
    actions: {
      events: 'DeleteRule DescribeRule ListTargetsByRule ListTagsForResource PutRule PutTargets RemoveTargets TagResource UntagResource',
    },
    on: named('events', 'rule/'),
  },
  'AWS::CloudWatch::Alarm': {
    actions: { cloudwatch: 'DeleteAlarms ListTagsForResource PutMetricAlarm TagResource UntagResource' },
    on: named('cloudwatch', 'alarm:'),
  },
} as const satisfies Record<string, DeployedType>

/** Stores and their copies. */
export const storeTypes = {
  'AWS::DynamoDB::Table': {
    actions: {
      dynamodb:
        'CreateTable DeleteResourcePolicy DeleteTable DescribeContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination DescribeTable DescribeTimeToLive GetResourcePolicy ListTagsOfResource PutResourcePolicy TagResource UntagResource UpdateContinuousBackups UpdateContributorInsights UpdateTable UpdateTimeToLive',
    },
    on: named('dynamodb', 'table/'),
  },
  'AWS::S3::Bucket': {
    actions: {
      s3: 'CreateBucket DeleteBucket GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPublicAccessBlock GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration GetReplicationConfiguration ListBucket ListTagsForResource PutBucketLogging PutBucketNotification PutBucketOwnershipControls PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration TagResource UntagResource',
    },
    on: attachments,
  },
  'AWS::S3::BucketPolicy': { actions: { s3: 'DeleteBucketPolicy GetBucketPolicy PutBucketPolicy' }, on: attachments },
  'AWS::Backup::BackupVault': {
    actions: {
      backup:
        'CreateBackupVault DeleteBackupVault DeleteBackupVaultAccessPolicy DeleteBackupVaultNotifications DescribeBackupVault GetBackupVaultAccessPolicy GetBackupVaultNotifications ListTags PutBackupVaultAccessPolicy PutBackupVaultLockConfiguration PutBackupVaultNotifications TagResource UntagResource',
      'backup-storage': 'MountCapsule',
    },
    on: anything,
  },
  'AWS::Backup::LogicallyAirGappedBackupVault': { actions: { backup: 'CreateLogicallyAirGappedBackupVault' }, on: anything },
  'AWS::Backup::BackupPlan': {
    actions: { backup: 'CreateBackupPlan DeleteBackupPlan GetBackupPlan UpdateBackupPlan' },
    on: anything,
  },
  'AWS::Backup::BackupSelection': {
    actions: { backup: 'CreateBackupSelection DeleteBackupSelection GetBackupSelection ListBackupSelections' },
    on: anything,
  },
  'AWS::Backup::RestoreTestingPlan': {
    actions: { backup: 'CreateRestoreTestingPlan DeleteRestoreTestingPlan GetRestoreTestingPlan UpdateRestoreTestingPlan' },
    on: anything,
  },
  'AWS::Backup::RestoreTestingSelection': {
    actions: {
      backup: 'CreateRestoreTestingSelection DeleteRestoreTestingSelection GetRestoreTestingSelection UpdateRestoreTestingSelection',
    },
    on: anything,
  },
} as const satisfies Record<string, DeployedType>

/** Detective controls. */
export const detectionTypes = {
  'AWS::GuardDuty::Detector': {
    actions: {
      guardduty: 'CreateDetector DeleteDetector GetDetector ListDetectors ListTagsForResource TagResource UntagResource UpdateDetector',
    },
    on: anything,
  },
  'AWS::GuardDuty::MalwareProtectionPlan': {
    actions: { guardduty: 'CreateMalwareProtectionPlan DeleteMalwareProtectionPlan GetMalwareProtectionPlan UpdateMalwareProtectionPlan' },
    on: anything,
  },
  'AWS::SecurityHub::Hub': {
    actions: {
      securityhub:
        'DescribeHub DisableSecurityHub EnableSecurityHub ListTagsForResource TagResource UntagResource UpdateSecurityHubConfiguration',
    },
    on: anything,
  },
  'AWS::SecurityHub::Standard': {
    actions: {
      securityhub: 'BatchDisableStandards BatchEnableStandards DescribeStandardsControls GetEnabledStandards UpdateStandardsControl',
    },
    on: anything,
  },
  'AWS::Config::ConfigurationRecorder': {
    actions: {
      config:
        'DeleteConfigurationRecorder DescribeConfigurationRecorders DescribeConfigurationRecorderStatus PutConfigurationRecorder StartConfigurationRecorder StopConfigurationRecorder',
    },
    on: anything,
  },
  'AWS::Config::DeliveryChannel': {
    actions: { config: 'DeleteDeliveryChannel DescribeDeliveryChannels DescribeDeliveryChannelStatus PutDeliveryChannel' },
    on: anything,
  },
  'AWS::Config::ConfigRule': {
    actions: {
      config:
        'DeleteConfigRule DescribeComplianceByConfigRule DescribeConfigRules ListTagsForResource PutConfigRule TagResource UntagResource',
    },
    on: anything,
  },
  'AWS::Config::ConformancePack': {
    actions: { config: 'DeleteConformancePack DescribeConformancePackStatus DescribeConformancePacks PutConformancePack' },
    on: anything,
  },
  'AWS::AccessAnalyzer::Analyzer': {
    actions: {
      'access-analyzer':
        'CreateAnalyzer CreateArchiveRule DeleteAnalyzer DeleteArchiveRule GetAnalyzer ListAnalyzers ListArchiveRules TagResource UntagResource UpdateAnalyzer UpdateArchiveRule',
    },
    on: anything,
  },
  'AWS::Macie::Session': {
    actions: {
      macie2:
        'DisableMacie EnableMacie GetAutomatedDiscoveryConfiguration GetMacieSession ListAutomatedDiscoveryAccounts UpdateAutomatedDiscoveryConfiguration UpdateMacieSession',
    },
    on: anything,
  },
  'AWS::Macie::FindingsFilter': {
    actions: { macie2: 'CreateFindingsFilter DeleteFindingsFilter GetFindingsFilter ListFindingsFilters UpdateFindingsFilter' },
    on: anything,
  },
} as const satisfies Record<string, DeployedType>

/** What API Gateway is asked for parts of its APIs: HTTP methods on addresses, whose ids are random (Service Authorization Reference, "Amazon API Gateway Management"). */
const gateway =
  (...paths: readonly string[]) =>
  ({ regions }: EnvironmentConfig): readonly WildcardResource[] =>
    paths.map((path) => ({ matching: `arn:aws:apigateway:${regions.primary}::${path}`, because: nameless }))
const apis = gateway('/restapis', '/restapis/*', '/tags/*')
/** A part of an API stands under the address of its API, and so under that statement. */
const part = { actions: {}, on: apis } as const

// The firewall before sign-in is the foundation's; only the one before the API is meant.
const firewalls = ({ accounts, regions, ...config }: EnvironmentConfig): readonly WildcardResource[] =>
  [`regional/webacl/${nameOf(config, 'api')}/*`, `regional/ipset/${nameOf(config, 'offline-*')}`, 'regional/managedruleset/*'].map(
    (name) => ({ matching: `arn:aws:wafv2:${regions.primary}:${accounts.workload}:${name}`, because: ours }),
  )

/** The front door, and what notifies and keeps time. */
export const serviceTypes = {
  'AWS::ApiGateway::RestApi': { actions: { apigateway: 'DELETE GET PATCH POST PUT' }, on: apis },
  'AWS::ApiGateway::Account': { actions: { apigateway: 'GET PATCH' }, on: gateway('/account') },
  'AWS::ApiGateway::ClientCertificate': {
    actions: { apigateway: 'DELETE GET PATCH POST PUT' },
    on: gateway('/clientcertificates', '/clientcertificates/*'),
  },
  'AWS::ApiGateway::Authorizer': part,
  'AWS::ApiGateway::Deployment': part,
  'AWS::ApiGateway::GatewayResponse': part,
  'AWS::ApiGateway::Method': part,
  'AWS::ApiGateway::Model': part,
  'AWS::ApiGateway::RequestValidator': part,
  'AWS::ApiGateway::Resource': part,
  'AWS::ApiGateway::Stage': part,
  'AWS::WAFv2::IPSet': {
    actions: { wafv2: 'CreateIPSet DeleteIPSet GetIPSet ListTagsForResource TagResource UntagResource UpdateIPSet' },
    on: firewalls,
  },
  'AWS::WAFv2::WebACL': { actions: { wafv2: 'CreateWebACL DeleteWebACL GetWebACL UpdateWebACL' }, on: firewalls },
  'AWS::WAFv2::WebACLAssociation': {
    actions: { apigateway: 'SetWebACL', wafv2: 'AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource' },
    on: (config) => [...firewalls(config), ...gateway('/restapis/*/stages/*')(config)],
  },
  'AWS::WAFv2::LoggingConfiguration': {
    actions: { wafv2: 'DeleteLoggingConfiguration GetLoggingConfiguration PutLoggingConfiguration' },
    on: firewalls,
  },
  'AWS::Lambda::EventSourceMapping': {
    actions: {
      lambda: 'CreateEventSourceMapping DeleteEventSourceMapping GetEventSourceMapping ListEventSourceMappings UpdateEventSourceMapping',
    },
    on: anything,
  },
  'AWS::Scheduler::Schedule': {
    actions: { scheduler: 'CreateSchedule DeleteSchedule GetSchedule UpdateSchedule' },
    on: named('scheduler', 'schedule/'),
  },
  'AWS::Scheduler::ScheduleGroup': {
    actions: { scheduler: 'CreateScheduleGroup DeleteScheduleGroup GetScheduleGroup ListTagsForResource TagResource UntagResource' },
    on: named('scheduler', 'schedule-group/'),
  },
  'AWS::SMSVOICE::ConfigurationSet': {
    actions: {
      'sms-voice':
        'AssociateProtectConfiguration CreateConfigurationSet CreateEventDestination DeleteConfigurationSet DeleteDefaultSenderId DeleteEventDestination DescribeConfigurationSets DisassociateProtectConfiguration ListTagsForResource SetDefaultMessageFeedbackEnabled SetDefaultSenderId TagResource UntagResource UpdateEventDestination',
    },
    on: anything,
  },
  'AWS::SMSVOICE::ProtectConfiguration': {
    actions: {
      'sms-voice':
        'CreateProtectConfiguration DeleteProtectConfiguration DescribeProtectConfigurations GetProtectConfigurationCountryRuleSet UpdateProtectConfiguration UpdateProtectConfigurationCountryRuleSet',
    },
    on: anything,
  },
} as const satisfies Record<string, DeployedType>
