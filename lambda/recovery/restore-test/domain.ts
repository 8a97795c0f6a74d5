import { headerProblem, keyProblem, type StoredItem } from '../../shared/record-header.ts'
import { restoredNamePrefix } from './env.ts'
import type { Backups, RestoreJob, Tables, Verdict } from './ports.ts'

/** How far the counts of source and copy may lie apart, as a part of the larger: the copy is up to a day old, the source's count six hours. */
const toleratedDifference = 0.1

/** What was found in a restored table. */
export interface TableFindings {
  readonly sourceCount: number
  readonly restoredCount: number
  readonly sample: readonly StoredItem[]
  /** Whether its items are sealed records. */
  readonly sealed: boolean
}

/** Tests one restore and reports the verdict to AWS Backup, which then deletes what was restored. */
export async function testRestore(id: string, sealedTable: string, backups: Backups, tables: Tables): Promise<Verdict> {
  const job = await backups.restoreJob(id)
  const verdict = judgeName(job) ?? (job.kind === 'table' ? judgeTable(await findings(job, sealedTable, tables)) : judgeBucket(job))
  await backups.report(id, verdict)
  return verdict
}

/** Judges a restored table by its counts and the headers of a sample. */
export function judgeTable({ sourceCount, restoredCount, sample, sealed }: TableFindings): Verdict {
  const counts = `${restoredCount} items restored, about ${sourceCount} in the source`
  if (Math.abs(restoredCount - sourceCount) > toleratedDifference * Math.max(restoredCount, sourceCount))
    return failed(`The counts differ too much: ${counts}.`)
  if (restoredCount > 0 && sample.length === 0) return failed(`No item could be read: ${counts}.`)
  const problems = sample.flatMap((item) => (sealed ? headerProblem(item) : keyProblem(item)) ?? [])
  if (problems.length > 0)
    return failed(
      `${problems.length} of ${sample.length} sampled items have a bad header (${[...new Set(problems)].join(', ')}): ${counts}.`,
    )
  return { status: 'SUCCESSFUL', reason: `${counts}; the headers of ${sample.length} sampled items are sound.` }
}

/** Judges a restored bucket by what AWS Backup says of the job: objects that could not be restored make it complete with a remark. */
export const judgeBucket = ({ remark }: Pick<RestoreJob, 'remark'>): Verdict =>
  remark === undefined
    ? { status: 'SUCCESSFUL', reason: 'AWS Backup restored every object.' }
    : failed('AWS Backup restored the bucket with issues; the restore job names them.')

// The role may read only what carries the prefix, and the verdict about anything else would be a guess.
const judgeName = ({ restored }: RestoreJob): Verdict | undefined =>
  restored.startsWith(restoredNamePrefix) ? undefined : failed('What was restored is not named as a restore test names it.')

async function findings({ source, restored }: RestoreJob, sealedTable: string, tables: Tables): Promise<TableFindings> {
  const [sourceCount, restoredCount, sample] = await Promise.all([
    tables.approximateCount(source),
    tables.exactCount(restored),
    tables.sample(restored),
  ])
  return { sourceCount, restoredCount, sample, sealed: source === sealedTable }
}

const failed = (reason: string): Verdict => ({ status: 'FAILED', reason })
