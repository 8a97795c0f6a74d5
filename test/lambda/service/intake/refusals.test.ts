import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lineCall, patientCall } from '../../../../lambda/service/api/schemas.ts'
import { lineScope } from '../../../../lambda/service/intake/env.ts'
import type { ServiceRequest } from '../../../../lambda/shared/http/exchange.ts'
import { refusals } from '../../../../lambda/shared/http/service-error.ts'
import { content, ids, intakeWorld, lineCallRequest, lineClaims, patientCallRequest, patientClaims, replyRequest } from './intake-world.ts'

const lines: unknown[] = []
beforeEach(() => {
  lines.length = 0
  for (const level of ['debug', 'log', 'info', 'warn', 'error', 'trace'] as const)
    vi.spyOn(console, level).mockImplementation((...line: unknown[]) => void lines.push(...line))
})
afterEach(() => vi.restoreAllMocks())

/** Sends a request that must be refused, and shows that the answer is the refusal's own words, that one line was logged, and that nothing was stored. */
async function refused(request: ServiceRequest, phase?: Parameters<typeof intakeWorld>[0]): Promise<number> {
  const { items, keys, answer } = intakeWorld(phase)
  const { status, body } = await answer(request)
  expect(status).toBeGreaterThanOrEqual(400)
  const [refusal, { words = '' } = {}] =
    Object.entries(refusals).find(([, known]) => known.status === status && known.words === (body as { title: string }).title) ?? []
  expect(body).toEqual({ type: `urn:safe-harbor:problem:${refusal}`, title: words, status, requestId: 'request-1' })
  expect(lines.splice(0)).toEqual([{ event: 'request-refused', requestId: 'request-1', kind: refusal }])
  expect(items.stored.size).toBe(0)
  expect(keys.calls).toEqual({ generate: 0, unwrap: 0, wrapForRecovery: 0 })
  return status
}

const injections = {
  'a script': '<script>alert(1)</script>',
  SQL: "' OR 1=1; DROP TABLE calls;--",
  'a shell command': '$(rm -rf /)`id`',
  'a template': '{{7*7}}${7*7}#{7*7}',
  'an operator of a database': '{"$gt":""}',
  'a path': '../../../../etc/passwd',
  'a lookup': '${jndi:ldap://192.0.2.1/a}',
  'a header': 'a\r\nSet-Cookie: b=1',
  'a separator of our keys': 'practice1#patient1',
  'a format': '%s%s%s%n',
} as const
const tricks = {
  'full-width digits': '＋１３０３５５５０１００',
  'Arabic digits': '+١٣٠٣٥٥٥٠١٠٠',
  'a change of direction': '+1303555\u202e0100',
  'an isolate': '\u2066practice1\u2069',
  'a zero-width space': 'prac\u200btice1',
  'a zero-width joiner': 'urgent\u200d',
  'a byte order mark': '\ufeffpractice1',
  'a soft hyphen': 'prac\u00adtice1',
  'a Cyrillic letter': 'pr\u0430ctice1',
  'an accent on its own': 'practice1\u0301',
  'half a character': 'practice1\ud800',
  NUL: 'practice1\u0000',
  'a line break at the end': '+13035550100\n',
  'a language tag': 'urgent\u{e0041}',
  'a private character': 'practice1\ue000',
} as const
const hostile = Object.entries({ ...injections, ...tricks })

describe('Fields with a form of their own take nothing else', () => {
  test.each(['practice', 'callbackNumber', 'kind', 'urgency'])('%s', async (field) => {
    for (const [, value] of hostile) expect(await refused(lineCallRequest({ [field]: value }))).toBe(400)
    for (const value of ['', ' ', null, 1, true, [], {}, ['urgent'], { $ne: 1 }, 'x'.repeat(5_000)])
      expect(await refused(lineCallRequest({ [field]: value }))).toBe(400)
  })

  test.each([
    '+1',
    '13035550100',
    '+03035550100',
    '+1 303 555 0100',
    '+1-303-555-0100',
    'tel:+13035550100',
    '+1303555010012345',
    '911',
    '+1303555O100',
  ])('the number %s', async (callbackNumber) => {
    expect(await refused(patientCallRequest({ callbackNumber }))).toBe(400)
  })

  test.each(hostile)('an id in a path that holds %s', async (_, call) => {
    expect(await refused(replyRequest(call))).toBe(400)
  })
})

describe('What a patient writes', () => {
  const invisible = [
    'a change of direction',
    'an isolate',
    'a zero-width space',
    'a byte order mark',
    'a soft hyphen',
    'half a character',
    'NUL',
    'a language tag',
    'a private character',
  ] as const

  test.each(invisible)('is refused with %s', async (name) => {
    expect(await refused(patientCallRequest({ message: tricks[name] }))).toBe(400)
    expect(await refused(replyRequest(ids.call, { body: JSON.stringify({ message: tricks[name] }) }))).toBe(400)
  })

  test.each([
    ['nothing', ''],
    ['spaces', '  \n\t '],
    ['too much', 'x'.repeat(4_001)],
    ['a number', 1],
    ['null', null],
    ['an escape', '\u001b[2J'],
    ['a carriage return', 'a\rb'],
    ['letters that nobody sees', '\u3164\u115f'],
    ['a joiner of nothing', '\u200d'],
    ['a variation of nothing', '\ufe0f'],
    ['a pattern of no dots', '\u2800'],
  ])('is refused as %s', async (_, message) => {
    expect(await refused(patientCallRequest({ message }))).toBe(400)
  })

  test.each([
    ...Object.entries(injections).filter(([name]) => name !== 'a header'),
    ['Spanish', 'Me duele el pecho. ¿Qué hago?'],
    ['Arabic', 'أشعر بألم في الصدر'],
    ['Chinese', '我胸口疼'],
    ['Persian, which needs a non-joiner', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    ['a picture', 'Help 🙏🏽'],
    ['a picture made of two', '\u{1f469}\u200d\u2695\ufe0f'],
    ['lines', 'One\n\tTwo'],
    ['the longest text', 'x'.repeat(4_000)],
  ])('is taken as it is, being text and nothing more, when it is %s', async (_, message) => {
    const { answer } = intakeWorld()
    expect((await answer(patientCallRequest({ message }))).status).toBe(201)
    expect(lines).toEqual([])
  })
})

describe('A body', () => {
  const valid = JSON.stringify({ practice: ids.practice, ...content })
  const proto = `{"__proto__":{"practice":"${ids.practice}"},${valid.slice(1)}`

  test.each([
    ['that is none', undefined],
    ['that is empty', ''],
    ['that is no JSON', valid.slice(0, -1)],
    ['that is a form', 'practice=practice1&message=a'],
    ['that is XML', '<call/>'],
    ['that is a list', `[${valid}]`],
    ['that is text', JSON.stringify(valid)],
    ['with a field too many', JSON.stringify({ practice: ids.practice, ...content, patient: ids.patient })],
    ['with a field twice', `{"practice":"${ids.pilot}",${valid.slice(1)}`],
    ['with the prototype', proto],
    ['with a constructor', `{"constructor":{"prototype":{}},${valid.slice(1)}`],
    ['that is a bomb of lists', '['.repeat(16_000)],
    ['that is a bomb of objects', '{"a":'.repeat(3_000)],
    ['with NUL', `${valid}\u0000`],
  ])('%s is refused', async (_, body) => {
    expect(await refused(lineCallRequest({}, { body }))).toBe(400)
  })

  test('over 16 KiB is too large, whatever it holds and however many bytes its letters take', async () => {
    expect(await refused(lineCallRequest({}, { body: valid.padEnd(16_385) }))).toBe(413)
    expect(await refused(lineCallRequest({}, { body: 'x'.repeat(1_000_000) }))).toBe(413)
    expect(await refused(lineCallRequest({ message: '我'.repeat(5_500) }))).toBe(413)
  })

  test('whatever JSON it is, it is taken when it is valid, refused when not, and never fails', async () => {
    const fieldOf = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(...hostile.map(([, value]) => value)),
      fc.string({ unit: 'binary', maxLength: 20 }),
    )
    const fields = { practice: ids.practice, ...content }
    const almost = fc
      .record({ name: fc.constantFrom(...Object.keys(fields), 'extra', '__proto__', 'toString'), value: fieldOf })
      .map(
        ({ name, value }) =>
          Object.defineProperty({ ...fields }, name, { value, enumerable: true, configurable: true, writable: true }) as unknown,
      )
    const schemas = { takeCall: lineCall, sendCall: patientCall } as const
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), almost), fc.constantFrom(lineCallRequest, patientCallRequest), async (value, requestOf) => {
        const request = requestOf({}, { body: JSON.stringify(value) })
        const { items, answer } = intakeWorld()
        const { status } = await answer(request)
        const read = schemas[request.route as keyof typeof schemas].safeParse(value)
        const expected = !read.success
          ? [400]
          : 'practice' in read.data && read.data.practice !== ids.practice && read.data.practice !== ids.pilot
            ? [403]
            : [201]
        expect(expected).toContain(status)
        expect(items.stored.size > 0).toBe(status === 201)
        for (const line of lines.splice(0))
          expect(line).toEqual({ event: 'request-refused', requestId: 'request-1', kind: expect.stringMatching(/^not-/) as string })
      }),
      { numRuns: 500 },
    )
  })

  test('whatever text it is, it is refused and never fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (body) => {
        fc.pre(!/^\s*\{.*practice/s.test(body))
        expect(await refused(lineCallRequest({}, { body }))).toBe(400)
      }),
      { numRuns: 200 },
    )
  })
})

describe('Who may send', () => {
  const { scope: _, ...withoutScope } = lineClaims

  test.each([
    ['without claims', {}],
    ['with a patient’s claims', patientClaims],
    ['without a scope', withoutScope],
    ['with a client that is none', { ...lineClaims, client_id: 'a#b' }],
  ])('the line %s is not signed in', async (_, claims) => {
    expect(await refused(lineCallRequest({}, { claims }))).toBe(401)
  })

  test.each(['', 'other/scope', `${lineScope}s`, `x${lineScope}`, lineScope.toUpperCase(), `${lineScope},other/scope`])(
    'the line with the scope %j is not allowed',
    async (scope) => {
      expect(await refused(lineCallRequest({}, { claims: { ...lineClaims, scope } }))).toBe(403)
    },
  )

  test.each(['person', 'practice', 'patient'] as const)(
    'a patient whose token has no %s, or none that is one, is not signed in',
    async (name) => {
      const { [name]: _, ...without } = patientClaims
      for (const claims of [
        without,
        ...hostile.map(([, value]) => ({ ...patientClaims, [name]: value })),
        { ...patientClaims, [name]: '' },
      ]) {
        expect(await refused(patientCallRequest({}, { claims }))).toBe(401)
        expect(await refused(replyRequest(ids.call, { claims }))).toBe(401)
      }
    },
  )

  test('a provider’s token sends no call of a patient, nor does the line’s', async () => {
    expect(await refused(patientCallRequest({}, { claims: { person: ids.person, practice: ids.practice } }))).toBe(401)
    expect(await refused(patientCallRequest({}, { claims: lineClaims }))).toBe(401)
  })

  test('nobody sends to a practice that is none of ours', async () => {
    expect(await refused(lineCallRequest({ practice: 'practice9' }))).toBe(403)
    expect(await refused(patientCallRequest({}, { claims: { ...patientClaims, practice: 'practice9' } }))).toBe(403)
  })

  test.each(['isolated', 'evidence', 'restoring', 'read-only'] as const)('in phase %s nobody sends', async (phase) => {
    for (const request of [lineCallRequest(), patientCallRequest(), replyRequest(ids.call)]) expect(await refused(request, phase)).toBe(503)
  })

  test('in phase pilot the practices of the pilot send', async () => {
    expect(await refused(lineCallRequest(), 'pilot')).toBe(503)
    expect((await intakeWorld('pilot').answer(lineCallRequest({ practice: ids.pilot }))).status).toBe(201)
  })

  test.each(['readCall', 'listOwnCalls', 'constructor', '__proto__', ''])('the route %j is none of this function', async (route) => {
    expect(await refused({ ...lineCallRequest(), route })).toBe(404)
  })
})

test('a key that comes again with another call is refused, and stores nothing more', async () => {
  const { items, answer } = intakeWorld()
  await answer(lineCallRequest())
  const stored = items.stored.size
  expect((await answer(lineCallRequest({ message: 'Something else.' }))).status).toBe(422)
  expect(items.stored.size).toBe(stored)
})

test.each([undefined, 'short', 'a'.repeat(65), 'key with spaces', '１２３４５６７８'])(
  'a write with the Idempotency-Key %j is refused',
  async (key) => {
    const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) }
    for (const request of [lineCallRequest({}, { headers }), patientCallRequest({}, { headers }), replyRequest(ids.call, { headers })])
      expect(await refused(request)).toBe(400)
  },
)
