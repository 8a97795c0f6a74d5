import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tagsClaim } from '../../lambda/shared/session/tags.ts'
import { type Account, type LocalIssuer, openLocalIssuer } from '../../lib/local-service/local-issuer.ts'
import type { Pool } from '../../lib/local-service/pools.ts'

let folder = ''
let now = Date.parse('2026-03-01T12:00:00Z')
let issuer: LocalIssuer
const subject = '0b6f2c1e-9a34-4d58-8f27-6c5e1d3a7b90'
const accounts: Readonly<Record<Pool, Account>> = {
  provider: { pool: 'provider', subject, attributes: { 'custom:practices': 'practicea practiceb' } },
  patient: { pool: 'patient', subject, attributes: { 'custom:practice': 'practicea', 'custom:patient': 'patient1' } },
  line: { pool: 'line', subject, attributes: {} },
}
const tokenOf = (pool: Pool) => issuer.issue(accounts[pool], pool === 'provider' ? 'practicea' : undefined)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-issuer-'))
  issuer = await openLocalIssuer(join(folder, 'issuer.json'), () => now)
})
afterAll(() => rm(folder, { recursive: true }))

describe('a token', () => {
  test('carries the claims that the token trigger makes', async () => {
    const claims = await issuer.verify(await tokenOf('provider'), 'provider')
    const person = subject.replaceAll('-', '')
    expect(claims).toMatchObject({ token_use: 'id', practice: 'practicea', person, exp: now / 1000 + 900 })
    expect(claims[tagsClaim]).toMatchObject({ principal_tags: { practice: ['practicea'], person: [person] } })
  })

  test('is refused to a provider of several practices who chooses none, or one of somebody else', async () => {
    await expect(async () => issuer.issue(accounts.provider)).rejects.toThrow('Choose one of your practices')
    await expect(async () => issuer.issue(accounts.provider, 'practicec')).rejects.toThrow('none of yours')
  })

  test.each([
    ['provider', 'patient'],
    ['provider', 'line'],
    ['patient', 'provider'],
    ['patient', 'line'],
    ['line', 'provider'],
    ['line', 'patient'],
  ] as const)('of %s does not pass for one of %s', async (pool, other) => {
    const token = await tokenOf(pool)
    await expect(issuer.verify(token, pool)).resolves.toBeDefined()
    await expect(issuer.verify(token, other)).rejects.toMatchObject({ refusal: 'not-signed-in' })
  })

  test('holds for 15 minutes and not a second longer', async () => {
    const token = await tokenOf('patient')
    now += 899_000
    await expect(issuer.verify(token, 'patient')).resolves.toBeDefined()
    now += 1_000
    await expect(issuer.verify(token, 'patient')).rejects.toMatchObject({ refusal: 'not-signed-in' })
  })

  test('that was changed, unsigned, or signed with another key is refused', async () => {
    const [header = '', , signature = ''] = (await tokenOf('provider')).split('.')
    const claims = { ...decodeJwt(await tokenOf('provider')), practice: 'practiceb' }
    const changed = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    const none = [Buffer.from('{"alg":"none"}').toString('base64url'), changed.split('.')[1], ''].join('.')
    const otherKey = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 1))
    for (const token of [changed, none, otherKey, '', 'a.b.c', 'Bearer'])
      await expect(issuer.verify(token, 'provider'), token).rejects.toMatchObject({ refusal: 'not-signed-in' })
  })

  test('holds after a restart, because the key is kept where only its owner reads it', async () => {
    const token = await tokenOf('line')
    const again = await openLocalIssuer(join(folder, 'issuer.json'), () => now)
    await expect(again.verify(token, 'line')).resolves.toMatchObject({ scope: 'line/calls.write' })
    expect((await stat(join(folder, 'issuer.json'))).mode & 0o777).toBe(0o600)
  })
})

describe('the key file', () => {
  test('is refused when others may read it', async () => {
    const file = join(folder, 'open.json')
    await openLocalIssuer(file, () => now)
    await chmod(file, 0o644)
    await expect(openLocalIssuer(file, () => now)).rejects.toThrow(`chmod 600 ${file}`)
  })

  test('is the same for ten that make it at once', async () => {
    const file = join(folder, 'raced.json')
    const issuers = await Promise.all(Array.from({ length: 10 }, () => openLocalIssuer(file, () => now)))
    const tokens = await Promise.all(issuers.map((one) => one.issue(accounts.line)))
    for (const token of tokens) await expect(issuers[0]?.verify(token, 'line')).resolves.toBeDefined()
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ crv: 'P-256' })
  })
})
