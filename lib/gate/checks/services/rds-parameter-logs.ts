import type { Resource } from '../../template/resource.ts'
import type { ControlText, ExampleResources, Outcome, ResourceControl } from '../control.ts'
import { type EngineParameter, isSwitchedOn, judgeParameter } from './engine-parameters.ts'
import { audit, monitoring } from './safeguards.ts'

interface LogParameter extends ControlText, EngineParameter {
  readonly families: RegExp
  /** Types of groups that hold the parameter, the first for the examples. */
  readonly types: readonly string[]
  readonly family: string
  readonly safe: string
  readonly unsafe: string
}

const instances = 'AWS::RDS::DBParameterGroup'
const clusters = 'AWS::RDS::DBClusterParameterGroup'
const postgres = { families: /^(aurora-)?postgres/, types: [instances, clusters], family: 'postgres16' } as const
const mysql = { families: /^(mysql|mariadb)/, types: [instances, clusters], family: 'mysql8.0' } as const
const auroraMySql = { families: /^aurora-mysql/, types: [clusters], family: 'aurora-mysql8.0' } as const

// Sources: "Parameters on your RDS for PostgreSQL DB instance", "Using pgAudit to log database activity", "MySQL database log files" in the Amazon RDS User Guide;
// "Using Advanced Auditing with an Amazon Aurora MySQL DB cluster" in the Aurora User Guide; "Error Reporting and Logging" in PostgreSQL's manual.
const rows: readonly LogParameter[] = [
  {
    ...audit,
    ...postgres,
    id: 'rds-postgres-pgaudit',
    title: 'Parameter groups of PostgreSQL load pgAudit',
    why: "PostgreSQL's own log does not say who read which table; pgAudit does.",
    remedy: 'Add pgaudit to shared_preload_libraries.',
    name: 'shared_preload_libraries',
    isSafe: (text) => text.split(',').some((library) => library.trim() === 'pgaudit'),
    safeByDefault: false,
    safe: 'pg_stat_statements,pgaudit',
    unsafe: 'pg_stat_statements',
  },
  {
    ...audit,
    ...postgres,
    severity: 'medium',
    id: 'rds-postgres-log-statement',
    title: 'Parameter groups of PostgreSQL log changes of the schema',
    why: 'Without it nobody can tell who dropped a table or granted a right.',
    remedy: 'Set log_statement to ddl or mod; all also writes the values of patients into the log.',
    name: 'log_statement',
    isSafe: (text) => /^(ddl|mod|all)$/i.test(text),
    safeByDefault: false,
    safe: 'ddl',
    unsafe: 'none',
  },
  {
    ...audit,
    ...postgres,
    severity: 'medium',
    id: 'rds-postgres-log-connections',
    title: 'Parameter groups of PostgreSQL log each connection',
    why: 'A sign-in with a stolen password leaves no trace.',
    remedy: 'Set log_connections to 1.',
    name: 'log_connections',
    isSafe: (text) => isSwitchedOn(text) || /all|authorization/i.test(text),
    safeByDefault: false,
    safe: '1',
    unsafe: '0',
  },
  {
    ...audit,
    ...postgres,
    severity: 'low',
    id: 'rds-postgres-log-disconnections',
    title: 'Parameter groups of PostgreSQL log the end of each connection',
    why: 'How long a session lasted, and so how much it may have read, cannot be told.',
    remedy: 'Set log_disconnections to 1.',
    name: 'log_disconnections',
    isSafe: isSwitchedOn,
    safeByDefault: false,
    safe: '1',
    unsafe: '0',
  },
  {
    ...monitoring,
    ...postgres,
    severity: 'low',
    id: 'rds-postgres-log-slow-statements',
    title: 'Parameter groups of PostgreSQL log slow statements',
    why: 'Exports of whole tables are slow statements; without the log they pass unseen.',
    remedy: 'Set log_min_duration_statement to a number of milliseconds, not to -1.',
    name: 'log_min_duration_statement',
    isSafe: (text) => /^\d+$/.test(text),
    safeByDefault: false,
    safe: '1000',
    unsafe: '-1',
  },
  {
    ...monitoring,
    ...mysql,
    severity: 'low',
    id: 'rds-mysql-slow-query-log',
    title: 'Parameter groups of MySQL and MariaDB write the slow query log',
    why: 'Exports of whole tables are slow statements; without the log they pass unseen.',
    remedy: 'Set slow_query_log to 1.',
    name: 'slow_query_log',
    isSafe: isSwitchedOn,
    safeByDefault: false,
    safe: '1',
    unsafe: '0',
  },
  {
    ...audit,
    ...auroraMySql,
    id: 'rds-aurora-mysql-audit',
    title: 'Parameter groups of Aurora MySQL switch auditing on',
    why: 'Nobody can tell who signed in and which tables they read.',
    remedy: 'Set server_audit_logging to 1.',
    name: 'server_audit_logging',
    isSafe: isSwitchedOn,
    safeByDefault: false,
    safe: '1',
    unsafe: '0',
  },
  {
    ...audit,
    ...auroraMySql,
    severity: 'medium',
    id: 'rds-aurora-mysql-audit-events',
    title: 'Parameter groups of Aurora MySQL name the events to audit',
    why: 'Auditing that names no events records nothing, though it is switched on.',
    remedy: 'Set server_audit_events to CONNECT,QUERY_DCL,QUERY_DDL,TABLE, or more.',
    name: 'server_audit_events',
    isSafe: (text) => /connect/i.test(text) && /query|table/i.test(text),
    safeByDefault: false,
    safe: 'CONNECT,QUERY_DCL,QUERY_DDL,TABLE',
    unsafe: 'CONNECT',
  },
]

/** Controls on what parameter groups make RDS databases log. */
export const rdsParameterLogControls: readonly ResourceControl[] = rows.map(
  ({ families, types, family, safe, unsafe, name, isSafe, safeByDefault, ...text }) => ({
    ...text,
    types,
    judge: (group) => judgeFamily(group, families, { name, isSafe, safeByDefault }),
    passing: example(types[0] ?? '', family, { [name]: safe }),
    failing: example(types[0] ?? '', family, { [name]: unsafe }),
  }),
)

const judgeFamily = (group: Resource, families: RegExp, parameter: EngineParameter): Outcome | undefined => {
  const family = group.get('Family')
  return typeof family === 'string' && families.test(family) ? judgeParameter(group, parameter) : undefined
}

function example(type: string, Family: string, Parameters: Readonly<Record<string, string>>): ExampleResources {
  return { Parameters: { Type: type, Properties: { Family, Description: 'Parameters of the clinic', Parameters } } }
}
