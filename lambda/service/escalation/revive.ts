import { log } from '../../shared/log.ts'
import { type Call, changedCall } from '../calls/call.ts'
import { keys } from '../calls/keys.ts'
import { escalationEvents } from './env.ts'
import { type Escalating, isWaiting, momentText, readCall } from './escalating.ts'
import { retakeNotices } from './retake.ts'
import { takeSteps } from './take-steps.ts'

/** Looks after one open call: what a crash left half done is taken again, and a call without a next step gets one. */
export async function lookAfter(deps: Escalating, practice: string, id: string): Promise<void> {
  const call = await readCall(deps.items, practice, id)
  if (call === undefined) log('error', { event: escalationEvents.revived, kind: 'no-call' })
  if (!isWaiting(call)) return
  await retakeNotices(deps, call)
  if (!(await hasDue(deps, call))) await revive(deps, call)
}

// Every write of a call keeps its `due` item in step, so this mends what should not happen: a restored copy, a hand that slipped.
async function revive(deps: Escalating, call: Call): Promise<void> {
  log('error', { event: escalationEvents.revived })
  const { dueAt: _, ...withoutDue } = call
  await deps.items.write(changedCall(withoutDue, { dueAt: momentText(deps.now()) }))
  await takeSteps(deps, call.practice, call.call)
}

async function hasDue({ items }: Escalating, { practice, call, dueAt }: Call): Promise<boolean> {
  return dueAt !== undefined && (await items.get(keys.due(practice, dueAt, call))) !== undefined
}
