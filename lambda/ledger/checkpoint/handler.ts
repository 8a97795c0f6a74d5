import { readEnvironmentVariables } from '../../shared/environment-variables.ts'
import { dynamoItems } from '../../shared/items/dynamo-items.ts'
import { practicesFrom } from '../practices.ts'
import { bucketArchive } from './adapters.ts'
import { checkpointAll, type Outcome } from './domain.ts'
import { checkpointEnvironment } from './env.ts'

const { practices, ledgerTable, archiveBucket, archiveAccount } = checkpointEnvironment
const variables = readEnvironmentVariables([practices, ledgerTable, archiveBucket, archiveAccount])
const all = practicesFrom(variables[practices])
const checkpointing = {
  items: dynamoItems({ ledger: variables[ledgerTable] }),
  archive: bucketArchive({ bucket: variables[archiveBucket], account: variables[archiveAccount] }),
  now: Date.now,
}
/** What the last page, its checkpoint and its mark may still take, in milliseconds. */
const reserve = 30_000

/**
 * Checkpoints the ledger of every practice; a schedule invokes it every hour.
 * @throws Error when a practice could not be checkpointed, after the others were
 */
export async function handler(_event: unknown, context: { readonly getRemainingTimeInMillis: () => number }): Promise<void> {
  const outcomes: Readonly<Record<string, Outcome>> = await checkpointAll(
    checkpointing,
    all,
    Date.now() + context.getRemainingTimeInMillis() - reserve,
  )
  const failed = Object.values(outcomes).filter((outcome) => outcome === 'failed')
  if (failed.length > 0) throw new Error(`${failed.length} of ${all.length} practices could not be checkpointed. The log says why.`)
}
