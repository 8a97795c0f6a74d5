import type { Resource } from '../../template/resource.ts'
import type { Expectation } from '../expectations.ts'
import { isWritten } from './inheritance.ts'

/** The engine that a database names, in small letters: RDS takes `MySQL` for `mysql`. Undefined where none is written, or it is not known. */
export function engineOf(database: Resource): string | undefined {
  const engine = database.get('Engine')
  return typeof engine === 'string' ? engine.toLowerCase() : undefined
}

/**
 * Whether a DB instance belongs to a cluster: encryption, backup and much else are then the cluster's, and AWS ignores the instance's own settings
 * ("AWS::RDS::DBInstance", AWS CloudFormation Template Reference: "Not applicable to Aurora").
 */
export function isClusterMember(instance: Resource): boolean {
  const engine = instance.get('Engine')
  return isWritten(instance.get('DBClusterIdentifier')) || (typeof engine === 'string' && /^(aurora|docdb|neptune)/i.test(engine))
}

/** Whether a DB instance stands alone. */
export const isStandalone = (instance: Resource): boolean => !isClusterMember(instance)

/** Whether a DB instance stands alone and copies no other: backups and a standby are the primary's matter. */
export const isPrimary = (instance: Resource): boolean =>
  isStandalone(instance) && !isWritten(instance.get('SourceDBInstanceIdentifier')) && !isWritten(instance.get('SourceDBClusterIdentifier'))

/** The engine is of a kind. */
export const engineMatches =
  (pattern: RegExp): Expectation =>
  (engine) =>
    typeof engine === 'string' ? pattern.test(engine) : undefined

/** Engines that sign people in by IAM ("IAM database authentication", Amazon RDS User Guide). */
export const signsInByIam = engineMatches(/^(aurora|mysql|mariadb|postgres)/i)

/** Engines that Performance Insights can watch: all but Db2 and the custom ones ("Amazon RDS DB engine support for Performance Insights", Amazon RDS User Guide). */
export const hasInsights = engineMatches(/^(?!db2|custom)/i)
