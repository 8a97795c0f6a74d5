import { expect } from 'vitest'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { type Claim, resourcesOf } from './claim.ts'
import { administration, using } from './key-administration.ts'
import { expectStatements, type Statement } from './policies.ts'
import { outputOf } from './resources.ts'

type Key = 'vault' | 'storage' | 'routing' | 'audit' | 'quarantine' | 'backup' | 'notifications' | 'people'

const logicalIds: Record<Key, string> = {
  vault: 'VaultKey',
  storage: 'StorageKey',
  routing: 'RoutingKey',
  audit: 'AuditKey',
  quarantine: 'QuarantineKey',
  backup: 'BackupKey',
  notifications: 'NotificationsKey',
  people: 'PeopleKey',
}
const keys = Object.keys(logicalIds) as Key[]

function keyOf(
  template: Parameters<Claim['check']>[0],
  key: Key,
): [id: string, properties: Record<string, unknown>, attributes: readonly (string | undefined)[]] {
  const [found, ...more] = Object.entries(resourcesOf(template, 'AWS::KMS::Key')).filter(([id]) => id.startsWith(logicalIds[key]))
  if (found === undefined || more.length > 0) throw new Error(`expected one ${key} key`)
  return [found[0], found[1].Properties, [found[1].DeletionPolicy, found[1].UpdateReplacePolicy]]
}

export const keysClaims: readonly Claim[] = [
  {
    stack: 'keys',
    says: 'holds exactly these keys and their aliases, and nothing else',
    check: (template, { name }) => {
      const aliases = Object.values(resourcesOf(template, 'AWS::KMS::Alias')).map(({ Properties }) => [
        String(Properties.AliasName),
        Properties,
      ])
      expect(Object.fromEntries(aliases)).toEqual(
        Object.fromEntries(
          keys.map((key) => {
            const AliasName = `alias/safe-harbor-${name}-${key}`
            return [AliasName, { AliasName, TargetKeyId: { Ref: keyOf(template, key)[0] } }]
          }),
        ),
      )
      expect(Object.keys(template.toJSON().Resources as object)).toHaveLength(2 * keys.length)
    },
  },
  ...keys.map(
    (key): Claim => ({
      stack: 'keys',
      says: `rotates the ${key} key, waits 30 days before its deletion, and keeps it in production`,
      check: (template, { purpose, regions }) => {
        const [, properties, kept] = keyOf(template, key)
        const { Description, KeyPolicy, ...rest } = properties
        expect(rest).toEqual({
          EnableKeyRotation: true,
          PendingWindowInDays: 30,
          MultiRegion: key === 'vault' && regions.recovery !== undefined,
        })
        expect(Description).toMatch(/^[A-Z].{20,}\.$/)
        const policy = purpose === 'production' ? 'Retain' : 'Delete'
        expect(kept).toEqual([policy, policy])
        expect((KeyPolicy as { Version: string }).Version).toBe('2012-10-17')
      },
    }),
  ),
  ...keys.map(
    (key): Claim => ({
      stack: 'keys',
      says: `lets exactly these callers administer and use the ${key} key`,
      check: (template, config) => {
        const [, { KeyPolicy }] = keyOf(template, key)
        expectStatements(KeyPolicy, [...administration(config, 'workload', config.regions.primary), ...usage(config)[key]])
      },
    }),
  ),
]

const allow = (Sid: string, Principal: unknown, Action: unknown, Condition?: unknown): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
  ...(Condition !== undefined && { Condition }),
})

const deny = (Sid: string, Action: unknown, Condition?: unknown): Statement => ({
  Sid,
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action,
  Resource: '*',
  ...(Condition !== undefined && { Condition }),
})

const foundation = ({ accounts, regions }: EnvironmentConfig, region = regions.primary): string =>
  `arn:aws:iam::${accounts.workload}:role/cdk-shfound-cfn-exec-role-${accounts.workload}-${region}`

const role = ({ name, accounts }: EnvironmentConfig, what: string) => ({
  AWS: `arn:aws:iam::${accounts.workload}:role/safe-harbor-${name}-${what}`,
})

function usage(config: EnvironmentConfig): Record<Key, Statement[]> {
  const account = config.accounts.workload
  const { primary, recovery } = config.regions
  const named = (what: string) => `safe-harbor-${config.name}-${what}`
  const sealing = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext']
  const through = (sid: string, service: string, context: Record<string, string[]>, actions = [...sealing, 'kms:Decrypt']) => {
    const caller = { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${primary}.amazonaws.com` }
    const everyone = { AWS: `arn:aws:iam::${account}:root` }
    return [
      allow(`${sid}UseWithTheirContext`, everyone, actions, { StringEquals: caller, StringLike: context }),
      allow(`${sid}AreDescribed`, everyone, 'kms:DescribeKey', { StringEquals: caller }),
      allow(`${sid}GrantToTheirServiceOnly`, everyone, 'kms:CreateGrant', {
        StringEquals: caller,
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      }),
    ]
  }
  const told = (Sid: string, Service: string) =>
    allow(Sid, { Service }, ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'], { StringEquals: { 'aws:SourceAccount': account } })
  const describedByBackup = allow('BackupRolesDescribe', { AWS: `arn:aws:iam::${account}:root` }, 'kms:DescribeKey', {
    ArnEquals: { 'aws:PrincipalArn': [role(config, 'backup').AWS, role(config, 'restore').AWS] },
  })
  const breakGlass = role(config, 'break-glass')
  const replicator = { AWS: foundation(config, recovery) }
  return {
    vault: [
      allow('BreakGlassOpensInAnEmergency', breakGlass, 'kms:Decrypt'),
      ...vaultSessions(config),
      deny('NobodyThroughAnotherService', using, { Null: { 'kms:ViaService': 'false' } }),
      deny('NobodyByGrant', 'kms:CreateGrant'),
      deny('NoAdministratorUses', using, {
        ArnEquals: {
          'aws:PrincipalArn': [`arn:aws:iam::${account}:root`, role(config, 'custodian').AWS, foundation(config)],
        },
      }),
      deny('NobodyElseOpens', 'kms:Decrypt', everybodyBut(config, 'break-glass', 'provider-session', 'patient-session')),
      deny('NobodyElseSeals', 'kms:GenerateDataKey', everybodyBut(config, 'intake', 'provider-session')),
      deny(
        'OpeningAndSealingAreAllThereIs',
        using.filter((action) => action !== 'kms:Decrypt' && action !== 'kms:GenerateDataKey'),
      ),
      deny('NobodyFromOutsideTheNetwork', using, {
        StringNotEquals: { 'aws:SourceVpce': outputOf(config, 'network', 'Endpointskms') },
        ArnNotEquals: { 'aws:PrincipalArn': breakGlass.AWS },
      }),
      ...(recovery === undefined
        ? [deny('NobodyReplicates', 'kms:ReplicateKey')]
        : [
            allow('FoundationDeploymentReplicates', replicator, 'kms:ReplicateKey', { StringEquals: { 'kms:ReplicaRegion': recovery } }),
            allow('FoundationDeploymentSeesWhatItReplicates', replicator, ['kms:DescribeKey', 'kms:GetKeyPolicy']),
          ]),
    ],
    storage: [
      ...through('Tables', 'dynamodb', {
        'kms:EncryptionContext:aws:dynamodb:tableName': [...['records', 'wrapped-keys', 'ledger'].map(named), 'awsbackup-restore-test-*'],
      }),
      ...through('Attachments', 's3', {
        'kms:EncryptionContext:aws:s3:arn': [
          `arn:aws:s3:::${named('attachments')}-${account}-${primary}`,
          'arn:aws:s3:::awsbackup-restore-test-*',
        ],
      }),
      describedByBackup,
    ],
    routing: [
      ...through('RoutingTable', 'dynamodb', { 'kms:EncryptionContext:aws:dynamodb:tableName': [named('routing')] }),
      describedByBackup,
    ],
    audit: [
      allow(
        'LogGroupsOfThisEnvironment',
        { Service: `logs.${primary}.amazonaws.com` },
        [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:GenerateDataKeyWithoutPlaintext',
          'kms:DescribeKey',
        ],
        {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': [
              `/safe-harbor/${config.name}/*`,
              `aws-waf-logs-${named('*')}`,
              `API-Gateway-Execution-Logs_*/${config.name}*`,
            ].map((group) => `arn:aws:logs:${primary}:${account}:log-group:${group}`),
          },
        },
      ),
    ],
    // Opened in phase `restoring` only; evidence is sealed and left; otherwise the key rests.
    quarantine: ['evidence', 'restoring'].includes(config.phase)
      ? through(
          'Quarantine',
          's3',
          { 'kms:EncryptionContext:aws:s3:arn': [`arn:aws:s3:::${named('quarantine')}-${account}-${primary}`] },
          config.phase === 'evidence' ? sealing : undefined,
        )
      : [],
    backup: backupUsage(config),
    notifications: [
      told('AlarmsAreTold', 'cloudwatch.amazonaws.com'),
      allow('RulesLeaveWhatTheyCannotDeliver', { Service: 'events.amazonaws.com' }, ['kms:Decrypt', 'kms:GenerateDataKey'], {
        StringEqualsIfExists: { 'aws:SourceAccount': account },
      }),
      ...through('RepeatsTable', 'dynamodb', { 'kms:EncryptionContext:aws:dynamodb:tableName': [named('alert-repeats')] }),
      ...through('Queues', 'sqs', { 'kms:EncryptionContext:aws:sqs:arn': [`arn:aws:sqs:${primary}:${account}:${named('*')}`] }),
      ...through('Topics', 'sns', { 'kms:EncryptionContext:aws:sns:topicArn': [`arn:aws:sns:${primary}:${account}:${named('*')}`] }),
    ],
    people: userPoolUsage(account, primary),
  }
}

const everybodyBut = (config: EnvironmentConfig, ...roles: string[]) => ({
  ArnNotEquals: { 'aws:PrincipalArn': roles.map((what) => role(config, what).AWS) },
})

/** Who opens and seals for people, by phase: nobody before they are served, and in phase `read-only` nobody seals. */
function vaultSessions(config: EnvironmentConfig): Statement[] {
  const { accounts, phase, pilotPractices, practices } = config
  if (!['read-only', 'pilot', 'open'].includes(phase)) return []
  const served = phase === 'pilot' ? pilotPractices : practices.map(({ id }) => id)
  const open = phase !== 'read-only'
  const session = (Sid: string, what: string, Action: unknown, context: object, tags: readonly string[]) =>
    allow(Sid, { AWS: `arn:aws:iam::${accounts.workload}:root` }, Action, {
      ArnEquals: { 'aws:PrincipalArn': role(config, what).AWS },
      StringEquals: context,
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['practice', 'patient'] },
      Null: {
        'kms:EncryptionContextKeys': 'false',
        'kms:EncryptionContext:practice': 'false',
        'kms:EncryptionContext:patient': 'false',
        ...Object.fromEntries(tags.map((tag) => [`aws:PrincipalTag/${tag}`, 'false'])),
      },
    })
  const practice = { 'kms:EncryptionContext:practice': '${aws:PrincipalTag/practice}' }
  const patient = { ...practice, 'kms:EncryptionContext:patient': '${aws:PrincipalTag/patient}' }
  return [
    ...(open ? [session('IntakeSealsForAPatient', 'intake', 'kms:GenerateDataKey', { 'kms:EncryptionContext:practice': served }, [])] : []),
    open
      ? session('ProvidersOpenAndSealInTheirPractice', 'provider-session', ['kms:Decrypt', 'kms:GenerateDataKey'], practice, ['practice'])
      : session('ProvidersOpenInTheirPractice', 'provider-session', 'kms:Decrypt', practice, ['practice']),
    session('PatientsOpenTheirOwn', 'patient-session', 'kms:Decrypt', patient, ['practice', 'patient']),
  ]
}

function userPoolUsage(account: string, region: string): Statement[] {
  const everyone = { AWS: `arn:aws:iam::${account}:root` }
  const through = { 'kms:CallerAccount': account, 'kms:ViaService': `cognito-idp.${region}.amazonaws.com` }
  const actions = [...using.slice(0, 6), 'kms:DescribeKey']
  return [
    allow('UserPoolsUseThroughCognito', everyone, actions, { StringEquals: through }),
    allow('UserPoolsGrantToCognitoOnly', everyone, 'kms:CreateGrant', {
      StringEquals: through,
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    }),
    allow('CognitoUsesForOurPools', { Service: 'cognito-idp.amazonaws.com' }, actions, { StringEquals: { 'aws:SourceAccount': account } }),
  ]
}

function backupUsage(config: EnvironmentConfig): Statement[] {
  const account = config.accounts.workload
  const everyone = { AWS: `arn:aws:iam::${account}:root` }
  const { primary, recovery } = config.regions
  const regions = [primary, ...(recovery === undefined ? [] : [recovery])]
  const throughBackup = { 'kms:CallerAccount': account, 'kms:ViaService': regions.map((region) => `backup.${region}.amazonaws.com`) }
  const throughStores = {
    'kms:CallerAccount': account,
    'kms:ViaService': [`dynamodb.${primary}.amazonaws.com`, `s3.${primary}.amazonaws.com`],
  }
  const roles = { ArnEquals: { 'aws:PrincipalArn': [role(config, 'backup').AWS, role(config, 'restore').AWS] } }
  const forAws = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }
  const sealingAndOpening = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:Decrypt']
  return [
    allow('RecoveryPointsUse', everyone, [...sealingAndOpening, 'kms:RetireGrant'], { StringEquals: throughBackup }),
    allow('RecoveryPointsGrantToTheirServiceOnly', everyone, 'kms:CreateGrant', { StringEquals: throughBackup, ...forAws }),
    allow('BackupRolesUseThroughTheStores', everyone, sealingAndOpening, { StringEquals: throughStores, ...roles }),
    allow('BackupRolesGrantToTheStoresOnly', everyone, 'kms:CreateGrant', { StringEquals: throughStores, ...roles, ...forAws }),
    allow('OwnAccountDescribes', everyone, 'kms:DescribeKey', { StringEquals: { 'kms:CallerAccount': account } }),
  ]
}
