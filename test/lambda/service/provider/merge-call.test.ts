import { expect, test } from 'vitest'
import { mostMovedMessages } from '../../../../lambda/service/provider/moved-records.ts'
import { disclosuresOf } from '../../../../lambda/shared/ledger/ledger.ts'
import { quietLog } from '../../quiet-log.ts'
import { ids, practiceWorld, said } from './practice-world.ts'

quietLog()

const path = { call: 'call0001' }
const merge = (patient: string) => ({ path, query: { purpose: 'treatment' }, body: JSON.stringify({ patient }) })

/** An unknown caller's call with a message, acknowledged; and a known patient with a call of their own. */
async function unknownCall() {
  const world = practiceWorld()
  await world.take('call0001', { patient: ids.stranger, unknownCaller: true })
  await world.take('call0002')
  await world.ask('doctor', 'acknowledgeCall', { path })
  await world.ask('doctor', 'sendMessage', { path, body: JSON.stringify({ message: 'I call you back.' }) })
  // Ids of messages sort by their time.
  world.clock.now += 1
  return world
}
const recordsOf = ({ items }: Awaited<ReturnType<typeof unknownCall>>, patient: string): string[] =>
  [...items.stored.keys()].filter((name) => name.startsWith(`records\n${ids.practice}#${patient}\n`))

test('everything is readable for the known patient afterwards, and nothing is left under the old id', async () => {
  const world = await unknownCall()
  expect(await world.ask('doctor', 'mergeCall', merge(ids.patient))).toEqual({ status: 200, body: { call: 'call0001' } })
  expect(recordsOf(world, ids.stranger)).toEqual([])
  expect(world.routed('call0001')).toMatchObject({ patient: ids.patient, unknownCaller: false, state: 'acknowledged' })
  const own = await world.ask('patient', 'readOwnCall', { path })
  expect(own).toMatchObject({ status: 200, body: { ...said, messages: [{ message: 'I call you back.' }] } })
  expect(JSON.stringify(own)).not.toContain(ids.stranger)
  expect((await world.ask('colleague', 'readCall', { path, query: { purpose: 'treatment' } })).body).toMatchObject({
    ...said,
    patient: ids.patient,
  })
})

test('the ledger has an entry for both patients before anything is opened', async () => {
  const world = await unknownCall()
  await world.ask('doctor', 'mergeCall', merge(ids.patient))
  for (const patient of [ids.stranger, ids.patient])
    expect(await disclosuresOf(world.items, ids.practice, patient)).toMatchObject([{ person: ids.doctor, purpose: 'treatment', patient }])
  expect(world.watch.trace.lastIndexOf('session write ledger')).toBeLessThan(world.watch.trace.indexOf('session unwrap'))
})

test('the known patient learns afterwards who had opened the call before, when and why', async () => {
  const world = await unknownCall()
  const before = new Date(world.clock.now).toISOString()
  await world.ask('colleague', 'readCall', { path, query: { purpose: 'operations' } })
  expect(world.routed('call0001')).toMatchObject({ looks: [`${before} ${ids.colleague} operations`] })
  world.clock.now += 60_000
  await world.ask('doctor', 'mergeCall', merge(ids.patient))
  expect(world.routed('call0001')).toMatchObject({ looks: [] })
  const entries = await disclosuresOf(world.items, ids.practice, ids.patient)
  expect(entries.map(({ person, purpose, time }) => [person, purpose, time])).toEqual(
    expect.arrayContaining([
      [ids.colleague, 'operations', before],
      [ids.doctor, 'treatment', new Date(world.clock.now).toISOString()],
    ]),
  )
})

test('looks at once at an unknown caller’s call are all remembered', async () => {
  const world = await unknownCall()
  const answers = await Promise.all(
    ['doctor', 'colleague'].map((who) => world.ask(who as 'doctor', 'readCall', { path, query: { purpose: 'treatment' } })),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect((world.routed('call0001')?.looks ?? []).map((look) => look.split(' ')[1]).sort()).toEqual([ids.colleague, ids.doctor].sort())
})

test('without the ledger nothing moves', async () => {
  const world = await unknownCall()
  world.watch.fails = /write ledger/
  expect((await world.ask('doctor', 'mergeCall', merge(ids.patient))).status).toBe(500)
  expect(recordsOf(world, ids.stranger)).toHaveLength(2)
  expect(world.keys.calls.unwrap).toBe(0)
})

test('a known patient’s call never moves to another patient', async () => {
  const world = await unknownCall()
  await world.ask('doctor', 'acknowledgeCall', { path: { call: 'call0002' } })
  expect((await world.ask('doctor', 'mergeCall', { ...merge(ids.stranger), path: { call: 'call0002' } })).status).toBe(409)
  expect(world.routed('call0002')).toMatchObject({ patient: ids.patient })
  expect(world.keys.calls.unwrap).toBe(0)
})

test('a merged call does not move again; saying the same again is fine', async () => {
  const world = await unknownCall()
  await world.take('call0003', { patient: 'patient2' })
  await world.ask('doctor', 'mergeCall', merge(ids.patient))
  expect((await world.ask('doctor', 'mergeCall', merge('patient2'))).status).toBe(409)
  expect((await world.ask('doctor', 'mergeCall', merge(ids.patient))).status).toBe(200)
})

test('only who acknowledged the call says whose it is', async () => {
  const world = await unknownCall()
  expect((await world.ask('colleague', 'mergeCall', merge(ids.patient))).status).toBe(409)
  expect((await world.ask('elsewhere', 'mergeCall', merge(ids.patient))).status).toBe(404)
})

test('the known patient must be known, and no unknown caller', async () => {
  const world = await unknownCall()
  await world.take('call0004', { patient: 'stranger2', unknownCaller: true })
  expect((await world.ask('doctor', 'mergeCall', merge('nobody0001'))).status).toBe(404)
  expect((await world.ask('doctor', 'mergeCall', merge(ids.stranger))).status).toBe(404)
  expect((await world.ask('doctor', 'mergeCall', merge('stranger2'))).status).toBe(409)
  expect(recordsOf(world, ids.stranger)).toHaveLength(2)
})

test('a message that is sent while the call moves is never left behind', async () => {
  const world = await unknownCall()
  const send = () => world.ask('doctor', 'sendMessage', { path, body: JSON.stringify({ message: 'Just now.' }) })
  // By now the messages have been read, and nothing has been written.
  world.watch.meanwhile = { before: /session write records/, act: send }
  expect((await world.ask('doctor', 'mergeCall', merge(ids.patient))).status).toBe(200)
  expect(recordsOf(world, ids.stranger)).toEqual([])
  const { body } = await world.ask('doctor', 'readCall', { path, query: { purpose: 'treatment' } })
  expect(body).toMatchObject({ messages: [{ message: 'I call you back.' }, { message: 'Just now.' }] })
})

test('a message that is being sent when the call has moved goes to the known patient', async () => {
  const world = await unknownCall()
  world.watch.meanwhile = { before: /session write records/, act: () => world.ask('doctor', 'mergeCall', merge(ids.patient)) }
  expect((await world.ask('colleague', 'sendMessage', { path, body: JSON.stringify({ message: 'Just now.' }) })).status).toBe(201)
  expect(recordsOf(world, ids.stranger)).toEqual([])
  expect((await world.ask('patient', 'readOwnCall', { path })).body).toMatchObject({ messages: [{}, { message: 'Just now.' }] })
})

test('a call with more messages than one write moves is refused as a whole', async () => {
  const world = await unknownCall()
  for (let number = 0; number < mostMovedMessages; number += 1) {
    world.clock.now += 1
    await world.ask('doctor', 'sendMessage', { path, body: JSON.stringify({ message: 'More.' }) })
  }
  expect((await world.ask('doctor', 'mergeCall', merge(ids.patient))).status).toBe(413)
  expect(recordsOf(world, ids.stranger)).toHaveLength(mostMovedMessages + 2)
})
