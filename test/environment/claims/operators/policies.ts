/** One statement of a policy, as it must stand in the template; several values in one text, separated by spaces. */
export interface ExpectedStatement {
  readonly sid: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions?: string
  readonly notActions?: string
  /** `{prefix}`, `{prefix_}` with underscores, `{account}` and `{region}` stand for those of the environment. */
  readonly resources: string
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** The switch that ends sessions: it stands last in every boundary. */
export const revocation: ExpectedStatement = {
  sid: 'RevokeOlderSessions',
  effect: 'Deny',
  actions: '*',
  resources: '*',
  condition: { DateLessThan: { 'aws:TokenIssueTime': '1970-01-01T00:00:00Z' } },
}

/**
 * Every policy of the operators stacks in full, by name; written down apart from the code that makes them, so that a change of either is seen. What
 * differs by account (`operator-boundary`, `responder`) is claimed beside.
 */
export const expectedPolicies = {
  custodian: [
    {
      sid: 'FindKeys',
      effect: 'Allow',
      actions: 'cloudwatch:DescribeAlarms kms:ListAliases kms:ListKeys tag:GetResources',
      resources: '*',
    },
  ],
  reviewer: [
    {
      sid: 'ReadIdentities',
      effect: 'Allow',
      actions:
        'access-analyzer:GetAnalyzer access-analyzer:GetFinding access-analyzer:ListAnalyzers access-analyzer:ListFindings iam:GenerateCredentialReport iam:GetAccountAuthorizationDetails iam:GetAccountPasswordPolicy iam:GetAccountSummary iam:GetCredentialReport iam:GetOpenIDConnectProvider iam:GetPolicy iam:GetPolicyVersion iam:GetRole iam:ListAttachedRolePolicies iam:ListMFADevices iam:ListOpenIDConnectProviders iam:ListPolicies iam:ListPolicyVersions iam:ListRoles iam:ListUsers',
      resources: '*',
    },
    {
      sid: 'ReadKeysAndStores',
      effect: 'Allow',
      actions:
        'backup:DescribeBackupVault backup:GetBackupPlan backup:GetBackupSelection backup:GetBackupVaultAccessPolicy backup:GetRestoreTestingPlan backup:GetRestoreTestingSelection backup:ListBackupPlans backup:ListBackupSelections backup:ListBackupVaults backup:ListRecoveryPointsByBackupVault backup:ListRestoreJobs backup:ListRestoreTestingPlans backup:ListRestoreTestingSelections dynamodb:DescribeContinuousBackups dynamodb:DescribeTable dynamodb:GetResourcePolicy dynamodb:ListTables kms:DescribeKey kms:GetKeyPolicy kms:GetKeyRotationStatus kms:ListAliases kms:ListGrants kms:ListKeyPolicies kms:ListKeys s3:GetAccountPublicAccessBlock s3:GetBucketLocation s3:GetBucketLogging s3:GetBucketObjectLockConfiguration s3:GetBucketOwnershipControls s3:GetBucketPolicy s3:GetBucketPolicyStatus s3:GetBucketPublicAccessBlock s3:GetBucketVersioning s3:GetEncryptionConfiguration s3:GetLifecycleConfiguration s3:ListAllMyBuckets',
      resources: '*',
    },
    {
      sid: 'ReadTheNetwork',
      effect: 'Allow',
      actions:
        'ec2:DescribeFlowLogs ec2:DescribeInternetGateways ec2:DescribeNatGateways ec2:DescribeNetworkAcls ec2:DescribeNetworkInterfaces ec2:DescribeRouteTables ec2:DescribeSecurityGroupRules ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcBlockPublicAccessOptions ec2:DescribeVpcEndpoints ec2:DescribeVpcPeeringConnections ec2:DescribeVpcs route53resolver:GetFirewallConfig route53resolver:ListFirewallDomains route53resolver:ListFirewallRuleGroupAssociations route53resolver:ListFirewallRules route53resolver:ListResolverQueryLogConfigs',
      resources: '*',
    },
    {
      sid: 'ReadDetection',
      effect: 'Allow',
      actions:
        'cloudtrail:DescribeTrails cloudtrail:GetEventSelectors cloudtrail:GetTrail cloudtrail:GetTrailStatus cloudtrail:ListTrails cloudwatch:DescribeAlarms config:DescribeComplianceByConfigRule config:DescribeConfigRules config:DescribeConfigurationRecorderStatus config:DescribeConfigurationRecorders config:DescribeConformancePackCompliance config:DescribeConformancePacks config:DescribeDeliveryChannels config:GetComplianceDetailsByConfigRule guardduty:GetDetector guardduty:GetFindings guardduty:ListDetectors guardduty:ListFindings logs:DescribeLogGroups logs:DescribeMetricFilters macie2:GetAutomatedDiscoveryConfiguration macie2:GetMacieSession securityhub:DescribeHub securityhub:DescribeStandardsControls securityhub:GetEnabledStandards securityhub:GetFindings',
      resources: '*',
    },
    {
      sid: 'ReadWhatRuns',
      effect: 'Allow',
      actions:
        'cloudformation:DescribeStackResources cloudformation:DescribeStacks cloudformation:GetStackPolicy cloudformation:GetTemplate cloudformation:ListStackResources cloudformation:ListStacks events:DescribeRule events:ListRules events:ListTargetsByRule lambda:GetFunctionConcurrency lambda:GetFunctionConfiguration lambda:GetPolicy lambda:ListFunctions sns:GetTopicAttributes sns:ListSubscriptionsByTopic sns:ListTopics sqs:GetQueueAttributes sqs:ListQueues',
      resources: '*',
    },
  ],
  investigator: [
    {
      sid: 'QueryInTheInvestigationWorkgroup',
      effect: 'Allow',
      actions:
        'athena:BatchGetNamedQuery athena:BatchGetQueryExecution athena:GetNamedQuery athena:GetQueryExecution athena:GetQueryResults athena:GetQueryResultsStream athena:GetQueryRuntimeStatistics athena:GetWorkGroup athena:ListNamedQueries athena:ListQueryExecutions athena:StartQueryExecution athena:StopQueryExecution',
      resources: 'arn:aws:athena:{region}:{account}:workgroup/{prefix}-investigation',
    },
    {
      sid: 'FindWorkgroupsAndCatalogs',
      effect: 'Allow',
      actions: 'athena:ListDataCatalogs athena:ListEngineVersions athena:ListWorkGroups',
      resources: '*',
    },
    {
      sid: 'ReadTheCatalog',
      effect: 'Allow',
      actions: 'glue:GetDatabase glue:GetDatabases glue:GetPartition glue:GetPartitions glue:GetTable glue:GetTables',
      resources:
        'arn:aws:glue:{region}:{account}:catalog arn:aws:glue:{region}:{account}:database/default arn:aws:glue:{region}:{account}:database/{prefix_}_evidence arn:aws:glue:{region}:{account}:table/{prefix_}_evidence/*',
    },
    {
      sid: 'ReadTheArchive',
      effect: 'Allow',
      actions: 's3:GetBucketLocation s3:GetObject s3:GetObjectVersion s3:ListBucket s3:ListBucketVersions',
      resources: 'arn:aws:s3:::{prefix}-archive-{account}-{region} arn:aws:s3:::{prefix}-archive-{account}-{region}/*',
    },
    {
      sid: 'KeepQueryResults',
      effect: 'Allow',
      actions:
        's3:AbortMultipartUpload s3:GetBucketLocation s3:GetObject s3:ListBucket s3:ListBucketMultipartUploads s3:ListMultipartUploadParts s3:PutObject',
      resources: 'arn:aws:s3:::{prefix}-athena-results-{account}-{region} arn:aws:s3:::{prefix}-athena-results-{account}-{region}/*',
    },
    {
      sid: 'OpenTheArchiveAtRest',
      effect: 'Allow',
      actions: 'kms:Decrypt kms:DescribeKey kms:GenerateDataKey',
      resources: 'arn:aws:kms:{region}:{account}:key/*',
      condition: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/{prefix}-archive'] },
        StringEquals: { 'kms:ViaService': 's3.{region}.amazonaws.com' },
      },
    },
  ],
  'privacy-officer': [
    {
      sid: 'ReadTheAccessLedger',
      effect: 'Allow',
      actions: 'dynamodb:DescribeTable dynamodb:GetItem dynamodb:Query',
      resources:
        'arn:aws:dynamodb:{region}:{account}:table/{prefix}-ledger arn:aws:dynamodb:{region}:{account}:table/{prefix}-ledger/index/*',
    },
    {
      sid: 'OpenTheLedgerAtRest',
      effect: 'Allow',
      actions: 'kms:Decrypt',
      resources: 'arn:aws:kms:{region}:{account}:key/*',
      condition: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/{prefix}-storage'] },
        StringEquals: {
          'kms:ViaService': 'dynamodb.{region}.amazonaws.com',
          'kms:EncryptionContext:aws:dynamodb:tableName': '{prefix}-ledger',
        },
      },
    },
  ],
  'records-officer': [
    {
      sid: 'EraseByDeletingWrappedKeys',
      effect: 'Allow',
      actions: 'dynamodb:DeleteItem dynamodb:Query',
      resources: 'arn:aws:dynamodb:{region}:{account}:table/{prefix}-wrapped-keys',
    },
    {
      sid: 'OpenTheTableAtRest',
      effect: 'Allow',
      actions: 'kms:Decrypt',
      resources: 'arn:aws:kms:{region}:{account}:key/*',
      condition: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/{prefix}-storage'] },
        StringEquals: {
          'kms:ViaService': 'dynamodb.{region}.amazonaws.com',
          'kms:EncryptionContext:aws:dynamodb:tableName': '{prefix}-wrapped-keys',
        },
      },
    },
  ],
  'recovery-approver': [
    { sid: 'FindTheKey', effect: 'Allow', actions: 'kms:ListAliases kms:ListKeys', resources: '*' },
    {
      sid: 'SeeWhatIsApproved',
      effect: 'Allow',
      actions: 'kms:DescribeKey kms:ListGrants',
      resources: 'arn:aws:kms:{region}:{account}:key/*',
    },
    {
      sid: 'ApproverNeverOpens',
      effect: 'Deny',
      actions: 'kms:Decrypt kms:GenerateDataKey* kms:PutKeyPolicy kms:ReEncrypt*',
      resources: '*',
    },
  ],
  'recovery-opener': [
    { sid: 'FindTheKey', effect: 'Allow', actions: 'kms:ListAliases kms:ListKeys', resources: '*' },
    { sid: 'SeeTheKey', effect: 'Allow', actions: 'kms:DescribeKey', resources: 'arn:aws:kms:{region}:{account}:key/*' },
    { sid: 'OpenerNeverApproves', effect: 'Deny', actions: 'kms:CreateGrant kms:PutKeyPolicy kms:ReEncrypt*', resources: '*' },
  ],
  'break-glass-door': [
    { sid: 'SeePasswordRules', effect: 'Allow', actions: 'iam:GetAccountPasswordPolicy', resources: '*' },
    {
      sid: 'KeepOwnPassword',
      effect: 'Allow',
      actions: 'iam:ChangePassword iam:GetUser',
      resources: 'arn:aws:iam::{account}:user/${aws:username}',
    },
    {
      sid: 'SeeOwnSecurityKeys',
      effect: 'Allow',
      actions: 'iam:GetMFADevice iam:ListMFADevices',
      resources: 'arn:aws:iam::{account}:user/${aws:username}',
    },
    {
      sid: 'BeginToRegisterASecurityKey',
      effect: 'Allow',
      actions: 'iam:EnableMFADevice',
      resources: 'arn:aws:iam::{account}:user/${aws:username}',
      condition: { StringEquals: { 'iam:RegisterSecurityKey': 'Create' } },
    },
    {
      sid: 'RegisterACertifiedSecurityKey',
      effect: 'Allow',
      actions: 'iam:EnableMFADevice',
      resources: 'arn:aws:iam::{account}:user/${aws:username}',
      condition: {
        StringEquals: { 'iam:RegisterSecurityKey': 'Activate', 'iam:FIDO-certification': ['L1', 'L1plus', 'L2', 'L2plus', 'L3', 'L3plus'] },
      },
    },
    {
      sid: 'EnterBreakGlass',
      effect: 'Allow',
      actions: 'sts:AssumeRole',
      resources: 'arn:aws:iam::{account}:role/{prefix}-break-glass',
      condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
    },
    {
      sid: 'NothingElseWithoutTheirKey',
      effect: 'Deny',
      notActions: 'iam:ChangePassword iam:EnableMFADevice iam:GetAccountPasswordPolicy iam:GetMFADevice iam:GetUser iam:ListMFADevices',
      resources: '*',
      condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
  ],
  'break-glass': [
    {
      sid: 'ReadRecordsInAnEmergency',
      effect: 'Allow',
      actions: 'dynamodb:DescribeTable dynamodb:GetItem dynamodb:Query',
      resources:
        'arn:aws:dynamodb:{region}:{account}:table/{prefix}-records arn:aws:dynamodb:{region}:{account}:table/{prefix}-wrapped-keys',
    },
    {
      sid: 'ReadAttachmentsInAnEmergency',
      effect: 'Allow',
      actions: 's3:GetObject',
      resources: 'arn:aws:s3:::{prefix}-attachments-{account}-{region}/*',
    },
    {
      sid: 'OpenTablesAtRest',
      effect: 'Allow',
      actions: 'kms:Decrypt kms:DescribeKey',
      resources: 'arn:aws:kms:{region}:{account}:key/*',
      condition: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/{prefix}-storage'] },
        StringEquals: { 'kms:ViaService': 'dynamodb.{region}.amazonaws.com' },
      },
    },
    {
      sid: 'OpenAttachmentsAtRest',
      effect: 'Allow',
      actions: 'kms:Decrypt',
      resources: 'arn:aws:kms:{region}:{account}:key/*',
      condition: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/{prefix}-storage'] },
        StringEquals: {
          'kms:ViaService': 's3.{region}.amazonaws.com',
          'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::{prefix}-attachments-{account}-{region}',
        },
      },
    },
    {
      sid: 'UnwrapPatientKeys',
      effect: 'Allow',
      actions: 'kms:Decrypt',
      resources: 'arn:aws:kms:{region}:{account}:key/*',
      condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/{prefix}-vault'] }, Null: { 'kms:ViaService': 'true' } },
    },
  ],
  deployment: [
    {
      sid: 'DeployAlongTheWorkloadPath',
      effect: 'Allow',
      actions: 'sts:AssumeRole',
      resources:
        'arn:aws:iam::{account}:role/cdk-shwork-deploy-role-{account}-{region} arn:aws:iam::{account}:role/cdk-shwork-file-publishing-role-{account}-{region}',
    },
    {
      sid: 'NeverAlongTheFoundationPath',
      effect: 'Deny',
      actions: 'sts:AssumeRole sts:TagSession',
      resources: 'arn:aws:iam::*:role/cdk-shfound-*',
    },
  ],
  'workload-boundary': [
    {
      sid: 'RunAsAFunction',
      effect: 'Allow',
      actions:
        'cloudwatch:GetMetricData cloudwatch:PutMetricData ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:UnassignPrivateIpAddresses events:PutEvents lambda:InvokeFunction logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogGroups logs:DescribeLogStreams logs:FilterLogEvents logs:GetLogEvents logs:PutLogEvents sms-voice:SendTextMessage sms-voice:SendVoiceMessage sns:Publish sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage sqs:SendMessage xray:PutTelemetryRecords xray:PutTraceSegments',
      resources: '*',
    },
    {
      sid: 'UseStores',
      effect: 'Allow',
      actions:
        'dynamodb:BatchGetItem dynamodb:BatchWriteItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:DescribeContinuousBackups dynamodb:DescribeStream dynamodb:DescribeTable dynamodb:GetItem dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams dynamodb:ListTables dynamodb:PutItem dynamodb:Query dynamodb:Scan dynamodb:UpdateItem kms:CreateGrant kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext s3:AbortMultipartUpload s3:DeleteObject s3:DeleteObjectVersion s3:GetBucketAcl s3:GetBucketLocation s3:GetBucketNotification s3:GetBucketOwnershipControls s3:GetBucketTagging s3:GetBucketVersioning s3:GetInventoryConfiguration s3:GetObject s3:GetObjectAcl s3:GetObjectTagging s3:GetObjectVersion s3:GetObjectVersionAcl s3:GetObjectVersionTagging s3:ListAllMyBuckets s3:ListBucket s3:ListBucketMultipartUploads s3:ListBucketVersions s3:ListMultipartUploadParts s3:ListTagsForResource s3:PutBucketNotification s3:PutInventoryConfiguration s3:PutObject s3:PutObjectTagging s3:PutObjectVersionTagging',
      resources: '*',
    },
    {
      sid: 'BackUpAndRestore',
      effect: 'Allow',
      actions:
        'backup:CopyFromBackupVault backup:CopyIntoBackupVault backup:DescribeBackupJob backup:DescribeBackupVault backup:DescribeRecoveryPoint backup:DescribeRestoreJob backup:GetRecoveryPointRestoreMetadata backup:ListBackupJobs backup:ListCopyJobs backup:ListRecoveryPointsByBackupVault backup:ListRecoveryPointsByResource backup:ListRestoreJobs backup:ListTags backup:PutRestoreValidationResult backup:StartCopyJob backup:TagResource dynamodb:CreateBackup dynamodb:CreateTable dynamodb:DeleteTable dynamodb:DescribeBackup dynamodb:ListTagsOfResource dynamodb:RestoreTableFromAwsBackup dynamodb:RestoreTableFromBackup dynamodb:StartAwsBackupJob dynamodb:TagResource dynamodb:UntagResource events:DeleteRule events:DescribeRule events:DisableRule events:EnableRule events:ListRules events:ListTargetsByRule events:PutRule events:PutTargets events:RemoveTargets s3:CreateBucket s3:DeleteBucket s3:PutBucketOwnershipControls s3:PutBucketVersioning s3:PutEncryptionConfiguration tag:GetResources',
      resources: '*',
    },
    {
      sid: 'LookAtControls',
      effect: 'Allow',
      actions:
        'cloudtrail:DescribeTrails cloudtrail:GetEventSelectors cloudtrail:GetTrailStatus config:DescribeConfigRules config:DescribeConfigurationRecorderStatus config:PutEvaluations guardduty:GetDetector guardduty:ListDetectors securityhub:DescribeHub securityhub:GetFindings sts:GetCallerIdentity',
      resources: '*',
    },
    {
      sid: 'NobodyOfThePipelinesMakingOpensTheVault',
      effect: 'Deny',
      actions: 'kms:CreateGrant kms:Decrypt kms:ReEncrypt*',
      resources: '*',
      condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/{prefix}-vault'] } },
    },
    {
      sid: 'NobodyMakesIdentities',
      effect: 'Deny',
      actions: 'account:* iam:* identitystore:* organizations:* sso:*',
      resources: '*',
    },
    {
      sid: 'NobodyAdministersKeys',
      effect: 'Deny',
      actions:
        'kms:CreateKey kms:DeleteAlias kms:DisableKey* kms:PutKeyPolicy kms:ReplicateKey kms:RetireGrant kms:RevokeGrant kms:ScheduleKeyDeletion kms:UpdateAlias kms:UpdatePrimaryRegion',
      resources: '*',
    },
    {
      sid: 'NobodyStopsDetection',
      effect: 'Deny',
      actions:
        'access-analyzer:Delete* cloudtrail:DeleteTrail cloudtrail:PutEventSelectors cloudtrail:StopLogging cloudtrail:UpdateTrail config:Delete* config:StopConfigurationRecorder guardduty:Delete* guardduty:UpdateDetector macie2:Disable* securityhub:BatchDisableStandards securityhub:Disable*',
      resources: '*',
    },
    {
      sid: 'NobodyRemovesCopiesOrLocks',
      effect: 'Deny',
      actions:
        'backup:Delete* backup:DisassociateRecoveryPoint* backup:PutBackupVaultAccessPolicy backup:PutBackupVaultLockConfiguration backup:UpdateRecoveryPointLifecycle dynamodb:*ResourcePolicy dynamodb:DeleteBackup s3:BypassGovernanceRetention s3:DeleteBucketPolicy s3:PutAccountPublicAccessBlock s3:PutBucketObjectLockConfiguration s3:PutBucketPolicy s3:PutBucketPublicAccessBlock s3:PutLifecycleConfiguration s3:PutObjectLegalHold s3:PutObjectRetention',
      resources: '*',
    },
    revocation,
  ],
  'workload-deployer-boundary': [
    {
      sid: 'DeployWorkloadStacks',
      effect: 'Allow',
      actions:
        'cloudformation:CancelUpdateStack cloudformation:ContinueUpdateRollback cloudformation:CreateChangeSet cloudformation:CreateStack cloudformation:DeleteChangeSet cloudformation:DeleteStack cloudformation:DescribeChangeSet cloudformation:DescribeEvents cloudformation:DescribeStackEvents cloudformation:DescribeStackResources cloudformation:DescribeStacks cloudformation:ExecuteChangeSet cloudformation:GetTemplate cloudformation:GetTemplateSummary cloudformation:ListStackResources cloudformation:RollbackStack cloudformation:TagResource cloudformation:UpdateStack cloudformation:UpdateTerminationProtection',
      resources:
        'arn:aws:cloudformation:{region}:{account}:stack/{prefix}-detection/* arn:aws:cloudformation:{region}:{account}:stack/{prefix}-records/* arn:aws:cloudformation:{region}:{account}:stack/{prefix}-recovery/* arn:aws:cloudformation:{region}:{account}:stack/{prefix}-service/*',
    },
    {
      sid: 'SeeOtherStacks',
      effect: 'Allow',
      actions: 'cloudformation:DescribeStacks',
      resources: 'arn:aws:cloudformation:{region}:{account}:stack/*',
    },
    {
      sid: 'PublishAndReadAssets',
      effect: 'Allow',
      actions: 's3:AbortMultipartUpload s3:GetBucketLocation s3:GetEncryptionConfiguration s3:GetObject s3:ListBucket s3:PutObject',
      resources: 'arn:aws:s3:::cdk-shwork-assets-{account}-{region} arn:aws:s3:::cdk-shwork-assets-{account}-{region}/*',
    },
    {
      sid: 'KnowTheBootstrapVersion',
      effect: 'Allow',
      actions: 'ssm:GetParameter ssm:GetParameters',
      resources: 'arn:aws:ssm:{region}:{account}:parameter/cdk-bootstrap/shwork/version',
    },
    {
      sid: 'HandOverToCloudFormation',
      effect: 'Allow',
      actions: 'iam:PassRole',
      resources: 'arn:aws:iam::{account}:role/cdk-shwork-cfn-exec-role-{account}-{region}',
      condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
    },
    {
      sid: 'NeverTouchFoundationStacks',
      effect: 'Deny',
      actions: 'cloudformation:CreateChangeSet cloudformation:DeleteStack cloudformation:SetStackPolicy cloudformation:UpdateStack',
      resources:
        'arn:aws:cloudformation:*:*:stack/{prefix}-archive/* arn:aws:cloudformation:*:*:stack/{prefix}-audit/* arn:aws:cloudformation:*:*:stack/{prefix}-guardrails/* arn:aws:cloudformation:*:*:stack/{prefix}-keys/* arn:aws:cloudformation:*:*:stack/{prefix}-network/* arn:aws:cloudformation:*:*:stack/{prefix}-operators-audit/* arn:aws:cloudformation:*:*:stack/{prefix}-operators-recovery/* arn:aws:cloudformation:*:*:stack/{prefix}-operators/* arn:aws:cloudformation:*:*:stack/{prefix}-people/* arn:aws:cloudformation:*:*:stack/{prefix}-recovery-account/* arn:aws:cloudformation:*:*:stack/{prefix}-recovery-region/* arn:aws:cloudformation:*:*:stack/{prefix}-trail-audit/* arn:aws:cloudformation:*:*:stack/{prefix}-trail-recovery/*',
    },
    revocation,
  ],
  'workload-deployment': [
    {
      sid: 'DeployLambdaFunction',
      effect: 'Allow',
      actions:
        'lambda:CreateFunction lambda:DeleteFunction lambda:DeleteFunctionConcurrency lambda:GetFunction lambda:GetFunctionCodeSigningConfig lambda:GetFunctionConcurrency lambda:GetFunctionConfiguration lambda:GetFunctionRecursionConfig lambda:GetRuntimeManagementConfig lambda:ListTags lambda:PutFunctionConcurrency lambda:PutRuntimeManagementConfig lambda:TagResource lambda:UntagResource lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration',
      resources: 'arn:aws:lambda:{region}:{account}:function:{prefix}-*',
    },
    {
      sid: 'DeployLambdaPermission',
      effect: 'Allow',
      actions: 'lambda:AddPermission lambda:GetPolicy lambda:RemovePermission',
      resources: 'arn:aws:lambda:{region}:{account}:function:{prefix}-*',
    },
    {
      sid: 'DeployLambdaEventInvokeConfig',
      effect: 'Allow',
      actions:
        'lambda:DeleteFunctionEventInvokeConfig lambda:GetFunctionEventInvokeConfig lambda:PutFunctionEventInvokeConfig lambda:UpdateFunctionEventInvokeConfig',
      resources: 'arn:aws:lambda:{region}:{account}:function:{prefix}-*',
    },
    {
      sid: 'DeployEC2SecurityGroup',
      effect: 'Allow',
      actions:
        'ec2:CreateSecurityGroup ec2:CreateTags ec2:DeleteSecurityGroup ec2:DeleteTags ec2:DescribeNetworkInterfaces ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeTags ec2:DescribeVpcs',
      resources: '*',
    },
    {
      sid: 'DeployEC2SecurityGroupEgress',
      effect: 'Allow',
      actions: 'ec2:AuthorizeSecurityGroupEgress ec2:DescribeSecurityGroupRules ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroupEgress',
      resources: '*',
    },
    {
      sid: 'DeployEC2SecurityGroupIngress',
      effect: 'Allow',
      actions: 'ec2:AuthorizeSecurityGroupIngress ec2:RevokeSecurityGroupIngress',
      resources: '*',
    },
    {
      sid: 'DeployLogsLogGroup',
      effect: 'Allow',
      actions:
        'logs:AssociateKmsKey logs:CreateLogGroup logs:DeleteLogGroup logs:DeleteRetentionPolicy logs:GetDataProtectionPolicy logs:ListTagsForResource logs:PutRetentionPolicy logs:TagResource logs:UntagResource',
      resources:
        'arn:aws:logs:{region}:{account}:log-group:/{logs}/* arn:aws:logs:{region}:{account}:log-group:API-Gateway-Execution-Logs_*/{name}* arn:aws:logs:{region}:{account}:log-group:aws-waf-logs-{prefix}-api*',
    },
    {
      sid: 'DeployLogsMetricFilter',
      effect: 'Allow',
      actions: 'logs:DeleteMetricFilter logs:DescribeMetricFilters logs:PutMetricFilter',
      resources: 'arn:aws:logs:{region}:{account}:log-group:/{logs}/*',
    },
    {
      sid: 'DeploySQSQueue',
      effect: 'Allow',
      actions:
        'sqs:CreateQueue sqs:DeleteQueue sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListQueueTags sqs:SetQueueAttributes sqs:TagQueue sqs:UntagQueue',
      resources: 'arn:aws:sqs:{region}:{account}:{prefix}-*',
    },
    {
      sid: 'DeploySQSQueuePolicy',
      effect: 'Allow',
      actions: 'sqs:GetQueueAttributes sqs:SetQueueAttributes',
      resources: 'arn:aws:sqs:{region}:{account}:{prefix}-*',
    },
    {
      sid: 'DeploySNSTopic',
      effect: 'Allow',
      actions:
        'sns:CreateTopic sns:DeleteTopic sns:GetDataProtectionPolicy sns:GetTopicAttributes sns:ListSubscriptionsByTopic sns:ListTagsForResource sns:SetTopicAttributes sns:Subscribe sns:TagResource sns:UntagResource',
      resources: 'arn:aws:sns:{region}:{account}:{prefix}-*',
    },
    {
      sid: 'DeploySNSTopicPolicy',
      effect: 'Allow',
      actions: 'sns:GetTopicAttributes sns:SetTopicAttributes',
      resources: 'arn:aws:sns:{region}:{account}:{prefix}-*',
    },
    {
      sid: 'DeploySNSSubscription',
      effect: 'Allow',
      actions: 'sns:GetSubscriptionAttributes sns:SetSubscriptionAttributes sns:Unsubscribe',
      resources: '*',
    },
    {
      sid: 'DeployEventsRule',
      effect: 'Allow',
      actions:
        'events:DeleteRule events:DescribeRule events:ListTagsForResource events:ListTargetsByRule events:PutRule events:PutTargets events:RemoveTargets events:TagResource events:UntagResource',
      resources: 'arn:aws:events:{region}:{account}:rule/{prefix}-*',
    },
    {
      sid: 'DeployCloudWatchAlarm',
      effect: 'Allow',
      actions:
        'cloudwatch:DeleteAlarms cloudwatch:ListTagsForResource cloudwatch:PutMetricAlarm cloudwatch:TagResource cloudwatch:UntagResource',
      resources: 'arn:aws:cloudwatch:{region}:{account}:alarm:{prefix}-*',
    },
    {
      sid: 'EncryptStoresWithTheirKeys',
      effect: 'Allow',
      actions: 'kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:RetireGrant',
      resources: 'arn:aws:kms:{region}:{account}:key/*',
      condition: {
        StringEquals: {
          'kms:ViaService': [
            'backup.{region}.amazonaws.com',
            'dynamodb.{region}.amazonaws.com',
            's3.{region}.amazonaws.com',
            'sns.{region}.amazonaws.com',
            'sqs.{region}.amazonaws.com',
          ],
        },
      },
    },
    {
      sid: 'LetStoresHoldTheirKeys',
      effect: 'Allow',
      actions: 'kms:CreateGrant',
      resources: 'arn:aws:kms:{region}:{account}:key/*',
      condition: {
        StringEquals: {
          'kms:ViaService': [
            'backup.{region}.amazonaws.com',
            'dynamodb.{region}.amazonaws.com',
            's3.{region}.amazonaws.com',
            'sns.{region}.amazonaws.com',
            'sqs.{region}.amazonaws.com',
          ],
        },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    },
    {
      sid: 'FindLogGroupsAndAlarms',
      effect: 'Allow',
      actions: 'cloudwatch:DescribeAlarms logs:DescribeIndexPolicies logs:DescribeLogGroups logs:DescribeResourcePolicies',
      resources: '*',
    },
    {
      sid: 'ReadAssets',
      effect: 'Allow',
      actions: 's3:GetObject s3:GetObjectVersion',
      resources: 'arn:aws:s3:::cdk-shwork-assets-{account}-{region}/*',
    },
    {
      sid: 'KnowTheBootstrapVersion',
      effect: 'Allow',
      actions: 'ssm:GetParameters',
      resources: 'arn:aws:ssm:{region}:{account}:parameter/cdk-bootstrap/shwork/version',
    },
    {
      sid: 'ReferToOtherStacks',
      effect: 'Allow',
      actions: 'cloudformation:DescribeStacks',
      resources: 'arn:aws:cloudformation:{region}:{account}:stack/{prefix}-*',
    },
  ],
  'workload-deployment-stores': [
    {
      sid: 'DeployDynamoDBTable',
      effect: 'Allow',
      actions:
        'dynamodb:CreateTable dynamodb:DeleteResourcePolicy dynamodb:DeleteTable dynamodb:DescribeContinuousBackups dynamodb:DescribeContributorInsights dynamodb:DescribeKinesisStreamingDestination dynamodb:DescribeTable dynamodb:DescribeTimeToLive dynamodb:GetResourcePolicy dynamodb:ListTagsOfResource dynamodb:PutResourcePolicy dynamodb:TagResource dynamodb:UntagResource dynamodb:UpdateContinuousBackups dynamodb:UpdateContributorInsights dynamodb:UpdateTable dynamodb:UpdateTimeToLive',
      resources: 'arn:aws:dynamodb:{region}:{account}:table/{prefix}-*',
    },
    {
      sid: 'DeployS3Bucket',
      effect: 'Allow',
      actions:
        's3:CreateBucket s3:DeleteBucket s3:GetAccelerateConfiguration s3:GetAnalyticsConfiguration s3:GetBucketAcl s3:GetBucketCORS s3:GetBucketLocation s3:GetBucketLogging s3:GetBucketNotification s3:GetBucketObjectLockConfiguration s3:GetBucketOwnershipControls s3:GetBucketPublicAccessBlock s3:GetBucketTagging s3:GetBucketVersioning s3:GetBucketWebsite s3:GetEncryptionConfiguration s3:GetIntelligentTieringConfiguration s3:GetInventoryConfiguration s3:GetLifecycleConfiguration s3:GetMetricsConfiguration s3:GetReplicationConfiguration s3:ListBucket s3:ListTagsForResource s3:PutBucketLogging s3:PutBucketNotification s3:PutBucketOwnershipControls s3:PutBucketPublicAccessBlock s3:PutBucketTagging s3:PutBucketVersioning s3:PutEncryptionConfiguration s3:PutLifecycleConfiguration s3:TagResource s3:UntagResource',
      resources: 'arn:aws:s3:::{prefix}-attachments-{account}-{region}',
    },
    {
      sid: 'DeployS3BucketPolicy',
      effect: 'Allow',
      actions: 's3:DeleteBucketPolicy s3:GetBucketPolicy s3:PutBucketPolicy',
      resources: 'arn:aws:s3:::{prefix}-attachments-{account}-{region}',
    },
    {
      sid: 'DeployBackupBackupVault',
      effect: 'Allow',
      actions:
        'backup-storage:MountCapsule backup:CreateBackupVault backup:DeleteBackupVault backup:DeleteBackupVaultAccessPolicy backup:DeleteBackupVaultNotifications backup:DescribeBackupVault backup:GetBackupVaultAccessPolicy backup:GetBackupVaultNotifications backup:ListTags backup:PutBackupVaultAccessPolicy backup:PutBackupVaultLockConfiguration backup:PutBackupVaultNotifications backup:TagResource backup:UntagResource',
      resources: '*',
    },
    {
      sid: 'DeployBackupLogicallyAirGappedBackupVault',
      effect: 'Allow',
      actions: 'backup:CreateLogicallyAirGappedBackupVault',
      resources: '*',
    },
    {
      sid: 'DeployBackupBackupPlan',
      effect: 'Allow',
      actions: 'backup:CreateBackupPlan backup:DeleteBackupPlan backup:GetBackupPlan backup:UpdateBackupPlan',
      resources: '*',
    },
    {
      sid: 'DeployBackupBackupSelection',
      effect: 'Allow',
      actions: 'backup:CreateBackupSelection backup:DeleteBackupSelection backup:GetBackupSelection backup:ListBackupSelections',
      resources: '*',
    },
    {
      sid: 'DeployBackupRestoreTestingPlan',
      effect: 'Allow',
      actions:
        'backup:CreateRestoreTestingPlan backup:DeleteRestoreTestingPlan backup:GetRestoreTestingPlan backup:UpdateRestoreTestingPlan',
      resources: '*',
    },
    {
      sid: 'DeployBackupRestoreTestingSelection',
      effect: 'Allow',
      actions:
        'backup:CreateRestoreTestingSelection backup:DeleteRestoreTestingSelection backup:GetRestoreTestingSelection backup:UpdateRestoreTestingSelection',
      resources: '*',
    },
  ],
  'workload-deployment-detection': [
    {
      sid: 'DeployGuardDutyDetector',
      effect: 'Allow',
      actions:
        'guardduty:CreateDetector guardduty:DeleteDetector guardduty:GetDetector guardduty:ListDetectors guardduty:ListTagsForResource guardduty:TagResource guardduty:UntagResource guardduty:UpdateDetector',
      resources: '*',
    },
    {
      sid: 'DeployGuardDutyMalwareProtectionPlan',
      effect: 'Allow',
      actions:
        'guardduty:CreateMalwareProtectionPlan guardduty:DeleteMalwareProtectionPlan guardduty:GetMalwareProtectionPlan guardduty:UpdateMalwareProtectionPlan',
      resources: '*',
    },
    {
      sid: 'DeploySecurityHubHub',
      effect: 'Allow',
      actions:
        'securityhub:DescribeHub securityhub:DisableSecurityHub securityhub:EnableSecurityHub securityhub:ListTagsForResource securityhub:TagResource securityhub:UntagResource securityhub:UpdateSecurityHubConfiguration',
      resources: '*',
    },
    {
      sid: 'DeploySecurityHubStandard',
      effect: 'Allow',
      actions:
        'securityhub:BatchDisableStandards securityhub:BatchEnableStandards securityhub:DescribeStandardsControls securityhub:GetEnabledStandards securityhub:UpdateStandardsControl',
      resources: '*',
    },
    {
      sid: 'DeployConfigConfigurationRecorder',
      effect: 'Allow',
      actions:
        'config:DeleteConfigurationRecorder config:DescribeConfigurationRecorderStatus config:DescribeConfigurationRecorders config:PutConfigurationRecorder config:StartConfigurationRecorder config:StopConfigurationRecorder',
      resources: '*',
    },
    {
      sid: 'DeployConfigDeliveryChannel',
      effect: 'Allow',
      actions:
        'config:DeleteDeliveryChannel config:DescribeDeliveryChannelStatus config:DescribeDeliveryChannels config:PutDeliveryChannel',
      resources: '*',
    },
    {
      sid: 'DeployConfigConfigRule',
      effect: 'Allow',
      actions:
        'config:DeleteConfigRule config:DescribeComplianceByConfigRule config:DescribeConfigRules config:ListTagsForResource config:PutConfigRule config:TagResource config:UntagResource',
      resources: '*',
    },
    {
      sid: 'DeployConfigConformancePack',
      effect: 'Allow',
      actions:
        'config:DeleteConformancePack config:DescribeConformancePackStatus config:DescribeConformancePacks config:PutConformancePack',
      resources: '*',
    },
    {
      sid: 'DeployAccessAnalyzerAnalyzer',
      effect: 'Allow',
      actions:
        'access-analyzer:CreateAnalyzer access-analyzer:CreateArchiveRule access-analyzer:DeleteAnalyzer access-analyzer:DeleteArchiveRule access-analyzer:GetAnalyzer access-analyzer:ListAnalyzers access-analyzer:ListArchiveRules access-analyzer:TagResource access-analyzer:UntagResource access-analyzer:UpdateAnalyzer access-analyzer:UpdateArchiveRule',
      resources: '*',
    },
    {
      sid: 'DeployMacieSession',
      effect: 'Allow',
      actions:
        'macie2:DisableMacie macie2:EnableMacie macie2:GetAutomatedDiscoveryConfiguration macie2:GetMacieSession macie2:ListAutomatedDiscoveryAccounts macie2:UpdateAutomatedDiscoveryConfiguration macie2:UpdateMacieSession',
      resources: '*',
    },
    {
      sid: 'DeployMacieFindingsFilter',
      effect: 'Allow',
      actions:
        'macie2:CreateFindingsFilter macie2:DeleteFindingsFilter macie2:GetFindingsFilter macie2:ListFindingsFilters macie2:UpdateFindingsFilter',
      resources: '*',
    },
    {
      sid: 'LetServicesHaveTheirLinkedRoles',
      effect: 'Allow',
      actions: 'iam:CreateServiceLinkedRole',
      resources: 'arn:aws:iam::*:role/aws-service-role/*',
      condition: {
        StringEquals: {
          'iam:AWSServiceName': [
            'access-analyzer.amazonaws.com',
            'backup.amazonaws.com',
            'config-conforms.amazonaws.com',
            'config.amazonaws.com',
            'guardduty.amazonaws.com',
            'macie.amazonaws.com',
            'malware-protection.guardduty.amazonaws.com',
            'ops.apigateway.amazonaws.com',
            'restore-testing.backup.amazonaws.com',
            'securityhub.amazonaws.com',
            'wafv2.amazonaws.com',
          ],
        },
      },
    },
    {
      sid: 'LetServicesLoseTheirLinkedRoles',
      effect: 'Allow',
      actions: 'iam:DeleteServiceLinkedRole',
      resources:
        'arn:aws:iam::{account}:role/aws-service-role/access-analyzer.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/backup.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/config-conforms.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/config.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/guardduty.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/macie.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/malware-protection.guardduty.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/ops.apigateway.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/restore-testing.backup.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/securityhub.amazonaws.com/* arn:aws:iam::{account}:role/aws-service-role/wafv2.amazonaws.com/*',
    },
    {
      sid: 'SeeLinkedRoles',
      effect: 'Allow',
      actions: 'iam:GetRole iam:GetServiceLinkedRoleDeletionStatus',
      resources: 'arn:aws:iam::{account}:role/aws-service-role/*',
    },
    {
      sid: 'LetConfigRecordWithItsLinkedRole',
      effect: 'Allow',
      actions: 'iam:PassRole',
      resources: 'arn:aws:iam::{account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
      condition: { StringEquals: { 'iam:PassedToService': 'config.amazonaws.com' } },
    },
  ],
  'workload-deployment-service': [
    {
      sid: 'DeployApiGatewayRestApi',
      effect: 'Allow',
      actions: 'apigateway:DELETE apigateway:GET apigateway:PATCH apigateway:POST apigateway:PUT',
      resources: 'arn:aws:apigateway:{region}::/restapis arn:aws:apigateway:{region}::/restapis/* arn:aws:apigateway:{region}::/tags/*',
    },
    {
      sid: 'DeployApiGatewayAccount',
      effect: 'Allow',
      actions: 'apigateway:GET apigateway:PATCH',
      resources: 'arn:aws:apigateway:{region}::/account',
    },
    {
      sid: 'DeployApiGatewayClientCertificate',
      effect: 'Allow',
      actions: 'apigateway:DELETE apigateway:GET apigateway:PATCH apigateway:POST apigateway:PUT',
      resources: 'arn:aws:apigateway:{region}::/clientcertificates arn:aws:apigateway:{region}::/clientcertificates/*',
    },
    {
      sid: 'DeployWAFv2IPSet',
      effect: 'Allow',
      actions:
        'wafv2:CreateIPSet wafv2:DeleteIPSet wafv2:GetIPSet wafv2:ListTagsForResource wafv2:TagResource wafv2:UntagResource wafv2:UpdateIPSet',
      resources:
        'arn:aws:wafv2:{region}:{account}:regional/ipset/{prefix}-offline-* arn:aws:wafv2:{region}:{account}:regional/managedruleset/* arn:aws:wafv2:{region}:{account}:regional/webacl/{prefix}-api/*',
    },
    {
      sid: 'DeployWAFv2WebACL',
      effect: 'Allow',
      actions: 'wafv2:CreateWebACL wafv2:DeleteWebACL wafv2:GetWebACL wafv2:UpdateWebACL',
      resources:
        'arn:aws:wafv2:{region}:{account}:regional/ipset/{prefix}-offline-* arn:aws:wafv2:{region}:{account}:regional/managedruleset/* arn:aws:wafv2:{region}:{account}:regional/webacl/{prefix}-api/*',
    },
    {
      sid: 'DeployWAFv2WebACLAssociation',
      effect: 'Allow',
      actions: 'apigateway:SetWebACL wafv2:AssociateWebACL wafv2:DisassociateWebACL wafv2:GetWebACL wafv2:GetWebACLForResource',
      resources:
        'arn:aws:apigateway:{region}::/restapis/*/stages/* arn:aws:wafv2:{region}:{account}:regional/ipset/{prefix}-offline-* arn:aws:wafv2:{region}:{account}:regional/managedruleset/* arn:aws:wafv2:{region}:{account}:regional/webacl/{prefix}-api/*',
    },
    {
      sid: 'DeployWAFv2LoggingConfiguration',
      effect: 'Allow',
      actions: 'wafv2:DeleteLoggingConfiguration wafv2:GetLoggingConfiguration wafv2:PutLoggingConfiguration',
      resources:
        'arn:aws:wafv2:{region}:{account}:regional/ipset/{prefix}-offline-* arn:aws:wafv2:{region}:{account}:regional/managedruleset/* arn:aws:wafv2:{region}:{account}:regional/webacl/{prefix}-api/*',
    },
    {
      sid: 'DeployLambdaEventSourceMapping',
      effect: 'Allow',
      actions:
        'lambda:CreateEventSourceMapping lambda:DeleteEventSourceMapping lambda:GetEventSourceMapping lambda:ListEventSourceMappings lambda:UpdateEventSourceMapping',
      resources: '*',
    },
    {
      sid: 'DeploySchedulerSchedule',
      effect: 'Allow',
      actions: 'scheduler:CreateSchedule scheduler:DeleteSchedule scheduler:GetSchedule scheduler:UpdateSchedule',
      resources: 'arn:aws:scheduler:{region}:{account}:schedule/{prefix}-*',
    },
    {
      sid: 'DeploySchedulerScheduleGroup',
      effect: 'Allow',
      actions:
        'scheduler:CreateScheduleGroup scheduler:DeleteScheduleGroup scheduler:GetScheduleGroup scheduler:ListTagsForResource scheduler:TagResource scheduler:UntagResource',
      resources: 'arn:aws:scheduler:{region}:{account}:schedule-group/{prefix}-*',
    },
    {
      sid: 'DeploySMSVOICEConfigurationSet',
      effect: 'Allow',
      actions:
        'sms-voice:AssociateProtectConfiguration sms-voice:CreateConfigurationSet sms-voice:CreateEventDestination sms-voice:DeleteConfigurationSet sms-voice:DeleteDefaultSenderId sms-voice:DeleteEventDestination sms-voice:DescribeConfigurationSets sms-voice:DisassociateProtectConfiguration sms-voice:ListTagsForResource sms-voice:SetDefaultMessageFeedbackEnabled sms-voice:SetDefaultSenderId sms-voice:TagResource sms-voice:UntagResource sms-voice:UpdateEventDestination',
      resources: '*',
    },
    {
      sid: 'DeploySMSVOICEProtectConfiguration',
      effect: 'Allow',
      actions:
        'sms-voice:CreateProtectConfiguration sms-voice:DeleteProtectConfiguration sms-voice:DescribeProtectConfigurations sms-voice:GetProtectConfigurationCountryRuleSet sms-voice:UpdateProtectConfiguration sms-voice:UpdateProtectConfigurationCountryRuleSet',
      resources: '*',
    },
    {
      sid: 'FindAndConnectServices',
      effect: 'Allow',
      actions:
        'logs:CreateLogDelivery logs:DeleteLogDelivery logs:PutResourcePolicy scheduler:ListScheduleGroups scheduler:ListSchedules wafv2:ListIPSets wafv2:ListLoggingConfigurations wafv2:ListWebACLs',
      resources: '*',
    },
  ],
  'workload-deployment-roles': [
    {
      sid: 'MakeRolesWithinTheBoundary',
      effect: 'Allow',
      actions: 'iam:AttachRolePolicy iam:CreateRole iam:DetachRolePolicy iam:PutRolePermissionsBoundary',
      resources: 'arn:aws:iam::{account}:role/{prefix}-*',
      condition: { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::{account}:policy/{prefix}-workload-boundary' } },
    },
    {
      sid: 'KeepRoles',
      effect: 'Allow',
      actions:
        'iam:DeleteRole iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoleTags iam:TagRole iam:UntagRole iam:UpdateAssumeRolePolicy iam:UpdateRole iam:UpdateRoleDescription',
      resources: 'arn:aws:iam::{account}:role/{prefix}-*',
    },
    {
      sid: 'KeepPolicies',
      effect: 'Allow',
      actions:
        'iam:CreatePolicy iam:CreatePolicyVersion iam:DeletePolicy iam:DeletePolicyVersion iam:GetPolicy iam:GetPolicyVersion iam:ListEntitiesForPolicy iam:ListPolicyTags iam:ListPolicyVersions iam:TagPolicy iam:UntagPolicy',
      resources: 'arn:aws:iam::{account}:policy/{prefix}-*',
    },
    {
      sid: 'HandRolesToTheirServices',
      effect: 'Allow',
      actions: 'iam:PassRole',
      resources: 'arn:aws:iam::{account}:role/{prefix}-*',
      condition: {
        StringEquals: {
          'iam:PassedToService': [
            'apigateway.amazonaws.com',
            'backup.amazonaws.com',
            'config.amazonaws.com',
            'events.amazonaws.com',
            'guardduty.amazonaws.com',
            'lambda.amazonaws.com',
            'malware-protection-plan.guardduty.amazonaws.com',
            'restore-testing.backup.amazonaws.com',
            'scheduler.amazonaws.com',
            'sms-voice.amazonaws.com',
          ],
        },
      },
    },
    {
      sid: 'NeverTouchOperatorsAndBoundaries',
      effect: 'Deny',
      actions: 'iam:*',
      resources:
        'arn:aws:iam::*:policy/{prefix}-break-glass arn:aws:iam::*:policy/{prefix}-break-glass-door arn:aws:iam::*:policy/{prefix}-custodian arn:aws:iam::*:policy/{prefix}-default-security-group* arn:aws:iam::*:policy/{prefix}-deployment arn:aws:iam::*:policy/{prefix}-flow-log-delivery* arn:aws:iam::*:policy/{prefix}-investigator arn:aws:iam::*:policy/{prefix}-operator-boundary arn:aws:iam::*:policy/{prefix}-patient-session* arn:aws:iam::*:policy/{prefix}-privacy-officer arn:aws:iam::*:policy/{prefix}-provider-session* arn:aws:iam::*:policy/{prefix}-records-officer arn:aws:iam::*:policy/{prefix}-recovery-approver arn:aws:iam::*:policy/{prefix}-recovery-opener arn:aws:iam::*:policy/{prefix}-responder arn:aws:iam::*:policy/{prefix}-reviewer arn:aws:iam::*:policy/{prefix}-session-boundary* arn:aws:iam::*:policy/{prefix}-token* arn:aws:iam::*:policy/{prefix}-trail-delivery* arn:aws:iam::*:policy/{prefix}-workload-boundary arn:aws:iam::*:policy/{prefix}-workload-deployer-boundary arn:aws:iam::*:policy/{prefix}-workload-deployment* arn:aws:iam::*:role/{prefix}-break-glass arn:aws:iam::*:role/{prefix}-break-glass-door arn:aws:iam::*:role/{prefix}-custodian arn:aws:iam::*:role/{prefix}-default-security-group* arn:aws:iam::*:role/{prefix}-deployment arn:aws:iam::*:role/{prefix}-flow-log-delivery* arn:aws:iam::*:role/{prefix}-investigator arn:aws:iam::*:role/{prefix}-operator-boundary arn:aws:iam::*:role/{prefix}-patient-session* arn:aws:iam::*:role/{prefix}-privacy-officer arn:aws:iam::*:role/{prefix}-provider-session* arn:aws:iam::*:role/{prefix}-records-officer arn:aws:iam::*:role/{prefix}-recovery-approver arn:aws:iam::*:role/{prefix}-recovery-opener arn:aws:iam::*:role/{prefix}-responder arn:aws:iam::*:role/{prefix}-reviewer arn:aws:iam::*:role/{prefix}-session-boundary* arn:aws:iam::*:role/{prefix}-token* arn:aws:iam::*:role/{prefix}-trail-delivery* arn:aws:iam::*:role/{prefix}-workload-boundary arn:aws:iam::*:role/{prefix}-workload-deployer-boundary arn:aws:iam::*:role/{prefix}-workload-deployment*',
    },
    {
      sid: 'NeverTakeABoundaryOff',
      effect: 'Deny',
      actions: 'iam:DeleteRolePermissionsBoundary iam:PutRolePolicy',
      resources: '*',
    },
    {
      sid: 'NeverOpenTheVault',
      effect: 'Deny',
      actions: 'kms:CreateGrant kms:Decrypt kms:Encrypt kms:GenerateDataKey* kms:ReEncrypt*',
      resources: '*',
      condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/{prefix}-vault'] } },
    },
    {
      sid: 'NeverTouchTrailKeysOrNetwork',
      effect: 'Deny',
      actions:
        'cloudtrail:* ec2:*Gateway* ec2:*Peering* ec2:*Route* ec2:*VpcEndpoint* ec2:DeleteFlowLogs ec2:ModifyVpc* kms:CreateKey kms:DeleteAlias kms:DisableKey* kms:PutKeyPolicy kms:ScheduleKeyDeletion kms:UpdateAlias organizations:*',
      resources: '*',
    },
    {
      sid: 'NeverTouchTheArchive',
      effect: 'Deny',
      actions: 's3:*',
      resources: 'arn:aws:s3:::{prefix}-archive-* arn:aws:s3:::{prefix}-archive-*/*',
    },
  ],
} as const satisfies Readonly<Record<string, readonly ExpectedStatement[]>>
