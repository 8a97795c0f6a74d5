import { describe, expect, test } from 'vitest'
import { judgeBucket, judgeTable, type TableFindings, testRestore } from '../../../../lambda/recovery/restore-test/domain.ts'
import type { Backups, RestoreJob, Tables, Verdict } from '../../../../lambda/recovery/restore-test/ports.ts'
import type { StoredItem } from '../../../../lambda/shared/record-header.ts'

const record: StoredItem = {
  pk: { S: 'practice#patient' },
  sk: { S: 'message#1' },
  sealed: { B: Uint8Array.of(1, 9, 9) },
  version: { N: '1' },
}
const sound: TableFindings = { sourceCount: 100, restoredCount: 100, sample: [record, record], sealed: true }

describe('A restored table', () => {
  test('is sound when counts agree and headers are right', () => {
    expect(judgeTable(sound)).toEqual({
      status: 'SUCCESSFUL',
      reason: '100 items restored, about 100 in the source; the headers of 2 sampled items are sound.',
    })
  })

  test('is sound when it is empty like its source', () => {
    expect(judgeTable({ ...sound, sourceCount: 0, restoredCount: 0, sample: [] }).status).toBe('SUCCESSFUL')
  })

  test.each([
    ['within a tenth, fewer', 90, 'SUCCESSFUL'],
    ['more than a tenth fewer', 89, 'FAILED'],
    ['within a tenth, more', 111, 'SUCCESSFUL'],
    ['more than a tenth more', 112, 'FAILED'],
    ['none', 0, 'FAILED'],
  ] as const)('with %s of 100 items is judged %s', (_how, restoredCount, status) => {
    expect(judgeTable({ ...sound, restoredCount }).status).toBe(status)
  })

  test('fails when it has items and none could be read', () => {
    expect(judgeTable({ ...sound, sample: [] })).toEqual({
      status: 'FAILED',
      reason: 'No item could be read: 100 items restored, about 100 in the source.',
    })
  })

  test('fails for one bad header, and the reason says nothing of the item', () => {
    const verdict = judgeTable({ ...sound, sample: [record, { ...record, sealed: { B: Uint8Array.of(2, 9) } }] })
    expect(verdict).toEqual({
      status: 'FAILED',
      reason: '1 of 2 sampled items have a bad header (unknown-format): 100 items restored, about 100 in the source.',
    })
    expect(verdict.reason).not.toMatch(/practice#|message#/)
  })

  test('that holds no sealed records is checked for keys only', () => {
    const { sealed: _sealed, version: _version, ...entry } = record
    expect(judgeTable({ ...sound, sealed: false, sample: [entry] }).status).toBe('SUCCESSFUL')
    expect(judgeTable({ ...sound, sealed: false, sample: [{ pk: { S: 'practice#patient' } }] }).reason).toContain('no-key')
  })
})

describe('A restored bucket', () => {
  test('is sound when AWS Backup has nothing to remark', () => {
    expect(judgeBucket({ remark: undefined }).status).toBe('SUCCESSFUL')
  })
  test('fails on a remark, which is not repeated: it may name objects', () => {
    expect(judgeBucket({ remark: 'failed: practice/patient/1' })).toEqual({
      status: 'FAILED',
      reason: 'AWS Backup restored the bucket with issues; the restore job names them.',
    })
  })
})

describe('A restore test', () => {
  const table: RestoreJob = {
    kind: 'table',
    source: 'safe-harbor-sandbox-records',
    restored: 'awsbackup-restore-test-1',
    remark: undefined,
  }

  test('counts source and copy, samples the copy only, and reports what it says', async () => {
    const { backups, tables, reported, read } = ports(table)
    const verdict = await testRestore('job-1', 'safe-harbor-sandbox-records', backups, tables)
    expect(verdict.status).toBe('SUCCESSFUL')
    expect(reported).toEqual([['job-1', verdict]])
    expect(read).toEqual(['approximate safe-harbor-sandbox-records', 'exact awsbackup-restore-test-1', 'sample awsbackup-restore-test-1'])
  })

  test('takes only items of the sealed table for sealed records', async () => {
    const { backups, tables } = ports({ ...table, source: 'safe-harbor-sandbox-ledger' }, [{ pk: { S: 'a' }, sk: { S: 'b' } }])
    expect((await testRestore('job-1', 'safe-harbor-sandbox-records', backups, tables)).status).toBe('SUCCESSFUL')
    const sealed = ports(table, [{ pk: { S: 'a' }, sk: { S: 'b' } }])
    expect((await testRestore('job-1', 'safe-harbor-sandbox-records', sealed.backups, sealed.tables)).reason).toContain('no-sealed-value')
  })

  test('fails what is not named as a restore test names it, and reads nothing of it', async () => {
    const { backups, tables, reported, read } = ports({ ...table, restored: 'safe-harbor-sandbox-records' })
    await testRestore('job-1', 'safe-harbor-sandbox-records', backups, tables)
    expect(reported[0]?.[1].status).toBe('FAILED')
    expect(read).toEqual([])
  })

  test('reads no table for a bucket', async () => {
    const { backups, tables, read } = ports({ ...table, kind: 'bucket' })
    expect((await testRestore('job-1', 'any', backups, tables)).status).toBe('SUCCESSFUL')
    expect(read).toEqual([])
  })
})

function ports(job: RestoreJob, sample: readonly StoredItem[] = [record]) {
  const reported: [string, Verdict][] = []
  const read: string[] = []
  const note = <Value>(what: string, value: Value): Promise<Value> => {
    read.push(what)
    return Promise.resolve(value)
  }
  const backups: Backups = {
    restoreJob: () => Promise.resolve(job),
    report: async (id, verdict) => {
      reported.push([id, verdict])
    },
  }
  const tables: Tables = {
    approximateCount: (name) => note(`approximate ${name}`, 3),
    exactCount: (name) => note(`exact ${name}`, 3),
    sample: (name) => note(`sample ${name}`, sample),
  }
  return { backups, tables, reported, read }
}
