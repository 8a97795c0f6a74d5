import type { Attributes, Item, Write } from '../../shared/items/items.ts'
import type { urgencies } from '../api/schemas.ts'
import { keys } from './keys.ts'

/** Where a call stands. `unanswered`: nobody acknowledged in time and the operators were told; it can still be acknowledged. */
export type CallState = 'open' | 'unanswered' | 'acknowledged' | 'closed'

/** What is known of a call without opening it: routing data, no health information. Times are ISO 8601 in UTC. */
export interface Call {
  readonly practice: string
  readonly call: string
  readonly patient: string
  /** Whether the answering line took it under a patient id made for it alone, and nobody has said since which known patient it was. @default false */
  readonly unknownCaller?: boolean
  readonly urgency: (typeof urgencies)[number]
  readonly state: CallState
  readonly receivedAt: string
  /** Escalation steps that are done; the next one has this number. */
  readonly step: number
  /** When the next step is due; also a `due` item exists for it. Undefined when none is. */
  readonly dueAt?: string
  /** How often it has changed; every write tests it. */
  readonly version: number
  readonly acknowledgedBy?: string
  readonly acknowledgedAt?: string
  readonly closedAt?: string
  /** When the patient last wrote. */
  readonly repliedAt?: string
  /** Who has opened an unknown caller's call: `<time> <person> <purpose>` each, until a known patient's ledger takes them over. */
  readonly looks?: readonly string[]
}

/** A call as an item of `routing`. */
export function callItem({ practice, call, ...attributes }: Call): Item {
  return { ...keys.routing(practice, call), attributes: attributes as Attributes }
}

/** A call from its item. */
export function callOf({ pk, sk, attributes }: Item): Call {
  return { practice: pk.slice(0, pk.indexOf('#')), call: sk, ...(attributes as unknown as Omit<Call, 'practice' | 'call'>) }
}

/** The parts of a write that store a new call as open and due at once. */
export const newCall = (call: Call): Write[] => [
  { put: callItem(call), onlyIf: 'absent' },
  { put: { ...keys.open(call.practice, call.call), attributes: {} } },
  ...dueWrites(undefined, call),
]

/**
 * The parts of a write that take a call from one version to the next, and its `due` and `open` items with it. An acknowledged or closed call is not due
 * any more, whatever the change says; otherwise it stays due when it was.
 */
export const changedCall = (before: Call, change: Partial<Omit<Call, 'practice' | 'call' | 'version'>>): Write[] => {
  const after = settled({ ...before, ...change, version: before.version + 1 })
  return [
    { put: callItem(after), onlyIf: { equals: { version: before.version } } },
    ...(after.state === 'closed' && before.state !== 'closed' ? [{ remove: keys.open(before.practice, before.call) }] : []),
    ...dueWrites(before, after),
  ]
}

function settled(call: Call): Call {
  const { dueAt: _, ...rest } = call
  return call.state === 'acknowledged' || call.state === 'closed' ? rest : call
}

// A call whose next step is due has exactly one `due` item, written and removed in the same write as the call itself.
function dueWrites(before: Call | undefined, after: Call): Write[] {
  if (before?.dueAt === after.dueAt) return []
  const at = ({ practice, call }: Call, time: string) => keys.due(practice, time, call)
  return [
    ...(before?.dueAt === undefined ? [] : [{ remove: at(before, before.dueAt) }]),
    ...(after.dueAt === undefined ? [] : [{ put: { ...at(after, after.dueAt), attributes: {} } }]),
  ]
}
