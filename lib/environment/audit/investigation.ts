import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena'
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue'
import { Construct } from 'constructs'
import { bucketName, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { auditBuckets } from './archive-layout.ts'
import { type EvidenceTable, type EvidenceTableName, evidenceTables, formats } from './evidence-tables.ts'
import { savedQueries, savedQueryName } from './saved-queries.ts'

/** Most that one query may read: 100 GiB. A question without a day would read six years. */
const mostBytesRead = 100 * 1024 ** 3

/** What an investigator reads the archive with: tables over it, saved questions, and a workgroup whose settings a query cannot change. */
export class Investigation extends Construct {
  /** @param keyArn of the key that results are encrypted with */
  constructor(scope: Construct, id: string, config: EnvironmentConfig, keyArn: string) {
    super(scope, id)
    const database = new CfnDatabase(this, 'Database', {
      catalogId: config.accounts.audit,
      databaseInput: { name: databaseName(config), description: 'Tables over the locked archive of evidence.' },
    })
    const tables = Object.entries(evidenceTables(config)).map(([name, evidence]) => table(this, config, database, name, evidence))
    const group = workGroup(this, config, keyArn)
    for (const [name, { description, sql }] of Object.entries(savedQueries(config, (of) => nameInSql(config, of)))) {
      const query = new CfnNamedQuery(this, name, {
        name: savedQueryName(config, name),
        description,
        database: databaseName(config),
        workGroup: group.name,
        queryString: sql,
      })
      for (const needed of [group, ...tables]) query.addResourceDependency(needed)
    }
  }
}

// Athena takes letters, digits and underscores only (Amazon Athena User Guide, "Name databases, tables, and columns").
const databaseName = (config: EnvironmentConfig): string => nameOf(config, 'evidence').replaceAll('-', '_')

const nameInSql = (config: EnvironmentConfig, table: EvidenceTableName): string => `"${databaseName(config)}"."${table}"`

function table(scope: Construct, config: EnvironmentConfig, database: CfnDatabase, name: string, evidence: EvidenceTable): CfnTable {
  const location = `s3://${bucketName(config, auditBuckets.archive, 'audit')}/${evidence.folder}`
  const { library, input, output } = formats[evidence.format]
  const partitions = Object.entries(evidence.projection)
  return new CfnTable(scope, `${name}_table`, {
    catalogId: config.accounts.audit,
    databaseName: database.ref,
    tableInput: {
      name,
      description: evidence.description,
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: partitions.map(([key]) => ({ name: key, type: 'string' })),
      parameters: {
        EXTERNAL: 'TRUE',
        'projection.enabled': 'true',
        'storage.location.template': `${location}${evidence.partition}`,
        ...Object.fromEntries(
          partitions.flatMap(([key, settings]) =>
            Object.entries(settings).map(([setting, value]) => [`projection.${key}.${setting}`, value]),
          ),
        ),
      },
      storageDescriptor: {
        location,
        inputFormat: input,
        outputFormat: output,
        serdeInfo: { serializationLibrary: library },
        columns: evidence.columns.map(([column, type]) => ({ name: column, type })),
      },
    },
  })
}

const workGroup = (scope: Construct, config: EnvironmentConfig, keyArn: string): CfnWorkGroup =>
  new CfnWorkGroup(scope, 'WorkGroup', {
    name: nameOf(config, 'investigation'),
    description: 'Questions to the archive of evidence. Results are encrypted, kept for a week, and nowhere else.',
    state: 'ENABLED',
    // A trial's workgroup is removed with its queries; production's is not removed while it holds any.
    recursiveDeleteOption: config.purpose === 'trial',
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      requesterPaysEnabled: false,
      bytesScannedCutoffPerQuery: mostBytesRead,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      resultConfiguration: {
        outputLocation: `s3://${bucketName(config, auditBuckets.results, 'audit')}/`,
        expectedBucketOwner: config.accounts.audit,
        encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: keyArn },
      },
    },
  })
