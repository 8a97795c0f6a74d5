import { removed } from './replaced.ts'
import type { PolicyPlace } from './security-policies.ts'

/** Whether a weakening applies to a resource with these properties. */
type When = (properties: Readonly<Record<string, unknown>>, dataClass?: string) => boolean

/**
 * A place below the properties (`*` for each part of a list), or an attribute beside them (`@DeletionPolicy`), and what weakens it. A change that
 * CloudFormation would refuse, or that leaves the resource as safe as it was, stands in no row.
 */
export interface Setting {
  readonly path: string
  readonly weaker: readonly unknown[]
  readonly when: When
}

const setting = (path: string, weaker: readonly unknown[], when: When = () => true): Setting => ({ path, weaker, when })
const off = (path: string): Setting => setting(path, [removed, false])
const gone = (...paths: readonly string[]): readonly Setting[] => paths.map((path) => setting(path, [removed]))
// Who loses no patient by a loss of a store needs neither a key of their own nor a second look before it is deleted: what a store holds is classified with it.
const holdsSensitiveData: When = (_properties, dataClass) => dataClass === undefined || !['operational', 'no-data'].includes(dataClass)
const kept = [setting('@DeletionPolicy', ['Delete'], holdsSensitiveData), setting('@UpdateReplacePolicy', ['Delete'], holdsSensitiveData)]

const isLocked: When = ({ ObjectLockEnabled }) => ObjectLockEnabled === true
const usesKey: When = (properties) => JSON.stringify(properties).includes('KMSMasterKeyID')
const bucketDefault = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault'

const password = 'Policies.PasswordPolicy'
const takeover = 'AccountTakeoverRiskConfiguration.Actions'
const workgroup = 'WorkGroupConfiguration'

/**
 * The properties that a template's security rests on, by type, and what weakens each: from AWS's documentation of the type and the promises of the
 * README. It is written without a look at the gate's controls, which are measured by it.
 */
export const securitySettings: Readonly<Record<string, readonly Setting[]>> = {
  'AWS::AccessAnalyzer::Analyzer': [],
  'AWS::ApiGateway::Authorizer': [setting('AuthorizerResultTtlInSeconds', [3600])],
  'AWS::ApiGateway::Method': [
    setting('AuthorizationType', ['NONE'], ({ AuthorizationType }) => AuthorizationType !== 'NONE'),
    setting(
      'RequestValidatorId',
      [removed],
      ({ RequestModels, RequestParameters }) => JSON.stringify([RequestModels, RequestParameters]).length > '[null,{}]'.length,
    ),
  ],
  'AWS::ApiGateway::RequestValidator': [off('ValidateRequestBody'), off('ValidateRequestParameters')],
  'AWS::ApiGateway::RestApi': [setting('EndpointAccessMode', ['BASIC'])],
  'AWS::ApiGateway::Stage': [
    ...gone('AccessLogSetting', 'ClientCertificateId', 'MethodSettings'),
    setting('TracingEnabled', [removed, false]),
    setting('MethodSettings.*.DataTraceEnabled', [true]),
    setting('MethodSettings.*.LoggingLevel', ['OFF']),
  ],
  'AWS::Athena::WorkGroup': [
    setting(`${workgroup}.EnforceWorkGroupConfiguration`, [false]),
    ...gone(`${workgroup}.ResultConfiguration.EncryptionConfiguration`),
    setting(`${workgroup}.ResultConfiguration.EncryptionConfiguration`, [{ EncryptionOption: 'SSE_S3' }]),
  ],
  'AWS::Backup::BackupPlan': [
    setting('BackupPlan.BackupPlanRule.*.Lifecycle.DeleteAfterDays', [1]),
    ...gone('BackupPlan.BackupPlanRule.*.CopyActions'),
    setting('BackupPlan.BackupPlanRule.*.CopyActions.*.Lifecycle.DeleteAfterDays', [1]),
    setting('BackupPlan.BackupPlanRule', [
      [{ RuleName: 'monthly', ScheduleExpression: 'cron(0 5 1 * ? *)', TargetBackupVault: 'vault', Lifecycle: { DeleteAfterDays: 2 } }],
    ]),
  ],
  'AWS::Backup::BackupSelection': gone('BackupSelection.Resources.*'),
  'AWS::Backup::BackupVault': [
    ...gone(
      'AccessPolicy',
      'EncryptionKeyArn',
      'LockConfiguration',
      'LockConfiguration.ChangeableForDays',
      'LockConfiguration.MinRetentionDays',
    ),
    setting('LockConfiguration.MinRetentionDays', [1]),
    // AWS Backup refuses to delete a vault that holds copies.
  ],
  'AWS::Backup::LogicallyAirGappedBackupVault': [...gone('AccessPolicy'), setting('MinRetentionDays', [7])],
  'AWS::Backup::RestoreTestingSelection': [],
  'AWS::CloudTrail::Trail': [
    setting('IsLogging', [false]),
    off('EnableLogFileValidation'),
    off('IsMultiRegionTrail'),
    ...gone('KMSKeyId', 'CloudWatchLogsLogGroupArn', 'AdvancedEventSelectors', 'AdvancedEventSelectors.*', 'InsightSelectors'),
    setting('AdvancedEventSelectors', [
      [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Management'] },
            { Field: 'readOnly', Equals: ['false'] },
          ],
        },
      ],
    ]),
  ],
  'AWS::CloudWatch::Alarm': [setting('AlarmActions', [removed, []]), setting('ActionsEnabled', [false])],
  'AWS::Cognito::LogDeliveryConfiguration': [],
  'AWS::Cognito::UserPool': [
    setting('MfaConfiguration', [removed, 'OFF', 'OPTIONAL']),
    setting('EnabledMfas', [['SOFTWARE_TOKEN_MFA', 'SMS_MFA']]),
    ...gone('Policies.PasswordPolicy'),
    setting(`${password}.MinimumLength`, [6]),
    ...['RequireLowercase', 'RequireNumbers', 'RequireSymbols', 'RequireUppercase'].map((name) => setting(`${password}.${name}`, [false])),
    setting(`${password}.PasswordHistorySize`, [removed, 0]),
    setting(`${password}.TemporaryPasswordValidityDays`, [365]),
    setting('AdminCreateUserConfig.AllowAdminCreateUserOnly', [removed, false]),
    setting(
      'DeletionProtection',
      ['INACTIVE', removed],
      (properties, dataClass) => properties['DeletionProtection'] === 'ACTIVE' && holdsSensitiveData(properties, dataClass),
    ),
    setting('UserPoolAddOns.AdvancedSecurityMode', ['OFF', 'AUDIT']),
    ...gone('UserPoolAddOns'),
    setting('KeyConfiguration', [removed], holdsSensitiveData),
    setting('WebAuthnUserVerification', ['preferred']),
    setting('AccountRecoverySetting', [{ RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] }]),
    setting('Policies.SignInPolicy.AllowedFirstAuthFactors', [['PASSWORD', 'SMS_OTP']]),
    ...kept,
  ],
  'AWS::Cognito::UserPoolClient': [
    setting('ExplicitAuthFlows', [['ALLOW_USER_PASSWORD_AUTH'], ['ALLOW_ADMIN_USER_PASSWORD_AUTH']]),
    setting('PreventUserExistenceErrors', [removed, 'LEGACY']),
    setting('EnableTokenRevocation', [false]),
    setting('GenerateSecret', [false, removed], ({ GenerateSecret }) => GenerateSecret === true),
    // In minutes and hours, as these clients count: a day, and a year.
    setting('AccessTokenValidity', [1440]),
    setting('IdTokenValidity', [1440]),
    setting('RefreshTokenValidity', [8760]),
    setting('AuthSessionValidity', [15]),
    ...gone('WriteAttributes', 'RefreshTokenRotation'),
  ],
  'AWS::Cognito::UserPoolRiskConfigurationAttachment': [
    ...['LowAction', 'MediumAction', 'HighAction'].flatMap((level) => [
      ...gone(`${takeover}.${level}`),
      setting(`${takeover}.${level}.EventAction`, ['NO_ACTION']),
    ]),
    ...gone('AccountTakeoverRiskConfiguration', 'CompromisedCredentialsRiskConfiguration'),
    setting('CompromisedCredentialsRiskConfiguration.Actions.EventAction', ['NO_ACTION']),
    setting('CompromisedCredentialsRiskConfiguration.EventFilter', [['SIGN_UP']]),
  ],
  'AWS::Config::ConfigurationRecorder': [
    setting('RecordingGroup', [removed, { AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] }]),
    setting('RecordingGroup.IncludeGlobalResourceTypes', [removed, false]),
    setting('RecordingMode.RecordingFrequency', ['DAILY']),
  ],
  'AWS::Config::DeliveryChannel': [],
  'AWS::DynamoDB::Table': [
    ...gone('SSESpecification', 'ResourcePolicy'),
    setting('SSESpecification.KMSMasterKeyId', [removed], holdsSensitiveData),
    setting('PointInTimeRecoverySpecification', [removed], holdsSensitiveData),
    setting('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', [false], holdsSensitiveData),
    setting('PointInTimeRecoverySpecification.RecoveryPeriodInDays', [1]),
    setting('SSESpecification', [{ SSEEnabled: false }]),
    setting(
      'DeletionProtectionEnabled',
      [removed, false],
      (properties, dataClass) => properties['DeletionProtectionEnabled'] === true && holdsSensitiveData(properties, dataClass),
    ),
    ...kept,
  ],
  'AWS::EC2::FlowLog': [setting('TrafficType', ['ACCEPT', 'REJECT'])],
  'AWS::EC2::SecurityGroup': [],
  'AWS::EC2::Subnet': [setting('MapPublicIpOnLaunch', [true])],
  'AWS::EC2::VPCBlockPublicAccessOptions': [setting('InternetGatewayBlockMode', ['block-ingress'])],
  'AWS::EC2::VPCEncryptionControl': [setting('Mode', ['monitor'], ({ Mode }) => Mode === 'enforce')],
  'AWS::EC2::VPCEndpoint': gone('PolicyDocument'),
  'AWS::Events::Rule': [setting('State', ['DISABLED']), ...gone('Targets')],
  'AWS::GuardDuty::Detector': [
    setting('Enable', [false]),
    // What is not listed is on when a detector is made, but for runtime monitoring ("Features activation", Amazon GuardDuty User Guide).
    ...gone('Features'),
    setting('Features.*.Status', ['DISABLED']),
    setting('FindingPublishingFrequency', [removed, 'SIX_HOURS']),
  ],
  'AWS::IAM::Group': [],
  'AWS::IAM::ManagedPolicy': [],
  'AWS::IAM::Role': [setting('MaxSessionDuration', [43_200]), ...gone('PermissionsBoundary')],
  'AWS::IAM::User': gone('PermissionsBoundary'),
  'AWS::KMS::Key': [
    off('EnableKeyRotation'),
    setting('PendingWindowInDays', [7]),
    ...gone('KeyPolicy'),
    setting('Enabled', [false]),
    setting('BypassPolicyLockoutSafetyCheck', [true]),
    ...kept,
  ],
  'AWS::KMS::ReplicaKey': [setting('PendingWindowInDays', [7]), ...kept],
  'AWS::Lambda::EventSourceMapping': gone('DestinationConfig'),
  'AWS::Lambda::Function': [
    ...gone('VpcConfig', 'DeadLetterConfig', 'TracingConfig', 'ReservedConcurrentExecutions', 'LoggingConfig.LogGroup'),
    setting('TracingConfig.Mode', ['PassThrough']),
    setting('Runtime', ['nodejs14.x']),
  ],
  'AWS::Lambda::Permission': [
    ...gone('SourceArn'),
    // The ARN of anything but a bucket holds the account.
    setting('SourceAccount', [removed], ({ SourceArn }) => SourceArn === undefined || JSON.stringify(SourceArn).includes('arn:aws:s3:')),
    setting('Principal', ['*', '999988887777']),
    setting('Action', ['lambda:*']),
  ],
  'AWS::Logs::LogGroup': [setting('RetentionInDays', [1]), setting('KmsKeyId', [removed], holdsSensitiveData), ...kept],
  'AWS::Logs::ResourcePolicy': [],
  'AWS::Macie::Session': [setting('Status', ['PAUSED']), setting('FindingPublishingFrequency', ['SIX_HOURS'])],
  'AWS::Organizations::Policy': [],
  'AWS::Route53Resolver::FirewallRuleGroup': [
    ...gone('FirewallRules'),
    setting('FirewallRules.1.Action', ['ALLOW', 'ALERT']),
    ...gone('FirewallRules.1'),
  ],
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': [setting('MutationProtection', [removed, 'DISABLED'])],
  'AWS::Route53Resolver::ResolverDNSSECConfig': [],
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation': [],
  'AWS::S3::Bucket': [
    setting('BucketEncryption', [removed], usesKey),
    setting(bucketDefault, [{ SSEAlgorithm: 'AES256' }], usesKey),
    setting(`${bucketDefault}.KMSMasterKeyID`, [removed, 'alias/aws/s3'], usesKey),
    ...gone('PublicAccessBlockConfiguration'),
    ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((name) =>
      off(`PublicAccessBlockConfiguration.${name}`),
    ),
    setting('OwnershipControls.Rules.0.ObjectOwnership', ['ObjectWriter', 'BucketOwnerPreferred']),
    // Object Lock keeps versions by itself, and refuses to have them suspended.
    setting('VersioningConfiguration', [removed, { Status: 'Suspended' }], (properties) => !isLocked(properties)),
    setting('ObjectLockConfiguration', [removed]),
    setting('ObjectLockConfiguration.Rule', [removed]),
    setting('ObjectLockConfiguration.Rule.DefaultRetention.Mode', ['GOVERNANCE']),
    setting('ObjectLockConfiguration.Rule.DefaultRetention.Days', [1]),
    ...gone('LoggingConfiguration'),
    // Nothing that is not empty goes with its stack: Amazon S3 refuses to delete it.
  ],
  'AWS::S3::BucketPolicy': [],
  'AWS::SMSVOICE::ProtectConfiguration': [setting('DeletionProtectionEnabled', [removed, false])],
  'AWS::SNS::Subscription': [],
  'AWS::SNS::Topic': [setting('KmsMasterKeyId', [removed]), setting('KmsMasterKeyId', ['alias/aws/sns'], holdsSensitiveData)],
  'AWS::SNS::TopicPolicy': [],
  'AWS::SQS::Queue': [setting('KmsMasterKeyId', [removed]), setting('KmsMasterKeyId', ['alias/aws/sqs'], holdsSensitiveData)],
  'AWS::SQS::QueuePolicy': [],
  'AWS::Scheduler::Schedule': [setting('State', ['DISABLED'])],
  'AWS::SecurityHub::Hub': [setting('AutoEnableControls', [false])],
  'AWS::SecurityHub::Standard': [],
  'AWS::WAFv2::LoggingConfiguration': [
    ...gone('RedactedFields', 'RedactedFields.0'),
    setting('LoggingFilter', [
      {
        DefaultBehavior: 'DROP',
        Filters: [{ Behavior: 'DROP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }],
      },
    ]),
  ],
  'AWS::WAFv2::WebACL': [
    ...gone('Rules', 'Rules.*', 'DataProtectionConfig'),
    setting('Rules.*.OverrideAction', [{ Count: {} }]),
    setting('Rules.*.Action', [{ Count: {} }, { Allow: {} }]),
    setting('VisibilityConfig.CloudWatchMetricsEnabled', [false]),
    setting('Rules.*.VisibilityConfig.CloudWatchMetricsEnabled', [false]),
    setting('Rules.*.Statement.RateBasedStatement.Limit', [2_000_000_000]),
  ],
  'AWS::WAFv2::WebACLAssociation': [],
  'Custom::VpcRestrictDefaultSG': [],
}

/** Policies, by type. What a service takes as all of its actions differs: Amazon SNS refuses some that are not a topic's. */
export const policyPlaces: Readonly<Record<string, PolicyPlace>> = {
  'AWS::Backup::BackupVault': { kind: 'resource', path: 'AccessPolicy', all: 'backup:*', harmless: 'backup:DescribeBackupVault' },
  'AWS::Backup::LogicallyAirGappedBackupVault': {
    kind: 'resource',
    path: 'AccessPolicy',
    all: 'backup:*',
    harmless: 'backup:DescribeBackupVault',
  },
  'AWS::DynamoDB::Table': {
    kind: 'resource',
    path: 'ResourcePolicy.PolicyDocument',
    all: 'dynamodb:*',
    harmless: 'dynamodb:DescribeTimeToLive',
  },
  'AWS::EC2::VPCEndpoint': { kind: 'endpoint', path: 'PolicyDocument', harmless: 'sts:GetSessionToken' },
  'AWS::IAM::ManagedPolicy': { kind: 'identity', path: 'PolicyDocument', harmless: 'sts:GetSessionToken' },
  'AWS::IAM::Role': { kind: 'trust', path: 'AssumeRolePolicyDocument', harmless: 'sts:SetSourceIdentity' },
  'AWS::KMS::Key': { kind: 'resource', path: 'KeyPolicy', all: 'kms:*', harmless: 'kms:DescribeKey' },
  'AWS::KMS::ReplicaKey': { kind: 'resource', path: 'KeyPolicy', all: 'kms:*', harmless: 'kms:DescribeKey' },
  'AWS::Organizations::Policy': { kind: 'organization', path: 'Content', harmless: 'sts:GetSessionToken' },
  'AWS::S3::BucketPolicy': { kind: 'resource', path: 'PolicyDocument', all: 's3:*', harmless: 's3:GetObjectTorrent' },
  'AWS::SNS::TopicPolicy': {
    kind: 'resource',
    path: 'PolicyDocument',
    all: ['sns:Publish', 'sns:SetTopicAttributes', 'sns:Subscribe'],
    harmless: 'sns:ListSubscriptionsByTopic',
  },
  'AWS::SQS::QueuePolicy': { kind: 'resource', path: 'PolicyDocument', all: 'sqs:*', harmless: 'sqs:ListDeadLetterSourceQueues' },
}

/** Resources whose absence opens something, ends a record of something, or hides it. */
export const mustExist: readonly string[] = [
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::CloudTrail::Trail',
  'AWS::Cognito::LogDeliveryConfiguration',
  'AWS::Cognito::UserPoolRiskConfigurationAttachment',
  'AWS::Config::ConfigurationRecorder',
  'AWS::Config::DeliveryChannel',
  'AWS::EC2::FlowLog',
  'AWS::EC2::VPCBlockPublicAccessOptions',
  'AWS::EC2::VPCEncryptionControl',
  'AWS::GuardDuty::Detector',
  'AWS::Macie::Session',
  'AWS::Route53Resolver::FirewallRuleGroupAssociation',
  'AWS::Route53Resolver::ResolverDNSSECConfig',
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SecurityHub::Hub',
  'AWS::SecurityHub::Standard',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
  'Custom::VpcRestrictDefaultSG',
]

/** Types without a property of their own that security rests on, and why. */
export const withoutSecurity: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'Names the role that writes execution logs; the stage says what is logged.',
  'AWS::ApiGateway::ClientCertificate': 'The stage says whether it is shown.',
  'AWS::ApiGateway::Deployment': 'Is a snapshot of the methods.',
  'AWS::ApiGateway::GatewayResponse': 'Words of error answers.',
  'AWS::ApiGateway::Model': 'Shapes of bodies; the functions check each again.',
  'AWS::ApiGateway::Resource': 'A path; what may be done there is its methods.',
  'AWS::Athena::NamedQuery': 'A text that people may run with the rights they have.',
  'AWS::Backup::RestoreTestingPlan': 'Tests copies; it neither makes nor guards them.',
  'AWS::Backup::RestoreTestingSelection': 'Tests copies; it neither makes nor guards them.',
  'AWS::Cognito::UserPoolDomain': 'A name.',
  'AWS::Cognito::UserPoolResourceServer': 'Names of scopes; clients and methods say who needs which.',
  'AWS::Config::ConfigRule': 'Each looks for one setting afterwards; the recorder that all need is judged, and the settings themselves.',
  'AWS::EC2::RouteTable': 'Its routes are resources of their own.',
  'AWS::EC2::SubnetRouteTableAssociation': 'No route of any table leads out.',
  'AWS::EC2::VPC': 'What stands in it decides.',
  'AWS::Glue::Database': 'Names of columns.',
  'AWS::Glue::Table': 'Names of columns.',
  'AWS::IAM::OIDCProvider': 'The roles that trust it say whom they let in.',
  'AWS::IAM::ServiceLinkedRole': 'AWS writes its policies.',
  'AWS::KMS::Alias': 'A name.',
  'AWS::Lambda::EventInvokeConfig': 'How often to try again.',
  'AWS::Logs::MetricFilter': 'Counts lines; the alarm on the count is judged.',
  'AWS::Route53Resolver::FirewallDomainList': 'The rule group says what becomes of its names.',
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': 'Its association says what is logged.',
  'AWS::SMSVOICE::ConfigurationSet': 'Where events of messages go.',
  'AWS::Scheduler::ScheduleGroup': 'A name.',
  'AWS::WAFv2::IPSet': 'Is empty but for an emergency.',
}
