import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionExists, coveredOf, coversAction, grantedActions, levelOf, supportsResourceLevel } from '../../../lib/gate/access/actions.ts'
import { escalationPaths } from '../../../lib/gate/access/escalation-paths.ts'
import { credentialActions, dataReads } from '../../../lib/gate/access/exposing-actions.ts'
import { allow, deny, statement } from './policies.ts'

describe('An action', () => {
  test.each([
    ['s3:GetObject', 'Read', true],
    ['S3:getobject', 'Read', true],
    ['s3:ListAllMyBuckets', 'List', false],
    ['dynamodb:PutItem', 'Write', true],
    ['iam:AttachRolePolicy', 'Permissions management', true],
    ['iam:TagRole', 'Tagging', true],
    ['ecr:GetAuthorizationToken', 'Read', false],
    ['s3:NoSuchAction', undefined, false],
    ['nosuchservice:Get', undefined, false],
    ['../services:Get', undefined, false],
    ['__proto__:constructor', undefined, false],
  ])('%s has the level %s, and named resources: %s', (action, level, named) => {
    expect([levelOf(action), supportsResourceLevel(action)]).toEqual([level, named])
  })

  test('is granted by a word with wildcards', () => {
    expect(grantedActions(statement(allow('sqs:Receive*')))).toEqual(['sqs:ReceiveMessage'])
    expect(grantedActions(statement(allow(['SQS:receivemessage', 'sqs:Receive?essage'])))).toEqual(['sqs:ReceiveMessage'])
  })

  test('is granted by NotAction that does not name it', () => {
    const granted = grantedActions(statement({ Effect: 'Allow', NotAction: ['iam:*', 'sqs:Send*'], Resource: '*' }))
    expect(granted).toContain('sqs:ReceiveMessage')
    expect(granted.filter((action) => action.startsWith('iam:') || action === 'sqs:SendMessage')).toEqual([])
  })

  test('of a list is covered exactly where words cover it, in the order of the list', () => {
    const word = fc.constantFrom(
      's3:GetObject',
      'S3:GETOBJECT',
      'kms:Decrypt',
      'kms:*',
      'logs:?ilterLogEvents',
      '*',
      'sqs:ReceiveMessage',
      'iam:PassRole',
    )
    const words = fc.record({ kind: fc.constantFrom('listed', 'all-but', 'absent'), words: fc.array(word), unknown: fc.boolean() })
    fc.assert(
      fc.property(words, (some) => {
        expect(coveredOf(some, dataReads)).toEqual(dataReads.filter((action) => coversAction(some, action)))
      }),
    )
  })

  test('is not granted by Deny', () => {
    expect(grantedActions(statement(deny('sqs:*')))).toEqual([])
  })

  test('of any table is one that AWS lists', () => {
    const actions = [...escalationPaths.flatMap((path) => path.actions), ...dataReads, ...credentialActions]
    expect(actions.filter((action) => !actionExists(action))).toEqual([])
  })

  test('of data and credentials can be limited to named resources', () => {
    expect([...dataReads, ...credentialActions].filter((action) => !supportsResourceLevel(action))).toEqual([])
  })
})

describe('The table of escalation paths', () => {
  test('names each path once', () => {
    const names = escalationPaths.map(({ name }) => name)
    expect(names).toHaveLength(new Set(names).size)
  })

  test('tells for each path with iam:PassRole to which service the role is passed, and for no other', () => {
    const wrong = escalationPaths.filter((path) => path.actions.includes('iam:PassRole') !== (path.passedTo !== undefined))
    expect(wrong).toEqual([])
  })

  test('has no path that holds another, with iam:PassRole and without', () => {
    const holds = (whole: readonly string[], part: readonly string[]) => part.every((action) => whole.includes(action))
    const idle = escalationPaths.filter((path) =>
      escalationPaths.some(
        (other) => other !== path && (other.passedTo === undefined) === (path.passedTo === undefined) && holds(path.actions, other.actions),
      ),
    )
    expect(idle.map(({ name }) => name)).toEqual([])
  })
})
