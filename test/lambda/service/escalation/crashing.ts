import type { Escalating } from '../../../../lambda/service/escalation/escalating.ts'
import type { Items } from '../../../../lambda/shared/items/items.ts'

/** What happens at one of the port calls of a run, counted from 0. */
export interface Fault {
  readonly at: number
  /** The process dies, or the call throws, before or after it has had its effect; or something else is done before it. */
  readonly what: 'die-before' | 'die-after' | 'throw-before' | 'throw-after' | 'meanwhile'
}

/** A port call of a run, as a test looks at it. */
export interface PortCall {
  readonly name: 'get' | 'query' | 'write' | 'text' | 'voice'
  readonly argument: unknown
}

/** How a run of escalation goes. */
export interface Run {
  readonly fault: Fault | undefined
  /** How many turns of the event loop the port calls take, one after the other, again from the first; so runs side by side meet in many ways. */
  readonly delays: readonly number[]
  /** What is done for the fault `meanwhile`. */
  readonly meanwhile: () => Promise<void>
  readonly watch: (call: PortCall) => void
}

/**
 * Does work with ports that go wrong once. A process that dies is a call that never answers, and no later call of that run does anything: code cannot catch it.
 * @returns `ended` also when the work threw; `died` when the process died
 */
export async function runWith(deps: Escalating, run: Run, work: (deps: Escalating) => Promise<unknown>): Promise<'ended' | 'died'> {
  let die: (how: 'died') => void = () => undefined
  const death = new Promise<'died'>((resolve) => {
    die = resolve
  })
  const wrap = wrapping(run, die)
  const { items, notifier } = deps
  const wrapped: Items = { get: wrap('get', items.get), query: wrap('query', items.query), write: wrap('write', items.write) }
  const notifying = { text: wrap('text', notifier.text), voice: wrap('voice', notifier.voice) }
  const ended = work({ ...deps, items: wrapped, notifier: notifying }).then(
    () => 'ended' as const,
    () => 'ended' as const,
  )
  return Promise.race([ended, death])
}

function wrapping({ fault, delays, meanwhile, watch }: Run, die: (how: 'died') => void) {
  let calls = 0
  let dead = false
  const never = (): Promise<never> => {
    dead = true
    die('died')
    return new Promise(() => undefined)
  }
  const turns = async (): Promise<void> => {
    for (let left = delays[calls % delays.length] ?? 0; left > 0; left -= 1) await Promise.resolve()
  }
  return <Given extends unknown[], Answer>(name: PortCall['name'], call: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      const what = fault?.at === calls ? fault.what : undefined
      calls += 1
      if (dead || what === 'die-before') return never()
      if (what === 'throw-before') throw new Error('down')
      if (what === 'meanwhile') await meanwhile()
      watch({ name, argument: given[0] })
      const answer = await call(...given)
      if (what === 'die-after') return never()
      if (what === 'throw-after') throw new Error('down')
      await turns()
      return dead ? never() : answer
    }
}
