import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keys } from '../../../lambda/service/calls/keys.ts'
import { type Act, once } from '../../../lambda/service/idempotency.ts'
import type { ServiceRequest, ServiceResponse } from '../../../lambda/shared/http/exchange.ts'
import { ServiceError } from '../../../lambda/shared/http/service-error.ts'
import type { Items } from '../../../lambda/shared/items/items.ts'
import { itemsInMemory } from '../items-in-memory.ts'
import { requestTo } from '../shared/http/requests.ts'

const [practice, person, now] = ['practice1', 'person01', Date.UTC(2026, 2, 8, 7, 30)]
const counter = keys.routing(practice, 'counter1')
const request = (key: string, body = '{"message":"a"}'): ServiceRequest =>
  requestTo('replyToCall', { headers: { 'idempotency-key': key }, body })

/** Counts one further, in a way that two cannot do at once; its answer says what it counted to. */
const counting =
  (items: Items, most = Number.POSITIVE_INFINITY) =>
  async (): Promise<Act> => {
    const count = Number((await items.get(counter))?.attributes['count'] ?? 0)
    if (count >= most) throw new ServiceError('conflict')
    const put = { ...counter, attributes: { count: count + 1 } }
    return {
      response: { status: 201, body: { count: count + 1 } },
      writes: [{ put, onlyIf: count === 0 ? 'absent' : { equals: { count } } }],
    }
  }
const counted = async (items: Items) => Number((await items.get(counter))?.attributes['count'] ?? 0)
const outcomeOf = (answer: Promise<ServiceResponse>): Promise<string> =>
  answer.then(
    ({ status, body }) => JSON.stringify({ status, body }),
    (error: unknown) => (error instanceof ServiceError ? error.refusal : String(error)),
  )

test('a request has its effect, and a repetition gets the same answer and has none', async () => {
  const items = itemsInMemory()
  const send = () => once(items, { practice, person, request: request('key-00001'), now }, counting(items))
  expect(await send()).toEqual({ status: 201, body: { count: 1 } })
  expect(await send()).toEqual({ status: 201, body: { count: 1 } })
  expect(await counted(items)).toBe(1)
})

test.each([
  ['another body', { body: '{"message":"b"}' }],
  ['no body', { body: undefined }],
  ['another path', { path: { call: 'call0001' } }],
  ['another query', { query: { purpose: 'treatment' } }],
  ['another route', { route: 'sendCall' }],
])('a key that comes again with %s is refused', async (_, parts) => {
  const items = itemsInMemory()
  const first = request('key-00001')
  await once(items, { practice, person, request: first, now }, counting(items))
  const again = once(items, { practice, person, request: { ...first, ...parts }, now }, counting(items))
  await expect(again).rejects.toMatchObject({ refusal: 'key-reused' })
  expect(await counted(items)).toBe(1)
})

test('keys of different people and practices do not meet', async () => {
  const items = itemsInMemory()
  const send = (owner: object) => once(items, { practice, person, request: request('key-00001'), now, ...owner }, counting(items))
  await send({})
  await send({ person: 'person02' })
  await send({ practice: 'practice2' })
  expect(await counted(items)).toBe(3)
})

test('however requests run beside each other, each key has one effect and one answer', async () => {
  const sent = fc.record({ key: fc.constantFrom('key-00001', 'key-00002', 'key-00003'), body: fc.constantFrom('a', 'b') })
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(sent, { minLength: 2, maxLength: 8 }), async (scheduler, requests) => {
      const stored = itemsInMemory()
      const items: Items = {
        get: scheduler.scheduleFunction(stored.get),
        query: scheduler.scheduleFunction(stored.query),
        write: scheduler.scheduleFunction(stored.write),
      }
      const outcomes = requests.map(({ key, body }) =>
        outcomeOf(once(items, { practice, person, request: request(key, body), now }, counting(items))),
      )
      const all = (await scheduler.waitFor(Promise.all(outcomes))).map((outcome, index) => ({ outcome, ...requests[index] }))
      const used = new Set(requests.map(({ key }) => key))
      expect(await counted(stored)).toBe(used.size)
      for (const key of used) {
        const ofKey = all.filter((one) => one.key === key)
        const answered = ofKey.filter(({ outcome }) => outcome !== 'key-reused')
        expect(new Set(answered.map(({ outcome }) => outcome)).size).toBe(1)
        // One body got the key; every request with it was answered, and every other refused.
        expect(answered).toEqual(ofKey.filter(({ body }) => body === answered[0]?.body))
      }
    }),
    { numRuns: 300 },
  )
})

test('of many at once, where only one may do it, all with its key get its answer and the others a conflict', async () => {
  const items = itemsInMemory()
  const send = (key: string) => outcomeOf(once(items, { practice, person, request: request(key), now }, counting(items, 1)))
  const outcomes = await Promise.all([...Array(20).fill('key-00001'), 'key-00002', ...Array(20).fill('key-00001')].map(send))
  expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(1)
  expect(new Set(outcomes).size).toBe(2)
  expect(await counted(items)).toBe(1)
})

test('a repetition that finds the effect of the first, and would refuse it, gets the answer of the first', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, times) => {
      const stored = itemsInMemory()
      const items: Items = { ...stored, get: scheduler.scheduleFunction(stored.get), write: scheduler.scheduleFunction(stored.write) }
      const send = () => outcomeOf(once(items, { practice, person, request: request('key-00001'), now }, counting(items, 1)))
      const outcomes = await scheduler.waitFor(Promise.all(Array.from({ length: times }, send)))
      expect(new Set(outcomes)).toEqual(new Set(['{"status":201,"body":{"count":1}}']))
    }),
  )
})

test('a repetition after an answer was lost finds what was done', async () => {
  const stored = itemsInMemory()
  const losing: Items = { ...stored, write: async (parts) => Promise.reject(new Error(`lost: ${await stored.write(parts)}`)) }
  const send = (items: Items) => once(items, { practice, person, request: request('key-00001'), now }, counting(items))
  await expect(send(losing)).rejects.toThrow('lost: written')
  expect(await send(stored)).toEqual({ status: 201, body: { count: 1 } })
  expect(await counted(stored)).toBe(1)
})

test('a request that is refused keeps no key, and may come again', async () => {
  const items = itemsInMemory()
  const send = (act: () => Promise<Act>) => once(items, { practice, person, request: request('key-00001'), now }, act)
  await expect(send(() => Promise.reject(new ServiceError('not-found')))).rejects.toMatchObject({ refusal: 'not-found' })
  expect(items.stored.size).toBe(0)
  await send(counting(items))
  expect(await counted(items)).toBe(1)
})

test('a request that others keep overtaking ends as a conflict, with no effect', async () => {
  const items = itemsInMemory()
  let tries = 0
  const overtaken = async (): Promise<Act> => {
    tries += 1
    return { response: { status: 200, body: {} }, writes: [{ check: counter, onlyIf: 'present' }] }
  }
  const answer = once(items, { practice, person, request: request('key-00001'), now }, overtaken)
  await expect(answer).rejects.toMatchObject({ refusal: 'conflict' })
  expect(tries).toBe(5)
  expect(items.stored.size).toBe(0)
})

test('what is kept holds neither the key nor the request, and nothing that guessing could find either in', async () => {
  const items = itemsInMemory()
  await once(items, { practice, person, request: request('0f8fad5b-d9cb', '{"message":"chest pain"}'), now }, counting(items))
  const [kept] = [...items.stored.values()].filter(({ pk }) => pk === `${practice}#requests`)
  expect(JSON.stringify(kept)).not.toMatch(/0f8fad5b|chest/)
  expect(kept?.sk).toMatch(/^person01#[\w-]{43}$/)
  expect(kept?.attributes).toEqual({
    fingerprint: expect.stringMatching(/^[\w-]{43}$/) as string,
    status: 201,
    body: '{"count":1}',
    expiresAt: now / 1000 + 86_400,
  })
  // Under another key the same request has another fingerprint: it is keyed.
  await once(items, { practice, person, request: request('other-key-1', '{"message":"chest pain"}'), now }, counting(items))
  const prints = [...items.stored.values()].flatMap(({ attributes }) => attributes['fingerprint'] ?? [])
  expect(new Set(prints).size).toBe(2)
})
