import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { controls } from '../../../lib/gate/checks/controls.ts'

const packFile = join(dirname(createRequire(import.meta.url).resolve('cdk-nag')), 'packs', 'hipaa-security.js')
const packRules = [...readFileSync(packFile, 'utf8').matchAll(/\brule: \w+\.(\w+),/g)].map(([, name = '']) => name)

/** Controls that judge, on the template, what a rule of cdk-nag's HIPAA pack asks: the first asks the same, the others are parts or neighbours of it. */
const controlsOf: Readonly<Record<string, readonly string[]>> = {
  APIGWCacheEnabledAndEncrypted: ['apigateway-stage-cache-enabled-and-encrypted', 'apigateway-stage-cache-cluster'],
  APIGWExecutionLoggingEnabled: ['apigateway-execution-logging'],
  APIGWSSLEnabled: ['apigateway-stage-client-certificate'],
  APIGWXrayEnabled: ['apigateway-stage-tracing'],
  AutoScalingGroupELBHealthCheckRequired: ['autoscaling-group-load-balancer-health'],
  AutoScalingLaunchConfigPublicIpDisabled: ['ec2-instance-public-address'],
  CloudTrailCloudWatchLogsEnabled: ['cloudtrail-trail-cloudwatch-logs'],
  CloudTrailEncryptionEnabled: ['cloudtrail-customer-key'],
  CloudTrailLogFileValidationEnabled: ['cloudtrail-trail-log-file-validation'],
  CloudWatchAlarmAction: ['cloudwatch-alarm-action-check', 'cloudwatch-alarm-actions', 'cloudwatch-alarm-actions-enabled'],
  CloudWatchLogGroupEncrypted: ['logs-log-group-customer-key'],
  CloudWatchLogGroupRetentionPeriod: ['logs-log-group-retention', 'logs-log-group-retention-year'],
  CodeBuildProjectEnvVarAwsCred: ['codebuild-project-no-plain-credentials'],
  CodeBuildProjectSourceRepoUrl: ['codebuild-project-source-connection', 'codebuild-project-source-without-credentials'],
  DMSReplicationNotPublic: ['dms-instance-public'],
  DynamoDBAutoScalingEnabled: ['dynamodb-autoscaling', 'dynamodb-table-index-capacity-scales'],
  DynamoDBInBackupPlan: ['dynamodb-in-backup-plan'],
  DynamoDBPITREnabled: ['dynamodb-point-in-time-recovery'],
  EC2EBSInBackupPlan: ['ec2-volume-in-backup-plan'],
  EC2EBSOptimizedInstance: ['ec2-instance-ebs-optimized'],
  EC2IMDSv2Enabled: ['ec2-instance-metadata-v2'],
  EC2InstanceDetailedMonitoringEnabled: ['ec2-instance-detailed-monitoring'],
  EC2InstanceNoPublicIp: ['ec2-instance-public-address'],
  EC2InstanceProfileAttached: ['ec2-instance-profile-attached'],
  EC2InstancesInVPC: ['ec2-instance-in-vpc'],
  EC2RestrictedCommonPorts: ['ec2-security-group-common-ports-from-internet', 'ec2-security-group-high-risk-ports-from-internet'],
  EC2RestrictedSSH: ['ec2-security-group-ssh-from-internet'],
  ECSTaskDefinitionUserForHostMode: ['ecs-task-definition-host-network-user'],
  EFSInBackupPlan: ['efs-file-system-in-backup-plan', 'efs-file-system-automatic-backup'],
  EFSEncrypted: ['efs-file-system-encrypted'],
  ElastiCacheRedisClusterAutomaticBackup: ['elasticache-backup-fifteen-days', 'elasticache-backup'],
  ElasticBeanstalkEnhancedHealthReportingEnabled: ['elasticbeanstalk-environment-enhanced-health'],
  ElasticBeanstalkManagedUpdatesEnabled: ['elasticbeanstalk-environment-managed-updates'],
  ALBHttpDropInvalidHeaderEnabled: ['elbv2-load-balancer-drop-invalid-headers'],
  ALBHttpToHttpsRedirection: ['elb-listener-encrypted'],
  ELBACMCertificateRequired: ['elb-acm-certificate'],
  ELBCrossZoneLoadBalancingEnabled: ['elb-cross-zone', 'elb-zones'],
  ELBDeletionProtectionEnabled: ['elbv2-load-balancer-deletion-protection'],
  ELBLoggingEnabled: ['elb-access-log'],
  ELBTlsHttpsListenersOnly: ['elb-listener-encrypted'],
  ELBv2ACMCertificateRequired: ['elb-acm-certificate'],
  EMRKerberosEnabled: ['emr-cluster-kerberos'],
  IAMGroupHasUsers: ['iam-group-has-users'],
  IAMNoInlinePolicy: ['iam-no-inline-policy'],
  IAMPolicyNoStatementsWithAdminAccess: ['iam-policy-full-administrator'],
  IAMPolicyNoStatementsWithFullAccess: ['iam-policy-full-access', 'iam-policy-whole-service'],
  IAMUserGroupMembership: ['iam-user-in-group'],
  IAMUserNoPolicies: ['iam-user-policies-by-group'],
  LambdaConcurrency: ['lambda-function-reserved-concurrency'],
  LambdaDLQ: ['lambda-function-failed-events-kept'],
  LambdaFunctionPublicAccessProhibited: ['lambda-public-access', 'lambda-permission-not-public'],
  LambdaInsideVPC: ['lambda-function-in-vpc'],
  OpenSearchEncryptedAtRest: ['opensearch-domain-encrypted'],
  OpenSearchInVPCOnly: ['opensearch-domain-in-vpc'],
  OpenSearchErrorLogsToCloudWatch: ['opensearch-domain-error-log'],
  OpenSearchNodeToNodeEncryption: ['opensearch-domain-node-to-node'],
  RDSAutomaticMinorVersionUpgradeEnabled: ['rds-minor-upgrades'],
  RDSEnhancedMonitoringEnabled: ['rds-enhanced-monitoring'],
  RDSInBackupPlan: ['rds-in-backup-plan'],
  RDSInstanceBackupEnabled: ['rds-instance-backup', 'rds-backup-seven-days'],
  RDSInstanceDeletionProtectionEnabled: ['rds-deletion-protection'],
  RDSMultiAZSupport: ['rds-multi-az'],
  RDSInstancePublicAccess: ['rds-public'],
  RDSLoggingEnabled: ['rds-logging', 'rds-log-exports'],
  RDSStorageEncrypted: ['rds-storage-encrypted'],
  RedshiftBackupEnabled: ['redshift-cluster-snapshots'],
  RedshiftClusterConfiguration: ['redshift-cluster-configuration', 'redshift-cluster-encrypted', 'redshift-cluster-audit-logging'],
  RedshiftClusterMaintenanceSettings: ['redshift-cluster-maintenance-settings', 'redshift-cluster-version-upgrade'],
  RedshiftClusterPublicAccess: ['redshift-public'],
  RedshiftEnhancedVPCRoutingEnabled: ['redshift-enhanced-vpc-routing'],
  RedshiftRequireTlsSSL: ['redshift-tls'],
  S3BucketLevelPublicAccessProhibited: ['s3-bucket-public-access-block'],
  S3BucketLoggingEnabled: ['s3-bucket-access-logging'],
  S3BucketPublicReadProhibited: ['s3-bucket-public-read', 's3-bucket-acl-public-read', 's3-bucket-policy-public-read'],
  S3BucketPublicWriteProhibited: ['s3-bucket-public-write', 's3-bucket-acl-public-write', 's3-bucket-policy-public-write'],
  S3BucketReplicationEnabled: ['s3-bucket-replication'],
  S3BucketSSLRequestsOnly: ['s3-bucket-tls-only'],
  S3BucketVersioningEnabled: ['s3-bucket-versioning'],
  S3DefaultEncryptionKMS: ['s3-bucket-kms-encryption'],
  SageMakerEndpointConfigurationKMSKeyConfigured: ['sagemaker-endpoint-customer-key'],
  SageMakerNotebookInstanceKMSKeyConfigured: ['sagemaker-notebook-customer-key'],
  SageMakerNotebookNoDirectInternetAccess: ['sagemaker-notebook-internet'],
  SecretsManagerRotationEnabled: ['secretsmanager-secret-rotation'],
  SecretsManagerUsingKMSKey: ['secretsmanager-secret-customer-key'],
  SNSEncryptedKMS: ['sns-topic-encrypted'],
  VPCDefaultSecurityGroupClosed: ['vpc-default-security-group-closed', 'ec2-default-security-group-no-rules'],
  VPCFlowLogsEnabled: ['vpc-flow-log'],
  VPCNoUnrestrictedRouteToIGW: ['vpc-route-to-internet-gateway'],
  VPCSubnetAutoAssignPublicIpDisabled: ['vpc-subnet-public-address'],
  WAFv2LoggingEnabled: ['waf-web-acl-logging'],
}

const names = (words: Iterable<string>): readonly string[] => [...new Set(words)].toSorted((one, other) => one.localeCompare(other))

test('the pack has the rules that the table was written for', () => {
  expect(packRules).toHaveLength(90)
  expect(names(Object.keys(controlsOf))).toEqual(names(packRules))
})

test('each rule of the pack has a control that exists', () => {
  const ids = new Set(controls.map(({ id }) => id))
  const unknown = Object.entries(controlsOf).flatMap(([rule, of]) => of.filter((id) => !ids.has(id)).map((id) => `${rule}: ${id}`))
  expect(unknown).toEqual([])
  expect(Object.entries(controlsOf).filter(([, of]) => of.length === 0)).toEqual([])
})
