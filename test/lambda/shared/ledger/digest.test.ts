import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Digested, digest } from '../../../../lambda/shared/ledger/digest.ts'

test('a digest is SHA-256 over lengths and bytes, label first', () => {
  const input = Buffer.from([0, 0, 0, 1, 0x4c, 0, 0, 0, 2, 0xc3, 0xa9, 0, 0, 0, 2, 0, 0, 0, 1, 0x61, 0, 0, 0, 0])
  expect(digest('L', ['é', ['a', '']])).toBe(createHash('sha256').update(input).digest('hex'))
})

test('two different inputs of one shape never have the same digest', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 6 })
  const parts = fc.tuple(text, fc.array(text, { maxLength: 3 }), text)
  fc.assert(
    fc.property(parts, parts, (one: Digested[], other: Digested[]) => {
      expect(digest('label', one) === digest('label', other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
  )
})

test('text cannot move from one part to the next, or out of a list', () => {
  const digests = [
    ['ab', 'c'],
    ['a', 'bc'],
    ['', 'abc'],
    [['a', 'b'], 'c'],
    [['ab'], 'c'],
    [['a'], 'bc'],
  ].map((parts) => digest('label', parts))
  expect(new Set([...digests, digest('labela', ['b', 'c'])]).size).toBe(7)
})
