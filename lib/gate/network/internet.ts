import { type AddressRange, rangeOf, sharedCount, united } from './address-range.ts'

const ranges = (...texts: readonly string[]): readonly AddressRange[] => texts.flatMap((text) => rangeOf(text) ?? [])

// Not globally reachable: IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast (RFC 5771) and class E (RFC 1112).
const special = ranges(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
)

// IANA has opened this eighth of the IPv6 space as global unicast (RFC 4291, section 2.4).
const globalUnicast = ranges('2000::/3')

// The unit in which IANA hands addresses to the five regional registries: a /8 of IPv4, a /12 of IPv6.
const mostOfOne = { 4: 1n << 24n, 6: 1n << 116n } as const

/**
 * Whether ranges, taken together, are the internet rather than somebody's network: they hold more public addresses than the unit in which
 * IANA hands them to a whole regional registry, a /8 of IPv4 or a /12 of IPv6. No one organisation's range is wider, so a wider set cannot
 * be a list of those who are known. `0.0.0.0/0` and `::/0` are, and so is one half of them, or many ranges that add up; private ranges of
 * any width are not.
 */
export function isInternet(some: readonly AddressRange[]): boolean {
  if (some.length === 0) return false
  const joined = united(some)
  return publicIpv4(joined) > mostOfOne[4] || sharedCount(joined, globalUnicast) > mostOfOne[6]
}

function publicIpv4(joined: readonly AddressRange[]): bigint {
  const mine = joined.filter(({ family }) => family === 4)
  const all = mine.reduce((sum, { first, last }) => sum + last - first + 1n, 0n)
  return all - sharedCount(mine, special)
}
