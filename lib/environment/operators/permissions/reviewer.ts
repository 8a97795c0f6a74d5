import type { Permission } from '../../constructs/least-policy.ts'

const readings = {
  ReadIdentities: {
    iam: 'GenerateCredentialReport GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary GetCredentialReport GetOpenIDConnectProvider GetPolicy GetPolicyVersion GetRole ListAttachedRolePolicies ListMFADevices ListOpenIDConnectProviders ListPolicies ListPolicyVersions ListRoles ListUsers',
    'access-analyzer': 'GetAnalyzer GetFinding ListAnalyzers ListFindings',
  },
  ReadKeysAndStores: {
    kms: 'DescribeKey GetKeyPolicy GetKeyRotationStatus ListAliases ListGrants ListKeyPolicies ListKeys',
    s3: 'GetAccountPublicAccessBlock GetBucketLocation GetBucketLogging GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketVersioning GetEncryptionConfiguration GetLifecycleConfiguration ListAllMyBuckets',
    dynamodb: 'DescribeContinuousBackups DescribeTable GetResourcePolicy ListTables',
    backup:
      'DescribeBackupVault GetBackupPlan GetBackupSelection GetBackupVaultAccessPolicy GetRestoreTestingPlan GetRestoreTestingSelection ListBackupPlans ListBackupSelections ListBackupVaults ListRecoveryPointsByBackupVault ListRestoreJobs ListRestoreTestingPlans ListRestoreTestingSelections',
  },
  ReadTheNetwork: {
    ec2: 'DescribeFlowLogs DescribeInternetGateways DescribeNatGateways DescribeNetworkAcls DescribeNetworkInterfaces DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups DescribeSubnets DescribeVpcBlockPublicAccessOptions DescribeVpcEndpoints DescribeVpcPeeringConnections DescribeVpcs',
    route53resolver:
      'GetFirewallConfig ListFirewallDomains ListFirewallRuleGroupAssociations ListFirewallRules ListResolverQueryLogConfigs',
  },
  ReadDetection: {
    cloudtrail: 'DescribeTrails GetEventSelectors GetTrail GetTrailStatus ListTrails',
    config:
      'DescribeComplianceByConfigRule DescribeConfigRules DescribeConfigurationRecorderStatus DescribeConfigurationRecorders DescribeConformancePackCompliance DescribeConformancePacks DescribeDeliveryChannels GetComplianceDetailsByConfigRule',
    guardduty: 'GetDetector GetFindings ListDetectors ListFindings',
    macie2: 'GetAutomatedDiscoveryConfiguration GetMacieSession',
    securityhub: 'DescribeHub DescribeStandardsControls GetEnabledStandards GetFindings',
    cloudwatch: 'DescribeAlarms',
    logs: 'DescribeLogGroups DescribeMetricFilters',
  },
  ReadWhatRuns: {
    cloudformation: 'DescribeStackResources DescribeStacks GetStackPolicy GetTemplate ListStackResources ListStacks',
    events: 'DescribeRule ListRules ListTargetsByRule',
    lambda: 'GetFunctionConcurrency GetFunctionConfiguration GetPolicy ListFunctions',
    sns: 'GetTopicAttributes ListSubscriptionsByTopic ListTopics',
    sqs: 'GetQueueAttributes ListQueues',
  },
} as const satisfies Record<string, Record<string, string>>

/**
 * The reviewer sees how everything is set up and nothing of what it holds: no object, item, message, log line, secret or plaintext.
 * AWS's own SecurityAudit policy is not used: it changes without us.
 */
export const reviewerPermissions = (): readonly Permission[] =>
  Object.entries(readings).map(([sid, services]) => ({
    sid,
    actions: Object.entries(services).flatMap(([service, names]) => names.split(' ').map((name) => `${service}:${name}` as const)),
    resources: [{ matching: '*', because: 'A review must see what should not be there, under whatever name.' }],
  }))
