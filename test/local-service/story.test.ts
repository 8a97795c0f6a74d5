import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { setOffline } from '../../lib/local-service/offline-file.ts'
import { accounts, personOf, practices } from '../../lib/local-service/seeded.ts'
import { type RunningService, startService } from '../../lib/local-service/service.ts'
import { verifyLedger } from '../../lib/operations/verify-ledger.ts'
import { withLocalLedger } from '../../lib/operations/verify-ledger-sources.ts'
import type { Stage } from '../story/stage.ts'
import { call, playTheStory, saidInConfidence } from '../story/story.ts'
import { caller, signedIn } from './caller.ts'

// The story on the service of this machine, over HTTP, in one folder that one restart in the middle does not change; and what only this service has. Tests build on
// each other.
const minute = 60_000
let clock = Date.parse('2026-03-03T20:00:00Z')
let folder = ''
let service: RunningService
const printed: string[] = []
const url = () => service.url
const start = () =>
  startService({ dataFolder: folder, port: 0, phase: 'open', now: () => clock, sweepEvery: 3_600_000, print: (line) => printed.push(line) })
const person = (name: string, practice?: string) => signedIn(url, name, practice)
const stage: Stage = {
  practices,
  person: (name) => personOf(accounts[name]),
  patient: accounts.avery.attributes['custom:patient'],
  caller: (token) => caller(url, token),
  signIn: person,
  now: () => clock,
  later: async (minutes) => {
    clock += minutes * minute
    await service.sweep()
  },
  sent: () => printed,
  switch: (to) => setOffline(folder, to === 'offline'),
  closed: { status: 503, title: 'The on-call line is closed for now. In an emergency call 911; otherwise call your practice.' },
}

beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue()
  folder = await mkdtemp(join(tmpdir(), 'story-'))
  service = await start()
})
afterAll(async () => {
  await service.stop()
  await rm(folder, { recursive: true })
  vi.restoreAllMocks()
})

playTheStory(() => stage)

test('What was sent is kept beside the data', async () => {
  const kept = (await readFile(join(folder, 'notifications.jsonl'), 'utf8')).trim().split('\n')
  expect(kept).toHaveLength(printed.length)
  expect(JSON.parse(kept[0] ?? '')).toMatchObject({ kind: 'text', number: '+12025550143' })
})

describe('A token', () => {
  test('that has expired opens nothing', async () => {
    const rivera = await person('rivera')
    expect((await rivera.get('/calls')).status).toBe(200)
    clock += 15 * minute
    expect((await rivera.get('/calls')).status).toBe(401)
  })

  test('is given to nobody unknown, and to a provider of several practices for a chosen one of theirs only', async () => {
    const ask = async (body: object) => (await caller(url).post('/local/sign-in', body)).status
    expect(await ask({ person: 'nobody' })).toBe(401)
    expect(await ask({ person: 'constructor' })).toBe(401)
    expect(await ask({ person: 'okafor' })).toBe(400)
    expect(await ask({ person: 'rivera', practice: practices.lakeview })).toBe(403)
  })
})

test('A request that is too large is refused and notifies nobody', async () => {
  const line = await person('line')
  const before = printed.length
  expect((await line.post('/line/calls', { practice: practices.northside, ...call, message: 'x'.repeat(17_000) })).status).toBe(413)
  await service.sweep()
  expect(printed).toHaveLength(before)
})

describe('Offline', () => {
  test('nobody signs in', async () => {
    await setOffline(folder, true)
    expect((await caller(url).post('/local/sign-in', { person: 'rivera' })).status).toBe(503)
    await setOffline(folder, false)
  })

  test('is refused for a folder that holds no service', async () => {
    await expect(setOffline(join(folder, 'nothing'), true)).rejects.toThrow('npm run serve')
  })
})

test('A restart keeps everything: tokens, calls, what was said, and who saw it', async () => {
  const avery = await person('avery')
  const { calls } = (await avery.get('/patient/calls')).body
  const { disclosures } = (await avery.get('/patient/disclosures')).body
  await service.stop()
  service = await start()
  expect((await avery.get('/patient/disclosures')).body.disclosures).toEqual(disclosures)
  expect((await avery.get('/patient/calls')).body.calls).toEqual(calls)
  expect((await avery.get(`/patient/calls/${calls[0].call}`)).body.message).toBe(call.message)
})

test('A port that is taken ends the start, and the folder is free again', async () => {
  const { port } = new URL(service.url)
  const elsewhere = { dataFolder: join(folder, 'elsewhere'), phase: 'open', print: () => {} } as const
  await expect(startService({ ...elsewhere, port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  const other = await startService({ ...elsewhere, port: 0 })
  await other.stop()
})

test('Nothing a patient said stands in the folder in the clear, and the ledger is whole', async () => {
  await service.stop()
  const verdict = await withLocalLedger(folder, {}, verifyLedger)
  service = await start()
  expect(verdict.practices).toMatchObject([{ practice: practices.northside, breaks: [] }])
  for (const file of await readdir(join(folder, 'items')))
    expect((await readFile(join(folder, 'items', file), 'latin1')).match(saidInConfidence), file).toBeNull()
})
