import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { expect, test } from 'vitest'
import { bucketArchive } from '../../../../lambda/ledger/checkpoint/adapters.ts'
import { beginning } from '../../../../lambda/shared/ledger/chain.ts'
import { type Checkpoint, checkpointFolder, checkpointFrom } from '../../../../lambda/shared/ledger/checkpoint.ts'
import { archivePrefixes } from '../../../../lib/environment/audit/archive-layout.ts'

const checkpoint: Checkpoint = {
  ...{ version: 1, practice: 'practice1', number: 42, hash: 'a'.repeat(64) },
  time: '2026-11-22T16:00:00.000Z',
  previous: beginning,
}

test('a checkpoint is one object in the folder of the ledger, in one part, with a checksum, into the audit account’s bucket only', async () => {
  const s3 = mockClient(S3Client)
  await bucketArchive({ bucket: 'archive', account: '444455556666' }, new S3Client()).keep(checkpoint)
  const { Body, ...input } = s3.commandCalls(PutObjectCommand)[0]?.args[0].input ?? {}
  expect(input).toEqual({
    Bucket: 'archive',
    ExpectedBucketOwner: '444455556666',
    Key: 'ledger/practice1/000000000042.json',
    ContentType: 'application/json',
    ChecksumAlgorithm: 'SHA256',
  })
  expect(checkpointFrom(String(Body))).toEqual(checkpoint)
})

test('the folder is the one that the archive lets checkpoints into', () => {
  expect(checkpointFolder).toBe(archivePrefixes.ledger)
})

test.each([
  ['no text of JSON', 'nothing'],
  ['another version', JSON.stringify({ ...checkpoint, version: 2 })],
  ['a short hash', JSON.stringify({ ...checkpoint, hash: 'a' })],
  ['more than a checkpoint', JSON.stringify({ ...checkpoint, more: 1 })],
])('%s is no checkpoint', (_, text) => {
  expect(() => checkpointFrom(text)).toThrow()
})
