import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TableName, tableNames } from '../../lambda/shared/items/items.ts'
import type { Session } from '../../lambda/shared/session/session.ts'
import type { KeyService } from '../../lambda/shared/vault/ports.ts'
import { keysWithin } from '../../lib/local-service/keys-within.ts'
import { type LocalIssuer, openLocalIssuer } from '../../lib/local-service/local-issuer.ts'
import { openLocalKeys } from '../../lib/local-service/local-keys.ts'
import { localSessions } from '../../lib/local-service/local-sessions.ts'
import { itemsWithin } from '../../lib/local-service/reach.ts'
import { functionRoles } from '../../lib/local-service/roles.ts'
import { accounts, practices } from '../../lib/local-service/seeded.ts'
import { itemsInMemory } from '../lambda/items-in-memory.ts'

const [own, other] = [practices.northside, practices.lakeview]
const patient = accounts.avery.attributes['custom:patient']
const items = itemsInMemory()
let folder = ''
let keys: KeyService
let issuer: LocalIssuer
let provider: Session
let avery: Session

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-sessions-'))
  keys = await openLocalKeys(join(folder, 'keys.json'))
  issuer = await openLocalIssuer(join(folder, 'issuer.json'), Date.now)
  const open = async (role: 'provider' | 'patient', account: 'rivera' | 'avery') =>
    localSessions(role, issuer, { items, keys }).open(await issuer.issue(accounts[account]))
  provider = await open('provider', 'rivera')
  avery = await open('patient', 'avery')
})
afterAll(() => rm(folder, { recursive: true }))

const denied = { name: 'AccessDeniedException' }
const everyUse = (session: Pick<Session, 'items'>, table: TableName, pk: string): readonly (() => Promise<unknown>)[] => [
  () => session.items.get({ table, pk, sk: 'x' }),
  () => session.items.query({ table, pk, attributes: ['hash'] }),
  () => session.items.write([{ put: { table, pk, sk: 'x', attributes: {} } }]),
  () => session.items.write([{ remove: { table, pk, sk: 'x' } }]),
  () => session.items.write([{ check: { table, pk, sk: 'x' }, onlyIf: 'absent' }]),
]

describe('A session', () => {
  test('of a provider reaches nothing of any other practice, in no table and by no action', async () => {
    const ids = fc.stringMatching(/^[a-z0-9]{8,32}$/).filter((id) => id !== own)
    const parts = fc.constantFrom(patient, 'calls', 'open', 'due', 'schedule', 'chain', own)
    const partitions = fc.oneof(
      fc.tuple(fc.oneof(ids, fc.constant(other), fc.constant(`${own}0`)), parts).map(([practice, part]) => `${practice}#${part}`),
      fc.constantFrom(own, '', '#', `x${own}#${patient}`),
    )
    await fc.assert(
      fc.asyncProperty(partitions, fc.constantFrom(...tableNames), async (pk, table) => {
        for (const use of everyUse(provider, table, pk)) await expect(use()).rejects.toMatchObject(denied)
      }),
    )
  })

  test('of a patient reaches nothing of another patient of the same practice', async () => {
    for (const table of tableNames)
      for (const use of everyUse(avery, table, `${own}#anotherpatient`)) await expect(use()).rejects.toMatchObject(denied)
  })

  test('reaches its own', async () => {
    await expect(provider.items.get({ table: 'records', pk: `${own}#${patient}`, sk: 'x' })).resolves.toBeUndefined()
    await expect(avery.items.get({ table: 'records', pk: `${own}#${patient}`, sk: 'x' })).resolves.toBeUndefined()
  })

  test('changes nothing of the ledger, reaches no read budget, and of the chain sees hashes only', async () => {
    for (const use of everyUse(provider, 'routing', 'people#budget')) await expect(use()).rejects.toMatchObject(denied)
    for (const session of [provider, avery]) {
      const chain = { table: 'ledger', pk: `${own}#chain` } as const
      await expect(session.items.query({ ...chain, attributes: ['hash'] })).resolves.toEqual([])
      await expect(session.items.query(chain)).rejects.toMatchObject(denied)
      await expect(session.items.write([{ remove: { ...chain, sk: 'x' } }])).rejects.toMatchObject(denied)
    }
  })

  test('writes nothing at all when one part of a write is not its own', async () => {
    const put = (pk: string) => ({ put: { table: 'records' as const, pk, sk: 'both', attributes: {} } })
    await expect(provider.items.write([put(`${own}#${patient}`), put(`${other}#${patient}`)])).rejects.toMatchObject(denied)
    expect(await items.get({ table: 'records', pk: `${own}#${patient}`, sk: 'both' })).toBeUndefined()
  })

  test('opens data keys of its own practice, or its own patient, and no others', async () => {
    const context = { practice: own, patient }
    const { wrapped, plaintext } = await keys.generate(context)
    for (const session of [provider, avery]) expect(await session.keys.unwrap(wrapped, context)).toEqual(plaintext)
    await expect(provider.keys.unwrap(wrapped, { practice: other, patient })).rejects.toMatchObject(denied)
    await expect(avery.keys.unwrap(wrapped, { practice: own, patient: 'anotherpatient' })).rejects.toMatchObject(denied)
    await expect(keys.unwrap(wrapped, { practice: other, patient })).rejects.toThrow()
  })

  test('is opened for a token of its role only', async () => {
    const sessions = localSessions('provider', issuer, { items, keys })
    await expect(sessions.open(await issuer.issue(accounts.avery))).rejects.toMatchObject({ refusal: 'not-signed-in' })
    await expect(sessions.open('')).rejects.toMatchObject({ refusal: 'not-signed-in' })
  })
})

describe('A function without anybody signed in', () => {
  test.each(Object.entries(functionRoles))('%s reads no record and opens no key', async (_, role) => {
    const own = itemsWithin(items, role.reach)
    for (const table of ['records', 'wrapped-keys', 'ledger'] as const) {
      await expect(own.get({ table, pk: `${other}#${patient}`, sk: 'x' })).rejects.toMatchObject(denied)
      await expect(own.query({ table, pk: `${other}#${patient}` })).rejects.toMatchObject(denied)
    }
    const context = { practice: other, patient }
    const { wrapped } = await keys.generate(context)
    await expect(keysWithin(keys, role).unwrap(wrapped, context)).rejects.toMatchObject(denied)
  })
})

test('The keys lie in a file that its owner alone reads, and are the same after a restart', async () => {
  const context = { practice: own, patient }
  const { wrapped, plaintext } = await keys.generate(context)
  const again = await openLocalKeys(join(folder, 'keys.json'))
  expect(await again.unwrap(wrapped, context)).toEqual(plaintext)
  expect((await stat(join(folder, 'keys.json'))).mode & 0o777).toBe(0o600)
})
