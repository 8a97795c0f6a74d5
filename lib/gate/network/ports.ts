import { numberOf, Unknown, type Value } from '../template/value.ts'

/** Transport that a rule is about; `any` is all of them, `other` one without ports. */
export type Transport = 'tcp' | 'udp' | 'icmp' | 'any' | 'other'

/** Ports from the first to the last, both included. */
export interface PortSpan {
  readonly from: number
  readonly to: number
}

/** Every port. */
export const allPorts: PortSpan = { from: 0, to: 65_535 }

// Names that EC2 takes, and protocol numbers (IANA, Assigned Internet Protocol Numbers).
const transports: Readonly<Record<string, Transport>> = {
  '-1': 'any',
  all: 'any',
  tcp: 'tcp',
  '6': 'tcp',
  udp: 'udp',
  '17': 'udp',
  icmp: 'icmp',
  '1': 'icmp',
  icmpv6: 'icmp',
  '58': 'icmp',
}

/** The transport that a rule's protocol means, by name or number; `Unknown` where that is not known. */
export function transportOf(protocol: Value | undefined): Transport | Unknown {
  if (protocol instanceof Unknown) return protocol
  if (typeof protocol !== 'string' && typeof protocol !== 'number') return new Unknown('the protocol is computed at deployment')
  return transports[String(protocol).trim().toLowerCase()] ?? 'other'
}

/**
 * The ports that a rule opens. Without both ends, or with -1 in their place, it is every port; ICMP has none. For any protocol but TCP,
 * UDP and ICMP, EC2 ignores what is written (AWS::EC2::SecurityGroup Ingress, IpProtocol).
 */
export function spanOf(transport: Transport, from: Value | undefined, to: Value | undefined): PortSpan | Unknown {
  if (transport !== 'tcp' && transport !== 'udp') return allPorts
  for (const end of [from, to]) if (end instanceof Unknown) return end
  const [first, last] = [numberOf(from ?? to), numberOf(to ?? from)]
  if (from === undefined && to === undefined) return allPorts
  if (first === undefined || last === undefined) return new Unknown('the ports are computed at deployment')
  return first < 0 || last < 0 ? allPorts : { from: first, to: last }
}

/** Whether a span holds a port. */
export const spans = ({ from, to }: PortSpan, port: number): boolean => from <= port && port <= to

/** Whether a span is, but for a few ports at its ends, every port. */
export const isEveryPort = ({ from, to }: PortSpan): boolean => from <= 1 && to >= 65_534
