import { setTimeout as pause } from 'node:timers/promises'
import type { Items, Write } from '../../lambda/shared/items/items.ts'
import { errorKind, log } from '../../lambda/shared/log.ts'

/** A call whose next step is due now. */
export interface DueCall {
  readonly practice: string
  readonly call: string
}

/** Escalates one call, or every call that is due. */
export type Escalate = (what: 'sweep' | DueCall) => Promise<unknown>

/** Runs escalation beside the server. */
export interface EscalationRunner {
  /** Escalates a call soon. It returns at once. */
  readonly kick: (due: DueCall) => void
  /** Sweeps now. Settles when everything is done that waited before. */
  readonly sweep: () => Promise<void>
  /** Ends; what is not finished within a moment is taken up at the next start, as after a crash. */
  readonly stop: () => Promise<void>
}

/** What is logged when a run fails; the next sweep finds what it left. */
export const escalationFailedEvent = 'local-escalation-failed'

// More kicks than this at a time are forgotten, and the next sweep does their work: a flood of calls costs no memory.
const mostKicks = 1000
/** How long the work at hand may take at the end, in milliseconds. */
const patience = 2_000

/**
 * Escalates calls one after the other: those that were kicked, and every so often all that are due. In AWS the stream of the routing table kicks, and a schedule
 * sweeps every minute.
 * @param every milliseconds between sweeps
 */
export function escalationRunner(escalate: Escalate, every: number): EscalationRunner {
  const kicks = new Map<string, DueCall>()
  let work: Promise<void> = Promise.resolve()
  let waiting = false
  let stopped = false

  const attempt = async (what: 'sweep' | DueCall): Promise<void> => {
    if (stopped) return
    try {
      await escalate(what)
    } catch (error) {
      if (stopped) return
      // The due item still stands, so nothing is lost; a server must not end for it.
      log('error', { event: escalationFailedEvent, kind: errorKind(error) })
    }
  }
  const emptied = async (): Promise<void> => {
    waiting = false
    const taken = [...kicks.values()]
    kicks.clear()
    for (const due of taken) await attempt(due)
  }
  const sweep = (): Promise<void> => {
    work = work.then(emptied).then(() => attempt('sweep'))
    return work
  }
  const timer = setInterval(() => {
    if (!waiting) void sweep()
  }, every)
  return {
    kick: (due) => {
      if (stopped || kicks.size >= mostKicks) return
      kicks.set(`${due.practice} ${due.call}`, due)
      if (!waiting) work = work.then(emptied)
      waiting = true
    },
    sweep,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await Promise.race([work, pause(patience, undefined, { ref: false })])
    },
  }
}

/** Tables that kick as the stream of the routing table does: whenever an item of a `due` partition was written. */
export function kicking(items: Items, kick: (due: DueCall) => void): Items {
  return {
    ...items,
    write: async (parts) => {
      const answer = await items.write(parts)
      if (answer === 'written') for (const due of parts.flatMap(dueCalls)) kick(due)
      return answer
    },
  }
}

function dueCalls(part: Write): readonly DueCall[] {
  if (!('put' in part) || part.put.table !== 'routing' || !part.put.pk.endsWith('#due')) return []
  return [{ practice: part.put.pk.slice(0, -'#due'.length), call: part.put.sk.slice(part.put.sk.lastIndexOf('#') + 1) }]
}
