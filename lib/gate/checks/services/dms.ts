import type { Resource } from '../../template/resource.ts'
import { isMap, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { type Expectation, isGiven, isNoneOf, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import {
  authentication,
  availability,
  customerKey,
  exampleKey,
  inTransit,
  monitoring,
  notPublic,
  patched,
  privateNetwork,
} from './safeguards.ts'

const instance = 'AWS::DMS::ReplicationInstance'
const endpoint = 'AWS::DMS::Endpoint'
const base = { ReplicationInstanceClass: 'dms.t3.medium', PubliclyAccessible: false } as const
const source = {
  EndpointType: 'source',
  EngineName: 'mysql',
  SslMode: 'verify-full',
  CertificateArn: 'arn:aws:dms:us-east-1:111122223333:cert:clinic',
} as const
const hasSslMode: Expectation = (engine) =>
  typeof engine === 'string'
    ? /^(mysql|oracle|postgres|mariadb|aurora|aurora-postgresql|mongodb|docdb|sqlserver|sybase|db2|redshift|opensearch$)/i.test(engine) &&
      !/^(redshift|opensearch)/i.test(engine)
    : undefined
const isEngine =
  (name: string): Expectation =>
  (engine) =>
    typeof engine === 'string' ? engine.toLowerCase() === name : undefined
const config = {
  ReplicationConfigIdentifier: 'clinic',
  ReplicationType: 'cdc',
  SourceEndpointArn: 'arn:aws:dms:us-east-1:111122223333:endpoint:A',
  TargetEndpointArn: 'arn:aws:dms:us-east-1:111122223333:endpoint:B',
  TableMappings: {},
} as const

const rows = propertyControls([
  {
    ...notPublic,
    id: 'dms-instance-public',
    title: 'DMS replication instances have no public address',
    why: 'The instance holds the passwords of both databases and every record that passes. By default it has a public address.',
    remedy: 'Set PubliclyAccessible to false.',
    type: instance,
    path: 'PubliclyAccessible',
    expect: isOff,
    absent: 'fails',
    passing: base,
    failing: { ReplicationInstanceClass: 'dms.t3.medium' },
  },
  {
    ...customerKey,
    id: 'dms-instance-customer-key',
    title: "DMS replication instances are encrypted with a customer's key",
    why: "Records wait on the disk of the instance, and passwords of the endpoints in its store, under AWS's own key.",
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: instance,
    path: 'KmsKeyId',
    passing: { ...base, KmsKeyId: exampleKey },
    failing: base,
  },
  {
    ...patched,
    id: 'dms-instance-minor-upgrades',
    title: 'DMS replication instances take minor versions of their engine automatically',
    why: 'Minor versions carry security fixes; without them a published hole stays open until somebody remembers.',
    remedy: 'Set AutoMinorVersionUpgrade to true, or leave it out.',
    type: instance,
    path: 'AutoMinorVersionUpgrade',
    expect: isOn,
    absent: 'passes',
    passing: base,
    failing: { ...base, AutoMinorVersionUpgrade: false },
  },
  {
    ...availability,
    id: 'dms-instance-multi-az',
    title: 'DMS replication instances have a standby in another zone',
    why: 'When the instance fails, replication stops, and may have to begin again from the start.',
    remedy: 'Set MultiAZ to true.',
    type: instance,
    path: 'MultiAZ',
    expect: isOn,
    absent: 'fails',
    passing: { ...base, MultiAZ: true },
    failing: base,
  },
  {
    ...privateNetwork,
    severity: 'low',
    id: 'dms-instance-subnet-group',
    title: 'DMS replication instances name their subnet group',
    why: "Without one the instance lands in the account's default VPC, whose subnets all lead to the internet.",
    remedy: 'Set ReplicationSubnetGroupIdentifier to a group of private subnets.',
    type: instance,
    path: 'ReplicationSubnetGroupIdentifier',
    expect: isGiven,
    absent: 'fails',
    passing: { ...base, ReplicationSubnetGroupIdentifier: 'private-subnets' },
    failing: base,
  },
  {
    ...inTransit,
    id: 'dms-endpoint-tls',
    title: 'DMS reaches databases over TLS',
    why: 'A migration carries every record of the database across the network, in the clear unless told otherwise.',
    remedy: 'Set SslMode to require, verify-ca or verify-full.',
    type: endpoint,
    path: 'SslMode',
    expect: isNoneOf('none'),
    absent: 'fails',
    when: { path: 'EngineName', expect: hasSslMode },
    passing: source,
    failing: { EndpointType: 'source', EngineName: 'mysql' },
  },
  {
    ...inTransit,
    severity: 'low',
    id: 'dms-endpoint-certificate',
    title: 'DMS checks the certificates of databases',
    why: 'With require alone, whoever sits in between can pose as the database and read everything.',
    remedy: 'Set SslMode to verify-ca or verify-full, with a CertificateArn.',
    type: endpoint,
    path: 'SslMode',
    expect: isOneOf('verify-ca', 'verify-full'),
    absent: 'does not apply',
    when: [
      { path: 'EngineName', expect: hasSslMode },
      { path: 'SslMode', expect: isNoneOf('none') },
    ],
    passing: source,
    failing: { ...source, SslMode: 'require' },
  },
  {
    ...inTransit,
    id: 'dms-endpoint-redis-tls',
    title: 'DMS reaches Redis over TLS',
    why: 'Every record that is loaded into Redis, and its password, cross the network in the clear.',
    remedy: 'Set RedisSettings.SslSecurityProtocol to ssl-encryption.',
    type: endpoint,
    path: 'RedisSettings.SslSecurityProtocol',
    expect: isOneOf('ssl-encryption'),
    absent: 'passes',
    when: { path: 'EngineName', expect: isEngine('redis') },
    passing: { EndpointType: 'target', EngineName: 'redis', RedisSettings: { SslSecurityProtocol: 'ssl-encryption' } },
    failing: { EndpointType: 'target', EngineName: 'redis', RedisSettings: { SslSecurityProtocol: 'plaintext' } },
  },
  {
    ...inTransit,
    id: 'dms-endpoint-kafka-tls',
    title: 'DMS reaches Kafka over TLS',
    why: 'Every record that is sent to Kafka crosses the network in the clear.',
    remedy: 'Set KafkaSettings.SecurityProtocol to ssl-encryption, ssl-authentication or sasl-ssl.',
    type: endpoint,
    path: 'KafkaSettings.SecurityProtocol',
    expect: isOneOf('ssl-encryption', 'ssl-authentication', 'sasl-ssl'),
    absent: 'fails',
    when: { path: 'EngineName', expect: isEngine('kafka') },
    passing: {
      EndpointType: 'target',
      EngineName: 'kafka',
      KafkaSettings: { Broker: 'b-1.example:9094', SecurityProtocol: 'ssl-encryption' },
    },
    failing: { EndpointType: 'target', EngineName: 'kafka', KafkaSettings: { Broker: 'b-1.example:9092' } },
  },
  {
    ...authentication,
    id: 'dms-endpoint-neptune-iam',
    title: 'DMS signs in to Neptune by IAM',
    why: 'A Neptune cluster that DMS reaches without IAM asks nobody who they are.',
    remedy: 'Set NeptuneSettings.IamAuthEnabled to true.',
    type: endpoint,
    path: 'NeptuneSettings.IamAuthEnabled',
    expect: isOn,
    absent: 'fails',
    when: { path: 'EngineName', expect: isEngine('neptune') },
    passing: { EndpointType: 'target', EngineName: 'neptune', NeptuneSettings: { IamAuthEnabled: true } },
    failing: { EndpointType: 'target', EngineName: 'neptune', NeptuneSettings: { IamAuthEnabled: false } },
  },
  {
    ...authentication,
    id: 'dms-endpoint-mongodb-password',
    title: 'DMS signs in to MongoDB',
    why: 'A database that DMS reads without a password asks nobody who they are.',
    remedy: 'Set MongoDbSettings.AuthType to password.',
    type: endpoint,
    path: 'MongoDbSettings.AuthType',
    expect: isOneOf('password'),
    absent: 'fails',
    when: { path: 'EngineName', expect: isEngine('mongodb') },
    passing: { ...source, EngineName: 'mongodb', MongoDbSettings: { AuthType: 'password' } },
    failing: { ...source, EngineName: 'mongodb', MongoDbSettings: { AuthType: 'no' } },
  },
  {
    ...customerKey,
    severity: 'low',
    id: 'dms-endpoint-customer-key',
    title: "Settings of DMS endpoints are encrypted with a customer's key",
    why: "The password of the database lies in the settings, under AWS's own key.",
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: endpoint,
    path: 'KmsKeyId',
    passing: { ...source, KmsKeyId: exampleKey },
    failing: source,
  },
  {
    ...customerKey,
    id: 'dms-serverless-customer-key',
    title: "Serverless DMS replications are encrypted with a customer's key",
    why: "Records wait on the disk of the replication under AWS's own key.",
    remedy: 'Set ComputeConfig.KmsKeyId to a KMS key of your own.',
    type: 'AWS::DMS::ReplicationConfig',
    path: 'ComputeConfig.KmsKeyId',
    passing: { ...config, ComputeConfig: { MaxCapacityUnits: 4, KmsKeyId: exampleKey } },
    failing: { ...config, ComputeConfig: { MaxCapacityUnits: 4 } },
  },
])

const task = {
  MigrationType: 'cdc',
  ReplicationInstanceArn: 'arn:aws:dms:us-east-1:111122223333:rep:A',
  SourceEndpointArn: 'arn:aws:dms:us-east-1:111122223333:endpoint:A',
  TargetEndpointArn: 'arn:aws:dms:us-east-1:111122223333:endpoint:B',
  TableMappings: '{}',
} as const
const settings = (on: boolean) => JSON.stringify({ Logging: { EnableLogging: on } })

/** Whether a task logs: its settings are JSON in a text. Holes outside the part on logging do not hinder. */
function judgeTask(replication: Resource): Outcome {
  const path = 'ReplicationTaskSettings'
  const value: Value | undefined = replication.get(path)
  if (value instanceof Unknown) return undecided(path, value.reason)
  if (isMap(value)) return undecided(path, 'it is computed at deployment')
  const found = /"EnableLogging"\s*:\s*"?(true|false)/i.exec(typeof value === 'string' ? value : '')
  return found?.[1]?.toLowerCase() === 'true'
    ? pass(path, 'EnableLogging: true')
    : fail(path, found === null ? undefined : 'EnableLogging: false')
}

/** Controls on Database Migration Service. */
export const dmsControls: readonly ResourceControl[] = [
  ...rows,
  {
    ...monitoring,
    id: 'dms-task-logging',
    title: 'DMS tasks write a log',
    why: 'Which rows were not moved, and why, cannot be found out; the copy may lack patients without a sign.',
    remedy: 'Set Logging.EnableLogging to true in ReplicationTaskSettings.',
    types: ['AWS::DMS::ReplicationTask'],
    judge: judgeTask,
    passing: { Task: { Type: 'AWS::DMS::ReplicationTask', Properties: { ...task, ReplicationTaskSettings: settings(true) } } },
    failing: { Task: { Type: 'AWS::DMS::ReplicationTask', Properties: { ...task, ReplicationTaskSettings: settings(false) } } },
  },
]
