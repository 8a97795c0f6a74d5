import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchesAction } from '../../../lib/gate/access/actions.ts'
import { covers, hasVariable } from '../../../lib/gate/access/pattern.ts'

describe('A pattern of a policy', () => {
  test.each([
    ['*', '', true],
    ['*', 'anything', true],
    ['s3:Get*', 's3:GetObject', true],
    ['s3:Get?bject', 's3:GetObject', true],
    ['s3:Get?', 's3:Get', false],
    ['s3:*Object*Acl', 's3:GetObjectVersionAcl', true],
    ['s3:*Object', 's3:GetObjectAcl', false],
    ['a*b*c', 'abbbbcxc', true],
    ['s3:*', 's3:Get*', true],
    ['s3:Get*', 's3:*', false],
    ['?', '*', false],
    ['arn:aws:s3:::*', 'arn:aws:s3:::bucket/*', true],
  ])('%s covers %s: %s', (pattern, text, expected) => {
    expect(covers(pattern, text)).toBe(expected)
  })

  test('covers what a regular expression of the same meaning covers', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 })
    fc.assert(
      fc.property(pattern, text, (wild, plain) => {
        const expression = new RegExp(`^${wild.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        expect(covers(wild, plain)).toBe(expression.test(plain))
      }),
    )
  })

  test('covers a pattern only if it covers all that the pattern does', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', '*', '?'), maxLength: 6 })
    fc.assert(
      fc.property(pattern, pattern, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (outer, inner, text) => {
        if (covers(outer, inner) && covers(inner, text)) expect(covers(outer, text)).toBe(true)
      }),
    )
  })

  test('takes no time worth speaking of with a hundred stars', () => {
    const started = performance.now()
    covers('*a'.repeat(100), `${'a'.repeat(5000)}b`)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test('of an action matches in any case', () => {
    fc.assert(
      fc.property(fc.constantFrom('iam:PassRole', 'iam:Pass*', 'IAM:*', '*'), fc.infiniteStream(fc.boolean()), (pattern, upper) => {
        const mixed = [...'iam:passrole'].map((letter) => (upper.next().value ? letter.toUpperCase() : letter)).join('')
        expect(matchesAction(pattern, mixed)).toBe(true)
      }),
    )
  })

  test('holds a variable or a character that is written like one', () => {
    expect([hasVariable('home/${aws:username}'), hasVariable('home/${*}'), hasVariable('home')]).toEqual([true, false, false])
  })
})
