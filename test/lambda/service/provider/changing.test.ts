import { expect, test } from 'vitest'
import { quietLog } from '../../quiet-log.ts'
import { ids, practiceWorld, said } from './practice-world.ts'

quietLog()

const path = { call: 'call0001' }
const taken = async () => {
  const world = practiceWorld()
  await world.take('call0001')
  return world
}

test('a call is acknowledged once; its escalation stops', async () => {
  const world = await taken()
  const { status, body } = await world.ask('doctor', 'acknowledgeCall', { path })
  expect({ status, body }).toEqual({
    status: 200,
    body: { call: 'call0001', state: 'acknowledged', acknowledgedAt: '2026-03-08T07:30:00.000Z' },
  })
  expect(world.routed('call0001')).toMatchObject({ state: 'acknowledged', acknowledgedBy: ids.doctor })
  expect([...world.items.stored.keys()].filter((name) => name.includes('#due'))).toEqual([])
})

test('the same provider may say so again, another is told that it has changed', async () => {
  const world = await taken()
  const first = await world.ask('doctor', 'acknowledgeCall', { path })
  world.clock.now += 60_000
  expect(await world.ask('doctor', 'acknowledgeCall', { path })).toEqual(first)
  expect((await world.ask('colleague', 'acknowledgeCall', { path })).status).toBe(409)
})

test('of two who acknowledge at once exactly one gets it', async () => {
  const world = await taken()
  const answers = await Promise.all(
    ['doctor', 'colleague', 'doctor', 'colleague'].map((who) => world.ask(who, 'acknowledgeCall', { path })),
  )
  const won = answers.map(({ status }) => status === 200)
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
  const winner = world.routed('call0001')?.acknowledgedBy
  expect(won).toEqual(['doctor01', 'doctor02', 'doctor01', 'doctor02'].map((who) => who === winner))
})

test('a call that nobody answered can still be acknowledged, a closed one cannot', async () => {
  const world = practiceWorld()
  await world.take('call0001', { state: 'unanswered' })
  expect((await world.ask('doctor', 'acknowledgeCall', { path })).status).toBe(200)
  expect((await world.ask('colleague', 'closeCall', { path })).status).toBe(200)
  expect((await world.ask('doctor', 'acknowledgeCall', { path })).status).toBe(409)
})

test('closing needs an acknowledgement, and takes the call off the list', async () => {
  const world = await taken()
  expect((await world.ask('doctor', 'closeCall', { path })).status).toBe(409)
  await world.ask('doctor', 'acknowledgeCall', { path })
  expect((await world.ask('doctor', 'closeCall', { path })).body).toMatchObject({ state: 'closed' })
  expect((await world.ask('doctor', 'closeCall', { path })).status).toBe(200)
  expect((await world.ask('doctor', 'listOpenCalls')).body).toEqual({ calls: [] })
})

test('a message is sealed: it is in no item in clear, and whoever opens the call reads it', async () => {
  const world = await taken()
  const words = 'Please come to the emergency department.'
  const sent = await world.ask('doctor', 'sendMessage', { path, body: JSON.stringify({ message: words }) })
  expect(sent).toMatchObject({ status: 201, body: { message: expect.stringMatching(/^[a-z0-9]{26}$/) } })
  const stored = [...world.items.stored.values()].map(({ attributes }) =>
    JSON.stringify(Object.values(attributes).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))),
  )
  expect(stored.filter((text) => text.includes('emergency') || text.includes(said.message))).toEqual([])
  const { body } = await world.ask('colleague', 'readCall', { path, query: { purpose: 'treatment' } })
  expect(body).toMatchObject({ messages: [{ message: words, from: 'provider', by: ids.doctor, at: '2026-03-08T07:30:00.000Z' }] })
})

test('a repeated request gets the first answer, and one message is stored', async () => {
  const world = await taken()
  const again = { path, body: JSON.stringify({ message: 'Once.' }), headers: { 'idempotency-key': 'the-same-key' } }
  const [first, second] = [await world.ask('doctor', 'sendMessage', again), await world.ask('doctor', 'sendMessage', again)]
  expect(second).toEqual(first)
  expect([...world.items.stored.keys()].filter((name) => name.includes('message#'))).toHaveLength(1)
  expect((await world.ask('doctor', 'sendMessage', { ...again, body: JSON.stringify({ message: 'Other.' }) })).status).toBe(422)
})

test('a closed call takes no message, and a call of another practice is not there', async () => {
  const world = practiceWorld()
  await world.take('call0001', { state: 'closed' })
  const body = JSON.stringify({ message: 'Too late.' })
  expect((await world.ask('doctor', 'sendMessage', { path, body })).status).toBe(409)
  for (const route of ['acknowledgeCall', 'closeCall'] as const) expect((await world.ask('elsewhere', route, { path })).status).toBe(404)
  expect((await world.ask('elsewhere', 'sendMessage', { path, body })).status).toBe(404)
})

test('an answer that is stored for repetitions holds no patient data', async () => {
  const world = await taken()
  await world.ask('doctor', 'sendMessage', { path, body: JSON.stringify({ message: 'Secret words.' }) })
  const requests = [...world.items.stored.entries()].filter(([name]) => name.includes('#requests'))
  expect(requests).toHaveLength(1)
  expect(JSON.stringify(requests)).not.toMatch(/Secret|patient1/)
})
