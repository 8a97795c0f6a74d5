import { expect, test } from 'vitest'
import { mostOverrides } from '../../../../lambda/service/provider/schedule.ts'
import { readSchedule } from '../../../../lambda/service/schedule/stored-schedule.ts'
import { quietLog } from '../../quiet-log.ts'
import { ids, practiceWorld } from './practice-world.ts'

quietLog()

const rotation = {
  timeZone: 'America/Denver',
  providers: [ids.doctor, ids.colleague],
  firstDay: '2026-03-02',
  handoverAt: '08:00',
  turnDays: 7,
  backup: [ids.colleague],
  covered: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '17:00', to: '08:00' }],
}
const plan = { repeatMinutes: 3, repeats: 2, voiceMinutes: 9, backupMinutes: 12, unansweredMinutes: 30 }
const put = (body: object) => ({ body: JSON.stringify(body) })

test('a rotation that is said says who is on call', async () => {
  const world = practiceWorld()
  expect((await world.ask('doctor', 'readOnCall')).body).toEqual({ current: null, next: null })
  expect((await world.ask('doctor', 'readSchedule')).body).toEqual({ rotation: null, overrides: [] })
  expect((await world.ask('doctor', 'replaceRotation', put(rotation))).status).toBe(200)
  expect((await world.ask('doctor', 'readSchedule')).body).toEqual({ rotation, overrides: [] })
  expect((await world.ask('doctor', 'readOnCall')).body).toEqual({
    current: { provider: ids.doctor, until: '2026-03-08T14:00:00.000Z' },
    next: { provider: ids.doctor, from: '2026-03-08T23:00:00.000Z' },
  })
})

test('an override puts somebody else on call until it is taken back', async () => {
  const world = practiceWorld()
  await world.ask('doctor', 'replaceRotation', put(rotation))
  const said = { provider: ids.colleague, from: '2026-03-08T07:00:00Z', to: '2026-03-08T09:00:00Z' }
  const { status, body } = await world.ask('doctor', 'addOverride', put(said))
  const { override } = body as { override: string }
  expect(status).toBe(201)
  expect((await world.ask('doctor', 'readSchedule')).body).toMatchObject({ overrides: [{ id: override, ...said }] })
  expect((await world.ask('doctor', 'readOnCall')).body).toMatchObject({ current: { provider: ids.colleague } })
  expect((await world.ask('elsewhere', 'removeOverride', { path: { override } })).status).toBe(404)
  expect((await world.ask('doctor', 'removeOverride', { path: { override } })).status).toBe(200)
  expect((await world.ask('doctor', 'removeOverride', { path: { override } })).status).toBe(404)
  expect((await world.ask('doctor', 'readOnCall')).body).toMatchObject({ current: { provider: ids.doctor } })
})

test('escalation has a default, and can be changed', async () => {
  const world = practiceWorld()
  expect((await world.ask('doctor', 'readEscalation')).body).toMatchObject({ repeatMinutes: 2, unansweredMinutes: 20 })
  expect((await world.ask('doctor', 'replaceEscalation', put(plan))).status).toBe(200)
  expect((await world.ask('doctor', 'readEscalation')).body).toEqual(plan)
})

test.each([
  ['a time zone that is none', 'replaceRotation', { ...rotation, timeZone: 'Mars/Olympus' }],
  [
    'an override that ends before it begins',
    'addOverride',
    { provider: ids.doctor, from: '2026-03-09T00:00:00Z', to: '2026-03-08T00:00:00Z' },
  ],
  ['a plan that gives up before it has tried', 'replaceEscalation', { ...plan, unansweredMinutes: 10 }],
  ['a number that is none', 'registerContact', { number: '911' }],
] as const)('%s is not valid, and nothing is stored', async (_, route, body) => {
  const world = practiceWorld()
  expect((await world.ask('doctor', route, put(body))).status).toBe(400)
  expect(world.items.stored.size).toBe(0)
})

test('overrides are no more than can be read at every step of an escalation', async () => {
  const world = practiceWorld()
  const said = put({ provider: ids.colleague, from: '2026-03-08T07:00:00Z', to: '2026-03-08T09:00:00Z' })
  let last = ''
  for (let made = 0; made < mostOverrides; made += 1) {
    world.clock.now += 1
    const { status, body } = await world.ask('doctor', 'addOverride', said)
    expect(status).toBe(201)
    last = (body as { override: string }).override
  }
  expect((await world.ask('doctor', 'addOverride', said)).status).toBe(409)
  await world.ask('doctor', 'removeOverride', { path: { override: last } })
  expect((await world.ask('doctor', 'addOverride', said)).status).toBe(201)
})

test('an override that is over for weeks may go, and one that is said with digits without end is not valid', async () => {
  const world = practiceWorld()
  const said = { provider: ids.colleague, from: '2026-03-08T07:00:00Z', to: '2026-03-08T09:00:00Z' }
  await world.ask('doctor', 'addOverride', put(said))
  const [stored] = [...world.items.stored.values()].filter(({ sk }) => sk.startsWith('override#'))
  expect(stored?.attributes['expiresAt']).toBe(Date.parse('2026-04-12T09:00:00Z') / 1000)
  const endless = { ...said, to: `2026-03-08T09:00:00.${'1'.repeat(5_000)}Z` }
  expect((await world.ask('doctor', 'addOverride', put(endless))).status).toBe(400)
})

test('a provider registers their own number and nobody else’s', async () => {
  const world = practiceWorld()
  expect((await world.ask('doctor', 'registerContact', put({ number: '+13035550111' }))).status).toBe(200)
  expect((await readSchedule(world.items, ids.practice)).contacts).toEqual(new Map([[ids.doctor, '+13035550111']]))
  const forAnother = put({ number: '+13035550111', provider: ids.colleague })
  expect((await world.ask('doctor', 'registerContact', forAnother)).status).toBe(400)
})
