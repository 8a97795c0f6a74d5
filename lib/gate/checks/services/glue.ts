import type { Resource } from '../../template/resource.ts'
import { isMap, Reference, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isCustomerKey, isGiven, isNoneOf, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { atRest, customerKey, exampleKey, inTransit, monitoring, patched } from './safeguards.ts'

const configuration = 'AWS::Glue::SecurityConfiguration'
const catalog = 'AWS::Glue::DataCatalogEncryptionSettings'
const encrypted = {
  Name: 'clinic',
  EncryptionConfiguration: {
    CloudWatchEncryption: { CloudWatchEncryptionMode: 'SSE-KMS', KmsKeyArn: exampleKey },
    JobBookmarksEncryption: { JobBookmarksEncryptionMode: 'CSE-KMS', KmsKeyArn: exampleKey },
    S3Encryptions: [{ S3EncryptionMode: 'SSE-KMS', KmsKeyArn: exampleKey }],
  },
} as const
const plainText = { Name: 'clinic', EncryptionConfiguration: { S3Encryptions: [{ S3EncryptionMode: 'DISABLED' }] } } as const
const settings = {
  CatalogId: '111122223333',
  DataCatalogEncryptionSettings: {
    EncryptionAtRest: { CatalogEncryptionMode: 'SSE-KMS', SseAwsKmsKeyId: exampleKey },
    ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: true, KmsKeyId: exampleKey },
  },
} as const
const noSettings = { CatalogId: '111122223333', DataCatalogEncryptionSettings: {} } as const
const job = {
  Role: 'arn:aws:iam::111122223333:role/glue',
  Command: { Name: 'glueetl', ScriptLocation: 's3://clinic-scripts/job.py' },
  GlueVersion: '5.0',
} as const
const crawler = { Role: 'arn:aws:iam::111122223333:role/glue', Targets: { S3Targets: [{ Path: 's3://clinic/' }] } } as const
const endpoint = { RoleArn: 'arn:aws:iam::111122223333:role/glue' } as const
const transform = {
  Role: 'arn:aws:iam::111122223333:role/glue',
  InputRecordTables: { GlueTables: [{ DatabaseName: 'clinic', TableName: 'patients' }] },
  TransformParameters: { TransformType: 'FIND_MATCHES', FindMatchesParameters: { PrimaryKeyColumnName: 'id' } },
} as const

const rows = propertyControls([
  {
    ...atRest,
    id: 'glue-security-configuration-s3',
    title: 'Glue security configurations encrypt what jobs write to S3',
    why: 'What jobs write takes whatever the bucket happens to have.',
    remedy: 'Set EncryptionConfiguration.S3Encryptions with S3EncryptionMode SSE-KMS.',
    type: configuration,
    path: 'EncryptionConfiguration.S3Encryptions.*.S3EncryptionMode',
    expect: isNoneOf('DISABLED'),
    absent: 'fails',
    passing: encrypted,
    failing: plainText,
  },
  {
    ...customerKey,
    id: 'glue-security-configuration-s3-customer-key',
    title: "What Glue jobs write to S3 is encrypted with a customer's key",
    why: 'With a key of S3 every reader of the bucket reads what the jobs wrote.',
    remedy: 'Set S3EncryptionMode to SSE-KMS, with a KmsKeyArn of your own.',
    type: configuration,
    path: 'EncryptionConfiguration.S3Encryptions.*.KmsKeyArn',
    expect: isCustomerKey,
    passing: encrypted,
    failing: { Name: 'clinic', EncryptionConfiguration: { S3Encryptions: [{ S3EncryptionMode: 'SSE-S3' }] } },
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'glue-security-configuration-logs',
    title: 'Glue security configurations encrypt the logs of jobs',
    why: 'Logs of jobs show samples and errors with the values of patients in them.',
    remedy: 'Set EncryptionConfiguration.CloudWatchEncryption.CloudWatchEncryptionMode to SSE-KMS.',
    type: configuration,
    path: 'EncryptionConfiguration.CloudWatchEncryption.CloudWatchEncryptionMode',
    expect: isOneOf('SSE-KMS'),
    absent: 'fails',
    passing: encrypted,
    failing: plainText,
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'glue-security-configuration-bookmarks',
    title: 'Glue security configurations encrypt the bookmarks of jobs',
    why: 'Bookmarks hold keys and times of the last records that a job saw.',
    remedy: 'Set EncryptionConfiguration.JobBookmarksEncryption.JobBookmarksEncryptionMode to CSE-KMS.',
    type: configuration,
    path: 'EncryptionConfiguration.JobBookmarksEncryption.JobBookmarksEncryptionMode',
    expect: isOneOf('CSE-KMS'),
    absent: 'fails',
    passing: encrypted,
    failing: plainText,
  },
  {
    ...atRest,
    severity: 'medium',
    id: 'glue-catalog-encrypted',
    title: 'The Glue data catalog is encrypted',
    why: 'Names of tables and columns, partitions and statistics tell of patients too.',
    remedy: 'Set DataCatalogEncryptionSettings.EncryptionAtRest.CatalogEncryptionMode to SSE-KMS.',
    type: catalog,
    path: 'DataCatalogEncryptionSettings.EncryptionAtRest.CatalogEncryptionMode',
    expect: isOneOf('SSE-KMS', 'SSE-KMS-WITH-SERVICE-ROLE'),
    absent: 'fails',
    passing: settings,
    failing: noSettings,
  },
  {
    ...customerKey,
    severity: 'low',
    id: 'glue-catalog-customer-key',
    title: "The Glue data catalog is encrypted with a customer's key",
    why: "With AWS's own key nobody can see in CloudTrail who reads the catalog, or lock it by disabling its key.",
    remedy: 'Set DataCatalogEncryptionSettings.EncryptionAtRest.SseAwsKmsKeyId to a KMS key of your own.',
    type: catalog,
    path: 'DataCatalogEncryptionSettings.EncryptionAtRest.SseAwsKmsKeyId',
    passing: settings,
    failing: { CatalogId: '111122223333', DataCatalogEncryptionSettings: { EncryptionAtRest: { CatalogEncryptionMode: 'SSE-KMS' } } },
  },
  {
    ...atRest,
    id: 'glue-catalog-passwords-encrypted',
    title: 'Passwords of connections in the Glue data catalog are encrypted',
    why: 'Whoever may read a connection reads the password of the database in the clear.',
    remedy: 'Set ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted to true.',
    type: catalog,
    path: 'DataCatalogEncryptionSettings.ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted',
    expect: isOn,
    absent: 'fails',
    passing: settings,
    failing: noSettings,
  },
  ...(
    [
      [
        'job',
        'AWS::Glue::Job',
        'SecurityConfiguration',
        'Glue jobs',
        job,
        'Output, logs and bookmarks of the job are written without encryption of their own.',
      ],
      [
        'crawler',
        'AWS::Glue::Crawler',
        'CrawlerSecurityConfiguration',
        'Glue crawlers',
        crawler,
        'Logs of the crawler, with the paths and samples it saw, are written without encryption of their own.',
      ],
      [
        'dev-endpoint',
        'AWS::Glue::DevEndpoint',
        'SecurityConfiguration',
        'Glue development endpoints',
        endpoint,
        'Notebooks on the endpoint write copies of records without encryption of their own.',
      ],
    ] as const
  ).map(
    ([id, type, path, noun, properties, why]) =>
      ({
        ...atRest,
        severity: 'medium',
        id: `glue-${id}-security-configuration`,
        title: `${noun} use a security configuration`,
        why,
        remedy: `Set ${path} to an AWS::Glue::SecurityConfiguration.`,
        type,
        path,
        expect: isGiven,
        absent: 'fails',
        passing: { ...properties, [path]: 'clinic' },
        failing: properties,
      }) as const,
  ),
  {
    ...patched,
    id: 'glue-job-version',
    title: 'Spark jobs run on a version of Glue that AWS still supports',
    why: 'Versions before 3.0 carry a Spark and a Python that get no security fixes.',
    remedy: 'Set GlueVersion to 4.0 or later.',
    type: 'AWS::Glue::Job',
    path: 'GlueVersion',
    expect: isNoneOf('0.9', '1.0', '2.0'),
    absent: 'does not apply',
    passing: job,
    failing: { ...job, GlueVersion: '1.0' },
  },
  {
    ...atRest,
    id: 'glue-ml-transform-encrypted',
    title: 'Glue machine learning transforms encrypt the data they learn from',
    why: 'Labels that people made for matching patients lie on disk as they are.',
    remedy: 'Set TransformEncryption.MLUserDataEncryption.MLUserDataEncryptionMode to SSE-KMS.',
    type: 'AWS::Glue::MLTransform',
    path: 'TransformEncryption.MLUserDataEncryption.MLUserDataEncryptionMode',
    expect: isOneOf('SSE-KMS'),
    absent: 'fails',
    passing: { ...transform, TransformEncryption: { MLUserDataEncryption: { MLUserDataEncryptionMode: 'SSE-KMS', KmsKeyId: exampleKey } } },
    failing: transform,
  },
])

/** Whether a property of a connection is on; the connection's properties are a map that may be unknown as a whole. */
function judgeConnection(connection: Resource): Outcome | undefined {
  const kind = connection.get('ConnectionInput.ConnectionType')
  if (kind !== 'JDBC') return undefined
  const path = 'ConnectionInput.ConnectionProperties.JDBC_ENFORCE_SSL'
  const properties = connection.get('ConnectionInput.ConnectionProperties')
  if (properties instanceof Unknown) return undecided(path, properties.reason)
  const value = isMap(properties) ? properties['JDBC_ENFORCE_SSL'] : undefined
  if (value instanceof Unknown) return undecided(path, value.reason)
  if (value instanceof Reference) return undecided(path, 'it is computed at deployment', value)
  return /^true$/i.test(String(value)) ? pass(path, value) : fail(path, value)
}

const connection = (properties: Readonly<Record<string, string>>) => ({
  Connection: {
    Type: 'AWS::Glue::Connection',
    Properties: {
      CatalogId: '111122223333',
      ConnectionInput: {
        ConnectionType: 'JDBC',
        ConnectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example:5432/clinic', SECRET_ID: 'clinic', ...properties },
      },
    },
  },
})

const argument =
  (name: string) =>
  (resource: Resource): Outcome => {
    const path = `DefaultArguments.${name}`
    const value = resource.get(path)
    if (value instanceof Unknown) return undecided(path, value.reason)
    return value === undefined || value === 'false' || value === false ? fail(path, value) : pass(path, value)
  }

/** Controls on Glue. */
export const glueControls: readonly ResourceControl[] = [
  ...rows,
  {
    ...inTransit,
    id: 'glue-connection-tls',
    title: 'Glue connections to databases insist on TLS',
    why: 'Every record that a job reads from the database crosses the network in the clear if the database allows it.',
    remedy: 'Set JDBC_ENFORCE_SSL to true in ConnectionProperties.',
    types: ['AWS::Glue::Connection'],
    judge: judgeConnection,
    passing: connection({ JDBC_ENFORCE_SSL: 'true' }),
    failing: connection({ JDBC_ENFORCE_SSL: 'false' }),
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'glue-job-continuous-logging',
    title: 'Glue jobs log while they run',
    why: 'What a job did with the records, and where it failed, is known only after it ended, or not at all.',
    remedy: 'Set --enable-continuous-cloudwatch-log to true in DefaultArguments.',
    types: ['AWS::Glue::Job'],
    judge: argument('--enable-continuous-cloudwatch-log'),
    passing: {
      Job: { Type: 'AWS::Glue::Job', Properties: { ...job, DefaultArguments: { '--enable-continuous-cloudwatch-log': 'true' } } },
    },
    failing: { Job: { Type: 'AWS::Glue::Job', Properties: job } },
  },
]
