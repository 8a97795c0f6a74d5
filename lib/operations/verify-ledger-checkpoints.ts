import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GetObjectCommand, ListObjectVersionsCommand, type ListObjectVersionsCommandOutput, type S3Client } from '@aws-sdk/client-s3'
import { type Checkpoint, checkpointFolder, checkpointFrom } from '../../lambda/shared/ledger/checkpoint.ts'
import { LedgerInputError } from './verify-ledger.ts'

/** Objects of the archive that are read at a time. */
const atATime = 16

/**
 * Checkpoints in a folder of files that were downloaded from the archive, however deep they lie. A plain download brings the latest version of each object; what was
 * written over it, if anything was, only the archive itself tells.
 *
 * @throws LedgerInputError when the folder cannot be read, has none, or one is not readable
 */
export async function checkpointsInFolder(folder: string): Promise<readonly Checkpoint[]> {
  const names = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new LedgerInputError(`${folder} cannot be read. Name a folder of downloaded checkpoints.`, { cause })
  })
  const files = names.filter((name) => name.endsWith('.json')).sort()
  if (files.length === 0)
    throw new LedgerInputError(`${folder} holds no checkpoint. Download the folder ${checkpointFolder}/ of the archive into it.`)
  return Promise.all(files.map(async (name) => parsed(await readFile(join(folder, name), 'utf8'), name)))
}

/**
 * Checkpoints in the archive, every version of each: the bucket keeps what was written first when somebody writes over it. The investigator's role in the audit account may
 * read them, and nobody else.
 *
 * @param practices whose checkpoints are read
 * @throws LedgerInputError when one is not readable; the error of S3 when it refuses
 */
export async function checkpointsInArchive(
  bucket: string,
  practices: readonly string[],
  client: Pick<S3Client, 'send'>,
): Promise<readonly Checkpoint[]> {
  const found: Checkpoint[] = []
  for (const practice of practices) {
    const versions = await versionsUnder(client, bucket, `${checkpointFolder}/${practice}/`)
    for (let start = 0; start < versions.length; start += atATime)
      found.push(...(await Promise.all(versions.slice(start, start + atATime).map((version) => readVersion(client, bucket, version)))))
  }
  return found
}

interface ObjectVersion {
  readonly Key: string
  readonly VersionId: string | undefined
}

async function versionsUnder(client: Pick<S3Client, 'send'>, Bucket: string, Prefix: string): Promise<readonly ObjectVersion[]> {
  const versions: ObjectVersion[] = []
  let page: ListObjectVersionsCommandOutput | undefined
  do {
    page = await client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, KeyMarker: page?.NextKeyMarker, VersionIdMarker: page?.NextVersionIdMarker }),
    )
    for (const { Key, VersionId } of page.Versions ?? []) if (Key !== undefined) versions.push({ Key, VersionId })
  } while (page.IsTruncated === true)
  return versions
}

async function readVersion(client: Pick<S3Client, 'send'>, Bucket: string, version: ObjectVersion): Promise<Checkpoint> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, ...version }))
  return parsed((await Body?.transformToString()) ?? '', version.Key)
}

// A file that is no checkpoint may be one that somebody spoiled: it is not passed over.
function parsed(text: string, name: string): Checkpoint {
  try {
    return checkpointFrom(text)
  } catch (cause) {
    throw new LedgerInputError(
      `${name} is no checkpoint of a ledger. Whoever wrote it should be found out, or the file does not belong here.`,
      {
        cause,
      },
    )
  }
}
