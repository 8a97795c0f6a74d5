import { BackupClient, DescribeRestoreJobCommand, PutRestoreValidationResultCommand } from '@aws-sdk/client-backup'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'

vi.stubEnv('SEALED_TABLE', 'safe-harbor-sandbox-records')
vi.stubEnv('AWS_REGION', 'us-east-1')
const { handler } = await import('../../../../lambda/recovery/restore-test/handler.ts')
const backup = mockClient(BackupClient)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  backup.restore()
})
const event = { id: 'event-1', 'detail-type': 'Restore Job State Change', detail: { restoreJobId: 'job-1', status: 'COMPLETED' } }

beforeEach(() => {
  backup.reset()
  backup.on(PutRestoreValidationResultCommand).resolves({})
})

describe('The restore test', () => {
  test.each([
    ['restore-test-passed', 'info', undefined],
    ['restore-test-failed', 'error', 'An object failed: practice/patient'],
  ] as const)('writes %s, which the alarms count, and nothing of what was restored', async (word, level, StatusMessage) => {
    const written = vi.spyOn(console, level).mockImplementation(() => undefined)
    backup.on(DescribeRestoreJobCommand).resolves({
      ResourceType: 'S3',
      SourceResourceArn: 'arn:aws:s3:::attachments',
      CreatedResourceArn: 'arn:aws:s3:::awsbackup-restore-test-1',
      StatusMessage,
    })
    await handler(event)
    expect(written.mock.calls).toEqual([[{ event: word, requestId: 'event-1', resource: 'job-1' }]])
  })

  test('fails on an event of another form, so that it waits in the dead-letter queue', async () => {
    await expect(handler({ id: 'event-1', detail: {} })).rejects.toThrow()
  })

  test('fails when AWS Backup does not answer, and reports nothing', async () => {
    backup.on(DescribeRestoreJobCommand).rejects(new Error('throttled'))
    await expect(handler(event)).rejects.toThrow('throttled')
    expect(backup.commandCalls(PutRestoreValidationResultCommand)).toEqual([])
  })
})
