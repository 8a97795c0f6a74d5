import type { EnvironmentConfig } from '../../config/schema.ts'
import { flowLogFields } from '../network/network-logs.ts'
import { archivePrefixes, trailAccounts } from './archive-layout.ts'

/** A column of a table: name and Hive type. */
export type Column = readonly [name: string, type: string]

/** A table over one folder of the archive. Athena computes its partitions, so that no crawler and no standing permission is needed. */
export interface EvidenceTable {
  readonly description: string
  /** Folder under the bucket, with a trailing slash. */
  readonly folder: string
  /** Path of a partition under the folder, with `${column}` for each partition column. */
  readonly partition: string
  /** Partition columns and how Athena computes their values (Amazon Athena User Guide, "Partition projection"). All are strings. */
  readonly projection: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly columns: readonly Column[]
  readonly format: keyof typeof formats
}

/** How a file is read: library, input and output format. */
export const formats = {
  // "We suggest using the org.apache.hive.hcatalog.data.JsonSerDe": the older CloudTrail one does not know the newer fields
  // (Amazon Athena User Guide, "Create a table for CloudTrail logs in Athena using manual partitioning").
  trail: {
    library: 'org.apache.hive.hcatalog.data.JsonSerDe',
    input: 'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  },
  parquet: {
    library: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    input: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  },
  json: {
    library: 'org.openx.data.jsonserde.JsonSerDe',
    input: 'org.apache.hadoop.mapred.TextInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  },
} as const

/** The tables an investigator asks, by name. */
export function evidenceTables(config: EnvironmentConfig): Readonly<Record<EvidenceTableName, EvidenceTable>> {
  const { workload } = config.accounts
  const days = {
    type: 'date',
    format: 'yyyy/MM/dd',
    range: `NOW-${config.retention.auditDays}DAYS,NOW`,
    interval: '1',
    'interval.unit': 'DAYS',
  }
  const byRegionAndDay = {
    partition: '${region}/${day}',
    projection: { region: { type: 'enum', values: trailRegions(config).join(',') }, day: days },
    columns: trailColumns,
    format: 'trail',
  } as const
  return {
    trail: {
      description: 'Management and data events of every account of the environment.',
      folder: `${archivePrefixes.trail}/AWSLogs/`,
      ...byRegionAndDay,
      partition: '${account}/CloudTrail/${region}/${day}',
      projection: { account: { type: 'enum', values: trailAccounts(config).join(',') }, ...byRegionAndDay.projection },
    },
    network_activity: {
      description: 'Calls through the VPC endpoints, those that an endpoint policy denied included.',
      folder: `${archivePrefixes.trail}/AWSLogs/${workload}/CloudTrail-NetworkActivity/`,
      ...byRegionAndDay,
    },
    flow_logs: {
      description: 'Every flow of the network.',
      folder: `${archivePrefixes.flows}/AWSLogs/aws-account-id=${workload}/aws-service=vpcflowlogs/aws-region=${config.regions.primary}/`,
      partition: 'year=${year}/month=${month}/day=${day}/hour=${hour}',
      projection: {
        year: { type: 'integer', range: '2025,2045', digits: '4' },
        month: { type: 'integer', range: '1,12', digits: '2' },
        day: { type: 'integer', range: '1,31', digits: '2' },
        hour: { type: 'integer', range: '0,23', digits: '2' },
      },
      columns: flowLogFields.map((field) => [field.replaceAll('-', '_'), flowFieldTypes[field] ?? 'string']),
      format: 'parquet',
    },
    dns_logs: {
      description: 'Every DNS question of the network, what was answered, and what the DNS firewall did.',
      folder: `${archivePrefixes.queries}/AWSLogs/${workload}/vpcdnsquerylogs/`,
      partition: '${vpc}/${day}',
      // The id of the network is not known before it is made: a query names it.
      projection: { vpc: { type: 'injected' }, day: days },
      columns: dnsColumns,
      format: 'json',
    },
  }
}

/** Name of a table of evidence. */
export type EvidenceTableName = 'trail' | 'network_activity' | 'flow_logs' | 'dns_logs'

// Regions that are on in every account: a trail of all Regions delivers a folder for each (AWS Account Management Guide, "Enable or disable AWS Regions").
const regionsOfEveryAccount = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]

const trailRegions = ({ regions }: EnvironmentConfig): readonly string[] =>
  [...new Set([...regionsOfEveryAccount, regions.primary, regions.recovery ?? regions.primary])].sort()

// Amazon Athena User Guide, "Create a table for CloudTrail logs in Athena using manual partitioning".
const trailColumns: readonly Column[] = [
  ['eventversion', 'string'],
  [
    'useridentity',
    'struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,username:string,' +
      'onbehalfof:struct<userid:string,identitystorearn:string>,' +
      'sessioncontext:struct<attributes:struct<mfaauthenticated:string,creationdate:string>,' +
      'sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>,' +
      'ec2roledelivery:string,webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>>>',
  ],
  ['eventtime', 'string'],
  ['eventsource', 'string'],
  ['eventname', 'string'],
  ['awsregion', 'string'],
  ['sourceipaddress', 'string'],
  ['useragent', 'string'],
  ['errorcode', 'string'],
  ['errormessage', 'string'],
  ['requestparameters', 'string'],
  ['responseelements', 'string'],
  ['additionaleventdata', 'string'],
  ['requestid', 'string'],
  ['eventid', 'string'],
  ['resources', 'array<struct<arn:string,accountid:string,type:string>>'],
  ['eventtype', 'string'],
  ['apiversion', 'string'],
  ['readonly', 'string'],
  ['recipientaccountid', 'string'],
  ['serviceeventdetails', 'string'],
  ['sharedeventid', 'string'],
  ['vpcendpointid', 'string'],
  ['vpcendpointaccountid', 'string'],
  ['eventcategory', 'string'],
  ['addendum', 'struct<reason:string,updatedfields:string,originalrequestid:string,originaleventid:string>'],
  ['sessioncredentialfromconsole', 'string'],
  ['edgedevicedetails', 'string'],
  ['tlsdetails', 'struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>'],
]

// Amazon VPC User Guide, "Flow log records", column "Parquet data type"; every field not named here is a string.
const flowFieldTypes: Readonly<Partial<Record<(typeof flowLogFields)[number], string>>> = {
  version: 'int',
  start: 'bigint',
  end: 'bigint',
  srcport: 'int',
  dstport: 'int',
  protocol: 'int',
  'tcp-flags': 'int',
  packets: 'bigint',
  bytes: 'bigint',
  'traffic-path': 'int',
  'encryption-status': 'int',
}

// Amazon Athena User Guide, "Query Resolver query logs"; Amazon Route 53 Developer Guide, "Values that appear in VPC Resolver query logs".
const dnsColumns: readonly Column[] = [
  ['version', 'string'],
  ['account_id', 'string'],
  ['region', 'string'],
  ['vpc_id', 'string'],
  ['query_timestamp', 'string'],
  ['query_name', 'string'],
  ['query_type', 'string'],
  ['query_class', 'string'],
  ['rcode', 'string'],
  ['answers', 'array<struct<rdata:string,type:string,class:string>>'],
  ['srcaddr', 'string'],
  ['srcport', 'int'],
  ['transport', 'string'],
  ['srcids', 'struct<instance:string,resolver_endpoint:string>'],
  ['firewall_rule_action', 'string'],
  ['firewall_rule_group_id', 'string'],
  ['firewall_domain_list_id', 'string'],
]
