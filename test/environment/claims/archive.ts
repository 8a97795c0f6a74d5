import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Claim, resourcesOf, type TemplateResource } from './claim.ts'
import { administration } from './key-administration.ts'
import { expectKept, expectLogBucket, inventoryOf, only } from './log-bucket.ts'
import { expectStatements, type Statement, single } from './policies.ts'

type Config = EnvironmentConfig

const name = (config: Config, what: string): string => `safe-harbor-${config.name}-${what}`
const bucket = (config: Config, what: string): string => `${name(config, what)}-${config.accounts.audit}-${config.regions.primary}`
const arn = (config: Config, what: string): string => `arn:aws:s3:::${bucket(config, what)}`
const role = (config: Config, duty: 'workload' | 'audit', what: string): string =>
  `arn:aws:iam::${config.accounts[duty]}:role/${name(config, what)}`
const foundation = (config: Config, duty: 'workload' | 'audit'): string =>
  `arn:aws:iam::${config.accounts[duty]}:role/cdk-shfound-cfn-exec-role-${config.accounts[duty]}-${config.regions.primary}`
const accountsOf = ({ accounts: { workload, audit, recovery } }: Config): string[] => [...new Set([workload, audit, recovery])]
const trails = (config: Config): string[] =>
  accountsOf(config).map((account) => `arn:aws:cloudtrail:${config.regions.primary}:${account}:trail/${name(config, 'trail')}`)
const deliveries = (config: Config): string => `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:*`
const keyArn = (template: Template) => ({ 'Fn::GetAtt': [Object.keys(resourcesOf(template, 'AWS::KMS::Key'))[0], 'Arn'] })

const allow = (Sid: string, Principal: object, Action: unknown, Resource: unknown, Condition?: object): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action,
  Resource,
  ...(Condition && { Condition }),
})
const deny = (Sid: string, Action: unknown, Resource: unknown, Condition?: object): Statement => ({
  Sid,
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action,
  Resource,
  ...(Condition && { Condition }),
})

const investigator = (config: Config) => ({ AWS: role(config, 'audit', 'investigator') })
const workloadWhere = (config: Config, principal: string) => ({
  principal: { AWS: `arn:aws:iam::${config.accounts.workload}:root` },
  condition: { ArnEquals: { 'aws:PrincipalArn': principal } },
})

function keyStatements(config: Config): Statement[] {
  const { workload } = config.accounts
  const cloudtrail = { Service: 'cloudtrail.amazonaws.com' }
  const throughS3 = { 'kms:ViaService': `s3.${config.regions.primary}.amazonaws.com` }
  const objects = (what: string) => ({ 'kms:EncryptionContext:aws:s3:arn': [arn(config, what), `${arn(config, what)}/*`] })
  const checkpoint = workloadWhere(config, role(config, 'workload', 'ledger-checkpoint'))
  const beside = [...new Set([config.accounts.workload, config.accounts.recovery])]
  return [
    allow('TrailsAreEncrypted', cloudtrail, ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'], '*', {
      StringEquals: { 'aws:SourceArn': trails(config) },
      StringEqualsIfExists: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails(config) },
    }),
    allow('TrailsDescribeTheKey', cloudtrail, 'kms:DescribeKey', '*', { StringEquals: { 'aws:SourceArn': trails(config) } }),
    allow(
      'LogsAreEncrypted',
      { Service: 'delivery.logs.amazonaws.com' },
      [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      '*',
      { StringEquals: { 'aws:SourceAccount': workload }, ArnLike: { 'aws:SourceArn': deliveries(config) } },
    ),
    allow('ConfigurationHistoryIsEncrypted', { Service: 'config.amazonaws.com' }, ['kms:Decrypt', 'kms:GenerateDataKey'], '*', {
      StringEquals: { 'aws:SourceAccount': workload },
    }),
    allow('InvestigatorReadsThroughS3', investigator(config), 'kms:Decrypt', '*', { StringEquals: throughS3 }),
    allow('InvestigatorKeepsResultsThroughS3', investigator(config), 'kms:GenerateDataKey', '*', {
      StringEquals: throughS3,
      StringLike: objects('athena-results'),
    }),
    allow('LedgerCheckpointsAreSealedThroughS3', checkpoint.principal, 'kms:GenerateDataKey', '*', {
      StringEquals: throughS3,
      StringLike: objects('archive'),
      ...checkpoint.condition,
    }),
    allow(
      'TrailDeploymentsLookTheKeyUp',
      { AWS: single(beside.map((account) => `arn:aws:iam::${account}:root`)) },
      'kms:DescribeKey',
      '*',
      {
        ArnEquals: {
          'aws:PrincipalArn': beside.map(
            (account) => `arn:aws:iam::${account}:role/cdk-shfound-cfn-exec-role-${account}-${config.regions.primary}`,
          ),
        },
      },
    ),
    deny('NobodyByGrant', 'kms:CreateGrant', '*'),
    ...administration(config, 'audit', config.regions.primary),
  ]
}

const readBy = (config: Config, what: string): Statement[] => [
  allow('InvestigatorReads', investigator(config), ['s3:GetObject', 's3:GetObjectVersion'], `${arn(config, what)}/*`),
  allow('InvestigatorLists', investigator(config), ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketVersions'], arn(config, what)),
]

function archiveStatements(config: Config): Statement[] {
  const archive = arn(config, 'archive')
  const { workload } = config.accounts
  const cloudtrail = { Service: 'cloudtrail.amazonaws.com' }
  const delivery = { Service: 'delivery.logs.amazonaws.com' }
  const owned = { 's3:x-amz-acl': 'bucket-owner-full-control' }
  const checkpoint = role(config, 'workload', 'ledger-checkpoint')
  const writer = workloadWhere(config, checkpoint)
  return [
    allow('TrailsCheckTheArchive', cloudtrail, 's3:GetBucketAcl', archive, { StringEquals: { 'aws:SourceArn': trails(config) } }),
    allow(
      'TrailsAreDelivered',
      cloudtrail,
      's3:PutObject',
      single(accountsOf(config).map((account) => `${archive}/trail/AWSLogs/${account}/*`)),
      {
        StringEquals: { 'aws:SourceArn': trails(config), ...owned },
      },
    ),
    allow('LogDeliveryChecksTheArchive', delivery, ['s3:GetBucketAcl', 's3:ListBucket'], archive, {
      StringEquals: { 'aws:SourceAccount': workload },
      ArnLike: { 'aws:SourceArn': deliveries(config) },
    }),
    allow(
      'NetworkLogsAreDelivered',
      delivery,
      's3:PutObject',
      [`${archive}/dns-logs/AWSLogs/${workload}/*`, `${archive}/flow-logs/AWSLogs/aws-account-id=${workload}/*`],
      {
        StringEquals: { 'aws:SourceAccount': workload },
        ArnLike: { 'aws:SourceArn': deliveries(config) },
        StringEqualsIfExists: owned,
      },
    ),
    allow('LedgerCheckpointsAreWritten', writer.principal, 's3:PutObject', `${archive}/ledger/*`, writer.condition),
    ...readBy(config, 'archive'),
    deny(
      'NobodyForgesTrailOrLogs',
      ['s3:PutObject', 's3:ReplicateObject'],
      ['dns-logs', 'flow-logs', 'trail'].map((prefix) => `${archive}/${prefix}/*`),
      { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    ),
    deny('NobodyForgesCheckpoints', ['s3:PutObject', 's3:ReplicateObject'], `${archive}/ledger/*`, {
      ArnNotEquals: { 'aws:PrincipalArn': checkpoint },
    }),
    deny('NobodyRemovesEvidence', ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ReplicateDelete'], `${archive}/*`),
    deny('NobodyShortensRetention', ['s3:BypassGovernanceRetention', 's3:PutObjectRetention'], `${archive}/*`),
    deny(
      'OnlyTheFoundationChangesTheArchive',
      [
        's3:DeleteBucket',
        's3:DeleteBucketPolicy',
        's3:PutBucketAcl',
        's3:PutBucketLogging',
        's3:PutBucketObjectLockConfiguration',
        's3:PutBucketOwnershipControls',
        's3:PutBucketPolicy',
        's3:PutBucketPublicAccessBlock',
        's3:PutBucketVersioning',
        's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
        's3:PutReplicationConfiguration',
      ],
      archive,
      { ArnNotEquals: { 'aws:PrincipalArn': foundation(config, 'audit') } },
    ),
  ]
}

const keyed = (template: Template, config: Config, what: string) => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn(template) } },
    ],
  },
  LoggingConfiguration: { DestinationBucketName: bucket(config, 'archive-access'), LogFilePrefix: `${what}/` },
})

type Table = {
  readonly folder: string
  readonly serde: readonly [string, string, string]
  readonly partitions: string
  readonly projection: object
}

const trailFormat = [
  'org.apache.hive.hcatalog.data.JsonSerDe',
  'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
  'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
] as const
const parquet = 'org.apache.hadoop.hive.ql.io.parquet'
const defaultRegions =
  'ap-northeast-1,ap-northeast-2,ap-northeast-3,ap-south-1,ap-southeast-1,ap-southeast-2,ca-central-1,eu-central-1,eu-north-1,eu-west-1,eu-west-2,eu-west-3,sa-east-1,us-east-1,us-east-2,us-west-1,us-west-2'
// A Region that must be enabled first has a folder when the environment stands there.
const trailRegions = ({ regions: { primary, recovery = primary } }: Config): string =>
  [...new Set([...defaultRegions.split(','), primary, recovery])].sort().join(',')

function tables(config: Config): Record<string, Table> {
  const {
    accounts: { workload },
    regions,
    retention,
  } = config
  const days = {
    'projection.day.type': 'date',
    'projection.day.format': 'yyyy/MM/dd',
    'projection.day.range': `NOW-${retention.auditDays}DAYS,NOW`,
    'projection.day.interval': '1',
    'projection.day.interval.unit': 'DAYS',
  }
  const everyRegion = { 'projection.region.type': 'enum', 'projection.region.values': trailRegions(config), ...days }
  const integers = Object.entries({ year: ['2025,2045', '4'], month: ['1,12', '2'], day: ['1,31', '2'], hour: ['0,23', '2'] }).flatMap(
    ([key, [range, digits]]) => [
      [`projection.${key}.type`, 'integer'],
      [`projection.${key}.range`, range],
      [`projection.${key}.digits`, digits],
    ],
  )
  return {
    trail: {
      folder: 'trail/AWSLogs/',
      serde: trailFormat,
      partitions: '${account}/CloudTrail/${region}/${day}',
      projection: { 'projection.account.type': 'enum', 'projection.account.values': accountsOf(config).join(','), ...everyRegion },
    },
    network_activity: {
      folder: `trail/AWSLogs/${workload}/CloudTrail-NetworkActivity/`,
      serde: trailFormat,
      partitions: '${region}/${day}',
      projection: everyRegion,
    },
    flow_logs: {
      folder: `flow-logs/AWSLogs/aws-account-id=${workload}/aws-service=vpcflowlogs/aws-region=${regions.primary}/`,
      serde: [`${parquet}.serde.ParquetHiveSerDe`, `${parquet}.MapredParquetInputFormat`, `${parquet}.MapredParquetOutputFormat`],
      partitions: 'year=${year}/month=${month}/day=${day}/hour=${hour}',
      projection: Object.fromEntries(integers) as object,
    },
    dns_logs: {
      folder: `dns-logs/AWSLogs/${workload}/vpcdnsquerylogs/`,
      serde: ['org.openx.data.jsonserde.JsonSerDe', 'org.apache.hadoop.mapred.TextInputFormat', trailFormat[2]],
      partitions: '${vpc}/${day}',
      projection: { 'projection.vpc.type': 'injected', ...days },
    },
  }
}

/** Columns of a table as `name type`, in order. */
const columns: Record<string, string> = {
  trail:
    'eventversion string;useridentity struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,username:string,onbehalfof:struct<userid:string,identitystorearn:string>,sessioncontext:struct<attributes:struct<mfaauthenticated:string,creationdate:string>,sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>,ec2roledelivery:string,webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>>>;eventtime string;eventsource string;eventname string;awsregion string;sourceipaddress string;useragent string;errorcode string;errormessage string;requestparameters string;responseelements string;additionaleventdata string;requestid string;eventid string;resources array<struct<arn:string,accountid:string,type:string>>;eventtype string;apiversion string;readonly string;recipientaccountid string;serviceeventdetails string;sharedeventid string;vpcendpointid string;vpcendpointaccountid string;eventcategory string;addendum struct<reason:string,updatedfields:string,originalrequestid:string,originaleventid:string>;sessioncredentialfromconsole string;edgedevicedetails string;tlsdetails struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>',
  flow_logs:
    'version int;account_id string;vpc_id string;subnet_id string;interface_id string;resource_id string;instance_id string;region string;az_id string;start bigint;end bigint;srcaddr string;srcport int;dstaddr string;dstport int;pkt_srcaddr string;pkt_dstaddr string;pkt_src_aws_service string;pkt_dst_aws_service string;type string;protocol int;tcp_flags int;packets bigint;bytes bigint;flow_direction string;traffic_path int;action string;reject_reason string;encryption_status int;log_status string',
  dns_logs:
    'version string;account_id string;region string;vpc_id string;query_timestamp string;query_name string;query_type string;query_class string;rcode string;answers array<struct<rdata:string,type:string,class:string>>;srcaddr string;srcport int;transport string;srcids struct<instance:string,resolver_endpoint:string>;firewall_rule_action string;firewall_rule_group_id string;firewall_domain_list_id string',
}
columns.network_activity = columns.trail ?? ''

const text = (list: unknown): string =>
  (list as Column[]).map(({ Name, Type, ...more }) => [Name, Type, ...Object.keys(more)].join(' ')).join(';')

interface Column {
  readonly Name: string
  readonly Type: string
}

function checkTable(template: Template, config: Config, table: string, expected: Table): void {
  const found = Object.values(resourcesOf(template, 'AWS::Glue::Table')).map(({ Properties }) => Properties)
  const [properties = {}] = found.filter(({ TableInput }) => (TableInput as { Name: string }).Name === table)
  const { TableInput, ...catalog } = properties
  const { Description, ...input } = TableInput as Record<string, unknown>
  const { StorageDescriptor, PartitionKeys, ...rest } = input
  const { Columns, ...storage } = StorageDescriptor as Record<string, unknown>
  const location = `s3://${bucket(config, 'archive')}/${expected.folder}`
  const [database] = Object.keys(resourcesOf(template, 'AWS::Glue::Database'))
  expect(catalog).toEqual({ CatalogId: config.accounts.audit, DatabaseName: { Ref: database } })
  expect(Description).toMatch(/^[A-Z].{20,}\.$/)
  expect(rest).toEqual({
    Name: table,
    TableType: 'EXTERNAL_TABLE',
    Parameters: {
      EXTERNAL: 'TRUE',
      'projection.enabled': 'true',
      'storage.location.template': `${location}${expected.partitions}`,
      ...expected.projection,
    },
  })
  const keys = [...expected.partitions.matchAll(/\$\{(\w+)\}/g)].map(([, key]) => `${key} string`).join(';')
  expect(text(PartitionKeys)).toBe(keys)
  expect(text(Columns)).toBe(columns[table])
  const [SerializationLibrary, InputFormat, OutputFormat] = expected.serde
  expect(storage).toEqual({ Location: location, InputFormat, OutputFormat, SerdeInfo: { SerializationLibrary } })
}

/** What each saved query asks: the table, and the words it cannot do without. `{people}` stands for those who may break glass. */
const queries: Record<string, readonly [table: string, ...needs: string[]]> = {
  'who-decrypted': ['trail', "eventsource = 'kms.amazonaws.com'", "'Decrypt', 'ReEncrypt'", '$.encryptionContext.patient'],
  'who-read-which-item': ['trail', "readonly = 'true'", "eventcategory = 'Data'", "'dynamodb.amazonaws.com', 's3.amazonaws.com'"],
  'what-was-denied': ['trail', "regexp_like(errorcode, 'AccessDenied"],
  'root-and-break-glass': ['trail', "useridentity.type = 'Root'", '{people}', 'break-glass'],
  'key-and-policy-changes': ['trail', "readonly = 'false'", "'iam.amazonaws.com', 'cloudtrail.amazonaws.com'", "'kms.amazonaws.com'"],
  'denied-by-endpoint-policy': ['network_activity', "errorcode = 'VpceAccessDenied'"],
  'rejected-flows': ['flow_logs', "action = 'REJECT'"],
  'refused-names': ['dns_logs', "firewall_rule_action = 'BLOCK'", "vpc = 'vpc-"],
}

// Every word of these queries that is no column: SQL, functions, and names the query gives itself.
const sqlWords = new Set(
  `select from where and or in is not null as group by order desc between interval min max sum count coalesce concat arbitrary element_at
  json_extract_scalar json_extract json_format regexp_like date_format from_unixtime current_date arn type username invokedby principalid accountid
  sessioncontext attributes mfaauthenticated sessionissuer who practice patient key_arn store item refusals first_seen last_seen example address
  identity mfa caller_account flows bytes_sent questions`.split(/\s+/),
)

function checkQuery(template: Template, config: Config, what: string, [table, ...needs]: readonly [string, ...string[]]): void {
  const [, { Properties }] = only(template, 'AWS::Athena::NamedQuery', 'Name', name(config, what))
  const { QueryString, Description, ...rest } = Properties
  const database = name(config, 'evidence').replaceAll('-', '_')
  const sql = String(QueryString)
  expect(rest).toEqual({ Name: name(config, what), Database: database, WorkGroup: name(config, 'investigation') })
  expect(Description).toMatch(/^[A-Z].{20,}\.$/)
  expect(sql).toContain(`FROM "${database}"."${table}"\nWHERE `)
  expect(sql).toContain("date_format(current_date - interval '7' day, '%Y/%m/%d')")
  const people = config.breakGlass.map((user) => `'${user}'`).join(', ')
  for (const need of needs) expect(sql).toContain(need.replace('{people}', people))
  const known = new Set([...(columns[table] ?? '').split(';').map((column) => column.split(' ')[0]), ...partitionsOf(config, table)])
  const words =
    sql
      .replace(/FROM "[^"]+"\."[^"]+"/g, '')
      .replace(/'[^']*'/g, '')
      .match(/[a-z_]+/gi) ?? []
  expect(words.filter((word) => !sqlWords.has(word.toLowerCase()) && !known.has(word))).toEqual([])
}

const partitionsOf = (config: Config, table: string): string[] =>
  [...(tables(config)[table]?.partitions ?? '').matchAll(/\$\{(\w+)\}/g)].map(([, key]) => String(key))

/** The only resource of its type. */
const sole = (template: Template, type: string): TemplateResource => {
  const found = Object.values(resourcesOf(template, type))
  expect(found).toHaveLength(1)
  return found[0] as TemplateResource
}

const about = (says: string, check: Claim['check']): Claim => ({ stack: 'archive', says, check })

export const archiveClaims: readonly Claim[] = [
  about('holds exactly its key, four buckets, four tables and the questions asked of them', (template) =>
    expect(inventoryOf(template)).toEqual({
      'AWS::KMS::Key': 1,
      'AWS::KMS::Alias': 1,
      'AWS::S3::Bucket': 4,
      'AWS::S3::BucketPolicy': 4,
      'AWS::Glue::Database': 1,
      'AWS::Glue::Table': 4,
      'AWS::Athena::WorkGroup': 1,
      'AWS::Athena::NamedQuery': Object.keys(queries).length,
    }),
  ),
  about('rotates the archive key, waits 30 days before its deletion, and keeps it in production', (template, config) => {
    const key = sole(template, 'AWS::KMS::Key')
    const { KeyPolicy, Description, ...rest } = key.Properties
    expect(rest).toEqual({ EnableKeyRotation: true, PendingWindowInDays: 30, MultiRegion: false })
    expect(Description).toMatch(/^[A-Z].{20,}\.$/)
    expect((KeyPolicy as { Version: string }).Version).toBe('2012-10-17')
    expectKept(key, config.purpose)
    expect(sole(template, 'AWS::KMS::Alias').Properties).toEqual({
      AliasName: `alias/${name(config, 'archive')}`,
      TargetKeyId: { Ref: Object.keys(resourcesOf(template, 'AWS::KMS::Key'))[0] },
    })
  }),
  about(
    'lets services encrypt what they deliver, the investigator decrypt through S3, and nobody of the workload decrypt',
    (template, config) => expectStatements(sole(template, 'AWS::KMS::Key').Properties.KeyPolicy, keyStatements(config)),
  ),
  about('locks the archive, takes evidence from its four writers only, and lets nobody remove, forge or unlock it', (template, config) => {
    const { mode, days } = config.lock
    expectLogBucket(template, config, {
      name: bucket(config, 'archive'),
      expires: config.retention.auditDays,
      rest: {
        ...keyed(template, config, 'archive'),
        ObjectLockEnabled: true,
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: mode.toUpperCase(), Days: days } },
        },
      },
      statements: archiveStatements(config),
    })
  }),
  about('takes the configuration history of the workload account in a bucket without default retention', (template, config) => {
    const { workload } = config.accounts
    const service = { Service: 'config.amazonaws.com' }
    expectLogBucket(template, config, {
      name: bucket(config, 'config'),
      expires: config.retention.auditDays,
      rest: keyed(template, config, 'config'),
      statements: [
        allow('ConfigChecksTheBucket', service, ['s3:GetBucketAcl', 's3:ListBucket'], arn(config, 'config'), {
          StringEquals: { 'aws:SourceAccount': workload },
        }),
        allow('ConfigDelivers', service, 's3:PutObject', `${arn(config, 'config')}/AWSLogs/${workload}/Config/*`, {
          StringEquals: { 'aws:SourceAccount': workload, 's3:x-amz-acl': 'bucket-owner-full-control' },
        }),
        ...readBy(config, 'config'),
      ],
    })
  }),
  about('keeps the results of queries for a week, for the investigator only', (template, config) => {
    const results = arn(config, 'athena-results')
    expectLogBucket(template, config, {
      name: bucket(config, 'athena-results'),
      expires: 7,
      rest: keyed(template, config, 'athena-results'),
      statements: [
        ...readBy(config, 'athena-results'),
        allow(
          'InvestigatorKeepsResults',
          investigator(config),
          ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
          `${results}/*`,
        ),
        allow('InvestigatorListsUploads', investigator(config), 's3:ListBucketMultipartUploads', results),
      ],
    })
  }),
  about('logs every access to its buckets, and has the log bucket first', (template, config) => {
    const id = expectLogBucket(template, config, {
      name: bucket(config, 'archive-access'),
      expires: config.retention.auditDays,
      rest: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } },
      statements: [
        allow('AccessesAreLogged', { Service: 'logging.s3.amazonaws.com' }, 's3:PutObject', `${arn(config, 'archive-access')}/*`, {
          StringEquals: { 'aws:SourceAccount': config.accounts.audit },
          ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${name(config, '*')}` },
        }),
      ],
    })
    const others = Object.entries(resourcesOf(template, 'AWS::S3::Bucket')).filter(([other]) => other !== id)
    for (const [, resource] of others) expect((resource as { DependsOn?: string[] }).DependsOn).toContain(id)
  }),
  about('makes investigators ask through one workgroup whose settings a query cannot change', (template, config) =>
    expect(sole(template, 'AWS::Athena::WorkGroup').Properties).toEqual({
      Name: name(config, 'investigation'),
      Description: expect.stringMatching(/^[A-Z].{20,}\.$/),
      State: 'ENABLED',
      RecursiveDeleteOption: config.purpose === 'trial',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        RequesterPaysEnabled: false,
        BytesScannedCutoffPerQuery: 107_374_182_400,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        ResultConfiguration: {
          OutputLocation: `s3://${bucket(config, 'athena-results')}/`,
          ExpectedBucketOwner: config.accounts.audit,
          EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: keyArn(template) },
        },
      },
    }),
  ),
  about('names its database as Athena takes it', (template, config) =>
    expect(sole(template, 'AWS::Glue::Database').Properties).toEqual({
      CatalogId: config.accounts.audit,
      DatabaseInput: { Name: name(config, 'evidence').replaceAll('-', '_'), Description: expect.stringMatching(/^[A-Z].{20,}\.$/) },
    }),
  ),
  ...(['trail', 'network_activity', 'flow_logs', 'dns_logs'] as const).map((table) =>
    about(`has the table ${table} over its folder of the archive, with the columns that are delivered`, (template, config) =>
      checkTable(template, config, table, tables(config)[table] as Table),
    ),
  ),
  ...Object.entries(queries).map(([what, needs]) =>
    about(`has the saved query ${what}, which names only columns of its table`, (template, config) =>
      checkQuery(template, config, what, needs),
    ),
  ),
]
