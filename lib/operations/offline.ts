import { nameOf } from '../config/names.ts'
import type { EnvironmentConfig } from '../config/schema.ts'
import { answeringFunctions, serviceConcurrency } from '../config/service-concurrency.ts'

/** Whether callers are let in. */
export type Standing = 'offline' | 'online'

/** One thing that is switched. */
export type Switch =
  | { readonly kind: 'function'; readonly name: string; readonly concurrency: number }
  | { readonly kind: 'ip-set'; readonly name: string; readonly addresses: readonly string[] }

/** What switching needs of an account. Each sets one thing, reads it back, and rejects when it is not as asked. */
export interface Switches {
  readonly concurrency: (functionName: string, concurrency: number) => Promise<void>
  readonly addresses: (ipSet: string, addresses: readonly string[]) => Promise<void>
}

/** How one switch went. */
export interface Switched {
  readonly switch: Switch
  readonly milliseconds: number
  /** Undefined when it is as asked, and has been read back. */
  readonly error?: unknown
}

// A web access control list takes no range of length zero, so the internet is two halves (AWS WAF API Reference, "IPSet").
const everywhere = { v4: ['0.0.0.0/1', '128.0.0.0/1'], v6: ['::/1', '8000::/1'] } as const

/**
 * What is switched, in order. Functions come first: a function without concurrency runs for nobody, at once. The IP sets behind the rule that answers in plain
 * words come second, as the firewall takes a little longer to hear of them; meanwhile callers are turned away without words.
 */
export const switchesOf = (config: Pick<EnvironmentConfig, 'name'>, to: Standing): readonly (readonly Switch[])[] => [
  answeringFunctions.map((name) => ({
    kind: 'function',
    name: nameOf(config, name),
    concurrency: to === 'offline' ? 0 : serviceConcurrency[name],
  })),
  (['v4', 'v6'] as const).map((version) => ({
    kind: 'ip-set',
    name: nameOf(config, `offline-${version}`),
    addresses: to === 'offline' ? everywhere[version] : [],
  })),
]

/**
 * Switches the service. One switch that fails keeps none of the others from happening; running it again is safe and finishes what remains.
 * @param told is told of every switch as soon as it is done or has failed
 * @param clock milliseconds
 */
export async function switchService(
  config: Pick<EnvironmentConfig, 'name'>,
  to: Standing,
  account: Switches,
  told: (switched: Switched) => void,
  clock: () => number = () => performance.now(),
): Promise<readonly Switched[]> {
  const all: Switched[] = []
  for (const together of switchesOf(config, to)) {
    const done = together.map(async (one) => {
      const switched = await timed(one, account, clock)
      told(switched)
      return switched
    })
    all.push(...(await Promise.all(done)))
  }
  return all
}

async function timed(one: Switch, account: Switches, clock: () => number): Promise<Switched> {
  const started = clock()
  try {
    await (one.kind === 'function' ? account.concurrency(one.name, one.concurrency) : account.addresses(one.name, one.addresses))
    return { switch: one, milliseconds: clock() - started }
  } catch (error) {
    // Whatever hindered one switch, the others are still tried: half contained is better than not at all.
    return { switch: one, milliseconds: clock() - started, error }
  }
}
