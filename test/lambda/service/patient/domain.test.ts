import { expect, test } from 'vitest'
import { disclosuresOf } from '../../../../lambda/shared/ledger/ledger.ts'
import { quietLog } from '../../quiet-log.ts'
import { ids, practiceWorld, said } from '../provider/practice-world.ts'

const path = { call: 'call0001' }
const logged = quietLog()

async function answered() {
  const world = practiceWorld()
  await world.take('call0001')
  await world.take('call0002', { patient: 'patient2' })
  const { body } = await world.ask('doctor', 'sendMessage', { path, body: JSON.stringify({ message: 'Take it easy.' }) })
  world.watch.trace.length = 0
  return { ...world, message: (body as { message: string }).message }
}

test('a patient lists their own calls and nobody else’s, without opening any', async () => {
  const world = await answered()
  await world.take('call0003', { state: 'unanswered' })
  const { status, body } = await world.ask('patient', 'listOwnCalls')
  const receivedAt = '2026-03-08T07:30:00.000Z'
  expect({ status, body }).toEqual({
    status: 200,
    body: { calls: ['call0003', 'call0001'].map((call) => ({ call, urgency: 'soon', state: 'open', receivedAt })) },
  })
  expect(world.keys.calls.unwrap).toBe(0)
  expect(world.watch.trace.indexOf('session write ledger')).toBeLessThan(world.watch.trace.indexOf('session query records'))
})

test('a patient reads an own call; the ledger comes first', async () => {
  const world = await answered()
  const { status, body } = await world.ask('patient', 'readOwnCall', { path })
  expect(status).toBe(200)
  expect(body).toMatchObject({ ...said, state: 'open', messages: [{ id: world.message, message: 'Take it easy.', from: 'provider' }] })
  expect(JSON.stringify(body)).not.toContain(ids.doctor)
  const trace = world.watch.trace
  expect(trace.slice(0, trace.indexOf('session write ledger')).filter((step) => /records|wrapped|unwrap/.test(step))).toEqual([])
  expect(await disclosuresOf(world.items, ids.practice, ids.patient)).toMatchObject([
    { role: 'patient', purpose: 'own-access', person: 'person01' },
  ])
})

test('without a ledger entry a patient gets nothing either', async () => {
  const world = await answered()
  world.watch.fails = /write ledger/
  for (const [route, parts] of [
    ['readOwnCall', { path }],
    ['listOwnCalls', {}],
  ] as const)
    expect((await world.ask('patient', route, parts)).status).toBe(500)
  expect(world.watch.trace.filter((step) => /records|unwrap/.test(step))).toEqual([])
})

test('the call of another patient and one that does not exist are refused in the same words, and leave no entry', async () => {
  const world = await answered()
  const ofOthers = await world.ask('neighbour', 'readOwnCall', { path })
  expect(ofOthers.status).toBe(404)
  expect(await world.ask('neighbour', 'readOwnCall', { path: { call: 'call9999' } })).toEqual(ofOthers)
  const receipt = { path: { call: 'call0001', message: world.message } }
  expect(await world.ask('neighbour', 'confirmReading', receipt)).toEqual(ofOthers)
  expect(await disclosuresOf(world.items, ids.practice, 'patient2')).toEqual([])
})

test('a receipt is shown to the provider, and the first moment holds', async () => {
  const world = await answered()
  const receipt = { path: { call: 'call0001', message: world.message } }
  const first = await world.ask('patient', 'confirmReading', receipt)
  expect(first).toEqual({ status: 200, body: { message: world.message, readAt: '2026-03-08T07:30:00.000Z' } })
  world.clock.now += 60_000
  expect(await world.ask('patient', 'confirmReading', receipt)).toEqual(first)
  const { body } = await world.ask('doctor', 'readCall', { path, query: { purpose: 'treatment' } })
  expect(body).toMatchObject({ messages: [{ id: world.message, readAt: '2026-03-08T07:30:00.000Z' }] })
})

test('confirming reads no record, so that the audit trail has no read without an entry', async () => {
  const world = await answered()
  await world.ask('patient', 'confirmReading', { path: { call: 'call0001', message: world.message } })
  expect(world.watch.trace.filter((step) => !/routing/.test(step))).toEqual([])
})

test('a patient sees who saw their data, when and why, the latest first', async () => {
  const world = await answered()
  await world.ask('doctor', 'readCall', { path, query: { purpose: 'treatment' } })
  world.clock.now += 60_000
  await world.ask('patient', 'readOwnCall', { path })
  const { body } = await world.ask('patient', 'listDisclosures')
  expect(body).toMatchObject({
    disclosures: [
      { recipient: 'person01', role: 'patient', date: '2026-03-08T07:31:00.000Z' },
      { recipient: ids.doctor, role: 'provider', purpose: 'treatment', description: 'call, messages, callback number' },
    ],
  })
  expect((await world.ask('neighbour', 'listDisclosures')).body).toEqual({ disclosures: [] })
})

test('a provider is not answered here, and nothing of a call is logged', async () => {
  const world = await answered()
  expect((await world.ask('patient', 'readCall', { path })).status).toBe(404)
  world.watch.fails = /query records/
  expect((await world.ask('patient', 'readOwnCall', { path })).status).toBe(500)
  expect(logged).not.toEqual([])
  expect(JSON.stringify(logged)).not.toMatch(/Chest|3035550100|patient1|call0001/)
})

test('phases: nothing before the restoration has come so far, no receipt while read-only', async () => {
  expect((await practiceWorld({ phase: 'evidence' }).ask('patient', 'listOwnCalls')).status).toBe(503)
  const readOnly = practiceWorld({ phase: 'read-only' })
  await readOnly.take('call0001')
  expect((await readOnly.ask('patient', 'readOwnCall', { path })).status).toBe(200)
  expect((await readOnly.ask('patient', 'confirmReading', { path: { ...path, message: 'message1' } })).status).toBe(503)
})
