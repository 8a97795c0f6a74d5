import { CreatePolicyVersionCommand, GetPolicyVersionCommand, IAMClient, ListPolicyVersionsCommand } from '@aws-sdk/client-iam'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, test } from 'vitest'
import { revokeOlderSessions } from '../../lib/environment/operators/session-revocation.ts'
import {
  type BoundaryState,
  boundaryArns,
  type PolicyVersions,
  planRevocation,
  policyVersionsIn,
  RevocationError,
  revocationCommands,
  revokeSessions,
} from '../../lib/operations/revoke-sessions.ts'
import { exampleProduction as production, exampleTrial as sandbox } from '../config/example-environments.ts'

const now = new Date('2026-02-03T04:05:06.700Z')
const allow = { Sid: 'AtMost', Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }
const deployed = { Version: '2012-10-17', Statement: [allow, revokeOlderSessions('1970-01-01T00:00:00Z')] }
const version = (number: number, isDefault = false) => ({ id: `v${number}`, isDefault, created: new Date(2026, 0, number) })
const state = (over: Partial<BoundaryState> = {}): BoundaryState => ({ versions: [version(1, true)], document: deployed, ...over })

describe('a plan', () => {
  test('moves the date up to the next second and changes nothing else', () => {
    const { document, since, remove } = planRevocation(state(), now)
    expect(since).toBe('2026-02-03T04:05:07Z')
    expect(JSON.parse(document)).toEqual({ ...deployed, Statement: [allow, revokeOlderSessions('2026-02-03T04:05:07Z')] })
    expect(remove).toBeUndefined()
  })

  test('keeps a date that is already later', () => {
    const document = { ...deployed, Statement: [allow, revokeOlderSessions('2027-01-01T00:00:00Z')] }
    expect(planRevocation(state({ document }), now).since).toBe('2027-01-01T00:00:00Z')
  })

  test('makes room by removing the oldest version that is not in use', () => {
    const versions = [version(5), version(1, true), version(4), version(2), version(3)]
    expect(planRevocation(state({ versions }), now).remove).toBe('v2')
    expect(planRevocation(state({ versions: versions.slice(1) }), now).remove).toBeUndefined()
  })

  test.each([
    ['without the statement', { ...deployed, Statement: [allow] }],
    ['with the statement twice', { ...deployed, Statement: [deployed.Statement[1], deployed.Statement[1]] }],
    ['with another condition', { ...deployed, Statement: [{ ...revokeOlderSessions('1970-01-01T00:00:00Z'), Condition: {} }] }],
    ['that is no policy', 'text'],
  ])('is refused for a document %s', (_, document) => {
    expect(() => planRevocation(state({ document }), now)).toThrow(RevocationError)
  })
})

describe('a revocation', () => {
  const recorded = (read: PolicyVersions['read'] = async () => state()) => {
    const calls: string[] = []
    const iam: PolicyVersions = {
      read,
      remove: async (arn, id) => void calls.push(`remove ${arn.split('/')[1]} ${id}`),
      create: async (arn) => void calls.push(`create ${arn.split('/')[1]}`),
    }
    return { iam, calls }
  }

  test('moves every boundary of the account, the one of the caller last', async () => {
    const { iam, calls } = recorded()
    const revoked = await revokeSessions(sandbox, sandbox.accounts.workload, now, iam)
    expect(calls).toEqual([
      'create safe-harbor-sandbox-session-boundary',
      'create safe-harbor-sandbox-workload-boundary',
      'create safe-harbor-sandbox-workload-deployer-boundary',
      'create safe-harbor-sandbox-operator-boundary',
    ])
    expect(revoked.map(({ since }) => since)).toEqual(Array(4).fill('2026-02-03T04:05:07Z'))
  })

  test('makes room before it creates', async () => {
    const versions = [version(1), version(2), version(3), version(4), version(5, true)]
    const { iam, calls } = recorded(async () => state({ versions }))
    await revokeSessions(production, production.accounts.audit, now, iam)
    expect(calls).toEqual(['remove safe-harbor-production-operator-boundary v1', 'create safe-harbor-production-operator-boundary'])
  })

  test('moves nothing when one boundary is not as deployed', async () => {
    const { iam, calls } = recorded(async (arn) => (arn.includes('operator') ? state({ document: {} }) : state()))
    await expect(revokeSessions(sandbox, sandbox.accounts.workload, now, iam)).rejects.toThrow(RevocationError)
    expect(calls).toEqual([])
  })

  test('is refused in an account of somebody else', async () => {
    const { iam } = recorded()
    await expect(revokeSessions(sandbox, '999999999999', now, iam)).rejects.toThrow('Use credentials of 111122223333')
  })
})

test('the port reads percent-encoded documents and creates default versions', async () => {
  const mock = mockClient(IAMClient)
  mock.on(ListPolicyVersionsCommand).resolves({ Versions: [{ VersionId: 'v7', IsDefaultVersion: true, CreateDate: now }] })
  mock
    .on(GetPolicyVersionCommand, { PolicyArn: 'arn', VersionId: 'v7' })
    .resolves({ PolicyVersion: { Document: encodeURIComponent(JSON.stringify(deployed)) } })
  mock.on(CreatePolicyVersionCommand).resolves({})
  const port = policyVersionsIn(new IAMClient({ region: 'us-east-1' }))
  expect(await port.read('arn')).toEqual({ versions: [{ id: 'v7', isDefault: true, created: now }], document: deployed })
  await port.create('arn', '{}')
  expect(mock.commandCalls(CreatePolicyVersionCommand)[0]?.args[0].input).toEqual({
    PolicyArn: 'arn',
    PolicyDocument: '{}',
    SetAsDefault: true,
  })
})

test('the commands name every boundary of every account, and the moment', () => {
  const commands = revocationCommands(production, now)
  const arns = Object.values(production.accounts).flatMap((account) => boundaryArns(production, account))
  expect(arns).toHaveLength(6)
  for (const arn of arns) expect(commands.filter((line) => line.startsWith('aws iam create') && line.includes(arn))).toHaveLength(1)
  expect(commands.filter((line) => line.startsWith('#'))).toHaveLength(3)
  expect(commands.filter((line) => line.includes('2026-02-03T04:05:07Z'))).toHaveLength(6)
})
