import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addLedger } from '../../bin/commands/ledger.ts'
import { append, lastPoint } from '../../lambda/shared/ledger/append.ts'
import { beginning } from '../../lambda/shared/ledger/chain.ts'
import { type Checkpoint, checkpointKey, checkpointText } from '../../lambda/shared/ledger/checkpoint.ts'
import { ledgerKeys } from '../../lambda/shared/ledger/ledger-keys.ts'
import { openLocalItems } from '../../lib/local-service/level-items.ts'
import { exitCodeOfLedger, LedgerInputError, verifyLedger } from '../../lib/operations/verify-ledger.ts'
import { checkpointsInArchive, checkpointsInFolder } from '../../lib/operations/verify-ledger-checkpoints.ts'
import { renderLedgerVerdict } from '../../lib/operations/verify-ledger-render.ts'
import { ledgerInAws, withLocalLedger } from '../../lib/operations/verify-ledger-sources.ts'
import { recordingTerminal } from '../bin/recording-terminal.ts'
import { exampleProduction as production } from '../config/example-environments.ts'
import { itemsInMemory } from '../lambda/items-in-memory.ts'
import { look, practice } from '../lambda/shared/ledger/ledger-fixture.ts'

// Files share a process: what one mocks, it gives back.
const mocks: { restore: () => unknown }[] = []
const mocked: typeof mockClient = (client) => {
  const mock = mockClient(client)
  mocks.push(mock)
  return mock
}
afterEach(() => {
  for (const mock of mocks.splice(0)) mock.restore()
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'))
})
afterEach(() => rm(folder, { recursive: true }))

const checkpointOf = (point: { readonly number: number; readonly hash: string }, over: Partial<Checkpoint> = {}): Checkpoint => ({
  ...{ version: 1, practice, ...point },
  time: '2026-11-22T16:00:00.000Z',
  previous: beginning,
  ...over,
})

async function ledgerOf(count: number) {
  const items = itemsInMemory()
  for (let seconds = 0; seconds < count; seconds += 1) await append(items, look(seconds))
  return { items, checkpoint: checkpointOf(await lastPoint(items, practice)) }
}

describe('A verdict', () => {
  test('says what holds, up to which checkpoint, and what came later', async () => {
    const { items, checkpoint } = await ledgerOf(3)
    await append(items, look(3))
    const verdict = await verifyLedger({ items, practices: [practice], checkpoints: [checkpoint] })
    expect(exitCodeOfLedger(verdict)).toBe(0)
    expect(renderLedgerVerdict(verdict)).toBe(
      [
        'Ledger of practice practice1 holds: 4 entries.',
        '  1 checkpoint was compared. The latest that agrees is of number 3, taken 2026-11-22T16:00:00.000Z; 1 entry came later.',
        '',
        'Every ledger holds.',
      ].join('\n'),
    )
  })

  test('names each break and up to where the ledger holds', async () => {
    const { items, checkpoint } = await ledgerOf(3)
    const { table, pk, sk } = ledgerKeys.link(practice, 2)
    const link = items.stored.get(`${table}\n${pk}\n${sk}`)
    if (link !== undefined) await items.write([{ put: { ...link, attributes: { ...link.attributes, time: 'x' } } }])
    const verdict = await verifyLedger({ items, practices: [practice], checkpoints: [checkpoint] })
    expect(exitCodeOfLedger(verdict)).toBe(1)
    expect(renderLedgerVerdict(verdict)).toBe(
      [
        'Ledger of practice practice1 is broken. It holds up to number 1; the last number is 3.',
        '  1 checkpoint was compared. None agrees with what holds.',
        '  BROKEN at number 2: A link is not as it was written, or does not follow the one before. (link-changed)',
        '',
        '1 of 1 ledgers are broken.',
      ].join('\n'),
    )
  })

  test('says when there was nothing to compare with, or nobody asked about a practice', async () => {
    const { items, checkpoint } = await ledgerOf(1)
    expect(renderLedgerVerdict(await verifyLedger({ items, practices: [practice], checkpoints: undefined }))).toContain(
      'compared with no checkpoint',
    )
    const elsewhere = await verifyLedger({ items, practices: [practice], checkpoints: [{ ...checkpoint, practice: 'practice2' }] })
    expect(renderLedgerVerdict(elsewhere)).toContain('The archive has no checkpoint of it yet')
    expect(renderLedgerVerdict(elsewhere)).toContain('were not verified: practice2.')
  })

  test('on no practice is none', async () => {
    const verdict = await verifyLedger({ items: itemsInMemory(), practices: [], checkpoints: [] })
    expect(exitCodeOfLedger(verdict)).toBe(2)
    expect(renderLedgerVerdict(verdict)).toBe('No practice has a ledger here. Nothing was verified.')
  })
})

describe('Checkpoints', () => {
  const point = { number: 1, hash: 'a'.repeat(64) }

  test('are read from a folder, however deep', async () => {
    const file = join(folder, checkpointKey({ practice, number: 1 }))
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, checkpointText(checkpointOf(point)))
    expect(await checkpointsInFolder(folder)).toEqual([checkpointOf(point)])
  })

  test('that are none, or missing, are an error', async () => {
    await expect(checkpointsInFolder(folder)).rejects.toThrow(LedgerInputError)
    await expect(checkpointsInFolder(join(folder, 'missing'))).rejects.toThrow('cannot be read')
    await writeFile(join(folder, 'x.json'), '{}')
    await expect(checkpointsInFolder(folder)).rejects.toThrow('x.json is no checkpoint')
  })

  test('are read from the archive in every version, page by page', async () => {
    const s3 = mocked(S3Client)
    const Key = checkpointKey({ practice, number: 1 })
    s3.on(ListObjectVersionsCommand)
      .resolvesOnce({ Versions: [{ Key, VersionId: 'new' }], IsTruncated: true, NextKeyMarker: Key, NextVersionIdMarker: 'new' })
      .resolvesOnce({ Versions: [{ Key, VersionId: 'old' }], IsTruncated: false })
    s3.on(GetObjectCommand).callsFake(({ VersionId }) => ({
      Body: {
        transformToString: async () => checkpointText(checkpointOf({ number: 1, hash: (VersionId === 'old' ? 'a' : 'b').repeat(64) })),
      },
    }))
    const found = await checkpointsInArchive('archive', [practice], new S3Client())
    expect(found.map(({ hash }) => hash[0])).toEqual(['b', 'a'])
    const [first, second] = s3.commandCalls(ListObjectVersionsCommand).map(({ args }) => args[0].input)
    expect(first).toEqual({ Bucket: 'archive', Prefix: 'ledger/practice1/', KeyMarker: undefined, VersionIdMarker: undefined })
    expect(second).toMatchObject({ KeyMarker: Key, VersionIdMarker: 'new' })
  })
})

describe('The ledger of an environment', () => {
  test('is read from its table, for every practice of the configuration, without writing', async () => {
    const dynamo = mocked(DynamoDBClient).on(QueryCommand).resolves({ Items: [] })
    mocked(S3Client).on(ListObjectVersionsCommand).resolves({})
    const clients = { workload: new DynamoDBClient(), archive: new S3Client() }
    const ledger = await ledgerInAws(production, {}, clients)
    expect(exitCodeOfLedger(await verifyLedger(ledger))).toBe(0)
    const queried = dynamo.commandCalls(QueryCommand).map(({ args }) => args[0].input)
    expect(queried.map(({ TableName }) => TableName)).toEqual(production.practices.map(() => 'safe-harbor-production-ledger'))
    expect(dynamo.calls()).toHaveLength(queried.length)
  })

  test('is an error with a next step when the archive refuses', async () => {
    mocked(S3Client)
      .on(ListObjectVersionsCommand)
      .rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }))
    const clients = { workload: new DynamoDBClient(), archive: new S3Client() }
    await expect(ledgerInAws(production, {}, clients)).rejects.toThrow('The archive could not be read (AccessDenied). Name a profile')
  })
})

describe('The command', () => {
  const run = async (...words: string[]) => {
    const { terminal, result } = recordingTerminal()
    await addLedger(new Command().exitOverride(), terminal).parseAsync(['ledger', 'verify', 'sandbox', ...words], { from: 'user' })
    return result()
  }

  test('verifies the data folder of the service on this machine', async () => {
    const items = await openLocalItems(join(folder, 'items'))
    for (const seconds of [0, 1, 2]) await append(items, look(seconds))
    await items.close()
    const { stdout, status } = await run('--data', folder)
    expect(stdout).toContain('Ledger of practice practice1 holds: 3 entries.')
    expect(status).toBe(0)
  })

  test('ends with 1 for a broken one, and closes the folder', async () => {
    const items = await openLocalItems(folder)
    for (const seconds of [0, 1, 2]) await append(items, look(seconds))
    await items.write([{ remove: ledgerKeys.link(practice, 2) }])
    await items.close()
    await run('--data', folder)
    const { stdout, status } = await run('--data', folder, '--practice', practice)
    expect(stdout).toContain('BROKEN at number 2: A link is missing. (link-removed)')
    expect(status).toBe(1)
  })

  test('makes no store where there is none', async () => {
    await expect(run('--data', folder)).rejects.toThrow(LedgerInputError)
    await expect(withLocalLedger(join(folder, 'missing'), {}, async () => 0)).rejects.toThrow('holds no data of the service')
  })
})
