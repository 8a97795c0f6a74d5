/** Something a finding's free text may quote, and no alert may. */
export const secret = 'Jane Doe, born 1961-04-02, lisinopril'

const event = (source: string, detailType: string, detail: object) => ({
  version: '0',
  id: '6f3a2c1e-0d4b-4a59-9c1e-2f7d8e9a0b1c',
  'detail-type': detailType,
  source,
  account: '444455556666',
  time: '2026-02-16T03:12:45Z',
  region: 'us-east-1',
  resources: [],
  detail,
})

const guardDutyDetail = {
  schemaVersion: '2.0',
  accountId: '444455556666',
  region: 'us-east-1',
  id: '16afba5c5c43e07c9e3e5e2e544e95df',
  arn: 'arn:aws:guardduty:us-east-1:444455556666:detector/0e/finding/16afba5c5c43e07c9e3e5e2e544e95df',
  type: 'Exfiltration:S3/AnomalousBehavior',
  resource: {
    resourceType: 'S3Bucket',
    accessKeyDetails: { accessKeyId: 'ASIAEXAMPLE', userName: 'safe-harbor-production-alert', userType: 'AssumedRole' },
    s3BucketDetails: [{ name: 'safe-harbor-production-attachments', arn: 'arn:aws:s3:::safe-harbor-production-attachments' }],
  },
  service: { count: 7, archived: false },
  severity: 8,
  createdAt: '2026-02-16T03:02:11.000Z',
  updatedAt: '2026-02-16T03:12:11.000Z',
  title: `Somebody read ${secret}`,
  description: secret,
}

const guardDuty = (more: object) => event('aws.guardduty', 'GuardDuty Finding', { ...guardDutyDetail, ...more })

const macieDetail = {
  id: '64b917aa-3843-014c-91d8-937ffexample',
  accountId: '444455556666',
  region: 'us-east-1',
  type: 'SensitiveData:S3Object/Personal',
  title: secret,
  description: secret,
  severity: { score: 3, description: 'High' },
  category: 'CLASSIFICATION',
  createdAt: '2026-02-16T03:12:11.000Z',
  updatedAt: '2026-02-16T03:12:11.000Z',
  resourcesAffected: { s3Bucket: { name: 'safe-harbor-production-config' }, s3Object: { key: `${secret}.pdf` } },
}

const tamperingDetail = {
  eventVersion: '1.10',
  userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::444455556666:assumed-role/intruder/session' },
  eventTime: '2026-02-16T03:12:40Z',
  eventSource: 'guardduty.amazonaws.com',
  eventName: 'DeleteDetector',
  awsRegion: 'us-east-1',
  eventID: '8b5f1a8e-9d40-4f0e-8a58-2f1f0e3f7a11',
  requestParameters: { note: secret },
}

/** An event of every kind the detection stack routes, and some that nobody foresaw, by the name of the golden file of its alert. */
export const events = {
  guardduty: guardDuty({}),
  'guardduty-critical': guardDuty({ severity: 9.3, type: 'AttackSequence:S3/CompromisedData' }),
  'guardduty-without-details': guardDuty({ severity: 5, resource: { resourceType: 'AttackSequence' } }),
  'guardduty-new-shape': guardDuty({ severity: { label: 'High' } }),
  'security-hub': event('aws.securityhub', 'Security Hub Findings - Imported', {
    findings: [
      {
        Id: 'arn:aws:securityhub:us-east-1:444455556666:security-control/S3.8/finding/1b2c',
        ProductName: 'Security Hub',
        GeneratorId: 'security-control/S3.8',
        AwsAccountId: '444455556666',
        Region: 'us-east-1',
        UpdatedAt: '2026-02-16T03:12:45.000Z',
        Severity: { Label: 'HIGH', Normalized: 70 },
        Title: secret,
        Description: secret,
        Resources: [{ Type: 'AwsS3Object', Id: `arn:aws:s3:::safe-harbor-production-attachments/${secret}.pdf` }],
      },
    ],
  }),
  macie: event('aws.macie', 'Macie Finding', macieDetail),
  'access-analyzer-public': event('aws.access-analyzer', 'Access Analyzer Finding', {
    version: '1.0',
    id: '22222222-dcba-4444-dcba-333333333333',
    status: 'ACTIVE',
    resourceType: 'AWS::S3::Bucket',
    resource: 'arn:aws:s3:::safe-harbor-production-attachments',
    createdAt: '2026-02-16T03:10:00Z',
    analyzedAt: '2026-02-16T03:12:00Z',
    updatedAt: '2026-02-16T03:12:00Z',
    accountId: '444455556666',
    region: 'us-east-1',
    principal: { AWS: '*' },
    action: ['s3:GetObject'],
    condition: {},
    isDeleted: false,
    isPublic: true,
  }),
  'access-analyzer-unused': event('aws.access-analyzer', 'Unused Access Finding for IAM entities', {
    findingId: 'b8ae0460-5d29-4922-b92a-ba956c986277',
    resource: 'arn:aws:iam::444455556666:role/forgotten',
    resourceType: 'AWS::IAM::Role',
    accountId: '444455556666',
    createdAt: '2026-02-16T03:10:00Z',
    updatedAt: '2026-02-16T03:12:00Z',
    analyzedAt: '2026-02-16T03:12:00Z',
    status: 'ACTIVE',
    findingType: 'UnusedIAMRole',
  }),
  'config-rule': event('aws.config', 'Config Rules Compliance Change', {
    messageType: 'ComplianceChangeNotification',
    configRuleName: 'safe-harbor-production-s3-bucket-public-read-prohibited',
    configRuleARN: 'arn:aws:config:us-east-1:444455556666:config-rule/config-rule-a1b2c3',
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'left-open',
    awsAccountId: '444455556666',
    awsRegion: 'us-east-1',
    newEvaluationResult: { complianceType: 'NON_COMPLIANT', resultRecordedTime: '2026-02-16T03:12:44.000Z', annotation: secret },
  }),
  tampering: event('aws.guardduty', 'AWS API Call via CloudTrail', tamperingDetail),
  'tampering-refused': event('aws.guardduty', 'AWS API Call via CloudTrail', {
    ...tamperingDetail,
    errorCode: 'AccessDenied',
    errorMessage: secret,
    userIdentity: { type: 'Root' },
  }),
  'config-delivery': event('aws.config', 'Config Configuration History Delivery Status', {
    messageType: 'ConfigurationHistoryDeliveryFailed',
  }),
  'never-seen': event('aws.new-service', 'New\nKind of Finding — ü', { text: secret }),
  'no-envelope': { hello: secret },
} as const satisfies Readonly<Record<string, object>>

/** The event that checks the path, as the schedule of the detection stack sends it. */
export const pathCheckEvent = {
  id: 'path-check',
  source: 'safe-harbor.path-check',
  'detail-type': 'Alert Path Check',
  account: '444455556666',
  region: 'us-east-1',
  time: '-',
  detail: {},
}
