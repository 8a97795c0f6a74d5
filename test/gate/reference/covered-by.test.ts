import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlainStatement } from '../../../lib/gate/reference/access-reference.ts'
import { comparable, isCoveredBy } from '../../../lib/gate/reference/covered-by.ts'
import { isMatchedBy, type Request } from './iam-request.ts'

const covered = (statement: PlainStatement, ...others: readonly PlainStatement[]): boolean =>
  comparable([statement]).every((one) => isCoveredBy(one, comparable(others)))

const read = (changes: PlainStatement = {}): PlainStatement => ({
  Effect: 'Allow',
  Action: ['s3:Get*', 's3:ListBucket'],
  Resource: 'arn:aws:s3:::⟨Records⟩/*',
  ...changes,
})
const when = (operator: string, key: string, values: unknown): PlainStatement => read({ Condition: { [operator]: { [key]: values } } })

describe('A statement is covered', () => {
  test.each<[string, PlainStatement, readonly PlainStatement[]]>([
    ['by itself, written in another order', read(), [{ ...read({ Action: ['s3:ListBucket', 's3:Get*'] }), Sid: 'Read' }]],
    ['by one with a wider action', read({ Action: 's3:getobject' }), [read()]],
    ['by one with a wider resource', read({ Resource: 'arn:aws:s3:::⟨Records⟩/2026/*' }), [read()]],
    ['by one with fewer conditions', when('StringEquals', 'aws:SourceVpc', 'vpc-1'), [read()]],
    ['by two that share its actions', read(), [read({ Action: 's3:Get*' }), read({ Action: 's3:ListBucket' })]],
    ['by one that takes more values', when('StringEquals', 'a:b', '1'), [when('StringEquals', 'a:b', ['1', '2'])]],
    ['by one that refuses fewer values', when('StringNotEquals', 'a:b', ['1', '2']), [when('StringNotEquals', 'a:b', '1')]],
    ['by one with a wider pattern', when('ArnEquals', 'a:b', 'arn:x:y'), [when('ArnLike', 'a:b', 'arn:x:*')]],
    ['by one that also takes requests without the key', when('Bool', 'a:b', 'true'), [when('BoolIfExists', 'a:b', 'true')]],
    ['by one with a later hour', when('NumericLessThan', 'a:b', 900), [when('NumericLessThan', 'a:b', 3600)]],
    ['by one that lasts longer', when('DateLessThan', 'a:b', '2026-01-01T00:00:00Z'), [when('DateLessThan', 'a:b', '1798761600')]],
    ['by everything but something else', read({ Action: 's3:GetObject' }), [read({ Action: undefined, NotAction: 'iam:*' })]],
    ['by everything but less', read({ NotAction: ['iam:*', 'kms:*'] }), [read({ NotAction: 'iam:*' })].map(withoutAction)],
    ['by one for everybody', read({ Principal: { AWS: 'arn:aws:iam::1:root' } }), [read({ Principal: '*' })]],
  ])('%s', (_, statement, others) => {
    expect(covered('NotAction' in statement ? withoutAction(statement) : statement, ...others.map(clean))).toBe(true)
  })

  test.each<[string, PlainStatement, readonly PlainStatement[]]>([
    ['by nothing', read(), []],
    ['by one of the other effect', read(), [read({ Effect: 'Deny' })]],
    ['by one with fewer actions', read(), [read({ Action: 's3:Get*' })]],
    ['by one on another resource', read(), [read({ Resource: 'arn:aws:s3:::⟨Other⟩/*' })]],
    ['by one with a condition more', read(), [when('StringEquals', 'aws:SourceVpc', 'vpc-1')]],
    ['by one with another value', when('StringEquals', 'a:b', '3'), [when('StringEquals', 'a:b', ['1', '2'])]],
    ['by one that refuses more values', when('StringNotEquals', 'a:b', '1'), [when('StringNotEquals', 'a:b', ['1', '2'])]],
    ['by one that asks for the key', when('BoolIfExists', 'a:b', 'true'), [when('Bool', 'a:b', 'true')]],
    ['by one with an earlier hour', when('NumericLessThan', 'a:b', 3600), [when('NumericLessThan', 'a:b', 900)]],
    ['by one whose number is none', when('NumericLessThan', 'a:b', '1'), [when('NumericLessThan', 'a:b', '2*')]],
    ['by everything but some of it', read({ Action: 'iam:Get*' }), [clean(read({ Action: undefined, NotAction: 'iam:GetRole' }))]],
    ['by one for somebody', read({ Principal: '*' }), [read({ Principal: { AWS: 'arn:aws:iam::1:root' } })]],
    ['by one for nobody in particular', read({ Principal: '*' }), [read()]],
    ['when its actions hide something', read({ Action: 's3:⟨Which⟩' }), [read({ Action: 's3:Get*' })]],
  ])('but not %s', (_, statement, others) => {
    expect(covered(statement, ...others)).toBe(false)
  })

  test('only by what matches every request that it matches', () => {
    fc.assert(
      fc.property(
        anyStatement,
        fc.array(anyStatement, { minLength: 1, maxLength: 3 }),
        fc.array(anyRequest, { maxLength: 30 }),
        (one, others, requests) => {
          fc.pre(covered(one, ...others))
          for (const request of requests)
            if (isMatchedBy(request, one)) expect(others.some((other) => isMatchedBy(request, other))).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })
})

function withoutAction({ Action: _, ...statement }: PlainStatement): PlainStatement {
  return statement
}

function clean(statement: PlainStatement): PlainStatement {
  return statement['Action'] === undefined ? withoutAction(statement) : statement
}

const actions = ['s3:GetObject', 's3:GetBucketPolicy', 's3:PutObject', 'kms:Decrypt', 'kms:Describe']
const resources = ['arn:aws:s3:::a/1', 'arn:aws:s3:::a/2', 'arn:aws:s3:::b', 'arn:aws:kms:::k']
const accounts = ['111122223333', '444455556666']
const listOf = (...words: readonly string[]) => fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
const anyStatement: fc.Arbitrary<PlainStatement> = fc
  .record({
    action: listOf(...actions, 's3:Get*', 's3:*', '*', 'kms:De*', 's3:?etObject'),
    resource: listOf(...resources, '*', 'arn:aws:s3:::*', 'arn:aws:s3:::a/*', 'arn:aws:s3:::?'),
    principal: fc.oneof(
      fc.constant<unknown>('*'),
      listOf(...accounts).map((AWS) => ({ AWS })),
    ),
    condition: fc.option(
      fc.record({
        operator: fc.constantFrom(
          'StringEquals',
          'StringNotEquals',
          'StringLike',
          'StringNotLike',
          'StringEqualsIfExists',
          'NumericLessThan',
        ),
        values: listOf('1', '2', '12', '1*'),
      }),
    ),
    not: fc.constantFrom('', '', 'Action', 'Resource', 'Principal'),
  })
  .map(({ action, resource, principal, condition, not }) => ({
    Effect: 'Allow',
    [not === 'Action' ? 'NotAction' : 'Action']: action,
    [not === 'Resource' ? 'NotResource' : 'Resource']: resource,
    [not === 'Principal' && principal !== '*' ? 'NotPrincipal' : 'Principal']: principal,
    ...(condition !== null && { Condition: { [condition.operator]: { 'a:b': condition.values } } }),
  }))
const anyRequest: fc.Arbitrary<Request> = fc.record({
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(...resources),
  account: fc.constantFrom(...accounts),
  value: fc.constantFrom('1', '2', '12', '3', undefined),
})
