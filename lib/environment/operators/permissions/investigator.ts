import { nameOf } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { auditBucketArn } from '../../audit/archive-layout.ts'
import type { Permission } from '../../constructs/least-policy.ts'
import { keysNamed, opensThrough } from './keys.ts'

/** The investigator asks the archive through one Athena workgroup and writes nothing but the answers. */
export const investigatorPermissions = (config: EnvironmentConfig): readonly Permission[] => [
  {
    sid: 'QueryInTheInvestigationWorkgroup',
    actions: [
      'athena:BatchGetNamedQuery',
      'athena:BatchGetQueryExecution',
      'athena:GetNamedQuery',
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:GetQueryResultsStream',
      'athena:GetQueryRuntimeStatistics',
      'athena:GetWorkGroup',
      'athena:ListNamedQueries',
      'athena:ListQueryExecutions',
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
    ],
    resources: [`arn:aws:athena:${config.regions.primary}:${config.accounts.audit}:workgroup/${nameOf(config, 'investigation')}`],
  },
  {
    sid: 'FindWorkgroupsAndCatalogs',
    actions: ['athena:ListDataCatalogs', 'athena:ListEngineVersions', 'athena:ListWorkGroups'],
    resources: [{ matching: '*', because: 'Listing knows no narrower resource (Service Authorization Reference).' }],
  },
  {
    sid: 'ReadTheCatalog',
    actions: ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetPartition', 'glue:GetPartitions', 'glue:GetTable', 'glue:GetTables'],
    resources: [
      glue(config, 'catalog'),
      // Athena looks there whichever database is asked (Amazon Athena User Guide, "Configure access to databases and tables in the AWS Glue Data Catalog").
      glue(config, 'database/default'),
      glue(config, `database/${catalogName(config)}`),
      {
        matching: glue(config, `table/${catalogName(config)}/*`),
        because: 'Every table over the archive: trail, flow logs, DNS logs, ledger.',
      },
    ],
  },
  {
    sid: 'ReadTheArchive',
    actions: ['s3:GetBucketLocation', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:ListBucketVersions'],
    resources: [archive(config), { matching: `${archive(config)}/*`, because: 'Evidence is written under new names every day.' }],
  },
  {
    sid: 'KeepQueryResults',
    actions: [
      's3:AbortMultipartUpload',
      's3:GetBucketLocation',
      's3:GetObject',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:ListMultipartUploadParts',
      's3:PutObject',
    ],
    resources: [results(config), { matching: `${results(config)}/*`, because: 'Athena names each result after the query that made it.' }],
  },
  {
    sid: 'OpenTheArchiveAtRest',
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
    resources: [keysNamed(config, 'audit')],
    conditions: opensThrough(config, 'archive', 's3'),
  },
]

const glue = ({ accounts, regions }: EnvironmentConfig, what: string): string => `arn:aws:glue:${regions.primary}:${accounts.audit}:${what}`
// Athena takes letters, digits and underscores only (Amazon Athena User Guide, "Name databases, tables, and columns").
const catalogName = (config: EnvironmentConfig): string => nameOf(config, 'evidence').replaceAll('-', '_')
const archive = (config: EnvironmentConfig): string => auditBucketArn(config, 'archive')
const results = (config: EnvironmentConfig): string => auditBucketArn(config, 'results')
