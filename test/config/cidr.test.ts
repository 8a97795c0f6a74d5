import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPrivate, overlaps, parseCidr } from '../../lib/config/cidr.ts'

const range = fc.tuple(fc.nat({ max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 })).map(([address, prefix]) => {
  const size = 2 ** (32 - prefix)
  const first = Math.floor(address / size) * size
  return {
    text: `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${prefix}`,
    first,
    last: first + size - 1,
    prefix,
  }
})

describe('An IPv4 range', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(range, ({ text, first, last, prefix }) => {
        expect(parseCidr(text)).toEqual({ first, last, prefix })
      }),
    )
  })

  test('overlaps another exactly when they share an address', () => {
    fc.assert(
      fc.property(range, range, (one, other) => {
        expect(overlaps(one, other)).toBe(Math.max(one.first, other.first) <= Math.min(one.last, other.last))
      }),
    )
  })

  test.each(['10.0.0.0', '10.0.0.0/33', '256.0.0.0/8', '10.0.0.1/24', 'ten/8', '', '10.0.0.0/8 '])('is not made of %j', (text) => {
    expect(parseCidr(text)).toBeUndefined()
  })

  test.each([
    ['10.0.0.0/8', true],
    ['172.16.0.0/12', true],
    ['172.32.0.0/16', false],
    ['192.168.1.0/24', true],
    ['8.0.0.0/7', false],
    ['0.0.0.0/0', false],
  ])('%s is private: %s', (text, expected) => {
    const parsed = parseCidr(text)
    expect(parsed !== undefined && isPrivate(parsed)).toBe(expected)
  })
})
