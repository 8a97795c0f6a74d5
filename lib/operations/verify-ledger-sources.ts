import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { S3Client } from '@aws-sdk/client-s3'
import { dynamoItems } from '../../lambda/shared/items/dynamo-items.ts'
import { ledgerKeys } from '../../lambda/shared/ledger/ledger-keys.ts'
import { bucketName, nameOf } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import { openLocalItems } from '../local-service/level-items.ts'
import { LedgerInputError, type LedgerUnderTest } from './verify-ledger.ts'
import { checkpointsInArchive, checkpointsInFolder } from './verify-ledger-checkpoints.ts'

/** What the caller chose. */
export interface LedgerChoice {
  /** One practice. @default every practice */
  readonly practice?: string
  /** Folder of downloaded checkpoints. @default the archive is read */
  readonly checkpoints?: string
}

/** The AWS clients of the two accounts; the same credentials seldom reach both. */
export interface LedgerClients {
  readonly workload: DynamoDBClient
  readonly archive: S3Client
}

/** The ledger of an environment in AWS: its table, and checkpoints of the archive or of a folder. */
export async function ledgerInAws(
  config: EnvironmentConfig,
  { practice, checkpoints }: LedgerChoice,
  { workload, archive }: LedgerClients,
): Promise<LedgerUnderTest> {
  const practices = practice === undefined ? config.practices.map(({ id }) => id) : [practice]
  const found =
    checkpoints === undefined
      ? await checkpointsInArchive(bucketName(config, 'archive', 'audit'), practices, archive).catch(notRead)
      : await checkpointsInFolder(checkpoints)
  return { items: dynamoItems({ ledger: nameOf(config, 'ledger') }, workload), practices, checkpoints: found }
}

function notRead(cause: unknown): never {
  if (cause instanceof LedgerInputError) throw cause
  const why = cause instanceof Error ? cause.name : 'no reason given'
  throw new LedgerInputError(
    `The archive could not be read (${why}). Name a profile of the investigator's role with --archive-profile, or a folder of downloaded checkpoints with --checkpoints.`,
    { cause },
  )
}

/**
 * Works with the ledger of the service on this machine. Its server must not be running: one process at a time has the folder open.
 *
 * @throws LedgerInputError when nothing is stored there
 */
export async function withLocalLedger<Result>(
  folder: string,
  { practice, checkpoints }: LedgerChoice,
  work: (ledger: LedgerUnderTest) => Promise<Result>,
): Promise<Result> {
  // Opening would make a new, empty store where there is none.
  const store = [folder, join(folder, 'items')].find((path) => existsSync(join(path, 'CURRENT')))
  if (store === undefined) throw new LedgerInputError(`${folder} holds no data of the service. Name the folder that the service was given.`)
  const compared = checkpoints === undefined ? undefined : await checkpointsInFolder(checkpoints)
  const items = await openLocalItems(store).catch((cause: unknown) => {
    throw new LedgerInputError(`${store} cannot be opened. Stop the service that uses it.`, { cause })
  })
  try {
    const chains = new Set<string>()
    for await (const { pk } of items.all('ledger')) {
      const own = pk.slice(0, pk.indexOf('#'))
      if (pk === ledgerKeys.chain(own)) chains.add(own)
    }
    return await work({ items, practices: practice === undefined ? [...chains] : [practice], checkpoints: compared })
  } finally {
    await items.close()
  }
}
