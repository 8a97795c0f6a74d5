import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { callOf, changedCall, newCall } from '../../../../lambda/service/calls/call.ts'
import { keys } from '../../../../lambda/service/calls/keys.ts'
import { escalate } from '../../../../lambda/service/escalation/domain.ts'
import type { Escalating } from '../../../../lambda/service/escalation/escalating.ts'
import { noticesOf } from '../../../../lambda/service/escalation/notice.ts'
import type { Notifier } from '../../../../lambda/service/escalation/ports.ts'
import { scheduleItems } from '../../../../lambda/service/schedule/stored-schedule.ts'
import { type ItemsInMemory, itemsInMemory } from '../../items-in-memory.ts'
import { always } from '../schedule/schedules.ts'
import { type Fault, type PortCall, runWith } from './crashing.ts'
import { minute, rings, start } from './practice.ts'

/** Two practices with a call each; the numbers of their providers tell them apart. */
const practices = ['practice0001', 'practice0002'] as const
const call = 'call00000001'
const people = ['provider0a', 'backup000a'] as const
const numberOf = (practice: string, who: string): string => `+1202555${practice.slice(-2)}${people.indexOf(who as 'provider0a')}0`
const practiceOf = (number: string): string => practices.find((practice) => number.startsWith(`+1202555${practice.slice(-2)}`)) ?? ''

type Event = Pass | Runs | Answer | Outage
type Pass = { readonly kind: 'pass'; readonly minutes: number }
type Answer = { readonly kind: 'acknowledge' | 'close'; readonly which: number }
type Outage = { readonly kind: 'notifier'; readonly how: 'works' | 'refuses' | 'sends-and-fails' }
type Runs = {
  readonly kind: 'sweep' | 'stream' | 'both' | 'sweeps'
  readonly which: number
  readonly faults: readonly (Fault | undefined)[]
  readonly delays: readonly number[]
}

const fault: fc.Arbitrary<Fault | undefined> = fc.option(
  fc.record({
    at: fc.nat(25),
    what: fc.constantFrom('die-before', 'die-after', 'throw-before', 'throw-after', 'meanwhile'),
  }),
  { nil: undefined },
)
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass'), minutes: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('sweep', 'stream', 'both', 'sweeps'),
      which: fc.nat(1),
      faults: fc.tuple(fault, fault),
      delays: fc.array(fc.nat(6), { minLength: 1, maxLength: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('acknowledge', 'close'), which: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('notifier'), how: fc.constantFrom('works', 'refuses', 'sends-and-fails') }) },
)

afterEach(() => {
  vi.restoreAllMocks()
})

/** Everything that happened, in order of one counter. */
class World {
  readonly items: ItemsInMemory = itemsInMemory()
  readonly heard = rings()
  readonly sent: { readonly practice: string; readonly number: string; readonly channel: string }[] = []
  readonly acknowledgedAt = new Map<string, number>()
  readonly tooLate: string[] = []
  crashes = 0
  now = start
  moment = 0
  how: 'works' | 'refuses' | 'sends-and-fails' = 'works'

  async begin(): Promise<void> {
    const receivedAt = new Date(start).toISOString()
    for (const practice of practices) {
      const contacts = people.map((who) => ({ put: scheduleItems.contact(practice, who, numberOf(practice, who)) }))
      await this.items.write([
        { put: scheduleItems.rotation(practice, { ...always, timeZone: 'UTC', backup: ['backup000a'] }) },
        ...contacts,
      ])
      const state = { state: 'open', receivedAt, dueAt: receivedAt, step: 0, version: 1 } as const
      await this.items.write(newCall({ practice, call, patient: 'patient00001', urgency: 'soon', ...state }))
    }
  }

  get deps(): Escalating {
    const send = (channel: string) => async (number: string) => {
      if (this.how === 'refuses') throw new Error('refused')
      this.sent.push({ practice: practiceOf(number), number, channel })
      if (this.how === 'sends-and-fails') throw new Error('time-out')
      return { messageId: `message-${this.sent.length}` }
    }
    const notifier: Notifier = { text: send('text'), voice: send('voice') }
    return { items: this.items, notifier, practices, now: () => this.now }
  }

  stored(practice: string) {
    const { table, pk, sk } = keys.routing(practice, call)
    return callOf(this.items.stored.get(`${table}\n${pk}\n${sk}`) as Parameters<typeof callOf>[0])
  }

  /** Whatever a provider does, they do it again until it is stored. */
  async settle(practice: string, state: 'acknowledged' | 'closed'): Promise<void> {
    if (this.stored(practice).state === 'closed') return
    while ((await this.items.write(changedCall(this.stored(practice), { state }))) === 'refused');
    this.moment += 1
    if (!this.acknowledgedAt.has(practice)) this.acknowledgedAt.set(practice, this.moment)
  }

  async happen(what: Event): Promise<void> {
    if (what.kind === 'pass') this.now += what.minutes * minute
    else if (what.kind === 'notifier') this.how = what.how
    else if ('faults' in what) await this.runs(what)
    else await this.settle(practices[what.which] ?? '', what.kind === 'close' ? 'closed' : 'acknowledged')
  }

  private async runs(what: Runs): Promise<void> {
    const [one, other] = what.faults
    const practice = practices[what.which] ?? ''
    const stream = () => this.run(one, what.delays, practice, (deps) => escalate(deps, { practice, call }))
    const sweep = (fault: Fault | undefined, delays: readonly number[]) =>
      this.run(fault, delays, practice, (deps) => escalate(deps, 'sweep'))
    const { kind } = what
    await Promise.all([
      ...(kind === 'stream' || kind === 'both' ? [stream()] : []),
      ...(kind === 'sweeps' ? [sweep(one, what.delays)] : []),
      ...(kind === 'stream' ? [] : [sweep(other, what.delays.toReversed())]),
    ])
  }

  private async run(fault: Fault | undefined, delays: readonly number[], practice: string, work: (deps: Escalating) => Promise<unknown>) {
    if (fault !== undefined && fault.what !== 'meanwhile') this.crashes += 1
    // What a run has last read of each call, and last written of its notices.
    const read = new Map<string, number>()
    const written = new Map<string, number>()
    const watch = ({ name, argument }: PortCall): void => {
      this.moment += 1
      const parts = name === 'write' ? (argument as { put?: { pk: string } }[]) : []
      for (const { put } of parts) if (put?.pk.endsWith('#notices')) written.set(put.pk.slice(0, 12), this.moment)
      if (name === 'get' && (argument as { pk: string }).pk.endsWith('#calls'))
        read.set((argument as { pk: string }).pk.slice(0, 12), this.moment)
      if (name === 'text' || name === 'voice') this.judge(practiceOf(argument as string), read, written)
    }
    await runWith(this.deps, { fault, delays, meanwhile: () => this.settle(practice, 'acknowledged'), watch }, work)
  }

  // Begun only after the call was read again since the claim, and not acknowledged before that read.
  private judge(practice: string, read: Map<string, number>, written: Map<string, number>): void {
    const lastRead = read.get(practice) ?? 0
    if (lastRead < (written.get(practice) ?? 0)) this.tooLate.push('not read again')
    if ((this.acknowledgedAt.get(practice) ?? Number.POSITIVE_INFINITY) < lastRead) this.tooLate.push('acknowledged before')
  }
}

test('whatever crashes, every call ends acknowledged or loudly told, nothing is begun after an acknowledgement, and the proof is complete', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25 }), async (events) => {
      const world = new World()
      await world.begin()
      for (const what of events) await world.happen(what)
      for (let left = 25; left > 0; left -= 1) {
        world.now += minute
        if (left === 6) world.heard.length = 0
        await escalate(world.deps, 'sweep')
      }
      await judgeEnd(world)
      vi.restoreAllMocks()
    }),
    { numRuns: 40 },
  )
})

async function judgeEnd(world: World): Promise<void> {
  expect(world.tooLate).toEqual([])
  const waiting = practices.filter((practice) => !world.acknowledgedAt.has(practice))
  expect(waiting.map((practice) => world.stored(practice).state)).toEqual(waiting.map(() => 'unanswered'))
  // Rings repeat every five minutes; six were listened to.
  expect(world.heard.filter((ring) => ring === 'call-unanswered').length).toBeGreaterThanOrEqual(waiting.length)
  expect(world.heard.filter((ring) => ring === 'escalation-swept')).toHaveLength(6)
  for (const practice of practices) {
    const notices = await noticesOf(world.items, practice, call)
    const sent = world.sent.filter((message) => message.practice === practice)
    if (waiting.includes(practice)) expect(notices.filter(({ state }) => state === 'sending')).toEqual([])
    for (const { number, channel } of sent) {
      const same = sent.filter((message) => message.number === number && message.channel === channel).length
      const listed = notices.filter((notice) => numberOf(practice, notice.who ?? '') === number && notice.channel === channel)
      expect(same).toBeLessThanOrEqual(listed.reduce((sum, { attempts, state }) => sum + (state === 'withdrawn' ? 0 : attempts), 0))
    }
    expect(sent.length).toBeLessThanOrEqual(notices.filter(({ channel }) => channel !== undefined).length + world.crashes)
    for (const { attempts, claimedAt } of notices) {
      expect(attempts).toBeLessThanOrEqual(1 + world.crashes)
      expect(Date.parse(claimedAt)).toBeGreaterThanOrEqual(start)
    }
  }
}
