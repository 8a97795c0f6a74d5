import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { nameOf, roleArn, tableArn } from '../../../lib/config/names.ts'
import type { Phase } from '../../../lib/config/phases.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { exampleProduction, exampleTrial, inPhase } from '../../config/example-environments.ts'
import { assemblyOf, keyPolicyOf, managedPolicy, tablePolicyOf } from './assembly.ts'
import { decide, type Policies } from './decide.ts'
import type { Context, PolicyRequest } from './policy.ts'

/** Who in session does what with what, what becomes of it, and the statements that say so; none says what nothing allows. */
interface Case {
  readonly caller: string
  readonly role: 'provider-session' | 'patient-session'
  readonly does: string
  /** A table, or the `vault` or `recovery` key. */
  readonly to: string
  /** @default open */
  readonly phase?: Phase
  /** @default those the role's trust asks for, of practice `own` and patient `me` */
  readonly tags?: Readonly<Record<string, string>>
  /** Partition keys of a request to a table. @default none told */
  readonly partitions?: readonly string[]
  /** Encryption context of a request to a key. */
  readonly context?: Readonly<Record<string, string>>
  /** More of the request's context; null takes a key out. */
  readonly more?: Readonly<Record<string, string | readonly string[] | null>>
  readonly verdict: 'allowed' | 'refused'
  readonly by: string
}

const cases = JSON.parse(readFileSync('test/environment/access/sessions.json', 'utf8')) as Case[]

describe.each([exampleTrial, exampleProduction])('Sessions in $name', (example: EnvironmentConfig) => {
  test.each(cases.map((each) => [each.caller, each.verdict, each.phase ?? 'open', each] as const))(
    '%s: %s in phase %s',
    (_caller, _verdict, _phase, each) => {
      const config = inPhase(example, each.phase ?? 'open')
      expect(decide(requestOf(config, each), policiesFor(config, each))).toEqual({ verdict: each.verdict, by: each.by })
    },
  )
})

describe('What a session may not do with a table, its own policies refuse without the policy of the table', () => {
  const refused = cases.filter(({ verdict, to }) => verdict === 'refused' && to !== 'vault' && to !== 'recovery')
  test.each(refused.map((each) => [each.caller, each.phase ?? 'open', each] as const))('%s in phase %s', (_caller, phase, each) => {
    const config = inPhase(exampleTrial, phase)
    const { identity, boundary } = policiesFor(config, each)
    expect(decide(requestOf(config, each), { identity, boundary, resource: undefined }).verdict).toBe('refused')
  })
})

test('Every statement of the two roles and of their boundary decides some case', () => {
  const assembly = assemblyOf(inPhase(exampleTrial, 'open')).get('people') ?? {}
  const statements = ['provider-session', 'patient-session', 'session-boundary'].flatMap((name) =>
    managedPolicy(assembly, nameOf(exampleTrial, name)),
  )
  const deciding = new Set(cases.flatMap(({ by }) => by.split(' ')))
  // What a boundary allows decides nothing, what DynamoDB asks of a key is no request of ours, and the revocation is tried by its own command.
  const silent = ['AtMostWhatSessionsAreFor', 'UseTablesAtRest', 'RevokeOlderSessions']
  expect(statements.map(({ Sid = '' }) => Sid).filter((sid) => !deciding.has(sid) && !silent.includes(sid))).toEqual([])
})

function policiesFor(config: EnvironmentConfig, { role, to }: Case): Policies {
  const stack = (name: string) => assemblyOf(config).get(name) ?? {}
  const identity = managedPolicy(stack('people'), nameOf(config, role))
  const boundary = managedPolicy(stack('people'), nameOf(config, 'session-boundary'))
  if (to === 'vault') return { identity, boundary, resource: keyPolicyOf(stack('keys'), 'VaultKey'), resourceMustAllow: true }
  if (to === 'recovery')
    return { identity, boundary, resource: keyPolicyOf(stack('recovery-account'), 'RecoveryKey'), resourceMustAllow: true }
  return { identity, boundary, resource: tablePolicyOf(stack('records'), config, to) }
}

function requestOf(config: EnvironmentConfig, each: Case): PolicyRequest {
  const text = JSON.stringify({ ...contextOf(config, each), ...each.more })
    .replaceAll('<own>', 'ownpractice')
    .replaceAll('<other>', 'otherpractice')
  const context = Object.entries(JSON.parse(text) as Record<string, string | readonly string[] | null>).filter(
    ([, value]) => value !== null,
  )
  return { action: each.does, resource: resourceOf(config, each.to), context: Object.fromEntries(context) as Context }
}

function contextOf(config: EnvironmentConfig, { role, to, tags, partitions, context = {} }: Case): Context {
  const own = { practice: '<own>', person: 'p'.repeat(32), ...(role === 'patient-session' && { patient: 'mypatientid' }) }
  const onKey = to === 'vault' || to === 'recovery'
  return {
    'aws:PrincipalArn': roleArn(config, 'workload', role),
    'aws:PrincipalAccount': config.accounts.workload,
    'aws:TokenIssueTime': '2026-01-01T00:00:00Z',
    'aws:SourceVpce': onKey ? 'vpce-kms' : 'vpce-dynamodb',
    'aws:ViaAWSService': 'false',
    'aws:PrincipalIsAWSService': 'false',
    ...Object.fromEntries(Object.entries(tags ?? own).map(([tag, value]) => [`aws:PrincipalTag/${tag}`, value])),
    ...(partitions !== undefined && { 'dynamodb:LeadingKeys': partitions }),
    ...(onKey && {
      'kms:CallerAccount': config.accounts.workload,
      'kms:EncryptionContextKeys': Object.keys(context),
      ...Object.fromEntries(Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
      ...(to === 'recovery' && { 'kms:RequestAlias': `alias/${nameOf(config, 'recovery')}` }),
    }),
  }
}

function resourceOf(config: EnvironmentConfig, to: string): string {
  if (to === 'vault') return 'key-vault'
  return to === 'recovery' ? `arn:aws:kms:${config.regions.primary}:${config.accounts.recovery}:key/some-key` : tableArn(config, to)
}
