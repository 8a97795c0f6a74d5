import { deepStrictEqual, match } from 'node:assert/strict'
import { nameOf } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import type { Claim } from '../claim.ts'
import { resourcesOf } from '../claim.ts'

type Row = readonly [identifier: string, parameters?: Readonly<Record<string, string>>]

/** Rules that look every hour whether something was switched off or opened. */
const hourly: readonly Row[] = [
  ['CLOUD_TRAIL_ENABLED'],
  ['EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK'],
  ['GUARDDUTY_ENABLED_CENTRALIZED'],
  ['IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED'],
  ['IAM_ROOT_ACCESS_KEY_CHECK'],
  ['IAM_USER_MFA_ENABLED'],
  ['KMS_CMK_NOT_SCHEDULED_FOR_DELETION'],
  ['MACIE_STATUS_CHECK'],
  ['MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS'],
  ['MULTI_REGION_CLOUD_TRAIL_ENABLED', { readWriteType: 'ALL', includeManagementEvents: 'true' }],
  ['ROOT_ACCOUNT_HARDWARE_MFA_ENABLED'],
  ['ROOT_ACCOUNT_MFA_ENABLED'],
  [
    'S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC',
    { BlockPublicAcls: 'true', BlockPublicPolicy: 'true', IgnorePublicAcls: 'true', RestrictPublicBuckets: 'true' },
  ],
  ['SECURITYHUB_ENABLED'],
  ['SSM_DOCUMENT_NOT_PUBLIC'],
]

const others = (config: EnvironmentConfig): readonly Row[] => [
  ['ACCESS_KEYS_ROTATED', { maxAccessKeyAge: '90' }],
  ['API_GW_ASSOCIATED_WITH_WAF'],
  [
    'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
    {
      requiredFrequencyUnit: 'days',
      requiredFrequencyValue: '1',
      requiredRetentionDays: `${Math.min(35, config.retention.backupDays)}`,
    },
  ],
  ['BACKUP_RECOVERY_POINT_ENCRYPTED'],
  ['CLOUDWATCH_ALARM_ACTION_CHECK', { alarmActionRequired: 'true', insufficientDataActionRequired: 'false', okActionRequired: 'true' }],
  ['CLOUDWATCH_LOG_GROUP_ENCRYPTED'],
  ['CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED'],
  ['CLOUD_TRAIL_ENCRYPTION_ENABLED'],
  ['CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED'],
  ['CMK_BACKING_KEY_ROTATION_ENABLED'],
  ['CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK'],
  ['CW_LOGGROUP_RETENTION_PERIOD_CHECK', { MinRetentionTime: `${config.retention.logDays}` }],
  ['DMS_REPLICATION_NOT_PUBLIC'],
  ['DYNAMODB_IN_BACKUP_PLAN'],
  ['DYNAMODB_PITR_ENABLED'],
  ['DYNAMODB_TABLE_ENCRYPTED_KMS'],
  ['EC2_EBS_ENCRYPTION_BY_DEFAULT'],
  ['EC2_IMDSV2_CHECK'],
  ['EC2_INSTANCE_NO_PUBLIC_IP'],
  ['GUARDDUTY_NON_ARCHIVED_FINDINGS', { daysLowSev: '30', daysMediumSev: '7', daysHighSev: '1' }],
  [
    'IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS',
    { blockedActionsPatterns: 'kms:*,kms:Decrypt,kms:ReEncrypt*', excludePermissionBoundaryPolicy: 'true' },
  ],
  [
    'IAM_PASSWORD_POLICY',
    {
      RequireUppercaseCharacters: 'true',
      RequireLowercaseCharacters: 'true',
      RequireSymbols: 'true',
      RequireNumbers: 'true',
      MinimumPasswordLength: '14',
      PasswordReusePrevention: '24',
      MaxPasswordAge: '90',
    },
  ],
  ['IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS'],
  ['IAM_USER_NO_POLICIES_CHECK'],
  ['IAM_USER_UNUSED_CREDENTIALS_CHECK', { maxCredentialUsageAge: '90' }],
  ['INCOMING_SSH_DISABLED'],
  ['INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY'],
  ['LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED'],
  ['LAMBDA_INSIDE_VPC'],
  ['NO_UNRESTRICTED_ROUTE_TO_IGW'],
  ['OPENSEARCH_IN_VPC_ONLY'],
  ['RDS_INSTANCE_PUBLIC_ACCESS_CHECK'],
  ['RDS_SNAPSHOTS_PUBLIC_PROHIBITED'],
  ['REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK'],
  ['S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED'],
  ['S3_BUCKET_PUBLIC_READ_PROHIBITED'],
  ['S3_BUCKET_PUBLIC_WRITE_PROHIBITED'],
  ['S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED'],
  ['S3_BUCKET_SSL_REQUESTS_ONLY'],
  ['S3_BUCKET_VERSIONING_ENABLED'],
  ['SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS'],
  ['SNS_ENCRYPTED_KMS'],
  ['SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED'],
  ['VPC_DEFAULT_SECURITY_GROUP_CLOSED'],
  ['VPC_FLOW_LOGS_ENABLED', { trafficType: 'ALL' }],
  ['VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS'],
]

/** The HIPAA conformance rules. */
export const configRuleClaims: readonly Claim[] = [
  {
    says: 'AWS Config watches these HIPAA rules, with these parameters, and the switches every hour',
    stack: 'detection',
    check: (template, config) => {
      const made = Object.values(resourcesOf(template, 'AWS::Config::ConfigRule')).map(
        ({ Properties: { Description: _, ...rule } }) => rule,
      )
      const expected = [
        ...hourly.map((row) => ({ ...said(config, row), MaximumExecutionFrequency: 'One_Hour' })),
        ...others(config).map((row) => said(config, row)),
      ]
      deepStrictEqual(byName(made), byName(expected))
    },
  },
  {
    says: 'Every HIPAA rule names the section of the Security Rule it speaks to, within the length that AWS Config takes',
    stack: 'detection',
    check: (template) => {
      for (const { Properties } of Object.values(resourcesOf(template, 'AWS::Config::ConfigRule')))
        match(String(Properties['Description']), /^.{10,220}\. 45 CFR 164\.3\d\d\([a-z]\)(\([0-9A-Za-z]+\))*\.$/)
    },
  },
]

const said = (config: EnvironmentConfig, [identifier, parameters]: Row): Record<string, unknown> => ({
  ConfigRuleName: nameOf(config, identifier.toLowerCase().replaceAll('_', '-')),
  Source: { Owner: 'AWS', SourceIdentifier: identifier },
  ...(parameters && { InputParameters: parameters }),
})

const byName = (rules: readonly Record<string, unknown>[]) =>
  Object.fromEntries(
    rules.map((rule) => [String(rule['ConfigRuleName']), rule] as const).sort(([one], [other]) => one.localeCompare(other)),
  )
