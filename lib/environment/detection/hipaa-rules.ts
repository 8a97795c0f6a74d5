import type { EnvironmentConfig } from '../../config/schema.ts'

/** A managed rule of AWS Config that watches a requirement of the HIPAA Security Rule. */
export interface HipaaRule {
  /** Identifier in the AWS Config Developer Guide, "List of AWS Config Managed Rules". */
  readonly identifier: string
  /** Sections of 45 CFR 164 it speaks to. */
  readonly citation: string
  /** What holds when it is compliant, one sentence. */
  readonly says: string
  /** @default the parameters AWS gives the rule */
  readonly parameters?: Readonly<Record<string, string>>
  /** For rules that run by the clock only. @default what AWS gives the rule */
  readonly every?: 'One_Hour'
}

const rule = (
  identifier: string,
  citation: string,
  says: string,
  more: Omit<HipaaRule, 'identifier' | 'citation' | 'says'> = {},
): HipaaRule => ({
  identifier,
  citation,
  says,
  ...more,
})

const hourly = { every: 'One_Hour' } as const

/**
 * The HIPAA conformance rules: of the conformance pack "Operational Best Practices for HIPAA Security" those that speak of what stands here, and
 * those that speak of what must never appear. Left out are rules of services that are not used and could not leak (RDS tuning, Redshift
 * maintenance, autoscaling), and rules that what is accepted in `accepted-findings.ts` breaks by design (replication of terminal buckets, KMS and
 * logging of access-log targets, inline policies of the CDK bootstrap roles); data events are watched by the trail's own alarms.
 */
export const hipaaRules = (config: EnvironmentConfig): readonly HipaaRule[] => [
  ...trailAndDetection,
  ...identities,
  ...encryptionAndStores(config),
  ...network,
  ...neverPublic,
]

const trailAndDetection: readonly HipaaRule[] = [
  rule('CLOUD_TRAIL_ENABLED', '164.312(b)', 'A trail records what is done in the account.', hourly),
  rule('MULTI_REGION_CLOUD_TRAIL_ENABLED', '164.312(b)', 'A trail records every Region, reads and writes.', {
    parameters: { readWriteType: 'ALL', includeManagementEvents: 'true' },
    ...hourly,
  }),
  rule('CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED', '164.312(c)(1)', 'The trail signs its files.'),
  rule('CLOUD_TRAIL_ENCRYPTION_ENABLED', '164.312(a)(2)(iv)', 'The trail is encrypted with a key of ours.'),
  rule('CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED', '164.308(a)(1)(ii)(D)', 'The trail reaches CloudWatch Logs, where its alarms read it.'),
  rule('GUARDDUTY_ENABLED_CENTRALIZED', '164.308(a)(1)(ii)(D)', 'GuardDuty is on.', hourly),
  rule('GUARDDUTY_NON_ARCHIVED_FINDINGS', '164.308(a)(6)(ii)', 'Somebody answered every finding of GuardDuty in time.', {
    parameters: { daysLowSev: '30', daysMediumSev: '7', daysHighSev: '1' },
  }),
  rule('SECURITYHUB_ENABLED', '164.308(a)(1)(ii)(D)', 'Security Hub is on.', hourly),
  rule('MACIE_STATUS_CHECK', '164.308(a)(1)(ii)(D)', 'Macie is on.', hourly),
  rule('IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED', '164.308(a)(4)(ii)(C)', 'Access Analyzer watches for access from outside.', hourly),
  rule('CLOUDWATCH_ALARM_ACTION_CHECK', '164.308(a)(6)(ii)', 'Every alarm tells somebody when it rings and when it stops.', {
    parameters: { alarmActionRequired: 'true', insufficientDataActionRequired: 'false', okActionRequired: 'true' },
  }),
]

const keysThatNobodyHandsOut = { blockedActionsPatterns: 'kms:*,kms:Decrypt,kms:ReEncrypt*', excludePermissionBoundaryPolicy: 'true' }

const identities: readonly HipaaRule[] = [
  rule('IAM_ROOT_ACCESS_KEY_CHECK', '164.308(a)(3)(i)', 'The root user has no access key.', hourly),
  rule('ROOT_ACCOUNT_MFA_ENABLED', '164.312(d)', 'The root user signs in with a second factor.', hourly),
  rule('ROOT_ACCOUNT_HARDWARE_MFA_ENABLED', '164.312(d)', "The root user's second factor is hardware.", hourly),
  rule('IAM_USER_MFA_ENABLED', '164.312(d)', 'Every IAM user has a second factor.', hourly),
  rule('MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS', '164.312(d)', 'Nobody signs in to the console without a second factor.', hourly),
  rule('ACCESS_KEYS_ROTATED', '164.308(a)(4)(ii)(C)', 'No access key is older than 90 days.', { parameters: { maxAccessKeyAge: '90' } }),
  rule(
    'IAM_USER_UNUSED_CREDENTIALS_CHECK',
    '164.308(a)(3)(ii)(C)',
    'No credential lies unused for 90 days; break-glass is exercised within them.',
    {
      parameters: { maxCredentialUsageAge: '90' },
    },
  ),
  rule('IAM_PASSWORD_POLICY', '164.308(a)(5)(ii)(D)', 'Passwords are long, mixed and not used again.', {
    parameters: {
      RequireUppercaseCharacters: 'true',
      RequireLowercaseCharacters: 'true',
      RequireSymbols: 'true',
      RequireNumbers: 'true',
      MinimumPasswordLength: '14',
      PasswordReusePrevention: '24',
      MaxPasswordAge: '90',
    },
  }),
  rule('IAM_USER_NO_POLICIES_CHECK', '164.308(a)(4)(ii)(B)', 'Rights are given to roles and groups, not to a user.'),
  rule('IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS', '164.308(a)(3)(i)', 'No policy of ours makes an administrator.'),
  rule('IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS', '164.312(a)(1)', 'No policy of ours decrypts with every key.', {
    parameters: keysThatNobodyHandsOut,
  }),
]

// A recovery point at least every day, kept at least 35 days, or as long as a trial keeps its copies.
const encryptionAndStores = ({ retention }: EnvironmentConfig): readonly HipaaRule[] => [
  rule('CMK_BACKING_KEY_ROTATION_ENABLED', '164.312(a)(2)(iv)', 'Every key is rotated.'),
  rule('KMS_CMK_NOT_SCHEDULED_FOR_DELETION', '164.312(c)(1)', 'No key waits for its deletion.', hourly),
  rule('DYNAMODB_TABLE_ENCRYPTED_KMS', '164.312(a)(2)(iv)', 'Every table is encrypted with a key of the account.'),
  rule('DYNAMODB_PITR_ENABLED', '164.308(a)(7)(ii)(A)', 'Every table can be set back to any second.'),
  rule('DYNAMODB_IN_BACKUP_PLAN', '164.308(a)(7)(ii)(A)', 'Every table is backed up.'),
  rule('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', '164.308(a)(7)(ii)(A)', 'Backup plans run daily and keep what they make.', {
    parameters: {
      requiredFrequencyUnit: 'days',
      requiredFrequencyValue: '1',
      requiredRetentionDays: `${Math.min(35, retention.backupDays)}`,
    },
  }),
  rule('BACKUP_RECOVERY_POINT_ENCRYPTED', '164.312(a)(2)(iv)', 'Every recovery point is encrypted.'),
  rule('S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED', '164.312(a)(2)(iv)', 'Every bucket encrypts what it takes.'),
  rule('S3_BUCKET_SSL_REQUESTS_ONLY', '164.312(e)(1)', 'No bucket answers without TLS.'),
  rule('S3_BUCKET_VERSIONING_ENABLED', '164.312(c)(1)', 'No bucket loses what is overwritten.'),
  rule('CLOUDWATCH_LOG_GROUP_ENCRYPTED', '164.312(a)(2)(iv)', 'Every log group is encrypted with a key of the account.'),
  rule('CW_LOGGROUP_RETENTION_PERIOD_CHECK', '164.312(b)', 'No log group forgets sooner than this environment says.', {
    parameters: { MinRetentionTime: `${retention.logDays}` },
  }),
  rule('SNS_ENCRYPTED_KMS', '164.312(a)(2)(iv)', 'Every topic is encrypted.'),
  rule('EC2_EBS_ENCRYPTION_BY_DEFAULT', '164.312(a)(2)(iv)', 'A volume could not be made without encryption.'),
]

const network: readonly HipaaRule[] = [
  rule('VPC_FLOW_LOGS_ENABLED', '164.308(a)(1)(ii)(D)', 'Every network keeps flow logs of all traffic.', {
    parameters: { trafficType: 'ALL' },
  }),
  rule('VPC_DEFAULT_SECURITY_GROUP_CLOSED', '164.312(e)(1)', 'Default security groups let nothing in or out.'),
  rule('VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS', '164.312(e)(1)', 'No security group is open to the internet.'),
  rule('INCOMING_SSH_DISABLED', '164.312(e)(1)', 'Nobody reaches a shell from the internet.'),
  rule('INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY', '164.312(e)(1)', 'No network has an internet gateway.'),
  rule('NO_UNRESTRICTED_ROUTE_TO_IGW', '164.312(e)(1)', 'No route leads to the internet.'),
  rule('SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED', '164.312(e)(1)', 'No subnet hands out public addresses.'),
  rule(
    'LAMBDA_INSIDE_VPC',
    '164.312(e)(1)',
    'Functions run in the network; the one that closes the default security group does not, and is known.',
  ),
  rule('API_GW_ASSOCIATED_WITH_WAF', '164.312(e)(1)', 'No API stands without a web application firewall.'),
]

const neverPublic: readonly HipaaRule[] = [
  rule('S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC', '164.312(a)(1)', 'The account refuses public buckets.', {
    parameters: { BlockPublicAcls: 'true', BlockPublicPolicy: 'true', IgnorePublicAcls: 'true', RestrictPublicBuckets: 'true' },
    ...hourly,
  }),
  rule('S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED', '164.312(a)(1)', 'Every bucket refuses to be public.'),
  rule('S3_BUCKET_PUBLIC_READ_PROHIBITED', '164.312(a)(1)', 'Nobody outside reads a bucket.'),
  rule('S3_BUCKET_PUBLIC_WRITE_PROHIBITED', '164.312(c)(1)', 'Nobody outside writes to a bucket.'),
  rule('LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED', '164.312(a)(1)', 'Nobody outside invokes a function.'),
  rule('SSM_DOCUMENT_NOT_PUBLIC', '164.312(a)(1)', 'No document is shared with everybody.', hourly),
  rule('EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK', '164.312(a)(1)', 'No snapshot of a volume is public.', hourly),
  rule('RDS_SNAPSHOTS_PUBLIC_PROHIBITED', '164.312(a)(1)', 'No snapshot of a database is public.'),
  rule('RDS_INSTANCE_PUBLIC_ACCESS_CHECK', '164.312(e)(1)', 'No database has a public address.'),
  rule('DMS_REPLICATION_NOT_PUBLIC', '164.312(e)(1)', 'No replication instance has a public address.'),
  rule('REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK', '164.312(e)(1)', 'No warehouse has a public address.'),
  rule('OPENSEARCH_IN_VPC_ONLY', '164.312(e)(1)', 'No search domain has a public address.'),
  rule('SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS', '164.312(e)(1)', 'No notebook reaches the internet.'),
  rule('EC2_INSTANCE_NO_PUBLIC_IP', '164.312(e)(1)', 'No instance has a public address.'),
  rule('EC2_IMDSV2_CHECK', '164.312(a)(1)', 'No instance gives its credentials to a forged request.'),
  rule('CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK', '164.312(d)', 'No build holds keys in plain text.'),
]
