import { describe, expect, test } from 'vitest'
import { statusOf } from './platform-example.ts'

const unknown = { 'Fn::ImportValue': 'elsewhere' }
type Properties = Readonly<Record<string, unknown>>

describe('What a trail records', () => {
  const Type = 'AWS::CloudTrail::Trail'
  const trail = { IsLogging: true, S3BucketName: 'audit' }
  const advanced = (...fields: readonly (readonly [string, ...string[]])[]): Properties => ({
    ...trail,
    AdvancedEventSelectors: [{ FieldSelectors: fields.map(([Field, ...Equals]) => ({ Field, Equals })) }],
  })
  const objects = (kind: string): Properties => ({
    ...trail,
    EventSelectors: [{ ReadWriteType: kind, DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
  })
  const data = ['eventCategory', 'Data'] as const
  const ofS3 = ['resources.type', 'AWS::S3::Object'] as const

  test.each<[string, string, Properties, string]>([
    ['cloudtrail-trail-management-writes', 'without selectors', trail, 'pass'],
    ['cloudtrail-trail-management-writes', 'that records data events only', advanced(data, ofS3), 'fail'],
    [
      'cloudtrail-trail-management-writes',
      'whose advanced selector takes management events',
      advanced(['eventCategory', 'Management']),
      'pass',
    ],
    [
      'cloudtrail-trail-management-reads',
      'whose advanced selector takes writes',
      advanced(['eventCategory', 'Management'], ['readOnly', 'false']),
      'fail',
    ],
    [
      'cloudtrail-trail-management-sources',
      'whose advanced selector names a source',
      advanced(['eventCategory', 'Management'], ['eventSource', 'x']),
      'fail',
    ],
    ['cloudtrail-trail-s3-object-reads', 'without selectors', trail, 'fail'],
    ['cloudtrail-trail-s3-object-reads', 'of writes to objects', objects('WriteOnly'), 'fail'],
    ['cloudtrail-trail-s3-object-reads', 'of reads of objects', objects('ReadOnly'), 'pass'],
    ['cloudtrail-trail-s3-object-writes', 'of reads of objects', objects('ReadOnly'), 'fail'],
    ['cloudtrail-trail-s3-object-reads', 'whose advanced selector takes objects', advanced(data, ofS3), 'pass'],
    [
      'cloudtrail-trail-s3-object-writes',
      'whose advanced selector takes reads of objects',
      advanced(data, ofS3, ['readOnly', 'true']),
      'fail',
    ],
    ['cloudtrail-trail-s3-every-bucket', 'whose advanced selector takes objects', advanced(data, ofS3), 'pass'],
    [
      'cloudtrail-trail-s3-every-bucket',
      'whose advanced selector takes one bucket',
      advanced(data, ofS3, ['resources.ARN', 'arn:aws:s3:::one/']),
      'fail',
    ],
    ['cloudtrail-trail-s3-object-reads', 'with selectors of another stack', { ...trail, EventSelectors: unknown }, 'undecided'],
  ])('%s of a trail %s', (id, _name, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })

  test('may be recorded by another trail of the deployment', () => {
    const beside = { Other: { Type, Properties: objects('All') } }
    expect(statusOf('cloudtrail-trail-s3-object-reads', Type, trail, beside)).toBe('pass')
  })

  test('holds for all objects whatever the partition', () => {
    const Values = [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::' }]
    const properties = { ...trail, EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values }] }] }
    expect(statusOf('cloudtrail-trail-s3-every-bucket', Type, properties)).toBe('pass')
  })
})

describe('An alarm', () => {
  const Type = 'AWS::CloudWatch::Alarm'
  const id = 'cloudwatch-alarm-actions'

  test.each<[string, Properties, Properties | undefined, string]>([
    ['without an action fails', {}, undefined, 'fail'],
    ['with a list of actions that is not known is undecided', { AlarmActions: unknown }, undefined, 'undecided'],
    [
      'that a composite alarm watches by name passes',
      { AlarmName: 'errors' },
      {
        Type: 'AWS::CloudWatch::CompositeAlarm',
        Properties: { AlarmRule: 'ALARM("errors")', AlarmActions: ['arn:aws:sns:us-east-1:111122223333:x'] },
      },
      'pass',
    ],
    [
      'that stops a deployment passes',
      {},
      { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { AlarmConfiguration: { Alarms: [{ Name: { Ref: 'Judged' } }] } } },
      'pass',
    ],
  ])('%s', (_name, properties, watcher, status) => {
    const beside = watcher === undefined ? {} : { Watcher: watcher as { Type: string } }
    expect(statusOf(id, Type, properties, beside)).toBe(status)
  })

  test.each([
    ['notBreaching', 'nothing'],
    ['breaching', 'nothing'],
    ['missing', 'fail'],
  ])('that takes missing data as %s: %s', (TreatMissingData, status) => {
    expect(statusOf('cloudwatch-alarm-insufficient-data-actions', Type, { TreatMissingData })).toBe(status)
  })
})

describe('A log group', () => {
  const Type = 'AWS::Logs::LogGroup'

  test.each<[string, string, Properties, string]>([
    ['logs-log-group-retention', 'without a period', {}, 'fail'],
    ['logs-log-group-retention-year', 'without a period keeps records for ever', {}, 'pass'],
    ['logs-log-group-retention-year', 'with a period in digits', { RetentionInDays: '400' }, 'pass'],
    ['logs-log-group-retention', 'of a class whose period is fixed', { LogGroupClass: 'DELIVERY' }, 'nothing'],
    ['logs-log-group-data-protection', 'of a class that masks nothing', { LogGroupClass: 'INFREQUENT_ACCESS' }, 'nothing'],
    ['logs-log-group-kept-on-deletion', 'without a policy', {}, 'fail'],
  ])('%s %s: %s', (id, _name, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })

  test('is masked by a policy of the account', () => {
    const Properties = { PolicyType: 'DATA_PROTECTION_POLICY', PolicyName: 'mask', PolicyDocument: '{}' }
    expect(statusOf('logs-log-group-data-protection', Type, {}, { All: { Type: 'AWS::Logs::AccountPolicy', Properties } })).toBe('pass')
  })
})

describe('A recorder of AWS Config', () => {
  const Type = 'AWS::Config::ConfigurationRecorder'

  test.each<[string, string, Properties, string]>([
    ['config-recorder-all-types', 'without a group', {}, 'pass'],
    [
      'config-recorder-all-types',
      'with exclusions',
      { RecordingGroup: { RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } } },
      'fail',
    ],
    ['config-recorder-all-types', 'with a group that is not known', { RecordingGroup: unknown }, 'undecided'],
    ['config-recorder-global-types', 'without a group', {}, 'fail'],
  ])('%s %s', (id, _name, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })

  test('may leave users and roles to the recorder of another Region', () => {
    const Properties = { RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: 'true' } }
    expect(statusOf('config-recorder-global-types', Type, {}, { Home: { Type, Properties } })).toBe('pass')
  })
})

describe('A detector of GuardDuty', () => {
  const Type = 'AWS::GuardDuty::Detector'
  const runtime = (status: string, agent: string): Properties => ({
    Enable: true,
    Features: [{ Name: 'RUNTIME_MONITORING', Status: status, AdditionalConfiguration: [{ Name: 'EC2_AGENT_MANAGEMENT', Status: agent }] }],
  })

  test.each<[string, string, Properties, string]>([
    ['guardduty-detector-s3-protection', 'that names no feature', { Enable: true }, 'pass'],
    ['guardduty-detector-s3-protection', 'of an older template', { Enable: true, DataSources: { S3Logs: { Enable: false } } }, 'fail'],
    ['guardduty-detector-s3-protection', 'whose features are not known', { Enable: true, Features: unknown }, 'undecided'],
    ['guardduty-detector-runtime-monitoring', 'that names no feature', { Enable: true }, 'fail'],
    ['guardduty-detector-runtime-ec2-agent', 'without runtime monitoring', { Enable: true }, 'nothing'],
    ['guardduty-detector-runtime-ec2-agent', 'without its agent', runtime('ENABLED', 'DISABLED'), 'fail'],
    ['guardduty-detector-runtime-ec2-agent', 'with its agent', runtime('ENABLED', 'ENABLED'), 'pass'],
  ])('%s %s', (id, _name, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })
})

describe('The service of a resource', () => {
  const id = 'hipaa-eligible-service'

  test.each([
    ['AWS::DynamoDB::Table', 'pass'],
    ['AWS::IAM::Role', 'pass'],
    ['AWS::Lightsail::Instance', 'fail'],
    ['AWS::DirectoryService::SimpleAD', 'fail'],
    ['MongoDB::Atlas::Cluster', 'undecided'],
    ['Custom::Seed', 'pass'],
    ['AWS::CloudFormation::CustomResource', 'pass'],
  ])('%s: %s', (type, status) => {
    expect(statusOf(id, type, {})).toBe(status)
  })
})
