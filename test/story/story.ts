import { describe, expect, test, vi } from 'vitest'
import { newIdentifier } from '../../lambda/shared/identifiers.ts'
import type { PersonName, Stage } from './stage.ts'

/** What the patient of the story asks. */
export const call = { callbackNumber: '+12025550101', kind: 'symptom', urgency: 'urgent', message: 'Chest pain since an hour.' } as const

/** Words that patient and provider say in the story, and the patient's number. They must be found nowhere but in answers to the two. */
export const saidInConfidence = /Chest pain|on my way|clinic now|2025550101/

const notice = 'text to +12025550143: Safe Harbor: a call for your practice waits. Sign in to read it.'

/** The story of the on-call line, wherever it is played. Its tests build on each other. @param stage known when the first test begins */
export function playTheStory(stage: () => Stage): void {
  const person = (name: PersonName, practice?: string) => stage().signIn(name, practice)
  unknownCall(stage, person)
  patientsCall(stage, person)
  test('An unknown caller whom the provider knows is given to that patient, who then finds the call among their own', async () => {
    const rivera = await person('rivera')
    const unknown = (await rivera.get('/calls')).body.calls.find((one: { unknownCaller: boolean }) => one.unknownCaller).call
    expect((await rivera.put(`/calls/${unknown}/patient?purpose=treatment`, { patient: stage().patient })).status).toBe(200)
    expect((await (await person('avery')).get(`/patient/calls/${unknown}`)).body.message).toBe(call.message)
  })
  tokens(stage, person)
  requests(stage, person)
  offline(stage, person)
}

type SignsIn = (name: PersonName, practice?: string) => ReturnType<Stage['signIn']>

function unknownCall(stage: () => Stage, person: SignsIn): void {
  describe('A call of somebody unknown', () => {
    let id = ''

    test('is taken by the answering line, and the provider on call gets a text at once that says nothing of it', async () => {
      const line = await person('line')
      const { status, body } = await line.post('/line/calls', { practice: stage().practices.northside, ...call })
      expect(status).toBe(201)
      id = body.call
      await vi.waitFor(() => expect(stage().sent()).toEqual([notice]), 10_000)
    })

    test('is texted again after two minutes, as nobody has acknowledged', async () => {
      await stage().later(2)
      await vi.waitFor(() => expect(stage().sent()).toEqual([notice, notice]), 10_000)
    })

    test('is listed to the practice without a word of the patient', async () => {
      const { body } = await (await person('rivera')).get('/calls')
      expect(body.calls).toMatchObject([{ call: id, urgency: 'urgent', state: 'open', unknownCaller: true }])
      expect(JSON.stringify(body)).not.toMatch(/pain|2025550101|symptom/)
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
      for (const _ of [1, 2, 3]) await stage().later(10)
      expect(stage().sent()).toEqual([notice, notice])
    })

    test('is not there for another practice, not even for a provider of both who signed in there', async () => {
      const { northside, lakeview } = stage().practices
      for (const other of [await person('lindgren'), await person('okafor', lakeview)]) {
        expect((await other.get('/calls')).body.calls).toEqual([])
        expect((await other.get(`/calls/${id}?purpose=treatment`)).status).toBe(404)
        expect((await other.post(`/calls/${id}/messages`, { message: 'Hello' })).status).toBe(404)
      }
      const okafor = await person('okafor', northside)
      expect((await okafor.get('/calls')).body.calls).toMatchObject([{ call: id, state: 'acknowledged' }])
    })
  })
}

function patientsCall(stage: () => Stage, person: SignsIn): void {
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
      const before = stage().now()
      expect((await avery.post(`/patient/calls/${id}/messages/${message}/receipt`)).status).toBe(200)
      const after = stage().now()
      await stage().later(1)
      expect((await avery.post(`/patient/calls/${id}/messages`, { message: 'I am on my way.' })).status).toBe(201)
      const seen = (await (await person('rivera')).get(`/calls/${id}?purpose=treatment`)).body.messages
      expect(seen).toMatchObject([{ id: message }, { from: 'patient', message: 'I am on my way.' }])
      const readAt = Date.parse(seen[0].readAt)
      expect(readAt >= before && readAt <= after, seen[0].readAt).toBe(true)
    })

    test('shows the patient who looked, when and why', async () => {
      const { body } = await (await person('avery')).get('/patient/disclosures')
      const looks = body.disclosures.map(({ recipient, role, purpose }: Record<string, string>) => [recipient, role, purpose])
      const rivera = [stage().person('rivera'), 'provider', 'treatment']
      const others = looks.filter(([recipient]: string[]) => recipient !== stage().person('avery'))
      expect(others).toEqual([rivera, rivera])
      expect(looks).toContainEqual([stage().person('avery'), 'patient', 'own-access'])
    })

    test('is closed, and counted in the report of the day', async () => {
      const rivera = await person('rivera')
      expect((await rivera.post(`/calls/${id}/closure`)).status).toBe(200)
      // Midnight may have come between.
      const [today = '', before = ''] = [0, 24].map((hours) => dayIn('America/Denver', stage().now() - hours * 3_600_000))
      const reports = await Promise.all([before, today].map(async (date) => (await rivera.get(`/reports/daily?date=${date}`)).body))
      const sum = (what: string) => reports.reduce((total, report) => total + report[what], 0)
      expect(reports[1]).toMatchObject({ date: today, timeZone: 'America/Denver' })
      expect(['calls', 'closed', 'unanswered'].map(sum)).toEqual([2, 1, 0])
      expect(JSON.stringify(reports)).not.toContain(id)
    })

    test('of one patient is not there for the line, and a call that is not theirs is not there for the patient', async () => {
      expect((await (await person('line')).get(`/patient/calls/${id}`)).status).toBe(401)
      expect((await (await person('avery')).get(`/patient/calls/${newIdentifier(stage().now())}`)).status).toBe(404)
    })
  })
}

function tokens(stage: () => Stage, person: SignsIn): void {
  test('A token that is missing, of another role, or changed opens nothing', async () => {
    const { token } = await person('rivera')
    const { northside, lakeview } = stage().practices
    const [header, payload = '', signature] = token.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const other = Buffer.from(JSON.stringify(claims).replaceAll(northside, lakeview)).toString('base64url')
    const tokens = [undefined, `${header}.${other}.${signature}`, `${header}.${payload}.`, (await person('avery')).token, 'nonsense']
    for (const one of tokens) {
      const { status, body } = await stage().caller(one).get('/calls')
      expect([status, body.type]).toEqual([401, 'urn:safe-harbor:problem:not-signed-in'])
    }
  })
}

function requests(stage: () => Stage, person: SignsIn): void {
  const northside = 'Northside'
  const cases: [string, string, object, string | undefined, number][] = [
    ['without an Idempotency-Key', '/line/calls', { practice: northside, ...call }, '', 400],
    ['for a practice that is none of ours', '/line/calls', { practice: 'notapractice', ...call }, undefined, 403],
    ['with a field too many', '/line/calls', { practice: northside, ...call, patient: 'x' }, undefined, 400],
    [
      'with a number that only looks like one',
      '/line/calls',
      { practice: northside, ...call, callbackNumber: '+1202٥550101' },
      undefined,
      400,
    ],
    ['of a path that is none', '/line/calls/../../etc/passwd', {}, undefined, 404],
  ]
  test.each(cases)('A request %s is refused, notifies nobody, and says what kind of refusal it is', async (_, path, body, key, status) => {
    const line = await person('line')
    const before = stage().sent().length
    const own = JSON.parse(JSON.stringify(body).replace(northside, stage().practices.northside))
    const refused = await line.post(path, own, key)
    expect(refused).toMatchObject({ status, body: { status, type: expect.stringMatching(/^urn:safe-harbor:problem:[a-z-]+$/) } })
    await stage().later(0)
    expect(stage().sent()).toHaveLength(before)
  })
}

function offline(stage: () => Stage, person: SignsIn): void {
  test('Offline turns everybody away within a second and stores nothing, and online answers again', async () => {
    const [rivera, avery, line] = [await person('rivera'), await person('avery'), await person('line')]
    const { calls } = (await rivera.get('/calls')).body
    const started = performance.now()
    await stage().switch('offline')
    const answers = [
      await rivera.get('/calls'),
      await avery.get('/patient/calls'),
      await line.post('/line/calls', { practice: stage().practices.northside, ...call }),
    ]
    expect(performance.now() - started).toBeLessThan(1_000)
    const { status, title } = stage().closed
    for (const answer of answers) expect([answer.status, answer.body.title]).toEqual([status, title])
    await stage().switch('online')
    expect(await rivera.get('/calls')).toEqual({ status: 200, body: { calls } })
    expect((await avery.get('/patient/calls')).status).toBe(200)
  })
}

// en-CA writes a date as ISO 8601 does.
const dayIn = (timeZone: string, time: number): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(time)
