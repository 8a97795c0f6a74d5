import { tableArn } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import { copyTargets, type VaultName, vaultArn, vaults } from '../environment/recovery/vaults.ts'

/** A copy of deleted keys that stands for a while, and cannot be removed sooner. */
export interface HeldCopy {
  /** ARN of the table or vault that holds it. */
  readonly where: string
  /** What keeps it. */
  readonly because: string
  /** When it is gone at the latest. */
  readonly until: Date
}

/** How long the tables can be restored to any second, in days, as the records stack sets it; a deleted item can be restored so long. */
export const pointInTimeDays = 35

const hour = 3_600_000
const day = 24 * hour

/** AWS Backup deletes an expired recovery point within eight hours (AWS Backup Developer Guide, "Deleting backups"). */
const removal = 8 * hour
/** A copy is begun when its recovery point is complete, which may take the hours of the backup plan's window; a day is more than that and the copying. */
const copying = day

/**
 * Every copy of the wrapped keys that outlives their deletion at a moment, the one that goes last at the end. It counts what the environment makes by itself;
 * what people restored or exported by hand is not in it.
 */
export function copiesAfter(config: EnvironmentConfig, deleted: Date): readonly HeldCopy[] {
  const at = (milliseconds: number): Date => new Date(deleted.getTime() + milliseconds)
  const kept = config.retention.backupDays * day + removal
  const copies: HeldCopy[] = [
    {
      where: tableArn(config, 'wrapped-keys'),
      because: `point-in-time recovery, ${pointInTimeDays} days`,
      until: at(pointInTimeDays * day),
    },
    { where: vaultArn(config, 'vault'), because: keptBy(config, 'vault'), until: at(kept) },
    ...copyTargets(config).map((vault) => ({
      where: vaultArn(config, vault),
      because: keptBy(config, vault),
      until: at(kept + copying),
    })),
  ]
  return copies.sort((one, other) => one.until.getTime() - other.until.getTime())
}

function keptBy(config: EnvironmentConfig, vault: VaultName): string {
  const mode = vault === 'air-gapped' ? 'compliance' : config.lock.mode
  const whose = `${vaults[vault].duty} account`
  return `recovery points of ${config.retention.backupDays} days under a ${mode} lock, ${whose}`
}

/** What is told about the copies: where each is and until when, and the date by which the last is gone. Dates are UTC. */
export function describeCopies(config: EnvironmentConfig, deleted: Date): string {
  const copies = copiesAfter(config, deleted)
  const last = copies.at(-1)?.until ?? deleted
  return [
    'Locked copies of the keys, and when each is gone at the latest:',
    ...copies.map(({ where, because, until }) => `  ${dateAfter(until)}  ${where}\n              ${because}`),
    `From ${dateAfter(last)} on, nobody can open what was sealed for whoever is erased. Until then, break-glass can restore a copy, and so can two people`,
    'of the recovery account. Not counted: recovery points made under an earlier, longer retention, or left behind as EXPIRED because AWS Backup',
    'could not delete them, and tables that people restored or exported. After any restore of the keys, erase again.',
  ].join('\n')
}

// The first day on which the copy is certainly gone.
const dateAfter = (moment: Date): string => new Date(Math.ceil(moment.getTime() / day) * day).toISOString().slice(0, 10)
