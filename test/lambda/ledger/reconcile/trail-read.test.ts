import { describe, expect, test } from 'vitest'
import { trailRead } from '../../../../lambda/ledger/reconcile/trail-read.ts'
import { itemRead, keyRead, names, readAt, sessionOf } from './trail-events.ts'

const read = (event: object) => trailRead(JSON.stringify(event), names)
const patient01 = { practice: 'practice1', patient: 'patient01' }

describe('A read of patient data', () => {
  test('is an item of the records', () => {
    expect(read(itemRead())).toEqual({
      eventId: 'e-item',
      time: readAt,
      reader: { kind: 'person', person: 'person001' },
      of: 'records',
      patients: [patient01],
    })
  })

  test('is a data key opened under a patient’s context, or moved to another one', () => {
    const expected = {
      eventId: 'e-key',
      time: readAt,
      reader: { kind: 'person', person: 'person001' },
      of: 'vault-key',
      patients: [patient01],
    }
    expect(read(keyRead())).toEqual(expected)
    expect(read(keyRead({ eventName: 'ReEncrypt', requestParameters: { sourceEncryptionContext: patient01 } }))).toEqual(expected)
  })

  test.each([
    ['Query', { keyConditionExpression: 'pk = :pk', expressionAttributeValues: { ':pk': { s: 'practice1#patient01' } } }, [patient01]],
    ['Query', { keyConditionExpression: 'pk = :pk' }, []],
    [
      'BatchGetItem',
      { requestItems: { any: { keys: [{ pk: 'practice1#patient01' }, { pk: 'practice1#patient02' }] } } },
      ['01', '02'].map(ofPatient),
    ],
    ['TransactGetItems', { transactItems: [{ get: { key: { pk: 'practice1#patient01', sk: 'call#01jd8example' } } }] }, [patient01]],
    ['Scan', {}, []],
    ['ExecuteStatement', { statement: 'SELECT * FROM x WHERE pk = ***' }, []],
  ])('is by %s with %j', (eventName, requestParameters, patients) => {
    expect(read(itemRead({ eventName, requestParameters }))).toMatchObject({ of: 'records', patients })
  })

  test('is one whose table is not named', () => {
    expect(read(itemRead({ resources: null }))).toMatchObject({ of: 'records' })
  })

  test.each([
    ['a patient', sessionOf(names.sessionRoles[1], 'person009'), { kind: 'person', person: 'person009' }],
    ['somebody in an emergency', sessionOf(names.breakGlassRole, 'alice'), { kind: 'break-glass' }],
    ['a function', sessionOf('safe-harbor-sandbox-intake', 'safe-harbor-sandbox-intake'), { kind: 'other' }],
    ['a user', { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/bob', userName: 'bob' }, { kind: 'other' }],
    ['a service', { type: 'AWSService', invokedBy: 'backup.amazonaws.com' }, { kind: 'other' }],
    [
      'a user called as a session is',
      { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/${names.sessionRoles[0]}` },
      { kind: 'other' },
    ],
  ])('is by %s', (_, userIdentity, reader) => {
    expect(read(itemRead({ userIdentity }))?.reader).toEqual(reader)
  })
})

describe('No read of patient data', () => {
  test.each([
    ['an item of another table', itemRead({}, 'safe-harbor-sandbox-routing')],
    ['a restore test’s copy', itemRead({}, 'awsbackup-restore-test-1')],
    ['a write', itemRead({ eventName: 'PutItem' })],
    ['a refused call', itemRead({ errorCode: 'AccessDenied' })],
    ['the same call at the endpoint', itemRead({ eventCategory: 'NetworkActivity' })],
    ['a key of a table', keyRead({ requestParameters: { encryptionContext: { 'aws:dynamodb:tableName': 'x' } } })],
    ['a key without a context', keyRead({ requestParameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' } })],
    ['a new data key', keyRead({ eventName: 'GenerateDataKey' })],
    ['another service', itemRead({ eventSource: 's3.amazonaws.com' })],
  ])('is %s', (_, event) => {
    expect(read(event)).toBeUndefined()
  })
})

test.each(['no JSON', '{}', JSON.stringify(itemRead({ eventTime: 'yesterday' }))])('%s is an error and no silence', (text) => {
  expect(() => trailRead(text, names)).toThrow()
})

function ofPatient(number: string) {
  return { practice: 'practice1', patient: `patient${number}` }
}
