import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keys } from '../../../../lambda/service/calls/keys.ts'
import { escalate } from '../../../../lambda/service/escalation/domain.ts'
import { type Notice, noticeItem, noticesOf } from '../../../../lambda/service/escalation/notice.ts'
import { leaseMilliseconds, mostAttempts } from '../../../../lambda/service/escalation/retake.ts'
import { ringAgainMinutes } from '../../../../lambda/service/escalation/steps.ts'
import { defaultPlan } from '../../../../lambda/service/schedule/schedule.ts'
import { scheduleItems } from '../../../../lambda/service/schedule/stored-schedule.ts'
import { change, minute, numbers, type Practice, practice, practiceWith, receive, rings, start, stored } from './practice.ts'

const call = 'call00000001'
let heard: string[] = []

beforeEach(() => {
  heard = rings()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Lets a sweep run every minute up to and including one, in minutes after the call. */
async function sweepUntil(deps: Practice, last: number): Promise<void> {
  for (; deps.clock.now <= start + last * minute; deps.clock.now += minute) await escalate(deps, 'sweep')
}

const said = ({ messages }: Practice): string[] =>
  messages.map(({ at, channel, number }) => `${(at - start) / minute} ${channel} ${number.slice(-3)}`)

describe('A call that nobody acknowledges', () => {
  test('is told as the plan says, then to the operators, and rings again until somebody does', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    await escalate(deps, { practice, call })
    await sweepUntil(deps, 31)
    expect(said(deps)).toEqual([
      '0 text 101',
      '2 text 101',
      '4 text 101',
      '6 text 101',
      '8 text 101',
      '10 text 101',
      '10 voice 101',
      '15 text 102',
      '17 voice 102',
      '19 text 103',
    ])
    expect(stored(deps.items, call).state).toBe('unanswered')
    expect(heard.filter((event) => event === 'call-unanswered')).toHaveLength(1 + Math.floor(11 / ringAgainMinutes))
    await change(deps.items, call, 'acknowledged')
    heard.length = 0
    await sweepUntil(deps, 60)
    expect(new Set(heard)).toEqual(new Set(['escalation-swept']))
  })

  test('leaves a proof of whom it was told, when and how', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    await sweepUntil(deps, 20)
    const notices = await noticesOf(deps.items, practice, call)
    expect(notices).toHaveLength(11)
    expect(notices[0]).toEqual({
      ...{ practice, call, number: 0, state: 'sent', to: 'on-call', who: 'provider0a', channel: 'text' },
      ...{ claimedAt: '2026-01-06T03:00:00.000Z', attempts: 1, messageId: 'message-1' },
    })
    expect(notices.at(-1)).toMatchObject({ state: 'told', to: 'operators' })
    expect(JSON.stringify(notices)).not.toContain('+1202')
  })

  test('says the same words for every call, which hold nothing of it', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    await receive(deps, 'call00000002')
    await sweepUntil(deps, 20)
    const words = new Set(deps.messages.map((message) => message.words))
    expect(words.size).toBe(2)
    expect([...words].join()).not.toMatch(/practice0001|patient0|call0|provider0|urgent|\d/)
  })
})

describe('Whoever is notified', () => {
  test('is asked for at each step', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    await sweepUntil(deps, 1)
    const override = { provider: 'backup000b', from: new Date(start).toISOString(), to: new Date(start + 60 * minute).toISOString() }
    await deps.items.write([{ put: scheduleItems.override(practice, '01a', override) }])
    await sweepUntil(deps, 2)
    expect(said(deps)).toEqual(['0 text 101', '2 text 103'])
  })

  test.each([
    ['nobody is on call', { timeZone: 'UTC', firstDay: '2030-01-01' }, numbers],
    ['the one on call has no registered number', {}, { backup000a: numbers.backup000a }],
  ])('is the backup at once when %s', async (_why, rotation, contacts) => {
    const deps = await practiceWith(contacts)
    const { always } = await import('../schedule/schedules.ts')
    await deps.items.write([{ put: scheduleItems.rotation(practice, { ...always, ...rotation }) }])
    await receive(deps, call)
    await sweepUntil(deps, 0)
    expect(said(deps)).toEqual(['0 text 102'])
    expect(heard).toEqual(['escalation-swept'])
  })

  test('are the operators at once when there is nobody at all; the steps go on', async () => {
    const deps = await practiceWith({})
    await receive(deps, call)
    await sweepUntil(deps, 1)
    expect(heard[0]).toBe('call-without-provider')
    expect((await noticesOf(deps.items, practice, call))[0]).toMatchObject({ state: 'nobody', to: 'on-call' })
    await deps.items.write([{ put: scheduleItems.contact(practice, 'provider0a', numbers.provider0a) }])
    await sweepUntil(deps, 20)
    expect(said(deps).slice(0, 2)).toEqual(['2 text 101', '4 text 101'])
    expect(heard).toContain('call-unanswered')
  })

  test('is another way after one has failed: first by voice, then somebody else; and it rings', async () => {
    const deps = await practiceWith()
    deps.refused.add(numbers.provider0a)
    await receive(deps, call)
    await sweepUntil(deps, 4)
    expect(said(deps)).toEqual(['0 text 101', '2 voice 101', '4 text 102'])
    expect(heard.filter((event) => event === 'notification-failed')).toHaveLength(2)
    expect((await noticesOf(deps.items, practice, call)).map(({ state }) => state)).toEqual(['failed', 'failed', 'sent'])
  })
})

describe('An acknowledgement', () => {
  test('that is stored between claim and sending withdraws the notice; nothing is sent', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    const { items } = deps
    const write: typeof items.write = async (parts) => {
      const answer = await items.write(parts)
      if (stored(items, call).state === 'open' && parts.length > 1) await change(items, call, 'acknowledged')
      return answer
    }
    await escalate({ ...deps, items: { ...items, write } }, 'sweep')
    expect(deps.messages).toEqual([])
    expect((await noticesOf(items, practice, call)).map(({ state }) => state)).toEqual(['withdrawn'])
  })
})

describe('A stoppage', () => {
  test('of half an hour is made up for at once: each person in each way once, and the operators', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    deps.clock.now += 30 * minute
    await escalate(deps, 'sweep')
    expect(said(deps)).toEqual(['30 text 101', '30 voice 101', '30 text 102', '30 voice 102', '30 text 103'])
    expect(heard).toEqual(['call-unanswered', 'escalation-swept'])
  })

  test('in the middle of a message means that it is sent again after the lease, at most so often', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    const stuck = { ...deps, notifier: { ...deps.notifier, text: () => new Promise<never>(() => undefined) } }
    void escalate(stuck, { practice, call })
    await vi.waitFor(() => expect(stored(deps.items, call).step).toBe(1))
    await new Promise((resolve) => setTimeout(resolve, 5))
    deps.clock.now += leaseMilliseconds - 1
    await escalate(deps, 'sweep')
    expect(said(deps)).toEqual([])
    deps.clock.now += 1
    await escalate(deps, 'sweep')
    expect(deps.messages).toHaveLength(1)
    expect((await noticesOf(deps.items, practice, call))[0]).toMatchObject({ state: 'sent', attempts: 2, messageId: 'message-1' })
  })

  test.each([
    ['is given up after several attempts, and rings', mostAttempts, numbers, 0, 'failed'],
    ['is not sent to a number that is registered no more, and rings', 1, {}, 0, 'failed'],
    ['is sent to the registered number', 1, numbers, 1, 'sent'],
  ])('whose message was begun and never settled %s', async (_what, attempts, contacts, sent, state) => {
    const deps = await practiceWith(contacts)
    await receive(deps, call)
    await sweepUntil(deps, 0)
    deps.messages.length = 0
    const key = keys.notice(practice, call, 0)
    const attributes = {
      state: 'sending',
      to: 'on-call',
      who: 'provider0a',
      channel: 'text',
      claimedAt: new Date(start).toISOString(),
      attempts,
    }
    await deps.items.write([{ put: { ...key, attributes } }])
    deps.clock.now = start + leaseMilliseconds
    await escalate(deps, 'sweep')
    expect(deps.messages).toHaveLength(sent)
    expect((await noticesOf(deps.items, practice, call))[0]?.state).toBe(state)
    expect(heard.includes('notification-failed')).toBe(state === 'failed')
  })
})

describe('The sweep', () => {
  test('beside another one takes each step, and each notice that was left half done, once', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    await Promise.all([escalate(deps, 'sweep'), escalate(deps, 'sweep'), escalate(deps, { practice, call })])
    expect(deps.messages).toHaveLength(1)
    const [notice] = await noticesOf(deps.items, practice, call)
    await deps.items.write([{ put: noticeItem({ ...(notice as Notice), state: 'sending' }) }])
    deps.clock.now = start + leaseMilliseconds
    await Promise.all([escalate(deps, 'sweep'), escalate(deps, 'sweep')])
    expect(deps.messages).toHaveLength(2)
    expect((await noticesOf(deps.items, practice, call))[0]).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test('revives an open call that has lost its next step, and rings', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    for (const name of deps.items.stored.keys()) if (name.includes('#due')) deps.items.stored.delete(name)
    await escalate(deps, 'sweep')
    expect(heard).toEqual(['escalation-revived', 'escalation-swept'])
    expect(said(deps)).toEqual(['0 text 101'])
    await sweepUntil(deps, 2)
    expect(said(deps)).toEqual(['0 text 101', '2 text 101'])
  })

  test('removes a due item that belongs to no call, and rings', async () => {
    const deps = await practiceWith()
    await deps.items.write([{ put: { ...keys.due(practice, new Date(start).toISOString(), 'gone00000001'), attributes: {} } }])
    await escalate(deps, 'sweep')
    await escalate(deps, 'sweep')
    expect(heard).toEqual(['escalation-revived', 'escalation-swept', 'escalation-swept'])
  })

  test('goes on with the other calls and practices when one fails, and has no heartbeat then', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    const get: typeof deps.items.get = (key) => (key.pk.startsWith('broken') ? Promise.reject(new Error('down')) : deps.items.get(key))
    await deps.items.write([{ put: { ...keys.due('broken000001', new Date(start).toISOString(), call), attributes: {} } }])
    const broken = { ...deps, practices: ['broken000001', practice], items: { ...deps.items, get } }
    await expect(escalate(broken, 'sweep')).rejects.toThrow('1 parts of the sweep failed')
    expect(said(deps)).toEqual(['0 text 101'])
    expect(heard).toEqual(['escalation-failed'])
  })

  test('that runs out of time leaves the rest to the next one, the longest due first', async () => {
    const deps = await practiceWith()
    const calls = Array.from({ length: 30 }, (_, index) => `call000000${String(index).padStart(2, '0')}`)
    for (const one of calls) {
      await receive(deps, one)
      deps.clock.now += 10
    }
    const slow: Practice['notifier'] = {
      ...deps.notifier,
      text: (number, words) => {
        deps.clock.now += 3_000
        return deps.notifier.text(number, words)
      },
    }
    await escalate({ ...deps, notifier: slow }, 'sweep')
    expect(heard).toEqual(['escalation-behind'])
    expect(calls.map((one) => stored(deps.items, one).step > 0).lastIndexOf(true)).toBeLessThan(25)
    await escalate(deps, 'sweep')
    expect(heard).toEqual(['escalation-behind', 'escalation-swept'])
    expect(calls.every((one) => stored(deps.items, one).step > 0)).toBe(true)
  })

  test('keeps to the new plan when a plan becomes shorter or longer', async () => {
    const deps = await practiceWith()
    await receive(deps, call)
    await sweepUntil(deps, 9)
    await deps.items.write([{ put: scheduleItems.escalation(practice, { ...defaultPlan, repeats: 0, voiceMinutes: 1, backupMinutes: 2 }) }])
    await sweepUntil(deps, 12)
    expect(stored(deps.items, call).state).toBe('unanswered')
    await deps.items.write([{ put: scheduleItems.escalation(practice, { ...defaultPlan, repeats: 10 }) }])
    heard.length = 0
    await sweepUntil(deps, 20)
    expect(heard).toContain('call-unanswered')
  })
})
