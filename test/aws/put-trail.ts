import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupName as nameOfLogGroup } from '../../lib/config/names.ts'
import { itemRead, sessionOf } from '../lambda/ledger/reconcile/trail-events.ts'
import type { ClientSettings } from './emulator.ts'
import { config } from './environment.ts'

/** A read of a patient's records that the audit trail would tell of. */
export interface TrailRead {
  readonly eventID: string
  readonly person: string
  readonly practice: string
  readonly patient: string
}

/** Puts reads by providers into the log group of the audit trail, which the emulator does not have. */
export async function putTrail(client: ClientSettings, reads: readonly TrailRead[]): Promise<void> {
  const logs = new CloudWatchLogsClient(client)
  const stream = { logGroupName: nameOfLogGroup(config, 'trail'), logStreamName: 'by-the-test' }
  const timestamp = Date.now()
  const logEvents = reads.map(({ eventID, person, practice, patient }) => {
    const userIdentity = sessionOf('safe-harbor-sandbox-provider-session', person)
    const requestParameters = { tableName: 'safe-harbor-sandbox-records', key: { pk: `${practice}#${patient}`, sk: 'call#any' } }
    const eventTime = `${new Date(timestamp).toISOString().slice(0, 19)}Z`
    return { timestamp, message: JSON.stringify(itemRead({ userIdentity, requestParameters, eventTime, eventID })) }
  })
  await logs.send(new CreateLogStreamCommand(stream))
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }))
}
