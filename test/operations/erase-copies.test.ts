import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { production } from '../../lib/config/environments/production.ts'
import { copiesAfter, describeCopies, pointInTimeDays } from '../../lib/operations/erase-copies.ts'
import { exampleProduction, exampleTrial } from '../config/example-environments.ts'

const deleted = new Date('2026-02-03T04:05:06Z')
const snapshot = (stack: string): string => readFileSync(join(import.meta.dirname, '../snapshots/production', stack), 'utf8')

describe('The copies that outlive erased keys', () => {
  test('of production are the restorable table and the four vaults, the last gone half a year later', () => {
    const copies = copiesAfter(exampleProduction, deleted).map(({ where, until }) => [
      where.split(':').slice(2).join(':'),
      until.toISOString(),
    ])
    expect(copies).toEqual([
      ['dynamodb:us-east-1:444455556666:table/safe-harbor-production-wrapped-keys', '2026-03-10T04:05:06.000Z'],
      ['backup:us-east-1:444455556666:backup-vault:safe-harbor-production-vault', '2026-08-02T12:05:06.000Z'],
      ['backup:us-west-2:444455556666:backup-vault:safe-harbor-production-region-copies', '2026-08-03T12:05:06.000Z'],
      ['backup:us-east-1:666677778888:backup-vault:safe-harbor-production-copies', '2026-08-03T12:05:06.000Z'],
      ['backup:us-east-1:666677778888:backup-vault:safe-harbor-production-air-gapped', '2026-08-03T12:05:06.000Z'],
    ])
    expect(describeCopies(exampleProduction, deleted)).toContain('From 2026-08-04 on, nobody can open')
  })

  test('of a trial end with the restorable table', () => {
    const copies = copiesAfter(exampleTrial, deleted)
    expect(copies).toHaveLength(3)
    expect(copies.at(-1)).toMatchObject({ because: 'point-in-time recovery, 35 days', until: new Date('2026-03-10T04:05:06Z') })
    expect(describeCopies(exampleTrial, deleted)).toContain('From 2026-03-11 on')
  })

  test('say what holds each', () => {
    const told = describeCopies(exampleProduction, deleted)
    expect(told).toContain('recovery points of 180 days under a compliance lock, recovery account')
    expect(describeCopies(exampleTrial, deleted)).toContain('recovery points of 7 days under a governance lock, workload account')
  })

  test('are kept as long as the synthesized stacks say', () => {
    const recoveryPeriods = [...snapshot('records.yaml').matchAll(/RecoveryPeriodInDays: (\d+)/g)].map(([, days]) => Number(days))
    expect(new Set(recoveryPeriods)).toEqual(new Set([pointInTimeDays]))
    const lifecycles = [...snapshot('recovery.yaml').matchAll(/DeleteAfterDays: (\d+)/g)].map(([, days]) => Number(days))
    expect(new Set(lifecycles)).toEqual(new Set([production.retention.backupDays]))
  })
})
