import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from '../../../../lambda/shared/http/json.ts'

test('ordinary JSON is parsed as everybody parses it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent)
      fc.pre(!/"(?:__proto__|constructor|prototype)"/.test(text))
      expect(parseJson(text)).toEqual({ value: JSON.parse(text) as unknown })
    }),
  )
})

test.each([
  ['nothing', ''],
  ['a word', 'message'],
  ['an object that does not end', '{"message":"a"'],
  ['a string that does not end', '{"message":"a'],
  ['a string that ends in an escape', '{"message":"a\\'],
  ['two values', '{}{}'],
  ['a comma too many', '{"a":1,}'],
  ['a comment', '{"a":1/* */}'],
  ['a byte order mark', '\uFEFF{}'],
  ['single quotes', "{'a':1}"],
  ['a number that JSON does not have', '{"a":NaN}'],
  ['a line break in a string', '{"a":"\n"}'],
  ['a colon first', ':'],
  ['a key without quotes', '{a:1}'],
])('%s is refused', (_, text) => {
  expect(parseJson(text)).toBeUndefined()
})

test.each([
  ['twice in one object', '{"a":1,"a":2}'],
  ['twice, once in an escape', '{"a":1,"\\u0061":2}'],
  ['twice in an object within', '{"b":[{"a":1,"a":1}]}'],
  ['twice around an object within', '{"a":{"b":1},"a":{"b":1}}'],
  ['that is the prototype', '{"__proto__":{"isAdmin":true}}'],
  ['that is the prototype, in an escape', '{"\\u005f_proto__":1}'],
  ['that leads to the prototype', '{"a":{"constructor":{"prototype":{}}}}'],
])('a key %s is refused', (_, text) => {
  expect(parseJson(text)).toBeUndefined()
})

test('one key in several objects, and strings that look like structure, are no matter', () => {
  const text = JSON.stringify({ a: { a: 1 }, b: [{ a: 1 }, { a: 2 }], c: '{"a":1,"a":2}', d: '"a":', 'e":"e': '\\"' })
  expect(parseJson(text)).toEqual({ value: JSON.parse(text) as unknown })
})

test('depth has a bound, and a bomb of it costs nothing', () => {
  expect(parseJson('['.repeat(8) + ']'.repeat(8))).toBeDefined()
  expect(parseJson('['.repeat(9) + ']'.repeat(9))).toBeUndefined()
  const start = performance.now()
  for (const bomb of [
    '['.repeat(1_000_000),
    '{"a":'.repeat(200_000),
    `"${'\\"'.repeat(500_000)}\\`,
    '"'.repeat(100_001),
    `["${'\\'.repeat(99_999)}`,
  ])
    expect(parseJson(bomb)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(1_000)
})

test('whatever text comes, there is a value or a refusal, never an error', () => {
  const structure = fc.string({ unit: fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '\\', 'a', 'u', '0', ' '), maxLength: 60 })
  fc.assert(
    fc.property(fc.oneof(structure, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
      const parsed = parseJson(text)
      if (parsed !== undefined) expect(parsed.value).toEqual(JSON.parse(text))
    }),
    { numRuns: 2_000 },
  )
})
