import { describe, expect, test } from 'vitest'
import { anyCopyTo, coldStorageFits, runsDaily } from '../../../../lib/gate/checks/services/backup-rules.ts'
import { deploymentOf } from '../judge-example.ts'
import { statusOf } from './judge-control.ts'

const keys = { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }] }
const table = { Type: 'AWS::DynamoDB::Table', Properties: { ...keys, TableName: 'records', Tags: [{ Key: 'backup', Value: 'daily' }] } }
const selection = (part: Readonly<Record<string, unknown>>) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: {
    BackupPlanId: 'plan',
    BackupSelection: { SelectionName: 'data', IamRoleArn: 'arn:aws:iam::111122223333:role/backup', ...part },
  },
})
const tag = (ConditionValue: unknown) => ({ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue })
const condition = (ConditionValue: string) => ({ ConditionKey: 'aws:ResourceTag/backup', ConditionValue })

describe('a table is in a backup plan', () => {
  test.each([
    ['by reference', { Resources: [{ 'Fn::GetAtt': ['Table', 'Arn'] }] }, 'pass'],
    ['by a text with its name', { Resources: [{ 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}' }] }, 'pass'],
    ['by its literal name', { Resources: ['arn:aws:dynamodb:us-east-1:111122223333:table/records'] }, 'pass'],
    ['with every resource', { Resources: ['*'] }, 'pass'],
    ['with every table', { Resources: ['arn:aws:dynamodb:*:*:table/*'] }, 'pass'],
    ['with every table of the partition', { Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:*:*:table/*' }] }, 'pass'],
    ['not with every database', { Resources: ['arn:aws:rds:*:*:db:*'] }, 'fail'],
    ['by its tag', { ListOfTags: [tag('daily')] }, 'pass'],
    ['by one of several tags', { ListOfTags: [tag('weekly'), tag('daily')] }, 'pass'],
    ['not by another tag', { ListOfTags: [tag('weekly')] }, 'fail'],
    ['by a tag although the resources are others', { Resources: ['arn:aws:rds:*:*:db:*'], ListOfTags: [tag('daily')] }, 'pass'],
    ['with every resource of a tag', { Resources: ['*'], Conditions: { StringEquals: [condition('daily')] } }, 'pass'],
    ['not with every resource of another tag', { Resources: ['*'], Conditions: { StringEquals: [condition('weekly')] } }, 'fail'],
    ['by a wildcard of the tag', { Resources: ['*'], Conditions: { StringLike: [condition('d*')] } }, 'pass'],
    ['not where the tag excludes it', { Resources: ['*'], Conditions: { StringNotEquals: [condition('daily')] } }, 'fail'],
    ['not where it is left out by name', { Resources: ['*'], NotResources: [{ 'Fn::GetAtt': ['Table', 'Arn'] }] }, 'fail'],
    ['or it cannot be known', { ListOfTags: [tag({ Ref: 'Word' })] }, 'undecided'],
  ])('%s', (_name, part, expected) => {
    expect(
      statusOf('dynamodb-in-backup-plan', { Table: table, Selection: selection(part) }, { Parameters: { Word: { Type: 'String' } } }),
    ).toBe(expected)
  })

  test('not without any selection', () => {
    expect(statusOf('dynamodb-in-backup-plan', { Table: table })).toBe('fail')
  })

  test('unlike a file system, which makes a plan of its own', () => {
    expect(
      statusOf('efs-file-system-in-backup-plan', {
        Files: { Type: 'AWS::EFS::FileSystem', Properties: { BackupPolicy: { Status: 'ENABLED' } } },
      }),
    ).toBe('pass')
  })
})

describe('rules of a backup plan', () => {
  test.each([
    [undefined, true],
    ['cron(0 5 ? * * *)', true],
    ['cron(0 5 * * ? *)', true],
    ['cron(0 */4 * * ? *)', true],
    ['cron(0 5 ? * MON-SUN *)', true],
    ['cron(0 5 ? * MON *)', false],
    ['cron(0 5 ? * MON-FRI *)', false],
    ['cron(0 5 1 * ? *)', false],
    ['rate(12 hours)', true],
    ['rate(2 days)', false],
    ['cron(0 5', false],
  ])('that run at %s every day: %s', (ScheduleExpression, expected) => {
    expect(runsDaily(ScheduleExpression === undefined ? {} : { ScheduleExpression })).toBe(expected)
  })

  test('copy by an action, or to a vault of its own', () => {
    expect(anyCopyTo({})).toBe(false)
    expect(anyCopyTo({ CopyActions: [] })).toBe(false)
    expect(anyCopyTo({ CopyActions: [{ DestinationBackupVaultArn: 'x' }] })).toBe(true)
    expect(anyCopyTo({ TargetLogicallyAirGappedBackupVaultArn: 'x' })).toBe(true)
  })

  test.each([
    [{ MoveToColdStorageAfterDays: 30, DeleteAfterDays: 120 }, true],
    [{ MoveToColdStorageAfterDays: '30', DeleteAfterDays: '119' }, false],
    [{ DeleteAfterDays: 7 }, true],
    [{ MoveToColdStorageAfterDays: 30 }, true],
  ])('leave backups in cold storage long enough: %j', (lifecycle, expected) => {
    expect(coldStorageFits(lifecycle, deploymentOf({ Resources: {} }))).toBe(expected)
  })
})

describe('the capacity of a table', () => {
  const target = (ResourceId: unknown, ScalableDimension = 'dynamodb:table:ReadCapacityUnits') => ({
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: { ServiceNamespace: 'dynamodb', ResourceId, ScalableDimension, MinCapacity: 5, MaxCapacity: 50 },
  })
  test.each([
    ['scales by a target with its reference', target({ 'Fn::Sub': 'table/${Table}' }), 'pass'],
    ['scales by a target with its name', target('table/records'), 'pass'],
    ['does not by the target of its index', target('table/records/index/by-id'), 'fail'],
    ['does not by the target of another table', target('table/others'), 'fail'],
    ['does not by the target of the other direction', target('table/records', 'dynamodb:table:WriteCapacityUnits'), 'fail'],
    ['cannot be known', target({ Ref: 'Word' }), 'undecided'],
  ])('%s', (_name, resource, expected) => {
    expect(
      statusOf('dynamodb-read-capacity-scales', { Table: table, Target: resource }, { Parameters: { Word: { Type: 'String' } } }),
    ).toBe(expected)
  })

  test('on demand needs no target', () => {
    expect(
      statusOf('dynamodb-read-capacity-scales', { Table: { ...table, Properties: { ...keys, BillingMode: 'PAY_PER_REQUEST' } } }),
    ).toBe('pass')
  })

  test('of a table without indexes says nothing of indexes', () => {
    expect(statusOf('dynamodb-table-index-capacity-scales', { Table: table })).toBe('')
  })
})
