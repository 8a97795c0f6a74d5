import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newIdentifier } from '../../lambda/shared/identifiers.ts'
import { setOffline } from '../../lib/local-service/offline-file.ts'
import { accounts, personOf, practices } from '../../lib/local-service/seeded.ts'
import { type RunningService, startService } from '../../lib/local-service/service.ts'
import { verifyLedger } from '../../lib/operations/verify-ledger.ts'
import { withLocalLedger } from '../../lib/operations/verify-ledger-sources.ts'
import { caller, signedIn } from './caller.ts'

// The whole service over HTTP, in one folder that one restart in the middle does not change. The tests are one story and build on each other.
const minute = 60_000
let clock = Date.parse('2026-03-03T20:00:00Z')
let folder = ''
let service: RunningService
const printed: string[] = []
const url = () => service.url
const start = () =>
  startService({ dataFolder: folder, port: 0, phase: 'open', now: () => clock, sweepEvery: 3_600_000, print: (line) => printed.push(line) })
const person = (name: string, practice?: string) => signedIn(url, name, practice)
const call = { callbackNumber: '+12025550101', kind: 'symptom', urgency: 'urgent', message: 'Chest pain since an hour.' } as const

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

describe('A call of somebody unknown', () => {
  let id = ''

  test('is taken by the answering line, and the provider on call gets a text at once that says nothing of it', async () => {
    const line = await person('line')
    const { status, body } = await line.post('/line/calls', { practice: practices.northside, ...call })
    expect(status).toBe(201)
    id = body.call
    await vi.waitFor(() => expect(printed).toHaveLength(1))
    expect(printed[0]).toBe('text to +12025550143: Safe Harbor: a call for your practice waits. Sign in to read it.')
    const [kept] = (await readFile(join(folder, 'notifications.jsonl'), 'utf8')).trim().split('\n')
    expect(JSON.parse(kept ?? '')).toMatchObject({ kind: 'text', number: '+12025550143' })
  })

  test('is texted again after two minutes, as nobody has acknowledged', async () => {
    clock += 2 * minute
    await service.sweep()
    expect(printed).toHaveLength(2)
  })

  test('is listed to the practice without a word of the patient', async () => {
    const { body } = await (await person('rivera')).get('/calls')
    expect(body.calls).toMatchObject([{ call: id, urgency: 'urgent', state: 'open', unknownCaller: true }])
    expect(JSON.stringify(body)).not.toMatch(/pain|555|symptom/)
  })

  test('is opened by the provider, who says why', async () => {
    const rivera = await person('rivera')
    expect((await rivera.get(`/calls/${id}`)).status).toBe(400)
    const { status, body } = await rivera.get(`/calls/${id}?purpose=treatment`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ callbackNumber: call.callbackNumber, kind: 'symptom', message: call.message, messages: [] })
  })

  test('is acknowledged, and from then on nobody is notified', async () => {
    const rivera = await person('rivera')
    expect((await rivera.post(`/calls/${id}/acknowledgement`)).status).toBe(200)
    for (const _ of [1, 2, 3]) {
      clock += 10 * minute
      await service.sweep()
    }
    expect(printed).toHaveLength(2)
  })

  test('is not there for another practice, not even for a provider of both who signed in there', async () => {
    for (const other of [await person('lindgren'), await person('okafor', practices.lakeview)]) {
      expect((await other.get('/calls')).body.calls).toEqual([])
      expect((await other.get(`/calls/${id}?purpose=treatment`)).status).toBe(404)
      expect((await other.post(`/calls/${id}/messages`, { message: 'Hello' })).status).toBe(404)
    }
    const okafor = await person('okafor', practices.northside)
    expect((await okafor.get('/calls')).body.calls).toMatchObject([{ call: id, state: 'acknowledged' }])
  })
})

describe('A call of a signed-in patient', () => {
  let id = ''
  let message = ''

  test('is sent once, however often the request arrives', async () => {
    const avery = await person('avery')
    const sent = await Promise.all([1, 2, 3].map(() => avery.post('/patient/calls', call, 'the-same-key')))
    id = sent[0]?.body.call
    for (const one of sent) expect(one).toEqual({ status: 201, body: { call: id } })
    expect((await avery.post('/patient/calls', { ...call, urgency: 'soon' }, 'the-same-key')).status).toBe(422)
    expect((await avery.get('/patient/calls')).body.calls).toMatchObject([{ call: id, state: 'open' }])
  })

  test('is opened, acknowledged and answered by the provider', async () => {
    const rivera = await person('rivera')
    expect((await rivera.get(`/calls/${id}?purpose=treatment`)).body.message).toBe(call.message)
    await rivera.post(`/calls/${id}/acknowledgement`)
    const { status, body } = await rivera.post(`/calls/${id}/messages`, { message: 'Please come to the clinic now.' })
    expect(status).toBe(201)
    message = body.message
  })

  test('is read by the patient, who says so and writes back', async () => {
    const avery = await person('avery')
    const { body } = await avery.get(`/patient/calls/${id}`)
    expect(body.messages).toMatchObject([{ id: message, from: 'provider', message: 'Please come to the clinic now.' }])
    expect((await avery.post(`/patient/calls/${id}/messages/${message}/receipt`)).status).toBe(200)
    clock += minute
    expect((await avery.post(`/patient/calls/${id}/messages`, { message: 'I am on my way.' })).status).toBe(201)
    const seen = (await (await person('rivera')).get(`/calls/${id}?purpose=treatment`)).body.messages
    expect(seen).toMatchObject([{ readAt: new Date(clock - minute).toISOString() }, { from: 'patient', message: 'I am on my way.' }])
  })

  test('shows the patient who looked, when and why', async () => {
    const { body } = await (await person('avery')).get('/patient/disclosures')
    const looks = body.disclosures.map(({ recipient, role, purpose }: Record<string, string>) => [recipient, role, purpose])
    const rivera = [personOf(accounts.rivera), 'provider', 'treatment']
    const others = looks.filter(([recipient]: string[]) => recipient !== personOf(accounts.avery))
    expect(others).toEqual([rivera, rivera])
    expect(looks).toContainEqual([personOf(accounts.avery), 'patient', 'own-access'])
  })

  test('is closed, and counted in the report of the day', async () => {
    const rivera = await person('rivera')
    expect((await rivera.post(`/calls/${id}/closure`)).status).toBe(200)
    const { body } = await rivera.get('/reports/daily?date=2026-03-03')
    expect(body).toMatchObject({ calls: 2, closed: 1, unanswered: 0, timeZone: 'America/Denver' })
    expect(JSON.stringify(body)).not.toContain(id)
  })

  test('of one patient is not there for the line, and a call that is not theirs is not there for the patient', async () => {
    expect((await (await person('line')).get(`/patient/calls/${id}`)).status).toBe(401)
    expect((await (await person('avery')).get(`/patient/calls/${newIdentifier(clock)}`)).status).toBe(404)
  })
})

test('An unknown caller whom the provider knows is given to that patient, who then finds the call among their own', async () => {
  const rivera = await person('rivera')
  const unknown = (await rivera.get('/calls')).body.calls.find((one: { unknownCaller: boolean }) => one.unknownCaller).call
  const patient = accounts.avery.attributes['custom:patient']
  expect((await rivera.put(`/calls/${unknown}/patient?purpose=treatment`, { patient })).status).toBe(200)
  expect((await (await person('avery')).get(`/patient/calls/${unknown}`)).body.message).toBe(call.message)
})

describe('A token', () => {
  test('that is missing, of another role, or changed opens nothing', async () => {
    const { token } = await person('rivera')
    const [header, payload = '', signature] = token.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const other = Buffer.from(JSON.stringify(claims).replaceAll(practices.northside, practices.lakeview)).toString('base64url')
    const tokens = [undefined, `${header}.${other}.${signature}`, `${header}.${payload}.`, (await person('avery')).token, 'nonsense']
    for (const one of tokens) {
      const { status, body } = await caller(url, one).get('/calls')
      expect([status, body.type]).toEqual([401, 'urn:safe-harbor:problem:not-signed-in'])
    }
  })

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

describe('A request that is not as the API says', () => {
  test.each([
    ['without an Idempotency-Key', '/line/calls', { practice: practices.northside, ...call }, '', 400],
    ['for a practice that is none of ours', '/line/calls', { practice: 'notapractice', ...call }, undefined, 403],
    ['with a field too many', '/line/calls', { practice: practices.northside, ...call, patient: 'x' }, undefined, 400],
    [
      'with a number that only looks like one',
      '/line/calls',
      { practice: practices.northside, ...call, callbackNumber: '+1202٥550101' },
      undefined,
      400,
    ],
    ['that is too large', '/line/calls', { practice: practices.northside, ...call, message: 'x'.repeat(17_000) }, undefined, 413],
    ['of a path that is none', '/line/calls/../../etc/passwd', {}, undefined, 404],
  ])('%s is refused and stores nothing', async (_, path, body, key, status) => {
    const line = await person('line')
    const before = printed.length
    expect((await line.post(path, body, key)).status).toBe(status)
    await service.sweep()
    expect(printed).toHaveLength(before)
  })
})

describe('Offline', () => {
  test('answers everybody in plain words within a second, and online answers again', async () => {
    const rivera = await person('rivera')
    const started = performance.now()
    await setOffline(folder, true)
    const { status, body } = await rivera.get('/calls')
    expect(performance.now() - started).toBeLessThan(1_000)
    expect([status, body.title]).toEqual([
      503,
      'The on-call line is closed for now. In an emergency call 911; otherwise call your practice.',
    ])
    expect((await caller(url).post('/local/sign-in', { person: 'rivera' })).status).toBe(503)
    await setOffline(folder, false)
    expect((await rivera.get('/calls')).status).toBe(200)
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
    expect((await readFile(join(folder, 'items', file), 'latin1')).match(/Chest pain|on my way|clinic now|2025550101/), file).toBeNull()
})
