import { type BackupClient, DescribeRestoreJobCommand, PutRestoreValidationResultCommand } from '@aws-sdk/client-backup'
import { DescribeTableCommand, type DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb'
import type { StoredItem } from '../../shared/record-header.ts'
import type { Backups, RestoreJob, Tables } from './ports.ts'

/** Parts a table is read in, side by side. */
const segments = 8
/** Items sampled from each part. */
const sampledPerSegment = 25

/** Kinds of restored things, by the name AWS Backup has for the service. */
const kinds: Readonly<Record<string, RestoreJob['kind']>> = { DynamoDB: 'table', S3: 'bucket' }

/** AWS Backup, by its API. */
export const backupsOf = (client: BackupClient): Backups => ({
  restoreJob: async (id) => {
    const job = await client.send(new DescribeRestoreJobCommand({ RestoreJobId: id }))
    const kind = kinds[job.ResourceType ?? '']
    if (kind === undefined || job.SourceResourceArn === undefined || job.CreatedResourceArn === undefined)
      throw new Error(
        `Restore job ${id} restored no table and no bucket. Remove it from the restore testing plan, or teach the test to judge it.`,
      )
    const remark = job.StatusMessage === '' ? undefined : job.StatusMessage
    return { kind, source: nameOf(job.SourceResourceArn), restored: nameOf(job.CreatedResourceArn), remark }
  },
  report: async (id, { status, reason }) => {
    await client.send(
      new PutRestoreValidationResultCommand({ RestoreJobId: id, ValidationStatus: status, ValidationStatusMessage: reason }),
    )
  },
})

/** Tables, by the DynamoDB API. */
export const tablesOf = (client: DynamoDBClient): Tables => ({
  approximateCount: async (table) => (await client.send(new DescribeTableCommand({ TableName: table }))).Table?.ItemCount ?? 0,
  exactCount: async (table) => sum(await eachSegment((segment) => countSegment(client, table, segment))),
  sample: async (table) => (await eachSegment((segment) => sampleSegment(client, table, segment))).flat(),
})

async function countSegment(client: DynamoDBClient, table: string, segment: number): Promise<number> {
  let count = 0
  let next: ScanCommandOutput['LastEvaluatedKey']
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({ TableName: table, Select: 'COUNT', Segment: segment, TotalSegments: segments, ExclusiveStartKey: next }),
    )
    count += page.Count ?? 0
    next = page.LastEvaluatedKey
  } while (next !== undefined)
  return count
}

async function sampleSegment(client: DynamoDBClient, table: string, segment: number): Promise<readonly StoredItem[]> {
  const page = await client.send(new ScanCommand({ TableName: table, Limit: sampledPerSegment, Segment: segment, TotalSegments: segments }))
  return page.Items ?? []
}

const eachSegment = <Result>(work: (segment: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: segments }, (_, segment) => work(segment)))

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

// A table's ARN ends in `table/<name>`, a bucket's in `:::<name>`.
const nameOf = (arn: string): string => arn.split(/[/:]/).at(-1) ?? ''
