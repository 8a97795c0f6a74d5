import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { keys } from '../../../lambda/service/calls/keys.ts'
import { identifierPattern } from '../../../lambda/shared/identifiers.ts'
import { nameOf, roleArn } from '../../../lib/config/names.ts'
import type { Phase } from '../../../lib/config/phases.ts'
import type { EnvironmentConfig } from '../../../lib/config/schema.ts'
import { wordsLikeIds } from '../../../lib/environment/people/session-trust.ts'
import { exampleProduction, exampleTrial, inPhase } from '../../config/example-environments.ts'
import { assemblyOf, resourceNamed, type StackResources, trustPolicy } from './assembly.ts'
import { applies, type PolicyStatement } from './policy.ts'

/** Whose token is exchanged for which role, what becomes of it, and the statements that say so. */
interface Case {
  readonly token: string
  readonly role: 'provider-session' | 'patient-session'
  /** @default open */
  readonly phase?: Phase
  readonly pilot?: readonly string[]
  readonly tags: Readonly<Record<string, string>>
  /** Name of the session. @default the person */
  readonly name?: string
  /** Endpoint it comes through; null for none. @default ours */
  readonly endpoint?: string | null
  /** @default the pool of the role's people */
  readonly issuer?: 'github' | 'patients'
  readonly verdict: 'allowed' | 'refused'
  readonly by: string
}

const cases = JSON.parse(readFileSync('test/environment/access/exchange.json', 'utf8')) as Case[]

describe.each([exampleTrial, exampleProduction])('A token in $name', (example: EnvironmentConfig) => {
  test.each(cases.map((each) => [each.token, each.verdict, each.role, each] as const))('%s: %s for %s', (_token, _verdict, _role, each) => {
    const [served = ''] = example.practices.map(({ id }) => id)
    const { phase = 'open', pilot, ...rest } = JSON.parse(JSON.stringify(each).replaceAll('<served>', served)) as Case
    const config = { ...inPhase(example, phase), ...(pilot !== undefined && { pilotPractices: [...pilot] }) }
    expect(exchanged(trustPolicy(people(config), nameOf(config, each.role)), config, rest)).toEqual({ verdict: each.verdict, by: each.by })
  })
})

test('No word in a partition key can be a patient but those the trust refuses', () => {
  const words = Object.values(keys).map(
    (key) => (key as (...ids: string[]) => { pk: string })('practiceid', 'patientid', 'c', '1').pk.split('#')[1] ?? '',
  )
  const likeIds = [...words, 'chain'].filter((word) => word !== 'patientid' && identifierPattern.test(word))
  expect([...new Set(likeIds)].sort()).toEqual([...wordsLikeIds].sort())
})

test('A configuration with more practices than a trust policy holds is refused before anything is deployed', () => {
  const practices = Array.from({ length: 100 }, (_, index) => ({ id: `practice${String(index).padStart(6, '0')}`, patients: 1 }))
  expect(() => assemblyOf({ ...exampleTrial, phase: 'open', practices })).toThrow('100 practices are too many')
})

describe('The guardrail of the organization', () => {
  const guardrails = resourceNamed(
    assemblyOf(exampleProduction).get('guardrails') ?? {},
    'AWS::Organizations::Policy',
    'Name',
    nameOf(exampleProduction, 'only-our-callers'),
  )
  const { Statement } = guardrails.Properties['Content'] as { Statement: (PolicyStatement & { NotResource?: readonly string[] })[] }
  const ours = { 'aws:SourceVpcArn': `arn:aws:ec2:us-east-1:${exampleProduction.accounts.workload}:vpc/vpc-1` }
  const github = { 'token.actions.githubusercontent.com:sub': 'repo:example/safe-harbor:environment:production' }

  test.each([
    ['a person opens their session inside our network', 'provider-session', ours, ''],
    ['a person opens their session from outside', 'patient-session', {}, 'PeopleOpenTheirSessionsInsideOurNetwork'],
    [
      'a person opens their session in a network of somebody else',
      'provider-session',
      { 'aws:SourceVpcArn': 'arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1' },
      'PeopleOpenTheirSessionsInsideOurNetwork',
    ],
    ['our deployment enters its role', 'deployment', github, ''],
    ['a token of another provider asks for another role', 'break-glass', ours, 'OnlyOurDeploymentFederates'],
  ] as const)('%s', (_says, role, context, by) => {
    const resource = roleArn(exampleProduction, 'workload', role)
    const denying = Statement.filter(
      ({ NotResource, ...statement }) =>
        NotResource?.includes(resource) !== true &&
        applies({ Resource: '*', ...statement }, { action: 'sts:AssumeRoleWithWebIdentity', resource, context }),
    )
    expect(denying.map(({ Sid }) => Sid).join(' ')).toBe(by)
  })
})

const people = (config: EnvironmentConfig): StackResources => assemblyOf(config).get('people') ?? {}

// Both actions must be allowed: a token with tags asks for both (IAM User Guide, "Pass session tags in AWS STS").
function exchanged(
  trust: readonly PolicyStatement[],
  config: EnvironmentConfig,
  each: Omit<Case, 'phase' | 'pilot'>,
): Pick<Case, 'verdict' | 'by'> {
  const { tags, name = tags['person'] ?? 'anybody', endpoint = 'vpce-sts', issuer } = each
  const context = {
    'aws:TagKeys': Object.keys(tags),
    'sts:RoleSessionName': name,
    ...(endpoint !== null && { 'aws:SourceVpce': endpoint }),
    ...Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`aws:RequestTag/${tag}`, value])),
  }
  const own = JSON.stringify(providerOf(config, each.role))
  const trusted = issuer === undefined ? trust.filter(({ Principal }) => JSON.stringify(Principal) === own) : []
  const speaking = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'].map((action) =>
    trusted.filter((statement) => applies(statement, { action, resource: '', context }, true)),
  )
  const denials = speaking.flat().filter(({ Effect }) => Effect === 'Deny')
  const allowed = denials.length === 0 && speaking.every((statements) => statements.length > 0)
  const deciding = denials.length > 0 ? denials : allowed ? speaking.flat() : []
  return { verdict: allowed ? 'allowed' : 'refused', by: [...new Set(deciding.map(({ Sid }) => Sid))].join(' ') }
}

function providerOf(config: EnvironmentConfig, role: Case['role']): object {
  const resources = people(config)
  const pool = role === 'provider-session' ? 'providers' : 'patients'
  const [poolId] = Object.entries(resources).find(([, { Properties }]) => Properties['UserPoolName'] === nameOf(config, pool)) ?? []
  const [provider] =
    Object.entries(resources).find(
      ([, { Type, Properties }]) => Type === 'AWS::IAM::OIDCProvider' && JSON.stringify(Properties['Url']).includes(`"${poolId}"`),
    ) ?? []
  return { Federated: { 'Fn::GetAtt': [provider, 'Arn'] } }
}
