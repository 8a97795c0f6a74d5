import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isFalse, isMap, isTrue, numberOf, Unknown, type Value, type ValueMap } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { type Expectation, isCustomerKey } from '../expectations.ts'
import { automaticLogoff } from './platform-safeguards.ts'
import { audit, hygiene, inTransit } from './safeguards.ts'

const type = 'AWS::SSM::Document'

interface Preference extends ControlText {
  readonly input: string
  readonly expect: Expectation
  /** What Session Manager does without it ("Session document schema", AWS Systems Manager User Guide). */
  readonly absent: 'passes' | 'fails'
  /** Only where the inputs meet this. */
  readonly when?: (inputs: ValueMap) => boolean
  readonly good: ValueMap
  readonly bad: ValueMap
}

/** Content of the document; text is JSON unless it cannot be read as such. */
function contentOf(resource: Resource): ValueMap | Unknown | undefined {
  const content = resource.get('Content')
  if (content instanceof Unknown) return content
  if (isMap(content)) return content
  try {
    return typeof content === 'string' ? JSON.parse(content) : undefined
  } catch {
    return new Unknown('the content is text that is not JSON')
  }
}

function judgePreference(preference: Preference, resource: Resource, deployment: Deployment): Outcome | undefined {
  if (resource.get('DocumentType') !== 'Session') return undefined
  const content = contentOf(resource)
  if (content instanceof Unknown) return undecided('Content', content.reason)
  const inputs = content?.['inputs']
  if (content?.['sessionType'] !== 'Standard_Stream' || !isMap(inputs) || preference.when?.(inputs) === false) return undefined
  return outcomeOf(preference, inputs[preference.input], deployment)
}

function outcomeOf({ input, expect, absent }: Preference, value: Value | undefined, deployment: Deployment): Outcome {
  const path = `Content.inputs.${input}`
  if (value instanceof Unknown) return undecided(path, value.reason)
  if (value === undefined || value === '') return absent === 'passes' ? pass(path, value) : fail(path, value)
  const met = expect(value, deployment)
  return met === undefined ? undecided(path, 'it is computed at deployment', value) : met ? pass(path, value) : fail(path, value)
}

const example = (inputs: ValueMap) => ({
  Preferences: {
    Type: type,
    Properties: { DocumentType: 'Session', Content: { schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs } },
  },
})

function preferenceControl(preference: Preference): ResourceControl {
  const { input: _input, expect: _expect, absent: _absent, when: _when, good, bad, ...text } = preference
  const judge: ResourceControl['judge'] = (resource, deployment) => judgePreference(preference, resource, deployment)
  return { ...text, types: [type], judge, passing: example(good), failing: example(bad) }
}

const isSet = (value: Value | undefined): boolean => value !== undefined && value !== ''
const minutes = (value: Value): number | undefined => numberOf(value)

const preferences: readonly Preference[] = [
  {
    ...inTransit,
    id: 'ssm-session-customer-key',
    title: 'Session Manager encrypts sessions under a KMS key',
    severity: 'medium',
    why: 'The key encrypts what is typed and shown, on top of TLS, so that its policy decides who can open a session.',
    remedy: 'Set kmsKeyId of the inputs to a KMS key of your own.',
    input: 'kmsKeyId',
    expect: isCustomerKey,
    absent: 'fails',
    good: { kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
    bad: { kmsKeyId: '' },
  },
  {
    ...audit,
    id: 'ssm-session-logging',
    title: 'Session Manager records what is typed and shown',
    why: 'CloudTrail says that somebody opened a session; only its record says what was done in it.',
    remedy: 'Set cloudWatchLogGroupName or s3BucketName of the inputs.',
    input: 'cloudWatchLogGroupName',
    expect: () => true,
    absent: 'fails',
    when: ({ s3BucketName }) => !isSet(s3BucketName),
    good: { cloudWatchLogGroupName: 'sessions' },
    bad: { cloudWatchLogGroupName: '' },
  },
  {
    ...audit,
    id: 'ssm-session-log-group-encrypted',
    title: 'Session Manager demands an encrypted log group for its records',
    topic: 'encryption-at-rest',
    severity: 'medium',
    citations: ['164.312(a)(2)(iv)'],
    why: 'The record holds whatever was shown in the session.',
    remedy: 'Set cloudWatchEncryptionEnabled of the inputs to true.',
    input: 'cloudWatchEncryptionEnabled',
    expect: isTrue,
    absent: 'passes',
    when: ({ cloudWatchLogGroupName }) => isSet(cloudWatchLogGroupName),
    good: { cloudWatchLogGroupName: 'sessions', cloudWatchEncryptionEnabled: true },
    bad: { cloudWatchLogGroupName: 'sessions', cloudWatchEncryptionEnabled: false },
  },
  {
    ...audit,
    id: 'ssm-session-bucket-encrypted',
    title: 'Session Manager demands an encrypted bucket for its records',
    topic: 'encryption-at-rest',
    severity: 'medium',
    citations: ['164.312(a)(2)(iv)'],
    why: 'The record holds whatever was shown in the session.',
    remedy: 'Set s3EncryptionEnabled of the inputs to true.',
    input: 's3EncryptionEnabled',
    expect: isTrue,
    absent: 'passes',
    when: ({ s3BucketName }) => isSet(s3BucketName),
    good: { s3BucketName: 'sessions', s3EncryptionEnabled: true },
    bad: { s3BucketName: 'sessions', s3EncryptionEnabled: false },
  },
  {
    ...audit,
    id: 'ssm-session-log-streaming',
    title: 'Session Manager sends its records while the session runs',
    severity: 'low',
    why: 'A record that is sent at the end is not sent when the instance dies, or is made to.',
    remedy: 'Leave cloudWatchStreamingEnabled of the inputs out, or set it to true.',
    input: 'cloudWatchStreamingEnabled',
    expect: (value) => !isFalse(value),
    absent: 'passes',
    when: ({ cloudWatchLogGroupName }) => isSet(cloudWatchLogGroupName),
    good: { cloudWatchLogGroupName: 'sessions', cloudWatchStreamingEnabled: true },
    bad: { cloudWatchLogGroupName: 'sessions', cloudWatchStreamingEnabled: false },
  },
  {
    ...automaticLogoff,
    id: 'ssm-session-idle-timeout',
    title: 'Session Manager ends a session that nobody uses within twenty minutes',
    why: 'A session left open at an unlocked desk is one for whoever sits down there.',
    remedy: 'Set idleSessionTimeout of the inputs to 20 or less.',
    input: 'idleSessionTimeout',
    expect: (value) => (minutes(value) ?? 61) <= 20,
    absent: 'passes',
    good: { idleSessionTimeout: '15' },
    bad: { idleSessionTimeout: '60' },
  },
  {
    ...automaticLogoff,
    id: 'ssm-session-longest',
    title: 'Session Manager ends every session after some time',
    severity: 'low',
    why: 'Without a longest time a session that a program keeps busy never ends.',
    remedy: 'Set maxSessionDuration of the inputs.',
    input: 'maxSessionDuration',
    expect: (value) => minutes(value) !== undefined,
    absent: 'fails',
    good: { maxSessionDuration: '60' },
    bad: { maxSessionDuration: '' },
  },
  {
    ...hygiene,
    id: 'ssm-session-run-as',
    title: 'Session Manager opens sessions as a user of the person',
    topic: 'authn-authz',
    citations: ['164.312(a)(2)(i)'],
    why: 'By default everybody comes in as ssm-user, who may become root.',
    remedy: 'Set runAsEnabled of the inputs to true.',
    input: 'runAsEnabled',
    expect: isTrue,
    absent: 'fails',
    good: { runAsEnabled: true, runAsDefaultUser: 'operator' },
    bad: { runAsEnabled: false },
  },
]

/** Controls on the preferences of Session Manager, a document of Systems Manager. */
export const ssmSessionControls: readonly ResourceControl[] = preferences.map(preferenceControl)
