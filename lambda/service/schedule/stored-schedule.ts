import * as z from 'zod/mini'
import { $ZodError } from 'zod/v4/core'
import type { Attributes, Item, ItemKey, Items } from '../../shared/items/items.ts'
import { errorKind, log } from '../../shared/log.ts'
import { contact, type EscalationPlan, escalation, type Override, override, type Rotation, rotation } from '../api/schemas.ts'
import { keys } from '../calls/keys.ts'
import { rotationProblem } from './problems.ts'
import { defaultPlan, type Schedule } from './schedule.ts'

/** What is logged when a part of a stored schedule does not parse; that part is left out then, and the rest holds. */
export const scheduleUnreadableEvent = 'schedule-unreadable'

// An override that is over is told for five weeks more, and may go then: the whole schedule is read at each step of an escalation.
const keptSeconds = 35 * 86_400

/** The items of a schedule. Each holds what was said as JSON in one attribute. */
export const scheduleItems = {
  rotation: (practice: string, said: Rotation): Item => stored(keys.rotation(practice), said),
  override: (practice: string, id: string, said: Override): Item =>
    stored(keys.override(practice, id), said, { expiresAt: Math.floor(Date.parse(said.to) / 1000) + keptSeconds }),
  escalation: (practice: string, said: EscalationPlan): Item => stored(keys.escalation(practice), said),
  contact: (practice: string, provider: string, number: string): Item => stored(keys.contact(practice, provider), { number }),
} as const

/**
 * The schedule of a practice. A part that does not parse is left out and logged: a spoilt contact must not silence the others.
 * @throws Error of the store
 */
export async function readSchedule(items: Pick<Items, 'query'>, practice: string): Promise<Schedule> {
  const { table, pk } = keys.rotation(practice)
  return scheduleOf(await items.query({ table, pk }))
}

/** The schedule that the items of its partition say. */
export function scheduleOf(found: readonly Item[]): Schedule {
  const said = found.find(({ sk }) => sk === 'rotation')
  const turned = said && parsed(knownRotation, said)
  const planned = found.find(({ sk }) => sk === 'escalation')
  return {
    ...(turned && { rotation: turned }),
    overrides: partsOf(found, 'override#', override).map(([id, part]) => ({ id, ...part })),
    plan: (planned && parsed(escalation, planned)) ?? defaultPlan,
    contacts: new Map(partsOf(found, 'contact#', contact).map(([provider, { number }]) => [provider, number])),
  }
}

const knownRotation = rotation.check(z.refine((said) => rotationProblem(said) === undefined))
const attributes = z.object({ said: z.string() })

const stored = (key: ItemKey, said: object, more: Attributes = {}): Item => ({
  ...key,
  attributes: { said: JSON.stringify(said), ...more },
})

const partsOf = <Part>(found: readonly Item[], start: string, schema: z.ZodMiniType<Part>): (readonly [string, Part])[] =>
  found
    .filter(({ sk }) => sk.startsWith(start))
    .flatMap((item) => {
      const part = parsed(schema, item)
      return part === undefined ? [] : [[item.sk.slice(start.length), part] as const]
    })

function parsed<Part>(schema: z.ZodMiniType<Part>, item: Item): Part | undefined {
  try {
    return schema.parse(JSON.parse(attributes.parse(item.attributes).said))
  } catch (error) {
    if (!(error instanceof $ZodError || error instanceof SyntaxError)) throw error
    log('error', { event: scheduleUnreadableEvent, kind: errorKind(error) })
    return undefined
  }
}
