/** An IPv4 range: first and last address as unsigned 32-bit integers, and the prefix length in bits. */
export interface CidrRange {
  readonly first: number
  readonly last: number
  readonly prefix: number
}

// RFC 1918, "Address Allocation for Private Internets", section 3.
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((range) => parse(range))

/** Reads `a.b.c.d/n`; undefined when it is no IPv4 range or has host bits set. */
export function parseCidr(text: string): CidrRange | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)
  if (match === null) return undefined
  const [a, b, c, d, prefix] = match.slice(1).map(Number) as [number, number, number, number, number]
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined
  const first = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  const size = 2 ** (32 - prefix)
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined
}

/** Whether the two ranges share an address. */
export const overlaps = (one: CidrRange, other: CidrRange): boolean => one.first <= other.last && other.first <= one.last

/** Whether every address of the range is private by RFC 1918. */
export const isPrivate = (range: CidrRange): boolean =>
  privateRanges.some((outer) => outer.first <= range.first && range.last <= outer.last)

function parse(text: string): CidrRange {
  const range = parseCidr(text)
  if (range === undefined) throw new Error(`"${text}" is not an IPv4 range`)
  return range
}
