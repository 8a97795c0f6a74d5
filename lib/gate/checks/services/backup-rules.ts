import { isList, isMap, numberOf, Reference, Unknown, type ValueMap } from '../../template/value.ts'
import type { Expectation } from '../expectations.ts'

/**
 * Whether a rule of a backup plan runs at least once a day. Without a schedule it runs daily at 5:00 UTC. ("BackupRuleResourceType", AWS
 * CloudFormation; "Cron-based schedules", Amazon EventBridge Scheduler User Guide.)
 */
export function runsDaily(rule: ValueMap): boolean | undefined {
  const schedule = rule['ScheduleExpression']
  if (schedule === undefined) return true
  if (typeof schedule !== 'string') return undefined
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule)
  if (rate !== null) return Number(rate[1]) * (rate[2] === 'day' ? 24 : 1) <= 24 || rate[2] === 'minute'
  const [, , days = '', months = '', weekdays = ''] = /^cron\((.*)\)$/.exec(schedule)?.[1]?.trim().split(/\s+/) ?? []
  const every = (part: string): boolean => part === '*' || part === '?' || part === '*/1' || part === '1/1'
  return every(days) && every(months) && (every(weekdays) || /^(1-7|SUN-SAT|MON-SUN)$/i.test(weekdays))
}

/** Whether a rule of a backup plan copies backups, or writes them to a second vault too. */
export function anyCopyTo(rule: ValueMap): boolean | undefined {
  const [copies, airGapped] = [rule['CopyActions'], rule['TargetLogicallyAirGappedBackupVaultArn']]
  if (airGapped !== undefined || (isList(copies) && copies.length > 0)) return true
  return copies instanceof Unknown || copies instanceof Reference ? undefined : false
}

/** Backups that move to cold storage stay there for 90 days ("LifecycleResourceType", AWS CloudFormation). */
export const coldStorageFits: Expectation = (value) => {
  if (!isMap(value)) return undefined
  const [cold, end] = [value['MoveToColdStorageAfterDays'], value['DeleteAfterDays']]
  if (cold === undefined || end === undefined) return true
  const [from, to] = [numberOf(cold), numberOf(end)]
  return from === undefined || to === undefined ? undefined : to >= from + 90
}
