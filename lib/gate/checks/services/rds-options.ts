import type { Resource } from '../../template/resource.ts'
import { Unknown } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atRest, audit, inTransit } from './safeguards.ts'

interface OptionRow extends ControlText {
  readonly engines: RegExp
  /** One of these must be in the group. */
  readonly options: readonly string[]
  readonly example: { readonly EngineName: string; readonly MajorEngineVersion: string }
}

// Sources: "Options for MariaDB", "Options for MySQL", "Options for Microsoft SQL Server", "Adding options to Oracle DB instances" in the Amazon RDS User Guide.
const rows: readonly OptionRow[] = [
  {
    ...audit,
    id: 'rds-option-group-audit-plugin',
    title: 'Option groups of MySQL and MariaDB hold the audit plugin',
    why: 'These engines have no audit log of their own: who signed in and what they read is not recorded.',
    remedy: 'Add the option MARIADB_AUDIT_PLUGIN.',
    engines: /^(mysql|mariadb)$/i,
    options: ['MARIADB_AUDIT_PLUGIN'],
    example: { EngineName: 'mariadb', MajorEngineVersion: '10.11' },
  },
  {
    ...audit,
    id: 'rds-option-group-sqlserver-audit',
    title: 'Option groups of SQL Server hold its audit',
    why: 'Sign-ins and reads are not recorded in a place that administrators of the database cannot change.',
    remedy: 'Add the option SQLSERVER_AUDIT.',
    engines: /^sqlserver-/i,
    options: ['SQLSERVER_AUDIT'],
    example: { EngineName: 'sqlserver-se', MajorEngineVersion: '16.00' },
  },
  {
    ...inTransit,
    id: 'rds-option-group-oracle-tls',
    title: 'Option groups of Oracle encrypt connections',
    why: 'Oracle has no parameter that refuses clients in the clear; without one of the two options nothing on the wire is encrypted.',
    remedy: 'Add the option SSL, or NATIVE_NETWORK_ENCRYPTION with SQLNET.ENCRYPTION_SERVER set to REQUIRED.',
    engines: /^(custom-)?oracle-/i,
    options: ['SSL', 'NATIVE_NETWORK_ENCRYPTION'],
    example: { EngineName: 'oracle-ee', MajorEngineVersion: '19' },
  },
  {
    ...atRest,
    severity: 'low',
    id: 'rds-option-group-tde',
    title: 'Option groups of Oracle and SQL Server Enterprise encrypt data files transparently',
    why: 'Native backup files that leave the encrypted storage of RDS can be read by whoever finds them.',
    remedy: 'Add the option TDE (or TDE_HSM).',
    engines: /^(oracle-ee|sqlserver-ee)/i,
    options: ['TDE', 'TDE_HSM', 'TRANSPARENT_DATA_ENCRYPTION'],
    example: { EngineName: 'oracle-ee', MajorEngineVersion: '19' },
  },
]

const type = 'AWS::RDS::OptionGroup'
const path = 'OptionConfigurations'

/** Controls on RDS option groups. */
export const rdsOptionControls: readonly ResourceControl[] = rows.map(({ engines, options, example, ...text }) => {
  const Properties = { ...example, OptionGroupDescription: 'Options of the clinic' }
  return {
    ...text,
    types: [type],
    judge: (group) => judgeOptions(group, engines, options),
    passing: { Options: { Type: type, Properties: { ...Properties, OptionConfigurations: [{ OptionName: options[0] }] } } },
    failing: { Options: { Type: type, Properties: { ...Properties, OptionConfigurations: [{ OptionName: 'Timezone' }] } } },
  }
})

function judgeOptions(group: Resource, engines: RegExp, options: readonly string[]): Outcome | undefined {
  const engine = group.get('EngineName')
  if (typeof engine !== 'string' || !engines.test(engine)) return undefined
  const names = group.at(`${path}.*.OptionName`).map(({ value }) => value)
  if (names.some((name) => typeof name === 'string' && options.includes(name)))
    return pass(
      path,
      names.filter((name) => typeof name === 'string'),
    )
  const open = names.find((name) => name instanceof Unknown)
  return open instanceof Unknown
    ? undecided(path, open.reason)
    : fail(
        path,
        names.filter((name) => typeof name === 'string'),
      )
}
