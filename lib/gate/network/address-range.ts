import ipaddr from 'ipaddr.js'

/** Addresses from the first to the last, both included. */
export interface AddressRange {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
}

/**
 * The addresses that a text in CIDR notation names, or a single address. Bits below the prefix are ignored, as EC2 does with them.
 * Undefined where the text is neither.
 */
export function rangeOf(text: string): AddressRange | undefined {
  const [address = '', prefix, ...more] = text.trim().split('/')
  const valid = address.includes(':') ? ipaddr.IPv6.isValid(address) : ipaddr.IPv4.isValidFourPartDecimal(address)
  if (more.length > 0 || !valid) return undefined
  const parsed = ipaddr.parse(address)
  const bits = parsed.kind() === 'ipv4' ? 32 : 128
  const length = prefix === undefined ? bits : lengthOf(prefix, bits)
  if (length === undefined) return undefined
  const size = 1n << BigInt(bits - length)
  const number = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const first = number - (number % size)
  return { family: bits === 32 ? 4 : 6, first, last: first + size - 1n }
}

function lengthOf(text: string, most: number): number | undefined {
  const length = /^\d{1,3}$/.test(text) ? Number(text) : most + 1
  return length > most ? undefined : length
}

/** The same addresses as ranges that neither overlap nor touch, in order; families apart. */
export function united(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const joined: AddressRange[] = []
  for (const range of ranges.toSorted(byPlace)) {
    const before = joined.at(-1)
    if (before === undefined || before.family !== range.family || range.first > before.last + 1n) joined.push(range)
    else joined[joined.length - 1] = { ...before, last: before.last > range.last ? before.last : range.last }
  }
  return joined
}

const byPlace = (one: AddressRange, other: AddressRange): number =>
  one.family - other.family || (one.first < other.first ? -1 : one.first > other.first ? 1 : 0)

/** How many addresses two sets of ranges share. */
export function sharedCount(some: readonly AddressRange[], others: readonly AddressRange[]): bigint {
  const right = united(others)
  return united(some).reduce((sum, range) => sum + right.reduce((count, other) => count + overlap(range, other), 0n), 0n)
}

function overlap(one: AddressRange, other: AddressRange): bigint {
  if (one.family !== other.family) return 0n
  const first = one.first > other.first ? one.first : other.first
  const last = one.last < other.last ? one.last : other.last
  return last < first ? 0n : last - first + 1n
}
