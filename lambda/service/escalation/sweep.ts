import type { Item } from '../../shared/items/items.ts'
import { errorKind, log } from '../../shared/log.ts'
import { keys } from '../calls/keys.ts'
import { escalationEvents } from './env.ts'
import { type Escalating, momentText, readCall } from './escalating.ts'
import { lookAfter } from './revive.ts'
import { type Done, sideBySide } from './side-by-side.ts'
import { takeSteps } from './take-steps.ts'

/** How long a sweep begins new work, in milliseconds: short of the minute until the next one. */
export const sweepMilliseconds = 40_000
/** Open calls of one practice that one sweep looks after; the next sweeps look after the others. */
export const lookedAfter = 200
const width = 8

/** A part of a sweep failed. What failed is due as before, and the next sweep takes it. */
export class SweepError extends Error {
  override readonly name = 'SweepError'
}

/**
 * Takes every step that is due in every practice, the longest due first, and looks after open calls. What one run has no time for stays due. The heartbeat is
 * logged only by a run that did everything: a run that fails or falls behind is silent, and silence rings.
 * @throws SweepError when a part failed
 */
export async function sweep(deps: Escalating): Promise<void> {
  const start = deps.now()
  const mayBegin = (): boolean => deps.now() - start < sweepMilliseconds
  const practices = turned(deps.practices, Math.floor(start / 60_000))
  const whole = { done: 0, errors: [] as unknown[], left: 0 }
  // All that is due comes before all that is only looked after.
  for (const part of [takeDue, lookAfterOpen]) {
    const found = await sideBySide(practices, width, mayBegin, async (practice) => add(whole, await part(deps, practice, mayBegin)))
    add(whole, { ...found, done: 0 })
  }
  report(whole, deps.now() - start)
}

async function takeDue(deps: Escalating, practice: string, mayBegin: () => boolean): Promise<Done> {
  const { table, pk } = keys.due(practice, '', '')
  const due = await deps.items.query({ table, pk, to: `${momentText(deps.now())}#~` })
  return sideBySide(due, width, mayBegin, (item) => takeDueItem(deps, practice, item))
}

async function takeDueItem(deps: Escalating, practice: string, item: Item): Promise<void> {
  const [time = '', id = ''] = item.sk.split('#')
  await takeSteps(deps, practice, id)
  const call = await readCall(deps.items, practice, id)
  if (call?.dueAt === time) return
  // Usually the step just taken has removed it. An item that belongs to no call would come up every minute for ever.
  if (call === undefined) log('error', { event: escalationEvents.revived, kind: 'no-call' })
  const unchanged = call === undefined ? ('absent' as const) : { equals: { version: call.version } }
  await deps.items.write([
    { check: keys.routing(practice, id), onlyIf: unchanged },
    { remove: { table: item.table, pk: item.pk, sk: item.sk } },
  ])
}

async function lookAfterOpen(deps: Escalating, practice: string, mayBegin: () => boolean): Promise<Done> {
  const { table, pk } = keys.open(practice, '')
  const open = await deps.items.query({ table, pk })
  const chosen = turned(open, Math.floor(deps.now() / 60_000) * lookedAfter).slice(0, lookedAfter)
  return sideBySide(chosen, width, mayBegin, ({ sk }) => lookAfter(deps, practice, sk))
}

function report({ done, errors, left }: Done, milliseconds: number): void {
  for (const error of errors) log('error', { event: escalationEvents.failed, kind: errorKind(error) })
  if (left > 0) log('warn', { event: escalationEvents.behind, count: left, milliseconds })
  if (errors.length > 0) throw new SweepError(`${errors.length} parts of the sweep failed. They stay due.`)
  if (left === 0) log('info', { event: escalationEvents.swept, count: done, milliseconds })
}

function add(whole: { done: number; errors: unknown[]; left: number }, { done, errors, left }: Done): void {
  whole.done += done
  whole.errors.push(...errors)
  whole.left += left
}

// Another one begins each minute, so that a run that is cut short does not always miss the same ones.
const turned = <T>(list: readonly T[], by: number): readonly T[] => {
  const first = list.length === 0 ? 0 : by % list.length
  return [...list.slice(first), ...list.slice(0, first)]
}
