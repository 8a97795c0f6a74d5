import { CloudWatchLogsClient, paginateDescribeLogGroups, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient, paginateListTables, paginateScan } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, ListBucketsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import type { ClientSettings } from './emulator.ts'

/** Everything that stands in log groups, by the name of the group. */
export async function everythingLogged(client: ClientSettings): Promise<ReadonlyMap<string, string>> {
  const logs = new CloudWatchLogsClient(client)
  const found = new Map<string, string>()
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, {}))
    for (const { logGroupName = '' } of logGroups) {
      const lines: string[] = []
      for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName }))
        lines.push(...events.map(({ message = '' }) => message))
      found.set(logGroupName, lines.join('\n'))
    }
  return found
}

/** Everything that stands in tables, by the name of the table; bytes as they would be seen by somebody who looks for text. */
export async function everythingInTables(client: ClientSettings): Promise<ReadonlyMap<string, string>> {
  const dynamo = new DynamoDBClient(client)
  const found = new Map<string, string>()
  for await (const { TableNames = [] } of paginateListTables({ client: dynamo }, {}))
    for (const TableName of TableNames) {
      const items: unknown[] = []
      for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName })) items.push(...Items)
      found.set(
        TableName,
        JSON.stringify(items, (_key, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value)),
      )
    }
  return found
}

/** Everything that stands in buckets of the environment, by bucket and key; not the bundles of its functions. */
export async function everythingInBuckets(client: ClientSettings, prefix: string): Promise<ReadonlyMap<string, string>> {
  const s3 = new S3Client(client)
  const found = new Map<string, string>()
  const { Buckets = [] } = await s3.send(new ListBucketsCommand())
  for (const { Name: Bucket = '' } of Buckets.filter(({ Name = '' }) => Name.startsWith(prefix)))
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket }))
      for (const { Key = '' } of Contents) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
        found.set(`${Bucket}/${Key}`, (await Body?.transformToString('latin1')) ?? '')
      }
  return found
}
