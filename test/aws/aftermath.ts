import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { GetObjectRetentionCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { ledgerReconciledEvent, readWithoutEntryEvent } from '../../lambda/ledger/reconcile/env.ts'
import { escalationEvents } from '../../lambda/service/escalation/env.ts'
import { bucketName, logGroupName, nameOf, prefix } from '../../lib/config/names.ts'
import { verifyLedger } from '../../lib/operations/verify-ledger.ts'
import { ledgerInAws } from '../../lib/operations/verify-ledger-sources.ts'
import { saidInConfidence } from '../story/story.ts'
import type { EmulatedStage } from './emulated-stage.ts'
import { config, type EmulatedEnvironment } from './environment.ts'
import { everythingInBuckets, everythingInTables, everythingLogged } from './everything-stored.ts'
import { invoke } from './invoke.ts'
import { putTrail } from './put-trail.ts'

/** What stands in the environment when the story has been played. */
export function aftermath(environment: () => EmulatedEnvironment, stage: () => EmulatedStage): void {
  const archive = bucketName(config, 'archive', 'audit')

  test('The ledger of each practice is checkpointed into the archive, locked there, and whole', async () => {
    const { client } = environment()
    await invoke(new LambdaClient(client), nameOf(config, 'ledger-checkpoint'), {})
    const s3 = new S3Client(client)
    const objects = [...(await everythingInBuckets(client, archive)).keys()].map((name) => name.slice(archive.length + 1))
    expect(objects).toEqual([expect.stringContaining(stage().practices.northside)])
    const { Retention } = await s3.send(new GetObjectRetentionCommand({ Bucket: archive, Key: objects[0] }))
    expect(Retention?.Mode).toBe('GOVERNANCE')
    const ledger = await ledgerInAws(config, {}, { workload: new DynamoDBClient(client), archive: s3 })
    const { practices, compared } = await verifyLedger(ledger)
    expect(compared).toBe(true)
    expect(practices).toMatchObject([
      { practice: stage().practices.northside, breaks: [], compared: 1 },
      { practice: stage().practices.lakeview, breaks: [] },
    ])
  })

  test('A read that the audit trail knows and the ledger does not rings, and one that both know does not', async () => {
    const { client } = environment()
    const { practices, patient, person } = stage()
    const read = { practice: practices.northside, patient }
    await putTrail(client, [
      { ...read, eventID: 'entered', person: person('rivera') },
      { ...read, eventID: 'not-entered', person: person('lindgren') },
    ])
    await invoke(new LambdaClient(client), nameOf(config, 'ledger-reconcile'), {})
    const log = (await everythingLogged(client)).get(logGroupName(config, 'ledger-reconcile')) ?? ''
    expect(log.match(new RegExp(`event: '${readWithoutEntryEvent}'`, 'g'))).toHaveLength(1)
    expect(log).toContain("requestId: 'not-entered'")
    expect(log).toContain(ledgerReconciledEvent)
  })

  test('Nothing that patient or provider said stands in a log, a table or a bucket', async () => {
    const { client } = environment()
    const logs = await everythingLogged(client)
    expect(logs.get(logGroupName(config, 'escalation'))).toContain(escalationEvents.swept)
    const tables = await everythingInTables(client)
    expect(tables.get(nameOf(config, 'records'))).toContain('call#')
    for (const found of [logs, tables, await everythingInBuckets(client, prefix(config))])
      for (const [where, text] of found) expect(saidInConfidence.exec(text)?.[0], where).toBeUndefined()
  })

  test('Numbers of providers stand in the routing table alone, and in no log', async () => {
    const { client } = environment()
    const routing = nameOf(config, 'routing')
    const found = [...(await everythingLogged(client)), ...(await everythingInTables(client))]
    expect(found.filter(([, text]) => text.includes('+12025550143')).map(([where]) => where)).toEqual([routing])
  })
}
