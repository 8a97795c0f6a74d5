/** Names that the tests' reads are recognized by. */
export const names = {
  recordsTable: 'safe-harbor-sandbox-records',
  sessionRoles: ['safe-harbor-sandbox-provider-session', 'safe-harbor-sandbox-patient-session'],
  breakGlassRole: 'safe-harbor-sandbox-break-glass',
} as const

/** When the tests' reads happen. */
export const readAt = Date.UTC(2026, 10, 22, 15, 0, 30)

/** Identity of a session, as CloudTrail writes it (AWS CloudTrail User Guide, "CloudTrail userIdentity element"). */
export const sessionOf = (role: string, person: string): object => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${person}`,
  arn: `arn:aws:sts::111122223333:assumed-role/${role}/${person}`,
  accountId: '111122223333',
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: `arn:aws:iam::111122223333:role/${role}`, accountId: '111122223333', userName: role },
  },
})

/** A GetItem of a record by a provider, in the form of Amazon DynamoDB Developer Guide, "Understanding DynamoDB log file entries". */
export const itemRead = (over: object = {}, table = 'safe-harbor-sandbox-records'): object => ({
  eventVersion: '1.11',
  userIdentity: sessionOf(names.sessionRoles[0], 'person001'),
  eventTime: '2026-11-22T15:00:30Z',
  eventSource: 'dynamodb.amazonaws.com',
  eventName: 'GetItem',
  awsRegion: 'us-east-1',
  requestParameters: { tableName: table, key: { pk: 'practice1#patient01', sk: 'call#01jd8example' }, consistentRead: true },
  responseElements: null,
  eventID: 'e-item',
  readOnly: true,
  resources: [{ accountId: '111122223333', type: 'AWS::DynamoDB::Table', ARN: `arn:aws:dynamodb:us-east-1:111122223333:table/${table}` }],
  eventCategory: 'Data',
  ...over,
})

/** A Decrypt of a patient's data key by a provider, in the form of AWS KMS Developer Guide, "Decrypt" among the log entries. */
export const keyRead = (over: object = {}): object => ({
  eventVersion: '1.11',
  userIdentity: sessionOf(names.sessionRoles[0], 'person001'),
  eventTime: '2026-11-22T15:00:30Z',
  eventSource: 'kms.amazonaws.com',
  eventName: 'Decrypt',
  requestParameters: {
    encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    keyId: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    encryptionContext: { practice: 'practice1', patient: 'patient01' },
  },
  responseElements: null,
  eventID: 'e-key',
  readOnly: true,
  eventCategory: 'Management',
  ...over,
})
