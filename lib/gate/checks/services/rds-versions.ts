import type { Resource } from '../../template/resource.ts'
import { numberOf } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl } from '../control.ts'
import { engineOf } from './rds-engine.ts'
import { patched } from './safeguards.ts'

/**
 * Major versions whose standard support has ended, by engine: the newest of them. Sources: "Supported MySQL major versions on Amazon RDS" (5.7: 29 February
 * 2024), "Release calendar for Amazon RDS for PostgreSQL" (12: 28 February 2025), "Supported MariaDB major versions on Amazon RDS" (10.5: 24 June 2025).
 */
const ended: readonly (readonly [RegExp, number])[] = [
  [/^mysql$/, 5.7],
  [/^postgres$/, 12],
  [/^mariadb$/, 10.5],
  [/^aurora-mysql$/, 5.7],
  [/^aurora-postgresql$/, 12],
]

/** Controls on the engine's version. */
export const rdsVersionControls: readonly ResourceControl[] = [
  {
    ...patched,
    id: 'rds-engine-version-supported',
    title: 'RDS databases run a version of their engine that AWS still supports',
    why: 'After the end of standard support fixes come late, at a price, or not at all; published holes stay open.',
    remedy: 'Set EngineVersion to a version in standard support.',
    types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
    judge: judgeVersion,
    passing: {
      Database: {
        Type: 'AWS::RDS::DBCluster',
        Properties: { Engine: 'aurora-postgresql', EngineVersion: '16.6', MasterUsername: 'clinic', ManageMasterUserPassword: true },
      },
    },
    failing: {
      Database: {
        Type: 'AWS::RDS::DBCluster',
        Properties: { Engine: 'aurora-postgresql', EngineVersion: '11.9', MasterUsername: 'clinic', ManageMasterUserPassword: true },
      },
    },
  },
]

/** A version that is not written, or not known, is AWS's choice or the deployer's: nothing is said of it. */
function judgeVersion(database: Resource): Outcome | undefined {
  const [engine, version] = [engineOf(database), database.get('EngineVersion')]
  if (engine === undefined || (typeof version !== 'string' && typeof version !== 'number')) return undefined
  if (engine === 'aurora') return fail('Engine', engine, 'The engine aurora is compatible with MySQL 5.6, which AWS no longer runs.')
  const last = ended.find(([pattern]) => pattern.test(engine))?.[1]
  const major = majorOf(String(version), last)
  if (last === undefined || major === undefined) return undefined
  return isAtMost(major, last) ? fail('EngineVersion', version) : pass('EngineVersion', version)
}

const majorOf = (version: string, last: number | undefined): string | undefined =>
  (last !== undefined && Number.isInteger(last) ? /^\d+/ : /^\d+\.\d+/).exec(version)?.[0]

// 10.11 comes after 10.5, so the parts are compared one by one.
function isAtMost(version: string, last: number): boolean {
  const [left, right] = [version, String(last)].map((text) => text.split('.').map((part) => numberOf(part) ?? 0))
  const [major = 0, minor = 0] = left ?? []
  const [lastMajor = 0, lastMinor = 0] = right ?? []
  return major < lastMajor || (major === lastMajor && minor <= lastMinor)
}
