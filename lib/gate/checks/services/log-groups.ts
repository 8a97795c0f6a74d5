import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atLeast, isNoneOf, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls, unlessHarmless } from '../property-control.ts'
import { logsKeptOnDeletion } from './logs-kept-on-deletion.ts'
import { operatorsKey, recordsKept } from './platform-safeguards.ts'
import { authentication, availability, customerKey, exampleKey, monitoring } from './safeguards.ts'

const type = 'AWS::Logs::LogGroup'
// CloudWatch Logs sets the period of this class itself ("Log classes", Amazon CloudWatch Logs User Guide).
const notDelivery = { path: 'LogGroupClass', expect: isNoneOf('DELIVERY'), absent: 'applies' } as const

// Days that CloudWatch Logs takes ("AWS::Logs::LogGroup", AWS CloudFormation Template Reference); it refuses any other number.
const periods = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653].map(String)

const rows = propertyControls([
  {
    ...monitoring,
    id: 'logs-log-group-retention',
    title: 'CloudWatch log groups say how long records are kept',
    severity: 'low',
    why: 'Without a period records stay for ever: nobody decided how long, and personal data in them is never removed.',
    remedy: 'Set RetentionInDays.',
    type,
    path: 'RetentionInDays',
    expect: isOneOf(...periods),
    absent: 'fails',
    when: notDelivery,
    passing: { RetentionInDays: 365 },
    failing: {},
  },
  {
    ...recordsKept,
    id: 'logs-log-group-retention-year',
    title: 'CloudWatch log groups keep records for at least a year',
    why: 'Breaches are often found months after they began. Records that HIPAA asks to be documented must be kept for six years, here or in an archive.',
    remedy: 'Set RetentionInDays to 365 or more; 2192 days are six years.',
    type,
    path: 'RetentionInDays',
    expect: atLeast(365),
    absent: 'passes',
    when: notDelivery,
    passing: { RetentionInDays: 2192 },
    failing: { RetentionInDays: 30 },
  },
  {
    ...customerKey,
    id: 'logs-log-group-customer-key',
    title: 'CloudWatch log groups encrypt under a key that the customer manages',
    why: 'Logs hold what programs print, and programs print data of patients by mistake. With a key of your own you decide who can read them.',
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type,
    path: 'KmsKeyId',
    passing: { KmsKeyId: exampleKey },
    failing: {},
  },
  {
    ...availability,
    id: 'logs-log-group-deletion-protection',
    title: 'CloudWatch log groups are protected against deletion',
    severity: 'low',
    why: 'Deleting the logs is how an intruder removes traces; the protection makes that take two permissions.',
    remedy: 'Set DeletionProtectionEnabled to true.',
    type,
    path: 'DeletionProtectionEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { DeletionProtectionEnabled: true },
    failing: {},
  },
  {
    ...authentication,
    id: 'logs-log-group-no-bearer-tokens',
    title: 'CloudWatch log groups accept records from IAM identities only',
    severity: 'low',
    why: 'A bearer token is a password in a header that works from anywhere until somebody removes it.',
    remedy: 'Leave BearerTokenAuthenticationEnabled out, or set it to false.',
    type,
    path: 'BearerTokenAuthenticationEnabled',
    expect: isOff,
    absent: 'passes',
    passing: { BearerTokenAuthenticationEnabled: false },
    failing: { BearerTokenAuthenticationEnabled: true },
  },
  {
    ...operatorsKey,
    id: 'logs-anomaly-detector-customer-key',
    title: 'Detectors of anomalies in logs encrypt under a key that the customer manages',
    why: 'A detector keeps samples of the records it found unusual, outside the log group and its key.',
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: 'AWS::Logs::LogAnomalyDetector',
    path: 'KmsKeyId',
    passing: { KmsKeyId: exampleKey },
    failing: {},
  },
])

const masks = 'DataProtectionPolicy'

function judgeMasking(resource: Resource, deployment: Deployment): readonly Outcome[] | undefined {
  const kind = resource.get('LogGroupClass')
  if (kind !== undefined && kind !== 'STANDARD') return undefined
  const policy = resource.get(masks)
  const forAll = deployment.ofType('AWS::Logs::AccountPolicy').some((one) => one.get('PolicyType') === 'DATA_PROTECTION_POLICY')
  if (policy instanceof Unknown) return [undecided(masks, policy.reason)]
  return unlessHarmless(resource, deployment, [policy !== undefined || forAll ? pass(masks, policy) : fail(masks, undefined)])
}

const masking: ResourceControl = {
  ...monitoring,
  id: 'logs-log-group-data-protection',
  title: 'CloudWatch log groups mask personal data that programs print by mistake',
  severity: 'low',
  citations: ['164.308(a)(1)(ii)(B)', '164.502(b)'],
  why: 'A data protection policy finds names, addresses and numbers in records and hides them from whoever may read logs but not patient data.',
  remedy: 'Set DataProtectionPolicy, or make an AWS::Logs::AccountPolicy of type DATA_PROTECTION_POLICY.',
  types: [type],
  judge: judgeMasking,
  passing: { Records: { Type: type, Properties: { DataProtectionPolicy: maskingAddresses() } } },
  failing: { Records: { Type: type, Properties: {} } },
}

function maskingAddresses() {
  const DataIdentifier = ['arn:aws:dataprotection::aws:data-identifier/EmailAddress']
  const Statement = [
    { Sid: 'audit', DataIdentifier, Operation: { Audit: { FindingsDestination: {} } } },
    { Sid: 'mask', DataIdentifier, Operation: { Deidentify: { MaskConfig: {} } } },
  ]
  return { Name: 'mask', Version: '2021-06-01', Statement }
}

/** Controls on log groups. Policies that open them to others are judged with all policies. */
export const logGroupControls: readonly ResourceControl[] = [...rows, masking, ...logsKeptOnDeletion]
