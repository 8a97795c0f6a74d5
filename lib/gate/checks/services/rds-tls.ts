import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { Unknown, type Value } from '../../template/value.ts'
import { type Outcome, type ResourceControl, undecided } from '../control.ts'
import { type EngineParameter, isSwitchedOn, judgeDefault, judgeParameter } from './engine-parameters.ts'
import { isWritten } from './inheritance.ts'
import { engineOf, isStandalone } from './rds-engine.ts'
import { inTransit } from './safeguards.ts'

/**
 * The parameter by which an engine refuses connections without TLS, by family of parameter groups (`postgres16`) or by engine and version
 * (`postgres` and `16.3`); undefined for engines that have none, such as Oracle, which does it by an option.
 *
 * Sources: "Requiring SSL/TLS for all connections" of the MySQL and MariaDB pages, "Using SSL with a PostgreSQL DB instance", "Forcing connections to your DB
 * instance to use SSL" (SQL Server) in the Amazon RDS User Guide; "Security with Amazon Aurora PostgreSQL" in the Aurora User Guide.
 */
export function tlsParameter(engine: string, version: number | undefined): EngineParameter | undefined {
  const forced = { name: 'rds.force_ssl', isSafe: isSwitchedOn }
  const secure = { name: 'require_secure_transport', isSafe: isSwitchedOn }
  if (/^aurora-postgresql/.test(engine)) return { ...forced, safeByDefault: from(version, 17) }
  if (/^postgres/.test(engine)) return { ...forced, safeByDefault: from(version, 15) }
  if (/^sqlserver/.test(engine)) return { ...forced, safeByDefault: false }
  if (/^mariadb/.test(engine)) return { ...secure, safeByDefault: from(version, 11.8) }
  if (/^(aurora|mysql)/.test(engine)) return { ...secure, safeByDefault: false }
  return undefined
}

const from = (version: number | undefined, first: number): boolean | undefined => (version === undefined ? undefined : version >= first)

const versionIn = (text: Value | undefined): number | undefined => {
  const found = typeof text === 'string' || typeof text === 'number' ? /\d+(\.\d+)?/.exec(String(text)) : null
  return found === null ? undefined : Number(found[0])
}

const parameterOfFamily = (group: Resource): EngineParameter | undefined => {
  const family = group.get('Family')
  return typeof family === 'string' ? tlsParameter(family, versionIn(family)) : undefined
}

const parameterOfEngine = (database: Resource): EngineParameter | undefined => {
  const engine = engineOf(database)
  return engine !== undefined ? tlsParameter(engine, versionIn(database.get('EngineVersion'))) : undefined
}

/** Whether a database refuses connections without TLS, by the parameter group that it names at a path. */
function judgeDatabase(database: Resource, deployment: Deployment, path: string, groupType: string): Outcome | undefined {
  const named = database.get(path)
  const group = groupNamed(deployment, named, path, groupType)
  const parameter = (group === undefined ? undefined : parameterOfFamily(group)) ?? parameterOfEngine(database)
  if (parameter === undefined) return undefined
  if (group !== undefined) return { ...judgeParameter(group, parameter), property: path }
  if (!isWritten(named) || (typeof named === 'string' && named.startsWith('default.'))) return judgeDefault(path, parameter.safeByDefault)
  return undecided(path, named instanceof Unknown ? named.reason : 'the parameter group is not in the templates')
}

function groupNamed(deployment: Deployment, named: Value | undefined, path: string, type: string): Resource | undefined {
  const referred = deployment.resourceOf(named)
  if (referred !== undefined) return referred.type === type ? referred : undefined
  return typeof named === 'string' ? deployment.ofType(type).find((group) => group.get(path) === named) : undefined
}

const why = 'Unless the engine refuses it, a client that forgets TLS sends passwords and records in the clear, and nobody notices.'
const remedy =
  'Set rds.force_ssl to 1 (PostgreSQL, SQL Server) or require_secure_transport to ON (MySQL, MariaDB) in the Parameters of its parameter group.'

const groupExample = (type: string, Family: string, Parameters: Readonly<Record<string, string>>) =>
  ({ Type: type, Properties: { Family, Description: 'Parameters of the clinic', Parameters } }) as const

const instance = {
  Type: 'AWS::RDS::DBInstance',
  Properties: {
    Engine: 'mysql',
    EngineVersion: '8.0.42',
    DBInstanceClass: 'db.m6g.large',
    AllocatedStorage: '100',
    MasterUsername: 'clinic',
    ManageMasterUserPassword: true,
    DBParameterGroupName: { Ref: 'Parameters' },
  },
} as const

const cluster = {
  Type: 'AWS::RDS::DBCluster',
  Properties: {
    Engine: 'aurora-mysql',
    MasterUsername: 'clinic',
    ManageMasterUserPassword: true,
    DBClusterParameterGroupName: { Ref: 'Parameters' },
  },
} as const

/** Controls on TLS of RDS databases, and of the parameter groups that force it. */
export const rdsTlsControls: readonly ResourceControl[] = [
  {
    ...inTransit,
    id: 'rds-instance-tls-forced',
    title: 'RDS instances refuse connections without TLS',
    why,
    remedy,
    types: ['AWS::RDS::DBInstance'],
    judge: (database, deployment) =>
      isStandalone(database) ? judgeDatabase(database, deployment, 'DBParameterGroupName', 'AWS::RDS::DBParameterGroup') : undefined,
    passing: { Database: instance, Parameters: groupExample('AWS::RDS::DBParameterGroup', 'mysql8.0', { require_secure_transport: 'ON' }) },
    failing: { Database: instance, Parameters: groupExample('AWS::RDS::DBParameterGroup', 'mysql8.0', { max_connections: '100' }) },
  },
  {
    ...inTransit,
    id: 'rds-cluster-tls-forced',
    title: 'RDS clusters refuse connections without TLS',
    why,
    remedy,
    types: ['AWS::RDS::DBCluster'],
    judge: (database, deployment) =>
      judgeDatabase(database, deployment, 'DBClusterParameterGroupName', 'AWS::RDS::DBClusterParameterGroup'),
    passing: {
      Database: cluster,
      Parameters: groupExample('AWS::RDS::DBClusterParameterGroup', 'aurora-mysql8.0', { require_secure_transport: 'ON' }),
    },
    failing: {
      Database: cluster,
      Parameters: groupExample('AWS::RDS::DBClusterParameterGroup', 'aurora-mysql8.0', { require_secure_transport: 'OFF' }),
    },
  },
  {
    ...inTransit,
    id: 'rds-parameter-group-tls-forced',
    severity: 'medium',
    title: 'Parameter groups of RDS instances force TLS',
    why: 'Every database that takes its parameters from the group accepts connections in the clear.',
    remedy,
    types: ['AWS::RDS::DBParameterGroup'],
    // The instances of an Aurora cluster take the parameter from the group of the cluster.
    judge: (group) => (String(group.get('Family')).startsWith('aurora') ? undefined : judgeGroup(group)),
    passing: { Parameters: groupExample('AWS::RDS::DBParameterGroup', 'sqlserver-se-16.0', { 'rds.force_ssl': '1' }) },
    failing: { Parameters: groupExample('AWS::RDS::DBParameterGroup', 'postgres14', { 'rds.force_ssl': '0' }) },
  },
  {
    ...inTransit,
    id: 'rds-cluster-parameter-group-tls-forced',
    severity: 'medium',
    title: 'Parameter groups of RDS clusters force TLS',
    why: 'Every cluster that takes its parameters from the group accepts connections in the clear.',
    remedy,
    types: ['AWS::RDS::DBClusterParameterGroup'],
    judge: (group) => judgeGroup(group),
    passing: { Parameters: groupExample('AWS::RDS::DBClusterParameterGroup', 'aurora-postgresql16', { 'rds.force_ssl': '1' }) },
    failing: { Parameters: groupExample('AWS::RDS::DBClusterParameterGroup', 'aurora-postgresql16', { log_statement: 'ddl' }) },
  },
]

function judgeGroup(group: Resource): Outcome | undefined {
  const parameter = parameterOfFamily(group)
  return parameter === undefined ? undefined : judgeParameter(group, parameter)
}
