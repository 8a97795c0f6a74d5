import { log } from '../../shared/log.ts'
import { type Call, changedCall } from '../calls/call.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { readSchedule } from '../schedule/stored-schedule.ts'
import { escalationEvents } from './env.ts'
import { type Escalating, isWaiting, momentText, readCall } from './escalating.ts'
import { type Notice, noticeItem, noticesOf } from './notice.ts'
import { sendNotice } from './send-notice.ts'
import { dueStep, escalationSteps, type MessageStep, ringAgainMinutes, type Step } from './steps.ts'
import { type Way, wayOf } from './way.ts'

// More than the steps a call can have due at once, each refused once because something else changed the call.
const mostTurns = 50

/** A call whose next step is due, with what decides that step. */
interface Due {
  readonly call: Call
  readonly schedule: Schedule
  readonly steps: readonly Step[]
}

/** Takes every step of a call that is due. Whoever else does so at the same time, each step is taken by one of them. */
export async function takeSteps(deps: Escalating, practice: string, id: string): Promise<void> {
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const call = await readCall(deps.items, practice, id)
    if (!isWaiting(call) || call.dueAt === undefined || Date.parse(call.dueAt) > deps.now()) return
    const schedule = await readSchedule(deps.items, practice)
    await takeStep(deps, { call, schedule, steps: escalationSteps(schedule.plan, Date.parse(call.receivedAt)) })
  }
}

// A write that is refused is looked at again with the next turn: somebody else was faster, or the call is acknowledged.
function takeStep(deps: Escalating, due: Due): Promise<void> {
  const { call, steps } = due
  if (call.state === 'unanswered') return tellOperators(deps, due)
  const step = call.step < steps.length ? dueStep(steps, call.step, deps.now()) : steps.at(-1)
  if (step === undefined) return waitFor(deps, call, steps[call.step] as Step)
  return step.to === 'operators' ? tellOperators(deps, due) : notify(deps, due, step)
}

async function notify(deps: Escalating, { call, schedule, steps }: Due, step: MessageStep): Promise<void> {
  const now = deps.now()
  const failedWays = (await noticesOf(deps.items, call.practice, call.call)).flatMap(failedWay)
  const way = wayOf(schedule, step, now, failedWays)
  // A ring comes before the write: rung twice is better than never.
  if (way === undefined) log('error', { event: escalationEvents.withoutProvider })
  const notice = { ...begun(call, step, now), ...(way ?? { state: 'nobody' as const }) }
  const next = steps[step.number + 1] as Step
  const change = changedCall(call, { step: step.number + 1, dueAt: momentText(next.at) })
  const claim = await deps.items.write([...change, { put: noticeItem(notice), onlyIf: 'absent' }])
  if (claim === 'written' && way !== undefined) await sendNotice(deps, { ...notice, ...way }, schedule.contacts.get(way.who))
}

async function tellOperators({ items, now: clock }: Escalating, { call, steps }: Due): Promise<void> {
  const now = clock()
  log('error', { event: escalationEvents.unanswered })
  const number = Math.max(call.step, steps.length - 1)
  const dueAt = momentText(now + ringAgainMinutes * 60_000)
  const told = { ...begun(call, { number, to: 'operators' }, now), state: 'told' as const }
  await items.write(
    call.state === 'unanswered'
      ? changedCall(call, { dueAt })
      : [...changedCall(call, { state: 'unanswered', step: number + 1, dueAt }), { put: noticeItem(told), onlyIf: 'absent' }],
  )
}

// A call that was revived, or whose plan has changed, can come up before its next step.
async function waitFor({ items }: Escalating, call: Call, { at }: Step): Promise<void> {
  await items.write(changedCall(call, { dueAt: momentText(at) }))
}

const begun = ({ practice, call }: Call, { number, to }: Pick<Step, 'number' | 'to'>, now: number): Notice => ({
  ...{ practice, call, number, to },
  state: 'sending',
  claimedAt: momentText(now),
  attempts: 1,
})

const failedWay = ({ state, who, channel }: Notice): Way[] =>
  state === 'failed' && who !== undefined && channel !== undefined ? [{ who, channel }] : []
