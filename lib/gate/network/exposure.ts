import { Unknown } from '../template/value.ts'
import { isInternet } from './internet.ts'
import { spans, type Transport } from './ports.ts'
import type { SecurityRule } from './security-rule.ts'

/** A port of a transport, to be tried from the internet. ICMP and other transports without ports take any number. */
export interface Probe {
  readonly transport: Exclude<Transport, 'any'>
  readonly port: number
}

/** What trying some ports shows: the rules that let the internet in, why it may be let in, or nothing of either. */
export type Exposure =
  | { readonly status: 'open'; readonly probe: Probe; readonly rules: readonly SecurityRule[] }
  | { readonly status: 'unknown'; readonly reason: string; readonly rule: SecurityRule }
  | { readonly status: 'closed' }

/** Whether rules, each alone or several together, open one of some ports to the internet. */
export function exposureOf(rules: readonly SecurityRule[], probes: readonly Probe[]): Exposure {
  for (const probe of probes) {
    const letting = rules.filter((rule) => opens(rule, probe) === true)
    if (letting.length === 0) continue
    const alone = letting.filter(isOpenToInternet)
    if (alone.length > 0) return { status: 'open', probe, rules: alone }
    if (isInternet(letting.flatMap(({ peer }) => peer.ranges))) return { status: 'open', probe, rules: letting }
  }
  return unknownOf(rules, probes)
}

/** Whether a rule by itself is for the whole internet. */
export function isOpenToInternet({ peer }: SecurityRule): boolean {
  const known = open.get(peer)
  if (known !== undefined) return known
  const isOpen = isInternet(peer.ranges)
  open.set(peer, isOpen)
  return isOpen
}

// Each kind of port asks for the same rules.
const open = new WeakMap<SecurityRule['peer'], boolean>()

function unknownOf(rules: readonly SecurityRule[], probes: readonly Probe[]): Exposure {
  for (const rule of rules) {
    const answers = probes.map((probe) => opens(rule, probe))
    const maybe = answers.find((answer) => answer instanceof Unknown)
    if (maybe instanceof Unknown && isOpenToInternet(rule)) return { status: 'unknown', reason: maybe.reason, rule }
    if (rule.peer.unknown !== undefined && answers.some((answer) => answer !== false))
      return { status: 'unknown', reason: rule.peer.unknown.reason, rule }
  }
  return { status: 'closed' }
}

/** Whether a rule is about a port; `Unknown` where its protocol or its ports are not known. */
export function opens({ transport, span }: SecurityRule, probe: Probe): boolean | Unknown {
  if (transport instanceof Unknown) return transport
  if (transport === 'any') return true
  if (transport !== probe.transport) return false
  return span instanceof Unknown ? span : spans(span, probe.port)
}
