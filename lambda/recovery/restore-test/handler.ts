import { BackupClient } from '@aws-sdk/client-backup'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { readEnvironmentVariables } from '../../shared/environment-variables.ts'
import { log } from '../../shared/log.ts'
import { backupsOf, tablesOf } from './adapters.ts'
import { testRestore } from './domain.ts'
import { restoreTestEnvironment, verdictEvents } from './env.ts'

// "Restore Job State Change" of AWS Backup. Only the job's id is taken from it; everything else is asked for.
const restoreCompleted = z.object({ id: z.string(), detail: z.object({ restoreJobId: z.string().check(z.minLength(1)) }) })

const { sealedTable } = restoreTestEnvironment
const environment = readEnvironmentVariables([sealedTable])
const backups = backupsOf(new BackupClient())
const tables = tablesOf(new DynamoDBClient())

/**
 * Tests what a restore testing plan has restored.
 * @throws Error when a service does not answer; Lambda then tries twice more, and AWS Backup hears nothing meanwhile
 */
export async function handler(event: unknown): Promise<void> {
  const { id, detail } = restoreCompleted.parse(event)
  const verdict = await testRestore(detail.restoreJobId, environment[sealedTable], backups, tables)
  log(verdict.status === 'FAILED' ? 'error' : 'info', {
    event: verdictEvents[verdict.status],
    requestId: id,
    resource: detail.restoreJobId,
  })
}
