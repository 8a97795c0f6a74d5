import { describe, expect, test, vi } from 'vitest'
import { callOf, changedCall } from '../../../../lambda/service/calls/call.ts'
import { keys as places } from '../../../../lambda/service/calls/keys.ts'
import { callContent, messageContent, openedRecord } from '../../../../lambda/service/calls/record.ts'
import type { ServiceResponse } from '../../../../lambda/shared/http/exchange.ts'
import type { Item, Items } from '../../../../lambda/shared/items/items.ts'
import { dataKeyCache } from '../../../../lambda/shared/vault/data-key-cache.ts'
import type { KeyService } from '../../../../lambda/shared/vault/ports.ts'
import { vault } from '../../../../lambda/shared/vault/vault.ts'
import { content, ids, intakeWorld, lineCallRequest, now, patientCallRequest, patientClaims, replyRequest } from './intake-world.ts'

vi.spyOn(console, 'info').mockImplementation(() => undefined)

const at = new Date(now).toISOString()
const idOf = ({ body }: ServiceResponse, name = 'call'): string => (body as Record<string, string>)[name] ?? ''
const reader = (items: Items, keys: KeyService) => vault({ items, keys, cache: dataKeyCache(), holder: 'reader' })
const routed = async (items: Items, call: string, practice: string = ids.practice) =>
  callOf((await items.get(places.routing(practice, call))) as Item)

async function worldWithCall() {
  const world = intakeWorld()
  const call = idOf(await world.answer(patientCallRequest()))
  const change = async (to: Parameters<typeof changedCall>[1]) =>
    expect(await world.items.write(changedCall(await routed(world.items, call), to))).toBe('written')
  const reply = (key: string, parts = {}) =>
    world.answer(replyRequest(call, { headers: { 'content-type': 'application/json', 'idempotency-key': key }, ...parts }))
  return { ...world, call, change, reply }
}

describe('A call of the answering line', () => {
  test('is sealed under a new patient, open, and due at once', async () => {
    const { items, keys, answer } = intakeWorld()
    const response = await answer(lineCallRequest())
    const call = idOf(response)
    expect(response).toEqual({ status: 201, body: { call } })
    const { patient, ...rest } = await routed(items, call)
    expect(rest).toEqual({
      practice: ids.practice,
      unknownCaller: true,
      call,
      urgency: 'urgent',
      state: 'open',
      receivedAt: at,
      step: 0,
      dueAt: at,
      version: 1,
    })
    expect(await items.get(places.open(ids.practice, call))).toBeDefined()
    expect(await items.get(places.due(ids.practice, at, call))).toBeDefined()
    const record = (await items.get(places.call(ids.practice, patient, call))) as Item
    const { urgency: _, ...said } = content
    expect(await openedRecord(reader(items, keys), record, callContent)).toEqual(said)
  })

  test('of each caller is one of a patient of its own', async () => {
    const { items, answer } = intakeWorld()
    const keys = ['00000001', '00000002', '00000003']
    const responses = await Promise.all(
      keys.map((key) => answer(lineCallRequest({}, { headers: { 'content-type': 'application/json', 'idempotency-key': key } }))),
    )
    const patients = await Promise.all(responses.map(async (response) => (await routed(items, idOf(response))).patient))
    expect(new Set(patients).size).toBe(3)
  })

  test('that is sent again is the same call', async () => {
    const { items, answer } = intakeWorld()
    const responses = [await answer(lineCallRequest()), ...(await Promise.all([answer(lineCallRequest()), answer(lineCallRequest())]))]
    expect(new Set(responses.map((response) => idOf(response))).size).toBe(1)
    expect(await items.query({ table: 'routing', pk: `${ids.practice}#calls` })).toHaveLength(1)
  })

  test('that is sent several times at once is one call', async () => {
    const { items, answer } = intakeWorld()
    const responses = await Promise.all(Array.from({ length: 10 }, () => answer(lineCallRequest())))
    expect(new Set(responses.map((response) => idOf(response))).size).toBe(1)
    expect([...items.stored.values()].filter(({ table }) => table === 'records')).toHaveLength(1)
    expect(await items.query({ table: 'routing', pk: `${ids.practice}#due` })).toHaveLength(1)
  })
})

describe('A call of a patient', () => {
  test('goes to their practice and their record, whatever else stands in the token', async () => {
    const { items, keys, answer } = intakeWorld()
    const call = idOf(await answer(patientCallRequest({}, { claims: { ...patientClaims, 'custom:practice': ids.pilot, sub: 'someone' } })))
    expect((await routed(items, call)).patient).toBe(ids.patient)
    const record = (await items.get(places.call(ids.practice, ids.patient, call))) as Item
    expect((await openedRecord(reader(items, keys), record, callContent)).message).toBe(content.message)
  })

  test('shows nothing of what was said in any table', async () => {
    const { items, answer } = intakeWorld()
    await answer(patientCallRequest())
    const stored = JSON.stringify([...items.stored.values()], (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    )
    for (const secret of [content.message, content.callbackNumber, content.kind, 'Chest']) expect(stored).not.toContain(secret)
  })
})

describe('A reply', () => {
  test('is sealed beside its call', async () => {
    const { items, keys, call, reply } = await worldWithCall()
    const response = await reply('11111111')
    const message = idOf(response, 'message')
    expect(response).toEqual({ status: 201, body: { call, message } })
    const record = (await items.get(places.message(ids.practice, ids.patient, call, message))) as Item
    const written = { message: 'It got better.', from: 'patient', by: ids.person, at }
    expect(await openedRecord(reader(items, keys), record, messageContent)).toEqual(written)
  })

  test('leaves the escalation of the call as it is, and says in the list when it came', async () => {
    const { items, call, reply } = await worldWithCall()
    const before = await routed(items, call)
    await reply('11111111')
    expect(await routed(items, call)).toEqual({ ...before, repliedAt: at, version: before.version + 1 })
    expect(await items.get(places.due(ids.practice, at, call))).toBeDefined()
  })

  test('to an acknowledged call is taken, to a closed one it is not', async () => {
    const { items, change, reply } = await worldWithCall()
    await change({ state: 'acknowledged' })
    expect((await reply('11111111')).status).toBe(201)
    await change({ state: 'closed' })
    const stored = items.stored.size
    expect((await reply('22222222')).status).toBe(409)
    expect(items.stored.size).toBe(stored)
    // What was answered before the call was closed is answered so again.
    expect((await reply('11111111')).status).toBe(201)
  })

  test('to the call of another patient, of another practice, and to none are told apart by nobody', async () => {
    const { items, call, reply, answer } = await worldWithCall()
    const foreign = [
      reply('11111111', { claims: { ...patientClaims, patient: ids.otherPatient } }),
      reply('22222222', { claims: { ...patientClaims, practice: ids.pilot } }),
      answer(replyRequest('call9999', { headers: { 'content-type': 'application/json', 'idempotency-key': '33333333' } })),
    ]
    const stored = items.stored.size
    const [first, ...others] = await Promise.all(foreign)
    expect(first?.status).toBe(404)
    for (const other of others) expect(other).toEqual(first)
    expect(items.stored.size).toBe(stored)
    expect(JSON.stringify(first)).not.toContain(call)
  })

  test('whose call is closed, or given to another patient, while it is being sealed is not stored', async () => {
    for (const change of [{ state: 'closed' }, { patient: ids.otherPatient }] as const) {
      const world = await worldWithCall()
      const { write } = world.items
      let meanwhile: Promise<void> | undefined
      vi.spyOn(world.items, 'write').mockImplementation(async (parts) => {
        if (parts.some((part) => 'put' in part && part.put.sk.startsWith('message#')) && meanwhile === undefined) {
          vi.mocked(world.items.write).mockRestore()
          meanwhile = world.change(change)
          await meanwhile
        }
        return write(parts)
      })
      expect((await world.reply('11111111')).status).toBe('state' in change ? 409 : 404)
      expect(meanwhile).toBeDefined()
      expect([...world.items.stored.values()].filter(({ sk }) => sk.startsWith('message#'))).toEqual([])
    }
  })
})

test('the function opens nothing and reads no record', async () => {
  const { items, keys, answer } = intakeWorld()
  const [get, query] = [vi.spyOn(items, 'get'), vi.spyOn(items, 'query')]
  const call = idOf(await answer(patientCallRequest()))
  await answer(lineCallRequest({}, { headers: { 'content-type': 'application/json', 'idempotency-key': '22222222' } }))
  await answer(replyRequest(call, { headers: { 'content-type': 'application/json', 'idempotency-key': '33333333' } }))
  expect(keys.calls.unwrap).toBe(0)
  expect(query).not.toHaveBeenCalled()
  for (const [{ table, pk }] of get.mock.calls)
    expect([table, pk.split('#')[1]]).toEqual(['routing', expect.stringMatching(/^(requests|calls)$/)])
})
