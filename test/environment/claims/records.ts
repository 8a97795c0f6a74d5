import { expect } from 'vitest'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Claim, resourcesOf } from './claim.ts'
import type { Statement } from './policies.ts'
import { deny, role } from './recovery-resources.ts'
import { expectCounts, expectKept, expectProperties, onlyOne, outputOf, resourceWith } from './resources.ts'

/** Tables: data class and the key they stand under. */
const tables = {
  records: ['patient-data', 'StorageKey'],
  'wrapped-keys': ['patient-data', 'StorageKey'],
  ledger: ['access-ledger', 'StorageKey'],
  routing: ['routing', 'RoutingKey'],
} as const
type TableName = keyof typeof tables

const items = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:PartiQLSelect',
  'dynamodb:PutItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
]

export const recordsClaims: readonly Claim[] = [
  {
    stack: 'records',
    says: 'holds four tables, one bucket with its policy and one backup selection, and nothing else',
    check: (template) =>
      expectCounts(template, {
        'AWS::DynamoDB::Table': 4,
        'AWS::S3::Bucket': 1,
        'AWS::S3::BucketPolicy': 1,
        'AWS::Backup::BackupSelection': 1,
      }),
  },
  ...(Object.keys(tables) as TableName[]).map(
    (table): Claim => ({
      stack: 'records',
      says: `keeps the table ${table} encrypted under its key, restorable, protected, classified, and closed by exactly these statements`,
      check: (template, config) => {
        const [dataClass, key] = tables[table]
        const resource = resourceWith(template, 'AWS::DynamoDB::Table', 'TableName', `safe-harbor-${config.name}-${table}`)
        const { ResourcePolicy, ...rest } = resource.Properties
        expectProperties(
          { ...resource, Properties: { ...rest, ...(ResourcePolicy as object) } },
          {
            TableName: `safe-harbor-${config.name}-${table}`,
            AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
            KeySchema: [
              { AttributeName: 'pk', KeyType: 'HASH' },
              { AttributeName: 'sk', KeyType: 'RANGE' },
            ],
            BillingMode: 'PAY_PER_REQUEST',
            DeletionProtectionEnabled: config.purpose === 'production',
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
            ...(table === 'routing' && {
              TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
              StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
            }),
            SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: outputOf(config, 'keys', key) },
          },
          'PolicyDocument',
          tableStatements(config, table),
        )
        expectKept(resource, config, dataClass)
      },
    }),
  ),
  {
    stack: 'records',
    says: 'keeps attachments versioned, under the storage key, closed to the public, logged and classified',
    check: (template, config) => {
      const bucketName = `safe-harbor-${config.name}-attachments-${config.accounts.workload}-${config.regions.primary}`
      const bucket = resourceWith(template, 'AWS::S3::Bucket', 'BucketName', bucketName)
      expect(bucket.Properties).toEqual({
        BucketName: bucketName,
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: outputOf(config, 'keys', 'StorageKey') },
            },
          ],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        LoggingConfiguration: {
          DestinationBucketName: `safe-harbor-${config.name}-access-logs-${config.accounts.workload}-${config.regions.primary}`,
          LogFilePrefix: 'attachments/',
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: {
          Rules: [{ Id: 'abort-incomplete-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
        },
      })
      expectKept(bucket, config, 'patient-data')
    },
  },
  {
    stack: 'records',
    says: 'closes the attachment bucket by exactly these statements',
    check: (template, config) => {
      const policy = onlyOne(template, 'AWS::S3::BucketPolicy')
      const [bucketId] = Object.keys(resourcesOf(template, 'AWS::S3::Bucket'))
      const { PolicyDocument, ...rest } = policy.Properties as {
        PolicyDocument: { Version: string; Statement: Partial<Statement>[] }
      }
      expect(rest).toEqual({ Bucket: { Ref: bucketId } })
      expect(PolicyDocument.Version).toBe('2012-10-17')
      const isTls = ({ Sid }: Partial<Statement>) => Sid?.includes('Tls') === true
      const ours = PolicyDocument.Statement.filter((statement) => !isTls(statement))
      expectProperties({ Type: '', Properties: { Ours: { ...PolicyDocument, Statement: ours } } }, {}, 'Ours', bucketStatements(config))
      const own = { 'Fn::GetAtt': [bucketId, 'Arn'] }
      const Resource = [own, { 'Fn::Join': ['', [own, '/*']] }]
      const common = { Action: 's3:*', Effect: 'Deny', Principal: { AWS: '*' }, Resource }
      expect(PolicyDocument.Statement.filter(isTls)).toEqual([
        { ...common, Sid: 'NobodyWithoutTls', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        { ...common, Sid: 'NobodyBelowTls12', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
      ])
    },
  },
  {
    stack: 'records',
    says: 'backs up every table and the bucket, by the backup role, under the plan of the recovery stack',
    check: (template, config) => {
      const arns = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket'].flatMap((type) => Object.keys(resourcesOf(template, type)))
      const selection = onlyOne(template, 'AWS::Backup::BackupSelection')
      const { BackupSelection, ...plan } = selection.Properties as { BackupSelection: { Resources: unknown[] } }
      expect(plan).toEqual({ BackupPlanId: outputOf(config, 'recovery', 'Plan') })
      const { Resources, ...rest } = BackupSelection
      expect(rest).toEqual({ SelectionName: `safe-harbor-${config.name}-stores`, IamRoleArn: role(config, 'backup') })
      expect(Resources).toHaveLength(arns.length)
      expect(Resources).toEqual(expect.arrayContaining(arns.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] }))))
    },
  },
]

const outside = (config: EnvironmentConfig, endpoint: string, listed: readonly string[]) => ({
  StringNotEquals: { 'aws:SourceVpce': outputOf(config, 'network', endpoint) },
  BoolIfExists: { 'aws:ViaAWSService': 'false', 'aws:PrincipalIsAWSService': 'false' },
  ArnNotEquals: { 'aws:PrincipalArn': listed.map((caller) => role(config, caller)) },
})

const foreign = ({ accounts }: EnvironmentConfig) => ({
  StringNotEquals: { 'aws:PrincipalAccount': accounts.workload },
  BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
})

/** Whether the phase lets patient records be written. */
const writable = ({ phase }: EnvironmentConfig): boolean => ['restoring', 'pilot', 'open'].includes(phase)

/** Who reaches a table from outside the network besides break-glass. */
const comeFromOutside: Partial<Record<TableName, readonly string[]>> = { ledger: ['privacy-officer'], 'wrapped-keys': ['records-officer'] }

function sessionsAtHome(config: EnvironmentConfig, ofPatients: boolean): Statement[] {
  const session = (...roles: string[]) => ({ ArnEquals: { 'aws:PrincipalArn': roles.map((what) => role(config, what)) } })
  const anybody = session('provider-session', 'patient-session')
  const patient = { ArnEquals: { 'aws:PrincipalArn': role(config, 'patient-session') } }
  return [
    deny('SessionsNameTheirPractice', items, { ...anybody, Null: { 'aws:PrincipalTag/practice': 'true' } }),
    deny('SessionsNameAPartition', items, { ...anybody, Null: { 'dynamodb:LeadingKeys': 'true' } }),
    deny('SessionsStayInTheirPractice', items, {
      ...anybody,
      'ForAnyValue:StringNotLike': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/practice}#*'] },
    }),
    ...(ofPatients
      ? [
          deny('PatientSessionsNameTheirPatient', items, { ...patient, Null: { 'aws:PrincipalTag/patient': 'true' } }),
          deny('PatientSessionsStayWithTheirPatient', items, {
            ...patient,
            'ForAnyValue:StringNotEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/practice}#${aws:PrincipalTag/patient}'] },
          }),
        ]
      : []),
  ]
}

function tableStatements(config: EnvironmentConfig, table: TableName): Statement[] {
  const unlessListed = { ArnNotEquals: { 'aws:PrincipalArn': [role(config, 'break-glass')] } }
  const ofPatients = writable(config) ? [] : [deny('NobodyWritesInThisPhase', items.slice(5))]
  const ofLedger = [deny('NobodyChangesAnEntry', items.slice(7)), deny('NobodyLetsEntriesExpire', ['dynamodb:UpdateTimeToLive'])]
  return [
    deny('NobodyFromOutsideTheNetwork', items, outside(config, 'dynamodb', ['break-glass', ...(comeFromOutside[table] ?? [])])),
    deny('NobodyFromAnotherAccount', items, foreign(config)),
    deny(
      'NobodyReadsAcrossPractices',
      ['dynamodb:Scan', 'dynamodb:PartiQLSelect', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:PartiQLDelete'],
      unlessListed,
    ),
    deny('NobodyCopiesTheTableOut', ['dynamodb:ExportTableToPointInTime', 'dynamodb:EnableKinesisStreamingDestination']),
    deny('OnlyBreakGlassRestoresToAPointInTime', ['dynamodb:RestoreTableToPointInTime'], unlessListed),
    ...sessionsAtHome(config, tables[table][0] === 'patient-data'),
    ...(tables[table][0] === 'patient-data' ? ofPatients : tables[table][0] === 'access-ledger' ? ofLedger : []),
  ]
}

function bucketStatements(config: EnvironmentConfig): Statement[] {
  const bucket = `arn:aws:s3:::safe-harbor-${config.name}-attachments-${config.accounts.workload}-${config.regions.primary}`
  const writing = [
    's3:AbortMultipartUpload',
    's3:DeleteObject',
    's3:DeleteObjectTagging',
    's3:DeleteObjectVersion',
    's3:DeleteObjectVersionTagging',
    's3:PutObject',
    's3:PutObjectTagging',
    's3:PutObjectVersionTagging',
    's3:RestoreObject',
  ]
  const everything = [
    ...writing,
    's3:GetObject',
    's3:GetObjectAcl',
    's3:GetObjectAttributes',
    's3:GetObjectTagging',
    's3:GetObjectVersion',
    's3:GetObjectVersionAcl',
    's3:GetObjectVersionAttributes',
    's3:GetObjectVersionTagging',
    's3:ListMultipartUploadParts',
    's3:ListBucket',
    's3:ListBucketMultipartUploads',
    's3:ListBucketVersions',
  ]
  return [
    deny('NobodyFromOutsideTheNetwork', everything, outside(config, 's3', ['backup', 'scanning', 'break-glass']), [bucket, `${bucket}/*`]),
    deny('NobodyFromAnotherAccount', everything, foreign(config), [bucket, `${bucket}/*`]),
    ...(writable(config) ? [] : [deny('NobodyWritesInThisPhase', writing, undefined, [`${bucket}/*`])]),
  ]
}
