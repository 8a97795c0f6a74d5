import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { statementsOf } from '../../../lib/gate/access/statement.ts'
import { trustsOf } from '../../../lib/gate/access/trust.ts'
import { Reference, Unknown, type Value, type ValueMap } from '../../../lib/gate/template/value.ts'
import { anyValue, statement } from './policies.ts'

const own = '111122223333'
const foreign = '444455556666'
const github = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`
const trusts = (principal: Value, condition: ValueMap = {}, action = 'sts:AssumeRole') =>
  trustsOf(statement({ Effect: 'Allow', Principal: principal, Action: action, Condition: condition }), own)
const judged = (principal: Value, condition?: ValueMap, action?: string) =>
  trusts(principal, condition, action).map((one) => [one.kind, one.sufficient])

describe('A role may be trusted', () => {
  test.each<[string, Value, ValueMap, string, boolean | undefined]>([
    ['to a service', { Service: 'lambda.amazonaws.com' }, {}, 'service', true],
    ['to the own account', { AWS: `arn:aws:iam::${own}:root` }, {}, 'own-account', true],
    ['to a role of the template', { AWS: new Reference('t', 'Role', 'Arn') }, {}, 'own-account', true],
    ['to another account', { AWS: foreign }, {}, 'foreign-account', false],
    ['to another account with an external id', { AWS: foreign }, { StringEquals: { 'sts:ExternalId': 'x' } }, 'foreign-account', true],
    [
      'to another account with an external id that is not told',
      { AWS: foreign },
      { StringEquals: { 'sts:ExternalId': new Unknown('x') } },
      'foreign-account',
      true,
    ],
    [
      'to another account with a pattern that is not told',
      { AWS: foreign },
      { StringLike: { 'sts:ExternalId': new Unknown('x') } },
      'foreign-account',
      undefined,
    ],
    ['to another account with any external id', { AWS: foreign }, { StringLike: { 'sts:ExternalId': '*' } }, 'foreign-account', false],
    [
      'to another account in the organization',
      { AWS: foreign },
      { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      'foreign-account',
      true,
    ],
    [
      'to another account with a second factor',
      { AWS: foreign },
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      'foreign-account',
      true,
    ],
    [
      'to another account, perhaps with a second factor',
      { AWS: foreign },
      { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
      'foreign-account',
      false,
    ],
    ['to everybody', '*', {}, 'everyone', false],
    ['to everybody in the organization', { AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'everyone', true],
    ['to one that is not told', { AWS: new Unknown('a parameter') }, {}, 'unknown', undefined],
  ])('%s', (_, principal, condition, kind, sufficient) => {
    expect(judged(principal, condition)).toEqual([[kind, sufficient]])
  })

  test.each<[string, ValueMap, boolean]>([
    ['without a subject', { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }, false],
    ['of any subject', { StringLike: { 'token.actions.githubusercontent.com:sub': '*' } }, false],
    ['of any repository', { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } }, false],
    ['of owners whose names begin alike', { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:octo*' } }, false],
    ['of one owner or anybody', { StringLike: { 'token.actions.githubusercontent.com:sub': ['repo:octo/x:*', 'repo:*'] } }, false],
    ['of an owner', { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:octo/*' } }, true],
    ['of a branch', { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:octo/x:ref:refs/heads/main' } }, true],
    ['of all values of no subject', { 'ForAllValues:StringLike': { 'token.actions.githubusercontent.com:sub': 'repo:octo/x:*' } }, false],
    ['of an owner by id', { StringEquals: { 'token.actions.githubusercontent.com:repository_owner_id': '1' } }, true],
  ])('to GitHub Actions %s: %j is enough: %s', (_, condition, sufficient) => {
    expect(judged({ Federated: github }, condition, 'sts:AssumeRoleWithWebIdentity')).toEqual([['oidc', sufficient]])
    expect(judged({ Federated: new Reference('t', 'Provider') }, condition, 'sts:AssumeRoleWithWebIdentity')).toEqual([
      ['oidc', sufficient],
    ])
  })

  test('to a provider of one organization by its audience', () => {
    const provider = { Federated: `arn:aws:iam::${own}:oidc-provider/id.example.com` }
    expect(judged(provider, { StringEquals: { 'id.example.com:aud': 'app' } }, 'sts:AssumeRoleWithWebIdentity')).toEqual([['oidc', true]])
    expect(judged(provider, {}, 'sts:AssumeRoleWithWebIdentity')).toEqual([['oidc', false]])
  })

  test.each<[string, string, string]>([
    [`arn:aws:iam::${own}:saml-provider/idp`, 'SAML:aud', 'saml'],
    ['cognito-identity.amazonaws.com', 'cognito-identity.amazonaws.com:aud', 'cognito'],
    ['accounts.google.com', 'accounts.google.com:aud', 'web-identity'],
  ])('to %s by %s', (who, key, kind) => {
    expect(judged({ Federated: who }, { StringEquals: { [key]: 'x' } })).toEqual([[kind, true]])
    expect(judged({ Federated: who })).toEqual([[kind, false]])
  })

  test('to several principals, each judged for itself', () => {
    expect(judged({ AWS: [own, foreign], Service: 'ec2.amazonaws.com' })).toEqual([
      ['own-account', true],
      ['foreign-account', false],
      ['service', true],
    ])
  })

  test('to a whole account or to one of its roles', () => {
    const whole = trusts({ AWS: [foreign, `arn:aws:iam::${foreign}:root`, `arn:aws:iam::${foreign}:role/x`] }).map(
      (one) => one.wholeAccount,
    )
    expect(whole).toEqual([true, true, false])
  })

  test('to nobody by a Deny', () => {
    expect(trustsOf(statement({ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }), own)).toEqual([])
  })

  test('to anything without an exception', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (principal, action, condition) => {
        const { statements } = statementsOf({ Statement: { Effect: 'Allow', Principal: principal, Action: action, Condition: condition } })
        for (const one of statements) trustsOf(one, own)
      }),
    )
  })
})
