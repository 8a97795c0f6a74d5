import { expect, test } from 'vitest'
import { disclosuresOf } from '../../../../lambda/shared/ledger/ledger.ts'
import { quietLog } from '../../quiet-log.ts'
import { ids, practiceWorld, said } from './practice-world.ts'

const read = { path: { call: 'call0001' }, query: { purpose: 'treatment' } }
const logged = quietLog()

test('a provider reads a call: looked up, then budget, then ledger, then the records, then the key', async () => {
  const world = practiceWorld()
  await world.take('call0001')
  const { status, body } = await world.ask('doctor', 'readCall', read)
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { ...said, call: 'call0001', patient: ids.patient, state: 'open', messages: [] },
  })
  const order = ['session get routing', 'standing write routing', 'session write ledger', 'session get records', 'session unwrap']
  expect(order.map((step) => world.watch.trace.indexOf(step))).toEqual(
    order.map((step) => world.watch.trace.indexOf(step)).toSorted((a, b) => a - b),
  )
  expect(world.watch.trace).toEqual(expect.arrayContaining(order))
  expect(
    world.watch.trace.slice(0, world.watch.trace.indexOf('session write ledger')).filter((step) => /records|wrapped|unwrap/.test(step)),
  ).toEqual([])
})

test('the ledger says who looked at what and why', async () => {
  const world = practiceWorld()
  await world.take('call0001')
  await world.ask('doctor', 'readCall', read)
  expect(await disclosuresOf(world.items, ids.practice, ids.patient)).toEqual([
    {
      ...{
        practice: ids.practice,
        patient: ids.patient,
        person: ids.doctor,
        role: 'provider',
        purpose: 'treatment',
        requestId: 'request-1',
      },
      ...{ elements: ['call', 'messages', 'callback number'], time: '2026-03-08T07:30:00.000Z' },
    },
  ])
})

test('without a ledger entry there is no data: nothing is read and no key is opened', async () => {
  const world = practiceWorld()
  await world.take('call0001')
  world.watch.fails = /write ledger/
  const { status, body } = await world.ask('doctor', 'readCall', read)
  expect(status).toBe(500)
  expect(JSON.stringify(body)).not.toContain(said.message)
  expect(world.watch.trace.filter((step) => /records|wrapped-keys|unwrap/.test(step))).toEqual([])
  expect(world.keys.calls.unwrap).toBe(0)
})

test('over budget there is no data and no ledger entry', async () => {
  const world = practiceWorld({ budget: { hour: 1, day: 5 } })
  await world.take('call0001')
  await world.take('call0002', { patient: 'patient2' })
  await world.ask('doctor', 'readCall', read)
  const { status } = await world.ask('doctor', 'readCall', { ...read, path: { call: 'call0002' } })
  expect(status).toBe(429)
  expect(await disclosuresOf(world.items, ids.practice, 'patient2')).toEqual([])
  expect((await world.ask('doctor', 'readCall', read)).status).toBe(200)
})

test('a call of another practice and one that does not exist are refused in the same words', async () => {
  const world = practiceWorld()
  await world.take('call0001')
  const ofOthers = await world.ask('elsewhere', 'readCall', read)
  expect(ofOthers.status).toBe(404)
  expect(await world.ask('doctor', 'readCall', { ...read, path: { call: 'call9999' } })).toEqual(ofOthers)
})

test.each([
  ['no token', { headers: { authorization: '' } }, 401],
  ['a purpose that is none', { query: { purpose: 'curiosity' } }, 400],
  ['no purpose', { query: {} }, 400],
])('%s is refused', async (_, parts, status) => {
  const world = practiceWorld()
  await world.take('call0001')
  expect((await world.ask('doctor', 'readCall', { ...read, ...parts })).status).toBe(status)
})

test('somebody with a patient’s session is not answered by the provider function, and routes of others are not there', async () => {
  const world = practiceWorld()
  expect((await world.ask('doctor', 'listOwnCalls')).status).toBe(404)
  expect((await world.ask('patient', 'listOpenCalls')).status).toBe(404)
})

test('the list of open calls is routing only: no record, no key, no patient', async () => {
  const world = practiceWorld()
  await world.take('call0001')
  await world.take('call0002', { urgency: 'urgent' })
  const { body } = await world.ask('doctor', 'listOpenCalls')
  expect(body).toMatchObject({
    calls: [
      { call: 'call0002', urgency: 'urgent' },
      { call: 'call0001', unknownCaller: false },
    ],
  })
  expect(JSON.stringify(body)).not.toContain(ids.patient)
  expect(world.watch.trace.filter((step) => !/routing/.test(step))).toEqual([])
})

test('phases: closed before the restoration has come so far, reading only while read-only', async () => {
  const closed = practiceWorld({ phase: 'restoring' })
  expect((await closed.ask('doctor', 'listOpenCalls')).status).toBe(503)
  const readOnly = practiceWorld({ phase: 'read-only' })
  await readOnly.take('call0001')
  expect((await readOnly.ask('doctor', 'readCall', read)).status).toBe(200)
  expect((await readOnly.ask('doctor', 'acknowledgeCall', { path: { call: 'call0001' } })).status).toBe(503)
})

test('nothing of what a patient said is logged, whatever happens', async () => {
  const world = practiceWorld()
  await world.take('call0001')
  await world.ask('doctor', 'readCall', read)
  world.watch.fails = /query records/
  await world.ask('doctor', 'readCall', read)
  expect(logged).not.toEqual([])
  expect(JSON.stringify(logged)).not.toMatch(/Chest|3035550100|patient1|call0001/)
})
