import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { statementsOf } from '../../../lib/gate/access/statement.ts'
import { Reference, Unknown } from '../../../lib/gate/template/value.ts'
import { allow, anyValue, statement } from './policies.ts'

describe('A policy document', () => {
  test('is read from a map with one statement and single words', () => {
    expect(statementsOf({ Statement: { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } })).toEqual({
      statements: [
        {
          index: 0,
          sid: 'Read',
          effect: 'Allow',
          actions: { kind: 'listed', words: ['s3:GetObject'], unknown: false },
          resources: { kind: 'listed', words: ['*'], unknown: false },
          principals: undefined,
          conditions: [],
          conditionsUnknown: false,
        },
      ],
      unknown: [],
    })
  })

  test('is read from JSON text', () => {
    const document = { Statement: [allow('s3:GetObject'), allow(['sqs:*'])] }
    expect(statementsOf(JSON.stringify(document))).toEqual(statementsOf(document))
  })

  test('that is absent has no statements and nothing unknown', () => {
    expect(statementsOf(undefined)).toEqual({ statements: [], unknown: [] })
  })

  test.each([
    ['{ not JSON', 'the policy is not JSON'],
    ['[]', 'the policy is not a JSON object'],
    [{ Version: '2012-10-17' }, 'the policy has no Statement'],
    [new Unknown('a parameter'), 'a parameter'],
    [{ Statement: new Unknown('a parameter') }, 'a parameter'],
    [{ Statement: ['x'] }, 'Statement.0 is not a JSON object'],
    [{ Statement: [new Unknown('a condition')] }, 'a condition'],
    [{ Statement: allow('s3:*', { Effect: 'allow' }) }, 'the Effect of Statement.0'],
    [{ Statement: { Effect: 'Allow', Resource: '*' } }, 'the actions of Statement.0'],
    [{ Statement: allow('s3:*', { NotAction: 'iam:*' }) }, 'the actions of Statement.0'],
    [{ Statement: allow('s3:⟨Verb⟩') }, 'the actions of Statement.0'],
    [{ Statement: allow('s3:*', { Resource: new Unknown('x') }) }, 'the resources of Statement.0'],
    [{ Statement: allow('s3:*', { Principal: { AWS: [new Unknown('x')] } }) }, 'the principals of Statement.0'],
    [{ Statement: allow('s3:*', { Condition: { StringEquals: { 'aws:SourceVpc': new Unknown('x') } } }) }, 'the conditions of Statement.0'],
    [{ Statement: allow('s3:*', { Condition: new Unknown('x') }) }, 'the conditions of Statement.0'],
  ])('%j tells what cannot be known of it', (document, reason) => {
    expect(statementsOf(document).unknown).toEqual([reason])
  })

  test('of any shape never throws', () => {
    fc.assert(fc.property(anyValue, (value) => void statementsOf(value)))
    fc.assert(fc.property(anyValue, (value) => void statementsOf({ Statement: value })))
    fc.assert(fc.property(fc.json(), (text) => void statementsOf(text)))
  })
})

describe('A statement', () => {
  test('keeps its conditions with keys in lower case', () => {
    const read = statement(
      allow('s3:*', { Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a', 'b'] }, Bool: { 'aws:X': true } } }),
    )
    expect(read.conditions).toEqual([
      { operator: 'StringLike', qualifier: 'ForAnyValue', ifExists: true, key: 'aws:tagkeys', values: ['a', 'b'], unknown: false },
      { operator: 'Bool', qualifier: undefined, ifExists: false, key: 'aws:x', values: ['true'], unknown: false },
    ])
  })

  test('tells its principals apart', () => {
    const role = new Reference('t', 'Role', 'Arn')
    const identity = new Reference('t', 'Identity', 'S3CanonicalUserId')
    const read = statement({
      Effect: 'Allow',
      Action: 's3:*',
      Principal: { AWS: ['111122223333', role], Service: 'a.amazonaws.com', Federated: 'idp', CanonicalUser: identity },
    })
    expect(read.principals).toEqual({
      any: false,
      negated: false,
      aws: ['111122223333'],
      services: ['a.amazonaws.com'],
      federated: ['idp'],
      canonical: [],
      references: [role, identity],
      unknown: false,
    })
  })

  test.each(['*', { AWS: '*' }, { AWS: ['*', '111122223333'] }])('with the principal %j means everybody', (principal) => {
    expect(statement({ Effect: 'Allow', Action: 's3:*', Principal: principal }).principals?.any).toBe(true)
  })
})
