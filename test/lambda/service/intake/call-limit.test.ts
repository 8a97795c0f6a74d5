import { expect, test, vi } from 'vitest'
import { mostCallsAnHour } from '../../../../lambda/service/intake/call-limit.ts'
import { intake } from '../../../../lambda/service/intake/domain.ts'
import { answering } from '../../../../lambda/shared/http/answering.ts'
import { dataKeyCache } from '../../../../lambda/shared/vault/data-key-cache.ts'
import { itemsInMemory } from '../../items-in-memory.ts'
import { keysInMemory } from '../../keys-in-memory.ts'
import { ids, lineCallRequest, now, patientCallRequest, patientClaims, replyRequest } from './intake-world.ts'

vi.spyOn(console, 'info').mockImplementation(() => undefined)

function world() {
  const [items, clock] = [itemsInMemory(), { now }]
  const served = { phase: 'open', practices: [ids.practice], pilotPractices: [] } as const
  const answer = answering(intake({ items, keys: keysInMemory(), cache: dataKeyCache(), served, now: () => clock.now }))
  let number = 0
  const headers = () => {
    number += 1
    return { 'content-type': 'application/json', 'idempotency-key': `key-number-${number}` }
  }
  const send = (claims = patientClaims) => answer(patientCallRequest({}, { headers: headers(), claims }))
  const callsSent = async (times: number): Promise<number[]> => {
    const statuses: number[] = []
    for (let sent = 0; sent < times; sent += 1) statuses.push((await send()).status)
    return statuses
  }
  return { items, clock, answer, headers, send, callsSent }
}

test('a stolen sign-in of one patient cannot have providers called without end: so many calls an hour are taken, and then none', async () => {
  const { items, clock, send, callsSent } = world()
  expect(new Set(await callsSent(mostCallsAnHour))).toEqual(new Set([201]))
  const stored = items.stored.size
  expect((await send()).status).toBe(429)
  expect(items.stored.size).toBe(stored)
  clock.now += 3_600_000
  expect((await send()).status).toBe(201)
})

test('the limit is each patient’s own, and neither messages of a call nor the answering line have it', async () => {
  const { answer, headers, send, callsSent } = world()
  await callsSent(mostCallsAnHour - 1)
  const { call } = (await send()).body as { call: string }
  expect((await send({ ...patientClaims, person: 'person02' } as unknown as typeof patientClaims)).status).toBe(201)
  expect((await answer(replyRequest(call, { headers: headers() }))).status).toBe(201)
  expect((await answer(lineCallRequest({}, { headers: headers() }))).status).toBe(201)
})

test('a repetition of a call that was taken is answered as before, and counts once', async () => {
  const { answer, callsSent } = world()
  const first = await answer(patientCallRequest())
  expect(await answer(patientCallRequest())).toEqual(first)
  expect(new Set(await callsSent(mostCallsAnHour - 1))).toEqual(new Set([201]))
  expect(await answer(patientCallRequest())).toEqual(first)
})

test('calls that are sent at once are not more than the limit', async () => {
  const { send } = world()
  const answers = await Promise.all(Array.from({ length: 3 * mostCallsAnHour }, () => send()))
  expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(mostCallsAnHour)
})
