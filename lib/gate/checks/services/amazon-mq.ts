import type { ResourceControl } from '../control.ts'
import { type Expectation, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, availability, customerKey, exampleKey, monitoring, notPublic, patched } from './safeguards.ts'

const type = 'AWS::AmazonMQ::Broker'
const base = {
  BrokerName: 'clinic',
  EngineType: 'ACTIVEMQ',
  DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ',
  HostInstanceType: 'mq.m5.large',
  PubliclyAccessible: false,
} as const
const isActiveMq: Expectation = (engine) => (typeof engine === 'string' ? /^activemq$/i.test(engine) : undefined)

/** Controls on Amazon MQ. */
export const amazonMqControls: readonly ResourceControl[] = propertyControls([
  {
    ...notPublic,
    id: 'mq-broker-public',
    title: 'MQ brokers have no public address',
    why: 'A public address puts the console and every queue on the internet, behind nothing but a password.',
    remedy: 'Set PubliclyAccessible to false.',
    type,
    path: 'PubliclyAccessible',
    expect: isOff,
    absent: 'passes',
    passing: base,
    failing: { ...base, PubliclyAccessible: true },
  },
  {
    ...customerKey,
    id: 'mq-broker-customer-key',
    title: "MQ brokers are encrypted with a customer's key",
    why: 'With a key that AWS owns nobody sees it used, or can lock the messages by disabling it.',
    remedy: 'Set EncryptionOptions with UseAwsOwnedKey false and a KmsKeyId of your own.',
    type,
    path: 'EncryptionOptions.KmsKeyId',
    passing: { ...base, EncryptionOptions: { UseAwsOwnedKey: false, KmsKeyId: exampleKey } },
    failing: base,
  },
  {
    ...monitoring,
    id: 'mq-broker-general-log',
    title: 'MQ brokers publish their general log',
    why: 'Errors and dropped connections of the broker are seen by nobody.',
    remedy: 'Set Logs.General to true.',
    type,
    path: 'Logs.General',
    expect: isOn,
    absent: 'fails',
    passing: { ...base, Logs: { General: true } },
    failing: base,
  },
  {
    ...audit,
    id: 'mq-broker-audit-log',
    title: 'ActiveMQ brokers publish their audit log',
    why: 'Who purged a queue or read a message in the console leaves no record.',
    remedy: 'Set Logs.Audit to true.',
    type,
    path: 'Logs.Audit',
    expect: isOn,
    absent: 'fails',
    when: { path: 'EngineType', expect: isActiveMq },
    passing: { ...base, Logs: { Audit: true } },
    failing: base,
  },
  {
    ...patched,
    id: 'mq-broker-minor-upgrades',
    title: 'MQ brokers take minor versions of their engine automatically',
    why: 'Minor versions carry the security fixes of the broker; ActiveMQ had holes that let anybody run code.',
    remedy: 'Set AutoMinorVersionUpgrade to true, or leave it out.',
    type,
    path: 'AutoMinorVersionUpgrade',
    expect: isOn,
    absent: 'passes',
    passing: base,
    failing: { ...base, AutoMinorVersionUpgrade: false },
  },
  {
    ...availability,
    id: 'mq-broker-deployment-mode',
    title: 'MQ brokers stand in several zones',
    why: 'A single broker is down, with the messages it holds, when its zone fails or its engine is upgraded.',
    remedy: 'Set DeploymentMode to ACTIVE_STANDBY_MULTI_AZ (ActiveMQ) or CLUSTER_MULTI_AZ (RabbitMQ).',
    type,
    path: 'DeploymentMode',
    expect: isOneOf('ACTIVE_STANDBY_MULTI_AZ', 'CLUSTER_MULTI_AZ'),
    absent: 'fails',
    passing: base,
    failing: { ...base, DeploymentMode: 'SINGLE_INSTANCE' },
  },
])
