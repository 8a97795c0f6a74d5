import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { numberOf, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, undecided } from '../control.ts'
import type { Expectation } from '../expectations.ts'
import { engineOf } from './rds-engine.ts'

// Names that AWS's console proposes, and those that scanners try first.
const wellKnown =
  /^(admin|administrator|root|master|postgres|postgresql|mysql|mariadb|oracle|sa|sysadmin|system|awsuser|rdsadmin|db2admin|user|dbuser|dbadmin|test)$/i

/** The name of the master user is none that everybody tries first. */
export const isOwnUserName: Expectation = (value) => (typeof value === 'string' ? !wellKnown.test(value) : undefined)

// Ports that engines take by default ("CreateDBInstance", Amazon RDS API Reference).
const defaultPorts: readonly (readonly [RegExp, number])[] = [
  [/^aurora-postgresql|^postgres/i, 5432],
  [/^aurora|^mysql|^mariadb/i, 3306],
  [/oracle/i, 1521],
  [/sqlserver/i, 1433],
  [/^db2/i, 50000],
  [/^neptune/i, 8182],
  [/^docdb/i, 27017],
]

/** Whether a database listens on a port other than the one its engine is known for. No port written is the known one. */
export function judgePort(resource: Resource, _deployment: Deployment): Outcome {
  const port = resource.get('Port')
  if (port === undefined) return fail('Port', undefined)
  if (port instanceof Unknown) return undecided('Port', port.reason)
  const number = numberOf(port)
  if (number === undefined) return undecided('Port', 'it is computed at deployment', port)
  const engine = engineOf(resource)
  const known = engine !== undefined ? defaultPorts.filter(([pattern]) => pattern.test(engine)).slice(0, 1) : defaultPorts
  return known.some(([, usual]) => usual === number) ? fail('Port', port) : pass('Port', port)
}
