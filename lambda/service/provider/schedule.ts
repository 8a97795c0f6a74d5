import { ServiceError } from '../../shared/http/service-error.ts'
import { newIdentifier } from '../../shared/identifiers.ts'
import type { Write } from '../../shared/items/items.ts'
import { keys } from '../calls/keys.ts'
import { once } from '../idempotency.ts'
import { overrideProblem, planProblem, rotationProblem, type ScheduleProblem } from '../schedule/problems.ts'
import { readSchedule, scheduleItems } from '../schedule/stored-schedule.ts'
import type { Act, Work } from './work.ts'

/** The rotation of the practice, `null` when there is none, and its overrides in the order they were made. */
export const readSchedulePart: Act<'readSchedule'> = async ({ items, practice }) => {
  const { rotation = null, overrides } = await readSchedule(items, practice)
  return { status: 200, body: { rotation, overrides } }
}

/** Replaces the rotation; the last one said holds. */
export const replaceRotation: Act<'replaceRotation'> = (work) =>
  said(work, rotationProblem(work.sent.body), { put: scheduleItems.rotation(work.practice, work.sent.body) })

/** How many overrides a practice has at most. Without an end to them, one practice could keep escalation from ever getting through its schedule. */
export const mostOverrides = 100

/** Puts somebody else on call for a while. Its id sorts it behind all that were made before. */
export const addOverride: Act<'addOverride'> = async (work) => {
  const id = newIdentifier(work.now)
  const put = scheduleItems.override(work.practice, id, work.sent.body)
  if (overrideProblem(work.sent.body) !== undefined) throw new ServiceError('not-valid')
  return once(work.items, work, async () => {
    if ((await overridesOf(work)).length >= mostOverrides) throw new ServiceError('conflict')
    return { response: { status: 201, body: { override: id } }, writes: [{ put, onlyIf: 'absent' }] }
  })
}

function overridesOf({ items, practice }: Work) {
  const { table, pk, sk } = keys.override(practice, '')
  return items.query({ table, pk, from: sk, to: `${sk}~`, limit: mostOverrides, attributes: [] })
}

/** Takes an override back. One that is gone already is refused as one that never was. */
export const removeOverride: Act<'removeOverride'> = (work) =>
  once(work.items, work, async () => {
    const key = keys.override(work.practice, work.sent.path.override)
    if ((await work.items.get(key)) === undefined) throw new ServiceError('not-found')
    return { response: done, writes: [{ remove: key, onlyIf: 'present' }] }
  })

/** How calls are escalated: what the practice said, or what holds for one that has said nothing. */
export const readEscalation: Act<'readEscalation'> = async ({ items, practice }) => {
  const { plan } = await readSchedule(items, practice)
  return { status: 200, body: plan }
}

/** Changes how calls are escalated, from the next step of each on. */
export const replaceEscalation: Act<'replaceEscalation'> = (work) =>
  said(work, planProblem(work.sent.body), { put: scheduleItems.escalation(work.practice, work.sent.body) })

/** Registers the number a provider is notified at. The provider is the one of the session: nobody registers a number for another. */
export const registerContact: Act<'registerContact'> = (work) =>
  said(work, undefined, { put: scheduleItems.contact(work.practice, work.person, work.sent.body.number) })

const done = { status: 200, body: {} } as const

function said(work: Work, problem: ScheduleProblem | undefined, write: Write) {
  if (problem !== undefined) throw new ServiceError('not-valid')
  return once(work.items, work, async () => ({ response: done, writes: [write] }))
}
