import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import { nameOf } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import { type Claim, resourcesOf } from '../claim.ts'
import { expectStatements, permission, type Statement } from '../policies.ts'
import { entryWith, outputOf, resourceWith } from '../resources.ts'
import { clientId, poolId } from './sign-in-claims.ts'

const roles = {
  'provider-session': { pool: 'providers', tags: ['practice', 'person'], description: 'A signed-in provider, in one practice.' },
  'patient-session': {
    pool: 'patients',
    tags: ['practice', 'person', 'patient'],
    description: 'A signed-in patient: one practice, one patient.',
  },
} as const
type RoleName = keyof typeof roles

const serves = ({ phase }: EnvironmentConfig): boolean => ['read-only', 'pilot', 'open'].includes(phase)
const writes = ({ phase }: EnvironmentConfig): boolean => ['pilot', 'open'].includes(phase)

/** The provider of a pool, `[logical id, what it must be]`. */
function providerOf(template: Template, config: EnvironmentConfig, pool: 'providers' | 'patients') {
  const url = ['', [`https://cognito-idp.${config.regions.primary}.amazonaws.com/`, { Ref: poolId(template, config, pool) }]]
  const expected = { Url: { 'Fn::Join': url }, ClientIdList: [{ Ref: clientId(template, config, pool) }] }
  const all = Object.entries(resourcesOf(template, 'AWS::IAM::OIDCProvider'))
  const found = all.filter(([, { Properties }]) => JSON.stringify(Properties['Url']) === JSON.stringify(expected.Url))
  return { found, expected, arn: { 'Fn::GetAtt': [found[0]?.[0], 'Arn'] } }
}

function trust(template: Template, config: EnvironmentConfig, role: RoleName): Statement[] {
  const { pool, tags } = roles[role]
  const from = { Principal: { Federated: providerOf(template, config, pool).arn } }
  if (!serves(config))
    return [{ Sid: 'NobodyInThisPhase', Effect: 'Deny', ...from, Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'] }]
  const served = config.phase === 'pilot' ? config.pilotPractices : config.practices.map(({ id }) => id)
  const tagged = {
    'ForAllValues:StringEquals': { 'aws:TagKeys': tags },
    Null: { 'aws:TagKeys': 'false', ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag}`, 'false'])) },
  }
  const ofPatient = role === 'patient-session'
  return [
    {
      Sid: 'SignedInPeopleOpenTheirSession',
      Effect: 'Allow',
      ...from,
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'aws:SourceVpce': outputOf(config, 'network', 'Endpointssts'),
          'aws:RequestTag/practice': served,
          'sts:RoleSessionName': '${aws:RequestTag/person}',
        },
        StringLike: {
          'aws:RequestTag/person': '????????????????????????????????',
          ...(ofPatient && { 'aws:RequestTag/patient': '????????*' }),
        },
        ...(ofPatient && { StringNotEquals: { 'aws:RequestTag/patient': ['requests', 'schedule'] } }),
        ...tagged,
      },
    },
    { Sid: 'TheirTokenSaysTheTags', Effect: 'Allow', ...from, Action: 'sts:TagSession', Condition: tagged },
  ]
}

const practice = '${aws:PrincipalTag/practice}'
const patient = '${aws:PrincipalTag/patient}'
const named = { 'dynamodb:LeadingKeys': 'false', 'aws:PrincipalTag/practice': 'false' }
const namedPatient = { ...named, 'aws:PrincipalTag/patient': 'false' }
const nothingReturned = { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } }
const practiceWide = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${practice}#*`] }, Null: named }
const butMarks = { 'ForAllValues:StringNotEquals': { 'dynamodb:LeadingKeys': [`${practice}#marks`] } }
const exactly = (keys: readonly string[], Null: object) => ({ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': keys }, Null })
const own = exactly([`${practice}#${patient}`], namedPatient)
const chain = {
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`${practice}#chain`], 'dynamodb:Attributes': ['pk', 'sk', 'hash'] },
  StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
  Null: { ...named, 'dynamodb:Attributes': 'false' },
}
const context = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['practice', 'patient'] },
  Null: {
    'kms:EncryptionContextKeys': 'false',
    'kms:EncryptionContext:practice': 'false',
    'kms:EncryptionContext:patient': 'false',
    'kms:ViaService': 'true',
    'aws:PrincipalTag/practice': 'false',
  },
}
const forPractice = { ...context, StringEquals: { 'kms:EncryptionContext:practice': practice } }
const forPatient = {
  ...context,
  StringEquals: { 'kms:EncryptionContext:practice': practice, 'kms:EncryptionContext:patient': patient },
  Null: { ...context.Null, 'aws:PrincipalTag/patient': 'false' },
}

function permissions(config: EnvironmentConfig, role: RoleName): Statement[] {
  if (!serves(config)) return [{ Sid: 'NothingInThisPhase', Effect: 'Deny', Action: ['dynamodb:*', 'kms:*'], Resource: '*' }]
  const { workload, recovery } = config.accounts
  const { primary } = config.regions
  const tables = (...names: string[]) => names.map((name) => `arn:aws:dynamodb:${primary}:${workload}:table/${nameOf(config, name)}`)
  const reading = ['dynamodb:GetItem', 'dynamodb:Query']
  const vault = [outputOf(config, 'keys', 'VaultKey')]
  const changing = ['dynamodb:PutItem', 'dynamodb:DeleteItem']
  const atRest = permission(
    'UseTablesAtRest',
    ['kms:Decrypt'],
    [outputOf(config, 'keys', 'RoutingKey'), outputOf(config, 'keys', 'StorageKey')],
    { StringEquals: { 'kms:ViaService': `dynamodb.${primary}.amazonaws.com` } },
  )
  const followed = permission('FollowTheChain', ['dynamodb:Query'], tables('ledger'), chain)
  const stores = tables('records', 'wrapped-keys', 'routing')
  const routing = ['calls', 'open', 'due', 'requests', 'schedule'].map((part) => `${practice}#${part}`)
  if (role === 'patient-session')
    return [
      permission('ReadTheirOwn', reading, stores, own),
      permission('SeeWhoSawTheirs', ['dynamodb:Query'], tables('ledger'), own),
      permission('EnterTheLedger', ['dynamodb:PutItem'], tables('ledger'), {
        ...exactly([`${practice}#${patient}`, `${practice}#chain`], namedPatient),
        ...nothingReturned,
      }),
      followed,
      permission('OpenTheirOwn', ['kms:Decrypt'], vault, forPatient),
      atRest,
      ...(writes(config)
        ? [
            permission('ConfirmReading', ['dynamodb:PutItem'], tables('routing'), {
              ...exactly([`${practice}#${patient}`], namedPatient),
              ...nothingReturned,
            }),
          ]
        : []),
    ]
  return [
    permission('ReadThePractice', reading, stores, practiceWide),
    permission('EnterTheLedger', ['dynamodb:PutItem'], tables('ledger'), { ...practiceWide, ...butMarks, ...nothingReturned }),
    followed,
    permission('OpenForThePractice', ['kms:Decrypt'], vault, forPractice),
    atRest,
    ...(writes(config)
      ? [
          permission('WriteRecordsOfThePractice', changing, tables('records'), practiceWide),
          permission('KeepWrappedKeysOfThePractice', ['dynamodb:PutItem'], tables('wrapped-keys'), practiceWide),
          permission('RouteForThePractice', changing, tables('routing'), exactly(routing, named)),
          permission('SealForThePractice', ['kms:GenerateDataKey'], vault, forPractice),
          permission('WrapForRecovery', ['kms:Encrypt'], [`arn:aws:kms:${primary}:${recovery}:key/*`], {
            ...forPractice,
            StringEquals: { ...forPractice.StringEquals, 'kms:RequestAlias': `alias/safe-harbor-${config.name}-recovery` },
          }),
        ]
      : []),
  ]
}

function expectPolicy(
  template: Template,
  config: EnvironmentConfig,
  name: string,
  Description: string,
  statements: readonly Statement[],
): void {
  const found = resourceWith(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', nameOf(config, name))
  const { PolicyDocument, ...rest } = found.Properties
  expect(rest).toEqual({ ManagedPolicyName: nameOf(config, name), Description, Path: '/' })
  expectStatements(PolicyDocument, statements)
  const reasons = (found.Metadata?.['SafeHarbor'] ?? {}) as Record<string, string>
  for (const { Sid, Effect, Resource } of statements)
    if (Effect === 'Allow' && [Resource].flat().some((one) => String(one).includes('*'))) expect(reasons[Sid]).toMatch(/.{20}/)
}

const refused = (Sid: string, Condition: object): Statement => ({
  Sid,
  Effect: 'Deny',
  Action: ['dynamodb:*', 'kms:*'],
  Resource: '*',
  Condition,
})

/** What must be said of the roles of people in session. */
export const sessionClaims: readonly Omit<Claim, 'stack'>[] = [
  {
    says: 'IAM knows a provider for each pool of people, for its app alone, and none for the answering line',
    check: (template, config) => {
      for (const pool of ['providers', 'patients'] as const) {
        const { found, expected } = providerOf(template, config, pool)
        expect(found.map(([, { Properties }]) => Properties)).toEqual([expected])
      }
      expect(Object.keys(resourcesOf(template, 'AWS::IAM::OIDCProvider'))).toHaveLength(2)
    },
  },
  ...(Object.keys(roles) as RoleName[]).flatMap((role): Omit<Claim, 'stack'>[] => [
    {
      says: `the role ${role} takes tokens of its pool alone, through our endpoint, for a served practice, under the person's name; before people are served, none`,
      check: (template, config) => {
        const { AssumeRolePolicyDocument, ...rest } = resourceWith(template, 'AWS::IAM::Role', 'RoleName', nameOf(config, role)).Properties
        expect(rest).toEqual({
          RoleName: nameOf(config, role),
          Description: roles[role].description,
          ManagedPolicyArns: [{ Ref: entryWith(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', nameOf(config, role))[0] }],
          PermissionsBoundary: {
            Ref: entryWith(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', nameOf(config, 'session-boundary'))[0],
          },
          MaxSessionDuration: 3600,
        })
        expectStatements(AssumeRolePolicyDocument, trust(template, config, role))
      },
    },
    {
      says: `a session of ${role} may do exactly this, and nothing before people are served`,
      check: (template, config) =>
        expectPolicy(template, config, role, `What a session of the role ${nameOf(config, role)} may do.`, permissions(config, role)),
    },
  ]),
  {
    says: 'no session does more than items and keys, from outside the network, without a practice, or after it is revoked',
    check: (template, config) =>
      expectPolicy(template, config, 'session-boundary', 'The most that a session of a signed-in person may do.', [
        permission(
          'AtMostWhatSessionsAreFor',
          [
            ...['DeleteItem', 'GetItem', 'PutItem', 'Query'].map((name) => `dynamodb:${name}`),
            ...['Decrypt', 'Encrypt', 'GenerateDataKey'].map((name) => `kms:${name}`),
          ],
          ['*'],
        ),
        refused('NothingFromOutsideTheNetwork', {
          StringNotEquals: {
            'aws:SourceVpce': [outputOf(config, 'network', 'Endpointsdynamodb'), outputOf(config, 'network', 'Endpointskms')],
          },
          BoolIfExists: { 'aws:ViaAWSService': 'false' },
        }),
        refused('NothingWithoutAPractice', { Null: { 'aws:PrincipalTag/practice': 'true' } }),
        {
          Sid: 'RevokeOlderSessions',
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': '1970-01-01T00:00:00Z' } },
        },
      ]),
  },
]
