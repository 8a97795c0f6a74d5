import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { hasHole, isMap, numberOf, Reference, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atLeast, isCustomerKey, isGiven, isOff } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { renewal, secrecy } from './iam-safeguards.ts'
import { atRest, backup, exampleKey, notPublic } from './safeguards.ts'
import { shownSecret } from './secrets-shown.ts'

const secret = 'AWS::SecretsManager::Secret'
const schedule = 'AWS::SecretsManager::RotationSchedule'
const generated = (more: Readonly<Record<string, unknown>> = {}) => ({
  GenerateSecretString: { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: 'password', ...more },
})
const rotation = (RotationRules?: Readonly<Record<string, unknown>>) => ({
  SecretId: { Ref: 'Password' },
  RotationLambdaARN: 'arn:aws:lambda:us-east-1:111122223333:function:rotate',
  ...(RotationRules !== undefined && { RotationRules }),
})
const rotated = (rules?: Readonly<Record<string, unknown>>) => ({
  Password: { Type: secret, Properties: generated() },
  Rotation: { Type: schedule, Properties: rotation(rules) },
})

const rows = propertyControls([
  {
    ...atRest,
    id: 'secretsmanager-secret-customer-key',
    title: 'Secrets are encrypted under a key that the customer manages',
    severity: 'medium',
    why: 'Under the key of AWS, every identity with a right to the secret reads it. A key of your own is a second door, and lets other accounts be kept out or let in.',
    remedy: 'Set KmsKeyId to a KMS key of your own.',
    type: secret,
    path: 'KmsKeyId',
    expect: isCustomerKey,
    absent: 'fails',
    passing: { ...generated(), KmsKeyId: exampleKey },
    failing: generated(),
  },
  {
    ...atRest,
    id: 'secretsmanager-secret-replica-customer-key',
    title: 'Copies of secrets in other Regions are encrypted under a key that the customer manages',
    severity: 'low',
    why: 'A copy under a key of AWS undoes what the key of the secret protects.',
    remedy: 'Set KmsKeyId of each entry of ReplicaRegions.',
    type: secret,
    path: 'ReplicaRegions.*.KmsKeyId',
    expect: isCustomerKey,
    absent: 'fails',
    when: { path: 'ReplicaRegions', expect: isGiven },
    passing: { ...generated(), ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: exampleKey }] },
    failing: { ...generated(), ReplicaRegions: [{ Region: 'us-west-2' }] },
  },
  {
    ...secrecy,
    topic: 'authn-authz',
    id: 'secretsmanager-secret-password-length',
    title: 'Generated passwords have at least 16 characters',
    severity: 'low',
    why: 'Secrets Manager makes 32 characters unless told otherwise. Short passwords can be tried out.',
    remedy: 'Leave GenerateSecretString.PasswordLength out, or set it to 16 or more.',
    type: secret,
    path: 'GenerateSecretString.PasswordLength',
    expect: atLeast(16),
    absent: 'passes',
    when: { path: 'GenerateSecretString', expect: isGiven },
    passing: generated({ PasswordLength: 32 }),
    failing: generated({ PasswordLength: 8 }),
  },
  {
    ...notPublic,
    id: 'secretsmanager-resource-policy-block-public',
    title: 'Secrets Manager refuses policies that open a secret to everyone',
    severity: 'medium',
    why: 'The check is off unless asked for: a later change of the policy can then open the secret to the world.',
    remedy: 'Set BlockPublicPolicy to true.',
    type: 'AWS::SecretsManager::ResourcePolicy',
    path: 'BlockPublicPolicy',
    expect: (value) => (value instanceof Reference ? undefined : value === true || value === 'true'),
    absent: 'fails',
    passing: { SecretId: 'app', ResourcePolicy: policy(), BlockPublicPolicy: true },
    failing: { SecretId: 'app', ResourcePolicy: policy() },
  },
])

function policy() {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:DeleteSecret', Resource: '*' }],
  }
}

/** Exclusions of character classes: the more there are, the easier a password is to guess. */
const classes = ['ExcludeLowercase', 'ExcludeUppercase', 'ExcludeNumbers', 'ExcludePunctuation'] as const

const variety = propertyControls(
  (['ExcludeLowercase', 'ExcludeUppercase', 'ExcludeNumbers'] as const satisfies readonly (typeof classes)[number][]).map((name) => ({
    ...secrecy,
    topic: 'authn-authz' as const,
    id: `secretsmanager-secret-password-${name.replace('Exclude', '').toLowerCase()}`,
    title: `Generated passwords hold ${name.replace('Exclude', '').toLowerCase()}${name === 'ExcludeNumbers' ? '' : ' letters'}`,
    severity: 'low' as const,
    why: 'Every kind of character that is left out makes a password of the same length easier to guess.',
    remedy: `Leave GenerateSecretString.${name} out.`,
    type: secret,
    path: `GenerateSecretString.${name}`,
    expect: isOff,
    absent: 'passes' as const,
    when: { path: 'GenerateSecretString', expect: isGiven },
    passing: generated(),
    failing: generated({ [name]: true }),
  })),
)

function schedulesOf(resource: Resource, deployment: Deployment) {
  const direct = deployment.referring(resource, schedule, 'SecretId')
  const attachments = deployment.referring(resource, 'AWS::SecretsManager::SecretTargetAttachment', 'SecretId')
  const through = attachments.certain.map((attachment) => deployment.referring(attachment, schedule, 'SecretId'))
  return {
    certain: [...direct.certain, ...through.flatMap(({ certain }) => certain)],
    possible: [...direct.possible, ...through.flatMap(({ possible }) => possible)],
  }
}

function judgeRotation(resource: Resource, deployment: Deployment): Outcome {
  const { certain, possible } = schedulesOf(resource, deployment)
  if (certain[0] !== undefined) return pass('rotation schedule', certain[0].logicalId)
  return possible[0] === undefined
    ? fail('rotation schedule', undefined)
    : undecided('rotation schedule', `${possible[0].logicalId} may be about it`)
}

/** Days between two rotations; undefined where they cannot be told. */
function daysOf(expression: string): number | undefined {
  const rate = /^rate\((\d+) (day|hour)s?\)$/.exec(expression)
  if (rate !== null) return rate[2] === 'day' ? Number(rate[1]) : Number(rate[1]) / 24
  const [, , day, month, weekday] = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(/\s+/) ?? []
  if (day === undefined) return undefined
  if (weekday !== undefined && weekday !== '?' && weekday !== '*') return 31
  const step = /^(?:\*|\d+)\/(\d+)$/.exec(month ?? '*')?.[1]
  if (step !== undefined) return Number(step) * 31
  return month === '*' ? 31 : Math.ceil(12 / (month ?? '').split(',').length) * 31
}

function judgePeriod(resource: Resource): Outcome {
  const rules = resource.get('RotationRules')
  if (rules instanceof Unknown) return undecided('RotationRules', rules.reason)
  if (!isMap(rules)) return fail('RotationRules', undefined, 'No period is named, so the secret rotates only when somebody asks for it.')
  const [days, expression] = [rules['AutomaticallyAfterDays'], rules['ScheduleExpression']]
  const path = days === undefined ? 'RotationRules.ScheduleExpression' : 'RotationRules.AutomaticallyAfterDays'
  const value = days ?? expression
  if (value === undefined) return fail('RotationRules', undefined, 'No period is named.')
  if (value instanceof Unknown) return undecided(path, value.reason)
  const period = days === undefined ? (typeof value === 'string' && !hasHole(value) ? daysOf(value) : undefined) : numberOf(value)
  if (period === undefined) return undecided(path, 'the period is computed at deployment')
  return period <= 93 ? pass(path, value) : fail(path, value, `About ${period} days pass between rotations.`)
}

const logic: readonly ResourceControl[] = [
  {
    ...renewal,
    id: 'secretsmanager-secret-rotation',
    title: 'Secrets have a rotation schedule',
    severity: 'medium',
    why: 'A secret that never changes stays of use to everybody who ever saw it: former staff, old logs, old copies.',
    remedy: 'Add an AWS::SecretsManager::RotationSchedule whose SecretId is the secret.',
    types: [secret],
    judge: judgeRotation,
    passing: rotated({ AutomaticallyAfterDays: 30 }),
    failing: { Password: { Type: secret, Properties: generated() } },
  },
  {
    ...renewal,
    id: 'secretsmanager-rotation-period',
    title: 'Secrets rotate at least every 90 days',
    severity: 'medium',
    why: 'A leaked secret is of use until the next rotation, which may be months away or never come.',
    remedy: 'Set RotationRules with AutomaticallyAfterDays of 90 or less, or a ScheduleExpression.',
    types: [schedule],
    judge: judgePeriod,
    passing: rotated({ ScheduleExpression: 'rate(30 days)' }),
    failing: rotated({ AutomaticallyAfterDays: 365 }),
  },
  {
    ...secrecy,
    id: 'secretsmanager-secret-generated',
    title: 'Secrets are generated, not written in the template',
    severity: 'high',
    why: 'A secret in the template is read by everyone who reads the repository, the stack or its history, and cannot be taken back from there.',
    remedy: 'Use GenerateSecretString, or make the secret empty and store its value by other means.',
    types: [secret],
    judge: judgeString,
    passing: { Password: { Type: secret, Properties: generated() } },
    failing: { Password: { Type: secret, Properties: { SecretString: '{"password":"example-password-1"}' } } },
  },
  {
    ...backup,
    id: 'secretsmanager-secret-retained',
    title: 'Secrets stay when their stack goes',
    severity: 'low',
    why: 'The secret goes with its stack, and a database that stays has lost its password.',
    remedy: 'Set DeletionPolicy to Retain.',
    types: [secret],
    judge: (resource) => {
      const kept = resource.attribute('DeletionPolicy')
      return kept === 'Retain' || kept === 'RetainExceptOnCreate' ? pass('DeletionPolicy', kept) : fail('DeletionPolicy', kept)
    },
    passing: { Password: { Type: secret, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: generated() } },
    failing: { Password: { Type: secret, Properties: generated() } },
  },
]

function judgeString(resource: Resource): Outcome | undefined {
  const value = resource.get('SecretString')
  if (value === undefined) return resource.get('GenerateSecretString') === undefined ? undefined : pass('GenerateSecretString', 'generated')
  if (value instanceof Unknown) return pass('SecretString', 'from elsewhere')
  if (value instanceof Reference) return pass('SecretString', 'from elsewhere')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const shown = shownSecret(text)
  return shown === undefined
    ? pass('SecretString', 'from elsewhere')
    : fail('SecretString', shown, 'The value of the secret stands in the template.')
}

/** Controls on secrets of Secrets Manager. */
export const secretsmanagerControls: readonly ResourceControl[] = [...rows, ...variety, ...logic]
