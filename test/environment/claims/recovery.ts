import { expect } from 'vitest'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Claim, resourcesOf } from './claim.ts'
import { leastFunctionClaims } from './least-function-claims.ts'
import { expectStatements, permission, type Statement, single } from './policies.ts'
import { deny, role, vaultLock, vaultProtection } from './recovery-resources.ts'
import { expectCounts, expectKept, expectProperties, outputOf, resourceWith } from './resources.ts'

const named = ({ name }: EnvironmentConfig, what: string) => `safe-harbor-${name}-${what}`
const vaultArn = (
  config: EnvironmentConfig,
  what: string,
  duty: 'workload' | 'recovery',
  region: string | undefined = config.regions.primary,
) => `arn:aws:backup:${region}:${config.accounts[duty]}:backup-vault:${named(config, what)}`
const tableArn = (config: EnvironmentConfig, table: string) =>
  `arn:aws:dynamodb:${config.regions.primary}:${config.accounts.workload}:table/${table.includes('*') ? table : named(config, table)}`
const bucketArn = (config: EnvironmentConfig) =>
  `arn:aws:s3:::${named(config, 'attachments')}-${config.accounts.workload}-${config.regions.primary}`
const restoredTables = (config: EnvironmentConfig) => tableArn(config, 'awsbackup-restore-test-*')

const copyTargets = (config: EnvironmentConfig): string[] =>
  config.purpose === 'production'
    ? [
        vaultArn(config, 'region-copies', 'workload', config.regions.recovery),
        vaultArn(config, 'copies', 'recovery'),
        vaultArn(config, 'air-gapped', 'recovery'),
      ]
    : [vaultArn(config, 'copies', 'recovery')]

export const recoveryClaims: readonly Claim[] = [
  {
    stack: 'recovery',
    says: 'holds one vault, one plan, one restore testing plan with two selections, one function, three roles, nine alarms, and what these need',
    check: (template) =>
      expectCounts(template, {
        'AWS::Backup::BackupPlan': 1,
        'AWS::Backup::BackupVault': 1,
        'AWS::Backup::RestoreTestingPlan': 1,
        'AWS::Backup::RestoreTestingSelection': 2,
        'AWS::CloudWatch::Alarm': 9,
        'AWS::EC2::SecurityGroup': 1,
        'AWS::Events::Rule': 1,
        'AWS::IAM::ManagedPolicy': 4,
        'AWS::IAM::Role': 3,
        'AWS::Lambda::Function': 1,
        'AWS::Lambda::Permission': 1,
        'AWS::Logs::LogGroup': 1,
        'AWS::Logs::MetricFilter': 2,
        'AWS::SQS::Queue': 1,
        'AWS::SQS::QueuePolicy': 1,
      }),
  },
  {
    stack: 'recovery',
    says: 'locks the vault, encrypts it under the backup key, and refuses deletion, foreign copies and restores by others',
    check: (template, config) => {
      const vault = resourceWith(template, 'AWS::Backup::BackupVault', 'BackupVaultName', named(config, 'vault'))
      const { workload } = config.accounts
      expectProperties(
        vault,
        {
          BackupVaultName: named(config, 'vault'),
          EncryptionKeyArn: outputOf(config, 'keys', 'BackupKey'),
          LockConfiguration: vaultLock(config),
        },
        'AccessPolicy',
        [
          ...vaultProtection(config, `arn:aws:iam::${workload}:role/cdk-shwork-cfn-exec-role-${workload}-${config.regions.primary}`),
          deny('CopiesGoToOurVaultsOnly', ['backup:CopyFromBackupVault'], {
            'ForAllValues:ArnNotEquals': { 'backup:CopyTargets': copyTargets(config) },
          }),
          deny('OnlyTestsAndBreakGlassRestore', ['backup:StartRestoreJob'], {
            ArnNotEquals: {
              'aws:PrincipalArn': [
                `arn:aws:iam::${workload}:role/aws-service-role/restore-testing.backup.amazonaws.com/AWSServiceRoleForBackupRestoreTesting`,
                role(config, 'break-glass'),
              ],
            },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          }),
        ],
      )
      expectKept(vault, config, 'patient-data')
    },
  },
  {
    stack: 'recovery',
    says: 'makes a recovery point every twelve hours, keeps it as configured, and copies one a day to every vault of copies',
    check: (template, config) => {
      const [plan] = Object.values(resourcesOf(template, 'AWS::Backup::BackupPlan'))
      const Lifecycle = { DeleteAfterDays: config.retention.backupDays }
      const rule = { TargetBackupVault: named(config, 'vault'), StartWindowMinutes: 60, CompletionWindowMinutes: 360, Lifecycle }
      expect(plan?.Properties).toEqual({
        BackupPlan: {
          BackupPlanName: named(config, 'backup'),
          BackupPlanRule: [
            {
              ...rule,
              RuleName: 'morning',
              ScheduleExpression: 'cron(0 5 ? * * *)',
              CopyActions: copyTargets(config).map((DestinationBackupVaultArn) => ({ DestinationBackupVaultArn, Lifecycle })),
            },
            { ...rule, RuleName: 'evening', ScheduleExpression: 'cron(0 17 ? * * *)' },
          ],
        },
      })
      expect((plan as { DependsOn?: unknown } | undefined)?.DependsOn).toEqual(
        Object.keys(resourcesOf(template, 'AWS::Backup::BackupVault')),
      )
    },
  },
  {
    stack: 'recovery',
    says: 'restores the newest recovery point of each store twice a week, under the storage key, for a day at most',
    check: (template, config) => {
      const [planId, plan] = Object.entries(resourcesOf(template, 'AWS::Backup::RestoreTestingPlan'))[0] ?? []
      expect(plan?.Properties).toEqual({
        RestoreTestingPlanName: `safe_harbor_${config.name.replaceAll('-', '_')}_restore_test`,
        ScheduleExpression: 'cron(0 9 ? * SUN,WED *)',
        StartWindowHours: 4,
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          IncludeVaults: [vaultArn(config, 'vault', 'workload')],
          RecoveryPointTypes: ['SNAPSHOT'],
          SelectionWindowDays: 2,
        },
      })
      const key = outputOf(config, 'keys', 'StorageKey')
      const common = {
        RestoreTestingPlanName: { Ref: planId },
        IamRoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^RestoreRole/), 'Arn'] },
        ValidationWindowHours: 24,
      }
      const selection = (name: string) =>
        resourceWith(template, 'AWS::Backup::RestoreTestingSelection', 'RestoreTestingSelectionName', name).Properties
      expect(selection('tables')).toEqual({
        ...common,
        RestoreTestingSelectionName: 'tables',
        ProtectedResourceType: 'DynamoDB',
        ProtectedResourceArns: ['records', 'wrapped-keys', 'ledger'].map((table) => tableArn(config, table)),
        RestoreMetadataOverrides: { encryptionType: 'KMS', kmsMasterKeyArn: key },
      })
      expect(selection('attachments')).toEqual({
        ...common,
        RestoreTestingSelectionName: 'attachments',
        ProtectedResourceType: 'S3',
        ProtectedResourceArns: [bucketArn(config)],
        RestoreMetadataOverrides: { encryptionType: 'SSE-KMS', kmsKey: key },
      })
    },
  },
  ...(['backup', 'restore'] as const).map(
    (what): Claim => ({
      stack: 'recovery',
      says: `lets AWS Backup, and nobody else, take the role ${what}, bounded and with exactly these permissions`,
      check: (template, config) => {
        const [policyId, policy] = policyOf(template, config, what)
        const made = resourceWith(template, 'AWS::IAM::Role', 'RoleName', named(config, what))
        const { Description, AssumeRolePolicyDocument, ...rest } = made.Properties
        expect(Description).toMatch(/^AWS Backup .+\.$/)
        expect(AssumeRolePolicyDocument).toEqual({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'backup.amazonaws.com' } }],
        })
        expect(rest).toEqual({
          RoleName: named(config, what),
          ManagedPolicyArns: [{ Ref: policyId }],
          PermissionsBoundary: `arn:aws:iam::${config.accounts.workload}:policy/${named(config, 'workload-boundary')}`,
        })
        expectStatements(policy, what === 'backup' ? backupPermissions(config) : restorePermissions(config))
      },
    }),
  ),
  ...leastFunctionClaims({
    stack: 'recovery',
    what: 'restore-test',
    description: 'Counts what a restore test has restored, checks record headers, and reports the verdict to AWS Backup.',
    may: 'read restored tables, and nothing of a store or of the vault key',
    permissions: testPermissions,
    variables: (config) => ({ SEALED_TABLE: named(config, 'records') }),
    concurrency: 4,
    timeout: 900,
    undelivered: (_config, template) => [
      {
        // The construct library makes this name.
        Sid: expect.stringMatching(/^AllowEventRule\w+$/),
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Condition: {
          ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [Object.keys(resourcesOf(template, 'AWS::Events::Rule'))[0], 'Arn'] } },
        },
      },
    ],
  }),
  {
    stack: 'recovery',
    says: 'calls the restore test for each restore of its own plan that has completed',
    check: (template, config) => {
      const [functionId] = Object.keys(resourcesOf(template, 'AWS::Lambda::Function'))
      const [ruleId, rule] = Object.entries(resourcesOf(template, 'AWS::Events::Rule'))[0] ?? []
      const [planId] = Object.keys(resourcesOf(template, 'AWS::Backup::RestoreTestingPlan'))
      const [queueId] = Object.keys(resourcesOf(template, 'AWS::SQS::Queue'))
      const { Description, ...rest } = rule?.Properties ?? {}
      expect(Description).toBe('A restore test has restored something: judge it.')
      expect(rest).toEqual({
        Name: named(config, 'restore-completed'),
        State: 'ENABLED',
        EventPattern: {
          source: ['aws.backup'],
          'detail-type': ['Restore Job State Change'],
          detail: { status: ['COMPLETED'], restoreTestingPlanArn: [{ 'Fn::GetAtt': [planId, 'RestoreTestingPlanArn'] }] },
        },
        Targets: [
          {
            Id: 'Target0',
            Arn: { 'Fn::GetAtt': [functionId, 'Arn'] },
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queueId, 'Arn'] } },
          },
        ],
      })
      expect(Object.values(resourcesOf(template, 'AWS::Lambda::Permission'))[0]?.Properties).toEqual({
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': [functionId, 'Arn'] },
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [ruleId, 'Arn'] },
      })
    },
  },
  ...(
    [
      ['restore-test-failed', 'RestoreTestsFailed'],
      ['restore-test-passed', 'RestoreTestsPassed'],
    ] as const
  ).map(
    ([word, metric]): Claim => ({
      stack: 'recovery',
      says: `counts each ${word} in the log of the restore test`,
      check: (template, config) => {
        const filter = resourceWith(template, 'AWS::Logs::MetricFilter', 'FilterName', named(config, word))
        expect(filter.Properties).toEqual({
          FilterName: named(config, word),
          LogGroupName: `/safe-harbor/${config.name}/restore-test`,
          FilterPattern: `{ $.message.event = "${word}" }`,
          MetricTransformations: [{ MetricNamespace: `safe-harbor-${config.name}`, MetricName: metric, MetricValue: '1', Unit: 'Count' }],
        })
        expect((filter as { DependsOn?: unknown }).DependsOn).toEqual(Object.keys(resourcesOf(template, 'AWS::Logs::LogGroup')))
      },
    }),
  ),
  ...(
    [
      ['backup-job-failed', 'NumberOfBackupJobsFailed', 3600, 1],
      ['backup-job-expired', 'NumberOfBackupJobsExpired', 3600, 1],
      ['copy-job-failed', 'NumberOfCopyJobsFailed', 3600, 1],
      ['restore-job-failed', 'NumberOfRestoreJobsFailed', 3600, 1],
      ['no-recovery-point-in-24h', 'NumberOfBackupJobsCompleted', 3600, 24],
      ['restore-test-failed', 'RestoreTestsFailed', 300, 1],
      ['restore-test-quiet', 'RestoreTestsPassed', 86400, 7],
    ] as const
  ).map(
    ([what, metric, period, periods]): Claim => ({
      stack: 'recovery',
      says: `rings ${what}`,
      check: (template, config) => {
        const { AlarmDescription, ...rest } = resourceWith(template, 'AWS::CloudWatch::Alarm', 'AlarmName', named(config, what)).Properties
        const topic = [`arn:aws:sns:${config.regions.primary}:${config.accounts.workload}:${named(config, 'alerts')}`]
        const rare = periods > 1
        const ofVault = { Namespace: 'AWS/Backup', Dimensions: [{ Name: 'BackupVaultName', Value: named(config, 'vault') }] }
        expect(AlarmDescription).toMatch(new RegExp(`^[A-Z].+\\. Runbook: https://github.com/${config.github.repository}#${what}$`))
        expect(rest).toEqual({
          AlarmName: named(config, what),
          ...(metric.startsWith('Number') ? ofVault : { Namespace: `safe-harbor-${config.name}` }),
          MetricName: metric,
          Statistic: 'Sum',
          Period: period,
          EvaluationPeriods: periods,
          DatapointsToAlarm: periods,
          Threshold: 1,
          ComparisonOperator: rare ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
          TreatMissingData: rare ? 'breaching' : 'notBreaching',
          AlarmActions: topic,
          OKActions: topic,
        })
      },
    }),
  ),
]

function policyOf(template: Parameters<Claim['check']>[0], config: EnvironmentConfig, what: string): [id: string, document: unknown] {
  const found = Object.entries(resourcesOf(template, 'AWS::IAM::ManagedPolicy')).find(
    ([, { Properties }]) => Properties.ManagedPolicyName === named(config, what),
  )
  if (found === undefined) throw new Error(`no policy ${what}`)
  const { PolicyDocument, ...rest } = found[1].Properties
  expect(rest).toEqual({ ManagedPolicyName: named(config, what), Path: '/', Description: expect.stringMatching(/^[A-Z].+\.$/) })
  return [found[0], PolicyDocument]
}

const through = ({ regions }: EnvironmentConfig, ...services: string[]) => ({
  StringEquals: { 'kms:ViaService': single(services.map((name) => `${name}.${regions.primary}.amazonaws.com`)) },
})

function backupPermissions(config: EnvironmentConfig): Statement[] {
  const { workload, recovery } = config.accounts
  const storage = outputOf(config, 'keys', 'StorageKey')
  const targets = copyTargets(config)
  const keys = [
    ...new Set([
      `arn:aws:kms:${config.regions.primary}:${workload}:key/*`,
      ...(config.purpose === 'production' ? [`arn:aws:kms:${config.regions.recovery}:${workload}:key/*`] : []),
      `arn:aws:kms:${config.regions.primary}:${recovery}:key/*`,
    ]),
  ]
  const aliases = ['backup', 'copies'].map((what) => `alias/${named(config, what)}`)
  return [
    permission(
      'BackUpTables',
      ['dynamodb:DescribeTable', 'dynamodb:CreateBackup', 'dynamodb:StartAwsBackupJob', 'dynamodb:ListTagsOfResource'],
      ['records', 'wrapped-keys', 'ledger', 'routing'].map((table) => tableArn(config, table)),
    ),
    permission('DescribeStoreKeys', ['kms:DescribeKey'], [outputOf(config, 'keys', 'RoutingKey'), storage]),
    permission(
      'ReadTablesUnderTheirKeys',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      [outputOf(config, 'keys', 'RoutingKey'), storage],
      through(config, 'dynamodb'),
    ),
    permission(
      'WatchTheBucket',
      [
        's3:GetBucketAcl',
        's3:GetBucketLocation',
        's3:GetBucketNotification',
        's3:GetBucketTagging',
        's3:GetBucketVersioning',
        's3:GetInventoryConfiguration',
        's3:ListBucket',
        's3:ListBucketVersions',
        's3:ListTagsForResource',
        's3:PutBucketNotification',
        's3:PutInventoryConfiguration',
      ],
      [bucketArn(config)],
    ),
    permission(
      'ReadObjects',
      [
        's3:GetObject',
        's3:GetObjectAcl',
        's3:GetObjectTagging',
        's3:GetObjectVersion',
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionTagging',
      ],
      [`${bucketArn(config)}/*`],
    ),
    permission('ReadObjectsUnderTheirKey', ['kms:Decrypt'], [storage], through(config, 's3')),
    permission(
      'HearOfNewObjects',
      [
        'events:DeleteRule',
        'events:DescribeRule',
        'events:DisableRule',
        'events:EnableRule',
        'events:ListTargetsByRule',
        'events:PutRule',
        'events:PutTargets',
        'events:RemoveTargets',
      ],
      [`arn:aws:events:${config.regions.primary}:${workload}:rule/AwsBackupManagedRule*`],
    ),
    permission('ListWhatHasNoResource', ['cloudwatch:GetMetricData', 'events:ListRules', 's3:ListAllMyBuckets', 'tag:GetResources'], ['*']),
    permission(
      'FillVaults',
      ['backup:DescribeBackupVault', 'backup:CopyIntoBackupVault'],
      [vaultArn(config, 'vault', 'workload'), ...targets],
    ),
    permission('CopyToOurVaultsOnly', ['backup:CopyFromBackupVault'], ['*'], {
      'ForAllValues:ArnEquals': { 'backup:CopyTargets': targets },
      Null: { 'backup:CopyTargets': 'false' },
    }),
    permission('TagRecoveryPoints', ['backup:TagResource'], [`arn:aws:backup:${config.regions.primary}:${workload}:recovery-point:*`]),
    permission('DescribeVaultKeys', ['kms:DescribeKey'], keys, {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [...aliases, 'alias/aws/backup'] },
    }),
    permission('LetBackupUseVaultKeys', ['kms:CreateGrant'], keys, {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': aliases },
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    }),
  ]
}

function restorePermissions(config: EnvironmentConfig): Statement[] {
  const storage = outputOf(config, 'keys', 'StorageKey')
  const backup = outputOf(config, 'keys', 'BackupKey')
  return [
    permission(
      'RestoreTables',
      ['dynamodb:RestoreTableFromAwsBackup'],
      [restoredTables(config), ...['records', 'wrapped-keys', 'ledger'].map((table) => tableArn(config, table))],
    ),
    permission(
      'FillRestoredTables',
      [
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:DescribeTable',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:UpdateItem',
      ],
      [restoredTables(config)],
    ),
    permission(
      'MakeRestoredBuckets',
      [
        's3:CreateBucket',
        's3:GetBucketLocation',
        's3:GetBucketOwnershipControls',
        's3:GetBucketVersioning',
        's3:ListBucket',
        's3:ListBucketVersions',
        's3:PutBucketOwnershipControls',
        's3:PutBucketVersioning',
      ],
      ['arn:aws:s3:::awsbackup-restore-test-*'],
    ),
    permission(
      'FillRestoredBuckets',
      [
        's3:DeleteObject',
        's3:GetObject',
        's3:GetObjectAcl',
        's3:GetObjectTagging',
        's3:GetObjectVersion',
        's3:GetObjectVersionAcl',
        's3:ListMultipartUploadParts',
        's3:PutObject',
        's3:PutObjectTagging',
      ],
      ['arn:aws:s3:::awsbackup-restore-test-*/*'],
    ),
    permission('DescribeKeys', ['kms:DescribeKey'], [backup, storage]),
    permission(
      'EncryptWhatIsRestored',
      ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
      [storage],
      through(config, 'dynamodb', 's3'),
    ),
    permission('DecryptRecoveryPoints', ['kms:Decrypt', 'kms:GenerateDataKey'], [backup], through(config, 'backup', 'dynamodb', 's3')),
    permission('LetServicesUseTheKeys', ['kms:CreateGrant'], [backup, storage], { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ]
}

function testPermissions(config: EnvironmentConfig): Statement[] {
  return [
    permission('ReadRestoredTables', ['dynamodb:DescribeTable', 'dynamodb:Scan'], [restoredTables(config)]),
    permission(
      'CountSourceTables',
      ['dynamodb:DescribeTable'],
      ['records', 'wrapped-keys', 'ledger'].map((table) => tableArn(config, table)),
    ),
    permission('DecryptRestoredTablesAtRest', ['kms:Decrypt'], [outputOf(config, 'keys', 'StorageKey')], {
      ...through(config, 'dynamodb'),
      StringLike: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'awsbackup-restore-test-*' },
    }),
    permission('ReportVerdicts', ['backup:DescribeRestoreJob', 'backup:PutRestoreValidationResult'], ['*']),
  ]
}
