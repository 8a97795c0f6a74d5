import { BackupClient, DescribeRestoreJobCommand, PutRestoreValidationResultCommand } from '@aws-sdk/client-backup'
import { DescribeTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { backupsOf, tablesOf } from '../../../../lambda/recovery/restore-test/adapters.ts'

const backup = mockClient(BackupClient)
const dynamo = mockClient(DynamoDBClient)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  backup.restore()
  dynamo.restore()
})
const backups = backupsOf(new BackupClient())
const tables = tablesOf(new DynamoDBClient())

beforeEach(() => {
  backup.reset()
  dynamo.reset()
})

describe('AWS Backup', () => {
  test('tells of a restored table by its names', async () => {
    backup.on(DescribeRestoreJobCommand, { RestoreJobId: 'job-1' }).resolves({
      ResourceType: 'DynamoDB',
      SourceResourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/safe-harbor-sandbox-records',
      CreatedResourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/awsbackup-restore-test-1',
    })
    expect(await backups.restoreJob('job-1')).toEqual({
      kind: 'table',
      source: 'safe-harbor-sandbox-records',
      restored: 'awsbackup-restore-test-1',
      remark: undefined,
    })
  })

  test('tells of a restored bucket, and what it remarked', async () => {
    backup.on(DescribeRestoreJobCommand).resolves({
      ResourceType: 'S3',
      SourceResourceArn: 'arn:aws:s3:::safe-harbor-sandbox-attachments',
      CreatedResourceArn: 'arn:aws:s3:::awsbackup-restore-test-2',
      StatusMessage: 'two objects failed',
    })
    expect(await backups.restoreJob('job-2')).toEqual({
      kind: 'bucket',
      source: 'safe-harbor-sandbox-attachments',
      restored: 'awsbackup-restore-test-2',
      remark: 'two objects failed',
    })
  })

  test.each([
    ['another kind of resource', { ResourceType: 'EBS', SourceResourceArn: 'a', CreatedResourceArn: 'b' }],
    ['nothing', { ResourceType: 'S3', SourceResourceArn: 'a' }],
  ])('is not believed when a job restored %s', async (_what, job) => {
    backup.on(DescribeRestoreJobCommand).resolves(job)
    await expect(backups.restoreJob('job-3')).rejects.toThrow('Restore job job-3 restored no table and no bucket')
  })

  test('hears the verdict', async () => {
    backup.on(PutRestoreValidationResultCommand).resolves({})
    await backups.report('job-1', { status: 'FAILED', reason: 'Why.' })
    expect(backup.commandCalls(PutRestoreValidationResultCommand)[0]?.args[0].input).toEqual({
      RestoreJobId: 'job-1',
      ValidationStatus: 'FAILED',
      ValidationStatusMessage: 'Why.',
    })
  })
})

describe('Tables', () => {
  test('are counted approximately without reading an item', async () => {
    dynamo.on(DescribeTableCommand, { TableName: 'source' }).resolves({ Table: { ItemCount: 7 } })
    expect(await tables.approximateCount('source')).toBe(7)
    expect(dynamo.commandCalls(ScanCommand)).toEqual([])
  })

  test('are counted exactly, page by page in every part', async () => {
    dynamo
      .on(ScanCommand)
      .callsFake((input: { ExclusiveStartKey?: object }) =>
        input.ExclusiveStartKey === undefined ? { Count: 2, LastEvaluatedKey: { pk: { S: 'next' } } } : { Count: 1 },
      )
    expect(await tables.exactCount('restored')).toBe(24)
    const inputs = dynamo.commandCalls(ScanCommand).map(({ args }) => args[0].input)
    expect(inputs).toHaveLength(16)
    expect(inputs.every(({ Select, TotalSegments }) => Select === 'COUNT' && TotalSegments === 8)).toBe(true)
    expect(new Set(inputs.map(({ Segment }) => Segment))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]))
  })

  test('are sampled from every part, a few items each', async () => {
    dynamo.on(ScanCommand).callsFake(({ Segment }: { Segment: number }) => ({ Items: [{ pk: { S: `${Segment}` } }] }))
    expect((await tables.sample('restored')).map((item) => item['pk']?.S)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    expect(dynamo.commandCalls(ScanCommand).every(({ args }) => args[0].input.Limit === 25)).toBe(true)
  })
})
