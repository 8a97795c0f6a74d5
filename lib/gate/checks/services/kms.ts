import { matchesAction } from '../../access/actions.ts'
import { type Statement, statementsOf } from '../../access/statement.ts'
import type { Resource } from '../../template/resource.ts'
import { Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atLeast, atMost, isGiven, isNoneOf, isOff, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls, type When } from '../property-control.ts'
import { unreadPart } from './iam-policy-places.ts'
import { privilege, renewal } from './iam-safeguards.ts'

const key = 'AWS::KMS::Key'
const replica = 'AWS::KMS::ReplicaKey'
const types = [key, replica] as const
const root = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }
const app = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/app' } }
const administrator = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/key-administrator' } }
const allow = (Principal: unknown, Action: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
  ...more,
})
const keyPolicy = (...Statement: readonly unknown[]) => ({ KeyPolicy: { Version: '2012-10-17', Statement } })
const usual = keyPolicy(allow(root, 'kms:*'))
const example = (...Statement: readonly unknown[]) => ({ Key: { Type: key, Properties: keyPolicy(...Statement) } })

/** KMS rotates the material of symmetric encryption keys that it made itself. ("Rotate AWS KMS keys", AWS KMS Developer Guide.) */
const rotates: readonly When[] = [
  { path: 'KeySpec', expect: isOneOf('SYMMETRIC_DEFAULT'), absent: 'applies' },
  { path: 'KeyUsage', expect: isOneOf('ENCRYPT_DECRYPT'), absent: 'applies' },
  { path: 'Origin', expect: isOneOf('AWS_KMS'), absent: 'applies' },
]

const destruction = { topic: 'backup-recovery', citations: ['164.308(a)(7)(i)', '164.308(a)(7)(ii)(A)', '164.312(a)(2)(iv)'] } as const

const rows = propertyControls([
  {
    ...renewal,
    id: 'kms-key-rotation',
    title: 'KMS keys change their material every year',
    severity: 'high',
    why: 'The longer the same material encrypts, the more data a single break of it opens. KMS renews it without any work and keeps the old for old data.',
    remedy: 'Set EnableKeyRotation to true.',
    type: key,
    path: 'EnableKeyRotation',
    expect: isOn,
    absent: 'fails',
    when: rotates,
    passing: { ...usual, EnableKeyRotation: true },
    failing: usual,
  },
  {
    ...renewal,
    id: 'kms-key-rotation-period',
    title: 'KMS keys change their material at least once a year',
    severity: 'low',
    why: 'A period of years makes rotation a word: KMS takes up to seven years.',
    remedy: 'Set RotationPeriodInDays to 365 or less, or leave it out.',
    type: key,
    path: 'RotationPeriodInDays',
    expect: atMost(365),
    absent: 'does not apply',
    when: [...rotates, { path: 'EnableKeyRotation', expect: isOn }],
    passing: { ...usual, EnableKeyRotation: true, RotationPeriodInDays: 180 },
    failing: { ...usual, EnableKeyRotation: true, RotationPeriodInDays: 2560 },
  },
  {
    ...destruction,
    id: 'kms-key-deletion-window',
    title: 'KMS keys wait 30 days before they are deleted',
    severity: 'low',
    why: 'Once a key is gone, all data under it is gone. The wait is the time to notice that somebody scheduled it by mistake or malice.',
    remedy: 'Leave PendingWindowInDays out, or set it to 30.',
    type: types,
    path: 'PendingWindowInDays',
    expect: atLeast(30),
    absent: 'passes',
    passing: { ...usual, PendingWindowInDays: 30 },
    failing: { ...usual, PendingWindowInDays: 7 },
  },
  {
    ...destruction,
    id: 'kms-key-enabled',
    title: 'KMS keys are enabled',
    severity: 'medium',
    why: 'Data under a disabled key cannot be read, and rotation stands still.',
    remedy: 'Set Enabled to true or leave it out.',
    type: types,
    path: 'Enabled',
    expect: isOn,
    absent: 'passes',
    passing: { ...usual, Enabled: true },
    failing: { ...usual, Enabled: false },
  },
  {
    ...privilege,
    id: 'kms-key-policy-written',
    title: 'KMS keys have a key policy in the template',
    severity: 'low',
    why: 'Without one, KMS writes a policy that leaves the key to every IAM policy of the account, and nobody reviews who uses it.',
    remedy: 'Set KeyPolicy.',
    type: key,
    path: 'KeyPolicy',
    expect: isGiven,
    absent: 'fails',
    passing: usual,
    failing: {},
  },
  {
    ...privilege,
    id: 'kms-key-policy-lockout-check',
    title: 'KMS checks that somebody can still change the key policy',
    severity: 'low',
    why: 'A policy that locks everybody out leaves a key that only AWS Support can bring back, and data that nobody can read meanwhile.',
    remedy: 'Leave BypassPolicyLockoutSafetyCheck out.',
    type: key,
    path: 'BypassPolicyLockoutSafetyCheck',
    expect: isOff,
    absent: 'passes',
    passing: usual,
    failing: { ...usual, BypassPolicyLockoutSafetyCheck: true },
  },
  {
    ...privilege,
    topic: 'other',
    id: 'kms-key-single-region',
    title: 'KMS keys stay in one Region',
    severity: 'low',
    citations: [],
    why: 'The material of a multi-Region key can be copied to other Regions, where other policies hold. Few systems need that.',
    remedy: 'Leave MultiRegion out, or accept it where data is shared among Regions in its encrypted form.',
    type: key,
    path: 'MultiRegion',
    expect: isOff,
    absent: 'passes',
    passing: usual,
    failing: { ...usual, MultiRegion: true },
  },
  {
    ...privilege,
    topic: 'encryption-at-rest',
    id: 'kms-key-material-from-kms',
    title: 'KMS keys have material that KMS made',
    severity: 'low',
    citations: ['164.312(a)(2)(iv)'],
    why: 'Imported material was somewhere else before, may have copies there, expires, and does not rotate by itself.',
    remedy: 'Leave Origin out, or accept EXTERNAL with the reason for it.',
    type: key,
    path: 'Origin',
    expect: isNoneOf('EXTERNAL'),
    absent: 'passes',
    passing: usual,
    failing: { ...usual, Origin: 'EXTERNAL' },
  },
  {
    ...privilege,
    topic: 'encryption-at-rest',
    id: 'kms-key-rsa-length',
    title: 'RSA keys of KMS have at least 3072 bits',
    severity: 'low',
    citations: ['164.312(a)(2)(iv)'],
    why: 'NIST trusts RSA with 2048 bits until 2030: what must stay secret longer needs more (SP 800-57).',
    remedy: 'Set KeySpec to RSA_3072 or RSA_4096.',
    type: key,
    path: 'KeySpec',
    expect: isNoneOf('RSA_2048'),
    absent: 'does not apply',
    passing: { ...usual, KeySpec: 'RSA_4096', KeyUsage: 'ENCRYPT_DECRYPT' },
    failing: { ...usual, KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
  },
  {
    ...privilege,
    topic: 'other',
    id: 'kms-alias-own-name',
    title: 'Aliases of keys do not look like those of AWS',
    severity: 'low',
    citations: [],
    why: 'KMS refuses aliases that start with alias/aws/, and a name like one misleads whoever reads a policy.',
    remedy: 'Choose an AliasName that starts with alias/ and the name of the system.',
    type: 'AWS::KMS::Alias',
    path: 'AliasName',
    expect: matches(/^alias\/(?!aws[/-])/i),
    absent: 'does not apply',
    passing: { AliasName: 'alias/records', TargetKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' },
    failing: { AliasName: 'alias/aws-records', TargetKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' },
  },
])

/** Finds statements of the key policy that are not as they should be. */
const policyLogic =
  (wrong: (statement: Statement) => boolean, message: string): ResourceControl['judge'] =>
  (resource: Resource): readonly Outcome[] => {
    const document = resource.get('KeyPolicy')
    if (document === undefined) return []
    const read = statementsOf(document)
    const found = read.statements.filter((statement) => statement.effect === 'Allow' && wrong(statement))
    if (found.length > 0) return found.map(({ index, principals }) => fail(`KeyPolicy.Statement.${index}`, nameOf(principals), message))
    const unread = unreadPart(read)
    return [unread === undefined ? pass('KeyPolicy', read.statements.length) : undecided('KeyPolicy', unread)]
  }

const nameOf = (principals: Statement['principals']) => [
  ...(principals?.aws ?? []),
  ...(principals?.services ?? []),
  ...(principals?.references ?? []),
]

const gives = ({ actions }: Statement, action: string): boolean =>
  actions.kind === 'listed' && actions.words.some((word) => matchesAction(word, action))

/** Whether the account as such is meant: its IAM policies decide then. */
const isAccount = ({ principals }: Statement): boolean =>
  principals?.aws.some((who) => /:root$|^\d{12}$|^⟨AWS::AccountId⟩$/.test(who)) === true

const isService = ({ principals }: Statement): boolean => (principals?.services.length ?? 0) > 0

const logic: readonly ResourceControl[] = [
  {
    ...privilege,
    id: 'kms-key-policy-administration-apart',
    title: 'Who administers a KMS key does not use it',
    severity: 'low',
    why: 'One identity that may both open the key to others and decrypt with it can read all data under it and hide that.',
    remedy: 'Give administration (kms:Put*, kms:ScheduleKeyDeletion) and use (kms:Decrypt, kms:GenerateDataKey*) to different roles.',
    types,
    judge: policyLogic(
      (statement) => !isAccount(statement) && gives(statement, 'kms:PutKeyPolicy') && gives(statement, 'kms:Decrypt'),
      'The same principals change the key policy and decrypt.',
    ),
    passing: example(
      allow(root, 'kms:*'),
      allow(administrator, ['kms:Put*', 'kms:ScheduleKeyDeletion']),
      allow(app, ['kms:Decrypt', 'kms:GenerateDataKey*']),
    ),
    failing: example(allow(app, 'kms:*')),
  },
  {
    ...privilege,
    id: 'kms-key-policy-grants-for-services',
    title: 'Grants on a KMS key are made for services of AWS only',
    severity: 'low',
    why: 'A grant gives the key to whomever its maker names, and stands in no policy that anybody reviews.',
    remedy: 'Add a condition of Bool kms:GrantIsForAWSResource true, or kms:ViaService, to the statement with kms:CreateGrant.',
    types,
    judge: policyLogic(
      (statement) =>
        !isAccount(statement) &&
        !isService(statement) &&
        gives(statement, 'kms:CreateGrant') &&
        // All actions at once have a control of their own.
        !gives(statement, 'kms:*') &&
        !statement.conditions.some(({ key: name }) =>
          /^kms:(grantisforawsresource|viaservice|grantoperations|grantconstrainttype|granteeprincipal|encryptioncontext)/.test(name),
        ),
      'The principals may hand the key on to anybody.',
    ),
    passing: example(allow(root, 'kms:*'), allow(app, 'kms:CreateGrant', { Condition: { Bool: { 'kms:GrantIsForAWSResource': true } } })),
    failing: example(allow(root, 'kms:*'), allow(app, 'kms:CreateGrant')),
  },
  {
    ...privilege,
    id: 'kms-key-policy-account-keeps-control',
    title: 'The account of a KMS key keeps control of it',
    severity: 'medium',
    why: 'When the only identity that a key policy names is deleted, nobody can change the policy or read the data any more.',
    remedy: 'Keep the statement that gives kms:* to the account (arn:aws:iam::<account>:root).',
    types,
    judge: judgeControl,
    passing: example(allow(root, 'kms:*')),
    failing: example(allow(app, 'kms:Decrypt')),
  },
  {
    ...destruction,
    id: 'kms-key-retained',
    title: 'KMS keys stay when their stack goes',
    severity: 'medium',
    why: 'The key goes with the stack, after its waiting period, and with it every copy and backup under it, also those that were to stay.',
    remedy: 'Set DeletionPolicy to Retain.',
    types,
    judge: (resource) => {
      const policy = resource.attribute('DeletionPolicy')
      if (policy instanceof Unknown) return undecided('DeletionPolicy', policy.reason)
      return policy === 'Retain' || policy === 'RetainExceptOnCreate' ? pass('DeletionPolicy', policy) : fail('DeletionPolicy', policy)
    },
    passing: { Key: { Type: key, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: usual } },
    failing: { Key: { Type: key, Properties: usual } },
  },
]

function judgeControl(resource: Resource): Outcome | undefined {
  const document = resource.get('KeyPolicy')
  if (document === undefined) return undefined
  const { statements, unknown } = statementsOf(document)
  const keeper = statements.find((one) => one.effect === 'Allow' && gives(one, 'kms:PutKeyPolicy'))
  if (keeper !== undefined) return pass(`KeyPolicy.Statement.${keeper.index}`, nameOf(keeper.principals))
  return unknown.length > 0
    ? undecided('KeyPolicy', unknown[0] ?? '')
    : fail('KeyPolicy', statements.length, 'Nobody may change the key policy.')
}

/** Controls on keys of KMS. Whom their policies let in is judged by `resource-policy.ts`. */
export const kmsControls: readonly ResourceControl[] = [...rows, ...logic]
