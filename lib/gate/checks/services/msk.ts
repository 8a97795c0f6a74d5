import type { Resource } from '../../template/resource.ts'
import { isTrue, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { authentication, customerKey, exampleKey, inTransit, monitoring, notPublic } from './safeguards.ts'

const type = 'AWS::MSK::Cluster'
const connector = 'AWS::KafkaConnect::Connector'
const base = {
  ClusterName: 'clinic',
  KafkaVersion: '3.8.x',
  NumberOfBrokerNodes: 3,
  BrokerNodeGroupInfo: {
    InstanceType: 'kafka.m7g.large',
    ClientSubnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
  },
  ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
} as const
const connect = {
  ConnectorName: 'clinic',
  Capacity: { ProvisionedCapacity: { McuCount: 1, WorkerCount: 1 } },
  ConnectorConfiguration: { 'connector.class': 'io.example.Sink' },
  KafkaConnectVersion: '2.7.1',
  KafkaCluster: {
    ApacheKafkaCluster: {
      BootstrapServers: 'b-1.example:9098',
      Vpc: { SecurityGroups: ['sg-0123456789abcdef0'], Subnets: ['subnet-0123456789abcdef0'] },
    },
  },
  KafkaClusterClientAuthentication: { AuthenticationType: 'IAM' },
  KafkaClusterEncryptionInTransit: { EncryptionType: 'TLS' },
  Plugins: [{ CustomPlugin: { CustomPluginArn: 'arn:aws:kafkaconnect:us-east-1:111122223333:custom-plugin/clinic/1', Revision: 1 } }],
  ServiceExecutionRoleArn: 'arn:aws:iam::111122223333:role/connect',
} as const
const serverless = { ClusterName: 'clinic', VpcConfigs: [{ SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] }] } as const

const { ClientAuthentication: _signIn, ...unauthenticated } = base

const rows = propertyControls([
  {
    ...inTransit,
    id: 'msk-cluster-client-tls',
    title: 'MSK clusters take clients over TLS only',
    why: 'Messages, and the passwords of clients, cross the network in the clear.',
    remedy: 'Set EncryptionInfo.EncryptionInTransit.ClientBroker to TLS, or leave it out.',
    type,
    path: 'EncryptionInfo.EncryptionInTransit.ClientBroker',
    expect: isOneOf('TLS'),
    absent: 'passes',
    passing: base,
    failing: { ...base, EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' } } },
  },
  {
    ...inTransit,
    id: 'msk-cluster-broker-tls',
    title: 'Brokers of MSK clusters talk to each other over TLS',
    why: 'Brokers copy every message to each other, in the clear.',
    remedy: 'Set EncryptionInfo.EncryptionInTransit.InCluster to true, or leave it out.',
    type,
    path: 'EncryptionInfo.EncryptionInTransit.InCluster',
    expect: isOn,
    absent: 'passes',
    passing: base,
    failing: { ...base, EncryptionInfo: { EncryptionInTransit: { InCluster: false } } },
  },
  {
    ...customerKey,
    id: 'msk-cluster-customer-key',
    title: "MSK clusters are encrypted with a customer's key",
    why: "With AWS's own key nobody can see in CloudTrail who decrypts the volumes, or lock them by disabling their key.",
    remedy: 'Set EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId to a KMS key of your own.',
    type,
    path: 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId',
    passing: { ...base, EncryptionInfo: { EncryptionAtRest: { DataVolumeKMSKeyId: exampleKey } } },
    failing: base,
  },
  {
    ...notPublic,
    id: 'msk-cluster-public',
    title: 'MSK clusters cannot be reached from the internet',
    why: 'Brokers with public addresses put every topic behind nothing but a password or certificate.',
    remedy: 'Set BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type to DISABLED, or leave it out.',
    type,
    path: 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type',
    expect: isOneOf('DISABLED'),
    absent: 'passes',
    passing: base,
    failing: {
      ...base,
      BrokerNodeGroupInfo: { ...base.BrokerNodeGroupInfo, ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } } },
    },
  },
  {
    ...authentication,
    id: 'msk-cluster-unauthenticated',
    title: 'MSK clusters take no clients that do not sign in',
    why: 'Whoever reaches a broker reads and writes every topic.',
    remedy: 'Set ClientAuthentication.Unauthenticated.Enabled to false.',
    type,
    path: 'ClientAuthentication.Unauthenticated.Enabled',
    expect: isOff,
    absent: 'passes',
    passing: base,
    failing: { ...base, ClientAuthentication: { Unauthenticated: { Enabled: true } } },
  },
  {
    ...authentication,
    id: 'msk-cluster-authentication',
    title: 'MSK clusters say how clients sign in',
    why: 'A cluster for which no way of signing in is chosen asks nobody who they are.',
    remedy: 'Set ClientAuthentication with Sasl.Iam, Sasl.Scram or Tls.',
    type,
    path: 'ClientAuthentication',
    expect: () => true,
    absent: 'fails',
    passing: base,
    failing: unauthenticated,
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'msk-cluster-monitoring',
    title: 'MSK clusters measure more than the default',
    why: 'The default metrics do not show which broker or topic lags, throttles or suddenly sends far more.',
    remedy: 'Set EnhancedMonitoring to PER_BROKER or finer.',
    type,
    path: 'EnhancedMonitoring',
    expect: isOneOf('PER_BROKER', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION'),
    absent: 'fails',
    passing: { ...base, EnhancedMonitoring: 'PER_TOPIC_PER_BROKER' },
    failing: base,
  },
  {
    ...authentication,
    id: 'msk-serverless-iam',
    title: 'Serverless MSK clusters sign clients in by IAM',
    why: 'It is the only way such a cluster knows; without it nobody is asked who they are.',
    remedy: 'Set ClientAuthentication.Sasl.Iam.Enabled to true.',
    type: 'AWS::MSK::ServerlessCluster',
    path: 'ClientAuthentication.Sasl.Iam.Enabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...serverless, ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } },
    failing: { ...serverless, ClientAuthentication: { Sasl: { Iam: { Enabled: false } } } },
  },
  {
    ...inTransit,
    id: 'msk-connector-tls',
    title: 'MSK connectors reach Kafka over TLS',
    why: 'Every message that the connector moves crosses the network in the clear.',
    remedy: 'Set KafkaClusterEncryptionInTransit.EncryptionType to TLS.',
    type: connector,
    path: 'KafkaClusterEncryptionInTransit.EncryptionType',
    expect: isOneOf('TLS'),
    absent: 'fails',
    passing: connect,
    failing: { ...connect, KafkaClusterEncryptionInTransit: { EncryptionType: 'PLAINTEXT' } },
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'msk-connector-iam',
    title: 'MSK connectors sign in to Kafka by IAM',
    why: 'A connector that does not sign in needs a cluster that asks nobody.',
    remedy: 'Set KafkaClusterClientAuthentication.AuthenticationType to IAM.',
    type: connector,
    path: 'KafkaClusterClientAuthentication.AuthenticationType',
    expect: isOneOf('IAM'),
    absent: 'fails',
    passing: connect,
    failing: { ...connect, KafkaClusterClientAuthentication: { AuthenticationType: 'NONE' } },
  },
])

/** Whether logs go anywhere: one of three places below a path is switched on. */
function judgeLogs(resource: Resource, path: string): Outcome {
  const places = ['CloudWatchLogs', 'Firehose', 'S3'].map((place) => `${path}.${place}.Enabled`)
  const on = places.find((place) => isTrue(resource.get(place)))
  if (on !== undefined) return pass(on, true)
  const open = places.map((place) => resource.get(place)).find((value) => value instanceof Unknown)
  return open instanceof Unknown ? undecided(path, open.reason) : fail(path, resource.get(path))
}

/** Controls on MSK. */
export const mskControls: readonly ResourceControl[] = [
  ...rows,
  {
    ...monitoring,
    id: 'msk-cluster-broker-logs',
    title: 'MSK clusters deliver the logs of their brokers',
    why: 'Failed sign-ins and refused requests are recorded on the brokers, where nobody can look.',
    remedy: 'Set LoggingInfo.BrokerLogs with CloudWatchLogs, Firehose or S3, and Enabled to true.',
    types: [type],
    judge: (cluster) => judgeLogs(cluster, 'LoggingInfo.BrokerLogs'),
    passing: {
      Cluster: {
        Type: type,
        Properties: { ...base, LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true, LogGroup: 'clinic' } } } },
      },
    },
    failing: { Cluster: { Type: type, Properties: base } },
  },
  {
    ...monitoring,
    id: 'msk-connector-logs',
    title: 'MSK connectors deliver the logs of their workers',
    why: 'Why messages were not moved, or moved twice, cannot be found out.',
    remedy: 'Set LogDelivery.WorkerLogDelivery with CloudWatchLogs, Firehose or S3, and Enabled to true.',
    types: [connector],
    judge: (worker) => judgeLogs(worker, 'LogDelivery.WorkerLogDelivery'),
    passing: {
      Connector: {
        Type: connector,
        Properties: { ...connect, LogDelivery: { WorkerLogDelivery: { CloudWatchLogs: { Enabled: true, LogGroup: 'clinic' } } } },
      },
    },
    failing: { Connector: { Type: connector, Properties: connect } },
  },
]
