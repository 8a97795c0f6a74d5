import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { bearerToken } from '../../../../lambda/shared/session/bearer.ts'
import { sessionCache } from '../../../../lambda/shared/session/session-cache.ts'
import { stsSessions } from '../../../../lambda/shared/session/sts-sessions.ts'
import { decodedClaims } from '../../../../lambda/shared/session/token-claims.ts'
import { quietLog } from '../../quiet-log.ts'

const logged = quietLog()
const sts = mockClient(STSClient)
const client = new STSClient({ region: 'us-east-1' })
const start = Date.UTC(2026, 2, 8, 7, 30)
const minute = 60_000
const tags = { practice: ['practice1'], person: ['person01'] }

/** A token as the pool of providers makes it; a test changes one thing. */
const tokenOf = (parts: object = {}, principal_tags: object = tags): string => {
  const claim = { principal_tags, transitive_tag_keys: Object.keys(principal_tags) }
  const payload = { exp: start / 1000 + 900, 'https://aws.amazon.com/tags': claim, ...parts }
  return `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`
}
const credentials = (minutes = 15) => ({
  Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: 'secret', SessionToken: 'session', Expiration: new Date(start + minutes * minute) },
})
const failing = (name: string) => Object.assign(new Error('The token of person01 is not right.'), { name })

function opened() {
  const clock = { now: start }
  const tables = { records: 'records', 'wrapped-keys': 'wrapped-keys', ledger: 'ledger', routing: 'routing' }
  const options = {
    role: 'provider',
    roleArn: 'arn:aws:iam::111122223333:role/provider-session',
    tables,
    vaultKeyArn: 'vault',
    recoveryKeyArn: 'recovery',
  } as const
  return { clock, sessions: stsSessions({ ...options, now: () => clock.now }, client) }
}

afterAll(() => sts.restore())
beforeEach(() => {
  sts.reset()
  sts.on(AssumeRoleWithWebIdentityCommand).resolves(credentials())
})

describe('Opening a session', () => {
  test('exchanges the token for credentials of 15 minutes under the person’s name', async () => {
    const { sessions } = opened()
    const token = tokenOf()
    const { person } = await sessions.open(token)
    expect(person).toEqual({ id: 'person01', role: 'provider', practice: 'practice1' })
    expect(sts.commandCalls(AssumeRoleWithWebIdentityCommand)[0]?.args[0].input).toEqual({
      ...{ RoleArn: 'arn:aws:iam::111122223333:role/provider-session', WebIdentityToken: token },
      ...{ RoleSessionName: 'person01', DurationSeconds: 900 },
    })
  })

  test.each(['ExpiredTokenException', 'InvalidIdentityTokenException', 'IDPRejectedClaimException', 'AccessDenied'])(
    '%s of STS means: sign in again, and nothing of its message goes on',
    async (name) => {
      sts.on(AssumeRoleWithWebIdentityCommand).rejects(failing(name))
      const error = await opened()
        .sessions.open(tokenOf())
        .catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ refusal: 'not-signed-in' })
      expect(error).not.toHaveProperty('cause')
      expect(logged).toEqual([{ event: 'exchange-refused', kind: name }])
    },
  )

  test('any other failure is one of ours, and is not remembered', async () => {
    const { sessions } = opened()
    sts.on(AssumeRoleWithWebIdentityCommand).rejectsOnce(failing('InternalFailure')).resolves(credentials())
    await expect(sessions.open(tokenOf())).rejects.toMatchObject({ name: 'InternalFailure' })
    expect((await sessions.open(tokenOf())).person.id).toBe('person01')
  })
})

describe('Tokens that are not exchanged at all', () => {
  test.each([
    ['no token', 'hello'],
    ['a token of two parts', tokenOf().split('.').slice(0, 2).join('.')],
    ['no JSON', 'e30.aGVsbG8.c2ln'],
    ['no expiry', tokenOf({ exp: undefined })],
    ['no tags', tokenOf({ 'https://aws.amazon.com/tags': undefined })],
    ['two practices', tokenOf({}, { ...tags, practice: ['practice1', 'practice2'] })],
    ['a practice that is no id', tokenOf({}, { ...tags, practice: ['*'] })],
    ['a patient among a provider’s tags', tokenOf({}, { ...tags, patient: ['patient1'] })],
    ['tags of somebody else’s making', tokenOf({}, { ...tags, team: ['red'] })],
  ])('%s', async (_, token) => {
    await expect(opened().sessions.open(token)).rejects.toMatchObject({ refusal: 'not-signed-in' })
    expect(sts.calls()).toHaveLength(0)
  })
})

describe('Sessions are held', () => {
  test('until a minute before the credentials end', async () => {
    const { sessions, clock } = opened()
    const first = await sessions.open(tokenOf({ exp: start / 1000 + 7200 }))
    clock.now += 14 * minute - 1
    expect(await sessions.open(tokenOf({ exp: start / 1000 + 7200 }))).toBe(first)
    clock.now += 1
    expect(await sessions.open(tokenOf({ exp: start / 1000 + 7200 }))).not.toBe(first)
    expect(sts.calls()).toHaveLength(2)
  })

  test('and no longer than the token', async () => {
    const { sessions, clock } = opened()
    const token = tokenOf({ exp: start / 1000 + 300 })
    await sessions.open(token)
    clock.now += 4 * minute
    await sessions.open(token)
    expect(sts.calls()).toHaveLength(2)
  })

  test('one exchange serves all who ask at once, and other tokens have their own', async () => {
    const { sessions } = opened()
    await Promise.all(Array.from({ length: 50 }, () => sessions.open(tokenOf())))
    expect(sts.calls()).toHaveLength(1)
    await sessions.open(tokenOf({ jti: 'other' }))
    expect(sts.calls()).toHaveLength(2)
  })

  test('in a bounded number, the one opened first goes first; tokens that are refused drive nobody out', async () => {
    const cache = sessionCache(2)
    const counts: Record<string, number> = {}
    const ask = (token: string) =>
      cache.held(token, start, async () => {
        counts[token] = (counts[token] ?? 0) + 1
        const { person } = decodedClaims(tokenOf(), 'provider')
        return { session: { person } as never, until: start + minute }
      })
    const refused = (number: number) =>
      cache.held(`bad${number}`, start, () => Promise.reject(failing('AccessDenied'))).catch(() => undefined)
    await ask('one')
    await ask('two')
    for (let number = 0; number < 5; number += 1) await refused(number)
    await ask('one')
    await ask('three')
    await ask('two')
    expect(counts).toEqual({ one: 1, two: 1, three: 1 })
    await ask('one')
    expect(counts['one']).toBe(2)
  })
})

describe('A token in the header', () => {
  const header = (authorization: string) => bearerToken({ headers: { authorization } })

  test('is taken with its scheme and without', () => {
    expect([header(`Bearer ${tokenOf()}`), header(tokenOf()), header(`bearer ${tokenOf()}`)]).toEqual([tokenOf(), tokenOf(), tokenOf()])
  })

  test.each(['', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Bearer a.b.c, Bearer d.e.f', `Bearer ${'a'.repeat(20_001)}`])(
    '%# is refused',
    (value) => {
      expect(() => header(value)).toThrow('Sign in again.')
    },
  )
})
