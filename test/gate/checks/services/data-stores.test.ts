import { describe, expect, test } from 'vitest'
import type { ExampleResources } from '../../../../lib/gate/checks/control.ts'
import { controls } from '../../../../lib/gate/checks/controls.ts'
import { dataStoreControls } from '../../../../lib/gate/checks/services/data-stores.ts'
import { judgeExample } from '../judge-example.ts'

const judged = (id: string, resources: ExampleResources): readonly string[] => {
  const control = dataStoreControls.find((candidate) => candidate.id === id)
  if (control === undefined) throw new Error(`No control ${id}`)
  return judgeExample(control, resources).map(({ status }) => status)
}

const instance = (Properties: Readonly<Record<string, unknown>>) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { DBInstanceClass: 'db.m6g.large', ...Properties },
})
const cluster = (Properties: Readonly<Record<string, unknown>>) => ({
  Type: 'AWS::RDS::DBCluster',
  Properties: { Engine: 'aurora-postgresql', ...Properties },
})
const group = (Family: string, Parameters: Readonly<Record<string, unknown>>) => ({
  Type: 'AWS::RDS::DBParameterGroup',
  Properties: { Family, Description: 'Clinic', Parameters },
})

describe('members of a cluster', () => {
  const ofCluster = [
    'storage-encrypted',
    'customer-key',
    'instance-backup',
    'backup-seven-days',
    'multi-az',
    'deletion-protection',
    'tls-forced',
    'default-port',
  ]

  test.each(ofCluster)('are not judged for %s, which their cluster decides', (what) => {
    const bare = { Member: instance({ Engine: 'aurora-postgresql', DBClusterIdentifier: { Ref: 'Cluster' } }) }
    expect(judged(`rds-${what}`, bare)).toEqual([])
  })

  test('are judged for a public address', () => {
    const open = { Member: instance({ Engine: 'aurora-postgresql', DBClusterIdentifier: { Ref: 'Cluster' }, PubliclyAccessible: true }) }
    expect(judged('rds-public', open)).toEqual(['fail'])
  })

  test('send no logs of their own', () => {
    expect(judged('rds-log-exports', { Member: instance({ Engine: 'aurora-mysql', DBClusterIdentifier: 'clinic' }) })).toEqual([])
  })
})

describe('copies', () => {
  const id = 'rds-storage-encrypted'

  test('of a snapshot outside the templates are undecided', () => {
    expect(judged(id, { Copy: instance({ DBSnapshotIdentifier: 'old' }) })).toEqual(['undecided'])
  })

  test.each([
    [true, ['pass', 'pass']],
    [false, ['fail', 'fail']],
  ])('take encryption (%s) from a source in the templates', (StorageEncrypted, statuses) => {
    const Source = instance({ Engine: 'postgres', StorageEncrypted })
    expect(judged(id, { Source, Copy: instance({ SourceDBInstanceIdentifier: { Ref: 'Source' } }) })).toEqual(statuses)
  })

  test('need no backups or standby of their own', () => {
    const Copy = instance({ SourceDBInstanceIdentifier: 'other', BackupRetentionPeriod: 0 })
    expect([...judged('rds-instance-backup', { Copy }), ...judged('rds-multi-az', { Copy })]).toEqual([])
  })
})

describe('TLS of RDS instances', () => {
  const id = 'rds-tls-forced'

  test.each([
    ['PostgreSQL 16 by default', { Engine: 'postgres', EngineVersion: '16.3' }, 'pass'],
    ['PostgreSQL 14 by default', { Engine: 'postgres', EngineVersion: '14.7' }, 'fail'],
    ['PostgreSQL of a version that AWS chooses', { Engine: 'postgres' }, 'undecided'],
    ['MySQL of any version by default', { Engine: 'mysql' }, 'fail'],
    ['MariaDB 11.8 by default', { Engine: 'mariadb', EngineVersion: '11.8.3' }, 'pass'],
    ['MariaDB 10.11 by default', { Engine: 'mariadb', EngineVersion: '10.11.9' }, 'fail'],
    ['a parameter group outside the templates', { Engine: 'mysql', DBParameterGroupName: 'shared' }, 'undecided'],
    ['the default group, by name', { Engine: 'mysql', DBParameterGroupName: 'default.mysql8.0' }, 'fail'],
  ])('%s', (_case, properties, status) => {
    expect(judged(id, { Database: instance(properties) })).toEqual([status])
  })

  test('says nothing of Oracle, which has no such parameter', () => {
    expect(judged(id, { Database: instance({ Engine: 'oracle-ee' }) })).toEqual([])
  })

  test.each([
    [{ 'rds.force_ssl': '1' }, 'pass'],
    [{ 'rds.force_ssl': 0 }, 'fail'],
    [{}, 'fail'],
  ])('follows the parameter group (%j)', (parameters, status) => {
    const Database = instance({ Engine: 'postgres', EngineVersion: '14.7', DBParameterGroupName: { Ref: 'Group' } })
    expect(judged(id, { Database, Group: group('postgres14', parameters) })).toEqual([status, status])
  })
})

describe('zones of clusters', () => {
  const id = 'rds-multi-az'
  const member = (more = {}) => instance({ Engine: 'aurora-postgresql', DBClusterIdentifier: { Ref: 'Cluster' }, ...more })

  test.each([
    ['two members', { One: member(), Two: member() }, 'pass'],
    ['one member', { One: member() }, 'fail'],
    [
      'two members in one zone',
      { One: member({ AvailabilityZone: 'us-east-1a' }), Two: member({ AvailabilityZone: 'us-east-1a' }) },
      'fail',
    ],
    ['no member in the templates', {}, 'undecided'],
  ])('%s', (_case, members, status) => {
    expect(judged(id, { Cluster: cluster({}), ...members })).toEqual([status])
  })
})

describe('passwords of master users', () => {
  const id = 'rds-master-password-managed'

  test.each([
    ['that the service manages', { ManageMasterUserPassword: true }, ['pass']],
    ['from Secrets Manager', { MasterUserPassword: '{{resolve:secretsmanager:clinic:SecretString:password}}' }, ['pass']],
    ['from Parameter Store', { MasterUserPassword: '{{resolve:ssm-secure:clinic:1}}' }, ['fail']],
    ['that stand in the template', { MasterUserPassword: 'not-a-real-one' }, ['fail']],
    ['that nobody gives', {}, []],
  ])('%s', (_case, properties, statuses) => {
    expect(judged(id, { Database: instance({ Engine: 'postgres', ...properties }) })).toEqual(statuses)
  })
})

describe('versions of engines', () => {
  test.each([
    ['mysql', '5.7.44', ['fail']],
    ['mysql', '8.0.42', ['pass']],
    ['mariadb', '10.11.9', ['pass']],
    ['mariadb', '10.4.34', ['fail']],
    ['postgres', '9.6.24', ['fail']],
    ['sqlserver-se', '16.00', []],
  ])('%s %s', (Engine, EngineVersion, statuses) => {
    expect(judged('rds-engine-version-supported', { Database: instance({ Engine, EngineVersion }) })).toEqual(statuses)
  })
})

test('a security configuration of EMR may be JSON in a text', () => {
  const SecurityConfiguration = JSON.stringify({ EncryptionConfiguration: { EnableAtRestEncryption: true } })
  const resources = { Security: { Type: 'AWS::EMR::SecurityConfiguration', Properties: { SecurityConfiguration } } }
  expect(judged('emr-security-configuration-at-rest', resources)).toEqual(['pass'])
  expect(judged('emr-security-configuration-in-transit', resources)).toEqual(['fail'])
})

test('a replication group takes nothing from its own template where it joins a global datastore', () => {
  const Cache = {
    Type: 'AWS::ElastiCache::ReplicationGroup',
    Properties: { ReplicationGroupDescription: 'Copy', GlobalReplicationGroupId: 'global' },
  }
  expect(judged('elasticache-replication-group-encrypted', { Cache })).toEqual([])
})

describe('a database that does not say whether it is public', () => {
  const network = {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
    Group: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupDescription: 'Clinic', SubnetIds: [{ Ref: 'Subnet' }] } },
  }
  const attached = (gateway: Readonly<Record<string, unknown>>) => ({
    Attachment: { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { VpcId: { Ref: 'Vpc' }, ...gateway } },
  })
  const inside = { Database: instance({ Engine: 'postgres', DBSubnetGroupName: { Ref: 'Group' } }) }

  test('is private in a VPC without an internet gateway', () => {
    expect(judged('rds-public', { ...network, ...inside })).toEqual(['pass'])
    expect(judged('rds-public', { ...network, ...attached({ VpnGatewayId: 'vgw-1' }), ...inside })).toEqual(['pass'])
  })

  test('is public in a VPC with one', () => {
    expect(judged('rds-public', { ...network, ...attached({ InternetGatewayId: { Ref: 'Gateway' } }), ...inside })).toEqual(['fail'])
    const elsewhere = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://x', Parameters: { Vpc: { Ref: 'Vpc' } } } }
    expect(judged('rds-public', { ...network, Elsewhere: elsewhere, ...inside })).toEqual(['fail'])
  })

  test('counts as public where its network is made elsewhere', () => {
    expect(judged('rds-public', { Database: instance({ Engine: 'postgres', DBSubnetGroupName: 'private' }) })).toEqual(['fail'])
    expect(judged('rds-public', { Database: instance({ Engine: 'postgres' }) })).toEqual(['fail'])
  })
})

describe('audit logs of MySQL', () => {
  test.each([
    ['of Aurora', 'aurora-mysql', ['fail']],
    ['of a Multi-AZ cluster, which has no option for them', 'mysql', []],
  ])('%s', (_name, Engine, statuses) => {
    expect(judged('rds-log-export-audit', { Cluster: cluster({ Engine }) })).toEqual(statuses)
  })

  test('of an instance', () => {
    expect(judged('rds-log-export-audit', { Database: instance({ Engine: 'mysql' }) })).toEqual(['fail'])
  })
})

describe('a cluster of Redshift', () => {
  const warehouse = (Properties: Readonly<Record<string, unknown>> = {}) => ({
    Cluster: { Type: 'AWS::Redshift::Cluster', Properties: { NodeType: 'ra3.xlplus', ...Properties } },
  })
  const parameters = {
    Parameters: {
      Type: 'AWS::Redshift::ClusterParameterGroup',
      Properties: { Description: 'Clinic', Parameters: [{ ParameterName: 'statement_timeout', ParameterValue: '60000' }] },
    },
  }

  test.each([
    ['requires TLS by the default group', warehouse(), 'pass'],
    ['requires TLS by the default group that it names', warehouse({ ClusterParameterGroupName: 'default.redshift-2.0' }), 'pass'],
    ['does not by the group of old', warehouse({ ClusterParameterGroupName: 'default.redshift-1.0' }), 'fail'],
  ])('%s', (_name, resources, status) => {
    expect(judged('redshift-tls', resources)).toEqual([status])
  })

  test('hears which parameter its group lacks', () => {
    const control = dataStoreControls.find(({ id }) => id === 'redshift-tls')
    const outcomes = control && judgeExample(control, parameters)
    expect(outcomes).toMatchObject([{ status: 'fail', message: 'require_ssl is not in Parameters.' }])
  })

  test('is encrypted by default', () => {
    const logged = warehouse({ LoggingProperties: { BucketName: 'clinic-audit' } })
    const control = controls.find(({ id }) => id === 'redshift-cluster-configuration')
    expect(control && judgeExample(control, logged).map(({ status }) => status)).toEqual(['pass', 'pass'])
  })
})
