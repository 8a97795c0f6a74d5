import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { LeastPolicy, type Permission, statementOf } from '../../../lib/environment/constructs/least-policy.ts'

const permission: Permission = {
  sid: 'ReadOne',
  actions: ['dynamodb:GetItem'],
  resources: ['arn:aws:dynamodb:us-east-1:111122223333:table/one'],
}

describe('A permission', () => {
  test('becomes a statement with its sid', () => {
    expect(statementOf(permission).toJSON()).toEqual({
      Sid: 'ReadOne',
      Effect: 'Allow',
      Action: 'dynamodb:GetItem',
      Resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/one',
    })
  })

  test.each<[string, Partial<Permission>]>([
    ['a wildcard action', { actions: ['dynamodb:*'] }],
    ['a partly wild action', { actions: ['dynamodb:Get*'] }],
    ['every resource', { resources: ['*'] }],
    ['a partly wild resource', { resources: ['arn:aws:s3:::bucket/*'] }],
  ])('is refused that allows %s without a reason', (_says, change) => {
    expect(() => statementOf({ ...permission, ...change })).toThrow(/Statement ReadOne allows .* without a reason/)
  })

  test('may deny with wildcards: a denial is safe when it is wide', () => {
    expect(statementOf({ ...permission, effect: 'Deny', resources: ['*'] }).toJSON()).toMatchObject({ Effect: 'Deny', Resource: '*' })
  })
})

test('The reason of a wildcard stands in the template beside the policy', () => {
  const stack = new Stack(new App(), 'stack')
  new LeastPolicy(stack, 'Policy', {
    name: 'policy',
    description: 'One thing.',
    permissions: [{ ...permission, resources: [{ matching: '*', because: 'There is no narrower one.' }] }],
  })
  Template.fromStack(stack).hasResource('AWS::IAM::ManagedPolicy', { Metadata: { SafeHarbor: { ReadOne: 'There is no narrower one.' } } })
})
