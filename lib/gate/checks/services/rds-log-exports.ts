import type { Resource } from '../../template/resource.ts'
import { isList, Unknown } from '../../template/value.ts'
import { type ControlText, type ExampleResources, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { engineOf, isStandalone } from './rds-engine.ts'
import { audit, monitoring } from './safeguards.ts'

// Logs that an engine can send ("Monitoring Amazon RDS log files", Amazon RDS User Guide; the same page of the Aurora User Guide).
const logs = {
  audit: {
    ...audit,
    engines: /^(aurora|aurora-mysql|mysql|mariadb|oracle-.*|custom-oracle-.*)$/i,
    // Of clusters, those of Aurora only: the audit plugin is an option, and others have no option groups ("Limitations of Multi-AZ DB clusters for Amazon RDS").
    clusterEngines: /^(aurora|aurora-mysql)$/i,
    names: ['audit'],
    what: 'audit log',
    tells: 'who signed in and what they read',
  },
  error: {
    ...monitoring,
    engines: /^(aurora|aurora-mysql|mysql|mariadb|sqlserver-.*)$/i,
    names: ['error'],
    what: 'error log',
    tells: 'failed sign-ins, crashes and broken tables',
  },
  general: {
    ...monitoring,
    severity: 'low',
    engines: /^(aurora|aurora-mysql|mysql|mariadb)$/i,
    names: ['general'],
    what: 'general log',
    tells: 'which client sent which statement',
  },
  slowquery: {
    ...monitoring,
    severity: 'low',
    engines: /^(aurora|aurora-mysql|mysql|mariadb)$/i,
    names: ['slowquery'],
    what: 'slow query log',
    tells: 'statements that read far more than a visit needs',
  },
  postgresql: {
    ...audit,
    engines: /^(aurora-postgresql|postgres)$/i,
    names: ['postgresql'],
    what: 'PostgreSQL log',
    tells: 'sign-ins, errors, and with pgAudit every statement',
  },
  upgrade: {
    ...monitoring,
    severity: 'low',
    engines: /^postgres$/i,
    names: ['upgrade'],
    what: 'upgrade log',
    tells: 'what an upgrade of the major version did to the data',
  },
  alert: {
    ...monitoring,
    engines: /^oracle-/i,
    names: ['alert'],
    what: 'alert log',
    tells: 'errors and administrative acts of the instance',
  },
  listener: {
    ...monitoring,
    severity: 'low',
    engines: /^oracle-/i,
    names: ['listener'],
    what: 'listener log',
    tells: 'who tried to connect',
  },
  trace: { ...monitoring, severity: 'low', engines: /^oracle-/i, names: ['trace'], what: 'trace log', tells: 'why a session failed' },
  agent: {
    ...monitoring,
    severity: 'low',
    engines: /^sqlserver-(?!ex)/i,
    names: ['agent'],
    what: 'agent log',
    tells: 'which scheduled jobs ran with which rights',
  },
  diag: { ...monitoring, engines: /^db2-/i, names: ['diag.log'], what: 'diagnostic log', tells: 'errors and changes of the instance' },
} as const

interface Log {
  readonly engines: RegExp
  /** Engines of clusters that have it, where they are not the same. */
  readonly clusterEngines?: RegExp
  readonly names: readonly string[]
}

interface LogText extends Log, Pick<ControlText, 'topic' | 'severity' | 'citations'> {
  readonly what: string
  readonly tells: string
}

const exampleEngines: Readonly<Record<keyof typeof logs, string>> = {
  audit: 'mariadb',
  error: 'mysql',
  general: 'mysql',
  slowquery: 'mysql',
  postgresql: 'postgres',
  upgrade: 'postgres',
  alert: 'oracle-ee',
  listener: 'oracle-ee',
  trace: 'oracle-ee',
  agent: 'sqlserver-se',
  diag: 'db2-se',
}

const instance = {
  DBInstanceClass: 'db.m6g.large',
  AllocatedStorage: '100',
  MasterUsername: 'clinic',
  ManageMasterUserPassword: true,
} as const

const exportControls = Object.entries<LogText>(logs).map(
  ([id, { engines, clusterEngines = engines, names, what, tells, ...text }]): ResourceControl => {
    const engine = exampleEngines[id as keyof typeof logs]
    return {
      ...text,
      id: `rds-log-export-${id}`,
      title: `RDS databases that keep ${article(what)} ${what} send it to CloudWatch Logs`,
      why: `The ${what} tells ${tells}. On the instance it is overwritten within days, and lost with the instance.`,
      remedy: `Add ${names.join(', ')} to EnableCloudwatchLogsExports.`,
      ...databases({ engines, clusterEngines, names }, engine),
    }
  },
)

function article(what: string): string {
  return /^[aeiou]/i.test(what) ? 'an' : 'a'
}

function databases(log: Required<Log>, engine: string): Pick<ResourceControl, 'types' | 'judge' | 'passing' | 'failing'> {
  return {
    types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
    judge: (database) => (database.type === 'AWS::RDS::DBCluster' || isStandalone(database) ? judgeExport(database, log) : undefined),
    passing: example(engine, log.names),
    failing: example(engine),
  }
}

function example(engine: string, exported?: readonly string[]): ExampleResources {
  const Properties = { ...instance, Engine: engine, ...(exported && { EnableCloudwatchLogsExports: exported }) }
  return { Database: { Type: 'AWS::RDS::DBInstance', Properties } }
}

/** Whether a database of one of these engines exports these logs. */
function judgeExport(database: Resource, { engines, clusterEngines, names }: Required<Log>): Outcome | undefined {
  const engine = engineOf(database)
  const having = database.type === 'AWS::RDS::DBCluster' ? clusterEngines : engines
  if (engine === undefined || !having.test(engine)) return undefined
  const path = 'EnableCloudwatchLogsExports'
  const exported = database.get(path)
  if (exported instanceof Unknown) return undecided(path, exported.reason)
  const listed = isList(exported) ? exported : []
  if (names.every((name) => listed.includes(name))) return pass(path, exported)
  const open = listed.find((log) => log instanceof Unknown)
  return open instanceof Unknown ? undecided(path, open.reason) : fail(path, exported)
}

const anyLog: ControlText = {
  ...audit,
  id: 'rds-log-exports',
  title: 'RDS databases send logs to CloudWatch Logs',
  why: 'Logs that stay on the instance are overwritten within days, vanish with it, and can be seen and cleaned by whoever administers it.',
  remedy: 'List the logs of the engine in EnableCloudwatchLogsExports.',
}

/** Controls on the logs that RDS instances and clusters send to CloudWatch Logs. */
export const rdsLogExportControls: readonly ResourceControl[] = [
  {
    ...anyLog,
    types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
    judge: (database) => {
      if (database.type === 'AWS::RDS::DBInstance' && !isStandalone(database)) return undefined
      const exported = database.get('EnableCloudwatchLogsExports')
      if (exported instanceof Unknown) return undecided('EnableCloudwatchLogsExports', exported.reason)
      return isList(exported) && exported.length > 0
        ? pass('EnableCloudwatchLogsExports', exported)
        : fail('EnableCloudwatchLogsExports', exported)
    },
    passing: example('postgres', ['postgresql']),
    failing: example('postgres'),
  },
  ...exportControls,
]
