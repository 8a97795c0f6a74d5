import type { Deployment } from '../template/deployment.ts'
import { hasHole, Reference, Unknown, type Value } from '../template/value.ts'
import { type AddressRange, rangeOf } from './address-range.ts'

/** Who stands at the other end of a rule. */
export interface Peer {
  /** Addresses that it names; none where it names a security group or a range that is certainly narrow. */
  readonly ranges: readonly AddressRange[]
  /** Why it may be anybody, where that is not known. */
  readonly unknown: Unknown | undefined
}

const known = (...ranges: readonly AddressRange[]): Peer => ({ ranges, unknown: undefined })
const open = (unknown: Unknown): Peer => ({ ranges: [], unknown })

/** The peer that a CIDR block of a rule or route means. */
export function peerOfRange(value: Value | undefined, deployment: Deployment): Peer {
  if (value === undefined) return known()
  if (value instanceof Unknown) return wideRanges.some(value.mayBe) ? open(value) : known()
  if (value instanceof Reference) return ofReference(value, deployment)
  if (typeof value !== 'string') return open(new Unknown('the range is computed at deployment'))
  if (hasHole(value)) return isNarrow(value) ? known() : open(new Unknown('the range is computed at deployment'))
  const range = rangeOf(value)
  return range === undefined ? open(new Unknown('it is no range of addresses')) : known(range)
}

// Samples of every prefix that `isInternet` may call too wide: a parameter whose pattern takes none of them is a narrow range.
const wideRanges = [
  ...Array.from({ length: 8 }, (_, length) => [`0.0.0.0/${length}`, `1.2.3.4/${length}`, `128.0.0.0/${length}`]).flat(),
  ...Array.from({ length: 12 }, (_, length) => [`::/${length}`, `2000::/${length}`]).flat(),
]

const ownNetwork = ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::VPCCidrBlock', 'AWS::EC2::SubnetCidrBlock']

/** A range of a network that the deployment makes is its own. */
function ofReference(value: Reference, deployment: Deployment): Peer {
  const type = deployment.resourceOf(value)?.type ?? ''
  return ownNetwork.includes(type) ? known() : open(new Unknown(`the range is made by ${value.logicalId} at deployment`))
}

/** A prefix of /8 or longer (IPv6: /12) bounds a range whatever its address is; see `isInternet`. */
function isNarrow(text: string): boolean {
  const length = /\/(\d{1,3})$/.exec(text)?.[1]
  return length !== undefined && Number(length) >= (text.includes(':') ? 12 : 8)
}

/** The peer that a prefix list means: its entries where the deployment makes it; a list of AWS or of somebody's own is no internet. */
export function peerOfPrefixList(value: Value | undefined, deployment: Deployment): Peer {
  const list = deployment.resourceOf(value)
  if (list?.type !== 'AWS::EC2::PrefixList') return known()
  const entries = list.at('Entries.*.Cidr').map((place) => peerOfRange(place.value, deployment))
  return bothOf(entries)
}

/** Several peers as one. */
export const bothOf = (peers: readonly Peer[]): Peer => ({
  ranges: peers.flatMap(({ ranges }) => ranges),
  unknown: peers.find(({ unknown }) => unknown !== undefined)?.unknown,
})
