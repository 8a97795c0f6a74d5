import { describe, expect, it } from 'vitest'
import { rangeOf, united } from '../../../lib/gate/network/address-range.ts'
import { isInternet } from '../../../lib/gate/network/internet.ts'

const ranges = (...texts: readonly string[]) => texts.flatMap((text) => rangeOf(text) ?? [])

/** Blocks that cover all of a space but one block, as those write who think that only /0 is looked for. */
const allButOne = (count: number) => Array.from({ length: count - 1 }, (_, index) => `${index * (256 / count)}.0.0.0/${Math.log2(count)}`)

describe('A set of ranges is the internet', () => {
  it.each([
    ['everything', ['0.0.0.0/0']],
    ['everything of IPv6', ['::/0']],
    ['everything, written with bits below the prefix', ['10.1.2.3/0']],
    ['two halves', ['0.0.0.0/1', '128.0.0.0/1']],
    ['two halves of IPv6', ['::/1', '8000::/1']],
    ['one half', ['0.0.0.0/1']],
    ['many ranges that leave one out', allButOne(64)],
    ['the public part of IPv6', ['2000::/3']],
    ['two public blocks of a registry each', ['3.0.0.0/8', '52.0.0.0/8']],
    ['everything beside a private range', ['10.0.0.0/8', '0.0.0.0/0']],
  ])('when they are %s', (_name, texts) => {
    expect(isInternet(ranges(...texts))).toBe(true)
  })

  it.each([
    ['nothing', []],
    ['one address', ['203.0.113.7/32']],
    ['one address without a prefix', ['198.51.100.9']],
    ['all private ranges', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']],
    ['one public /8 and private ranges around it', ['11.0.0.0/8', '10.0.0.0/8']],
    ['a network of IPv6', ['2600:1f00::/24']],
    ['multicast and what is reserved', ['224.0.0.0/3']],
    ['the same /16 a thousand times', Array.from({ length: 1000 }, () => '52.1.0.0/16')],
  ])('but not when they are %s', (_name, texts) => {
    expect(isInternet(ranges(...texts))).toBe(false)
  })
})

describe('A range', () => {
  it.each(['', 'anywhere', '0.0.0.0/33', '::/129', '1.2.3/8', '010.0.0.1', '1.2.3.4/8/8', '0.0.0.0/-1', '1/0'])(
    'is not read from %j',
    (text) => {
      expect(rangeOf(text)).toBeUndefined()
    },
  )

  it('is joined with those it touches or overlaps, and no others', () => {
    expect(united(ranges('10.0.1.0/24', '10.0.0.0/24', '10.0.0.128/25', '10.0.3.0/24'))).toEqual([
      { family: 4, first: 0x0a000000n, last: 0x0a0001ffn },
      { family: 4, first: 0x0a000300n, last: 0x0a0003ffn },
    ])
  })

  it('of IPv4 is not joined with one of IPv6', () => {
    expect(united(ranges('0.0.0.0/0', '::/0'))).toHaveLength(2)
  })
})
