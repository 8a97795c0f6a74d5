import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escalationPaths } from '../../../lib/gate/access/escalation-paths.ts'
import { type Privileges, privilegesOf } from '../../../lib/gate/access/privilege.ts'
import { statementsOf } from '../../../lib/gate/access/statement.ts'
import { listOf, Unknown, type ValueMap } from '../../../lib/gate/template/value.ts'
import { allow, anyValue, deny, statements } from './policies.ts'

const judged = (...list: readonly ValueMap[]): Privileges => privilegesOf(statements(...list))
const escalation = (...list: readonly ValueMap[]): readonly string[] => judged(...list).escalation.map(({ path }) => path.name)
const when = (condition: ValueMap): ValueMap => ({ Condition: condition })
const on = (...resources: readonly string[]): ValueMap => ({ Resource: resources })

describe('Full administration', () => {
  const administers = (...list: readonly ValueMap[]) => judged(...list).fullAdministrator.length > 0

  test.each([
    ['every action on everything', allow('*')],
    ['every action of every service', allow(['s3:GetObject', '*:*'])],
    ['every action on every ARN', allow('*', on('arn:aws:*'))],
    ['every action within a Region', allow('*', when({ StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }))],
    ['every action over TLS', allow('*', when({ Bool: { 'aws:SecureTransport': 'true' } }))],
    ['every action without a second factor', allow('*', when({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }))],
    ['every action with a second factor or without the key', allow('*', when({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }))],
    ['every action but from one address', allow('*', when({ NotIpAddress: { 'aws:SourceIp': '192.0.2.1/32' } }))],
    ['every action with a second factor', allow('*', when({ Bool: { 'aws:MultiFactorAuthPresent': true } }))],
    ['every action soon after a second factor', allow('*', when({ NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }))],
    ['every action of one role', allow('*', when({ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/app' } }))],
    ['every action of principals with a tag', allow('*', when({ StringEquals: { 'aws:PrincipalTag/team': 'records' } }))],
    ['every action of one user by id', allow('*', when({ StringEquals: { 'aws:userid': 'AIDAEXAMPLE' } }))],
    ['every action of one user by name', allow('*', when({ StringEquals: { 'aws:username': 'ann' } }))],
    ['every action of one source identity', allow('*', when({ StringEquals: { 'aws:SourceIdentity': 'ann' } }))],
    ['every action by one provider', allow('*', when({ StringEquals: { 'aws:FederatedProvider': 'accounts.google.com' } }))],
    ['every action through services', allow('*', when({ Bool: { 'aws:ViaAWSService': 'true' } }))],
    ['every action from both halves of the internet', allow('*', when({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }))],
    ['every action from the internet', allow('*', when({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '::/0'] } }))],
    ['every action but one', { Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: '*' }],
    ['every action on all but one resource', { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::logs' }],
  ])('is %s', (_, one) => {
    expect(administers(one)).toBe(true)
  })

  test.each([
    ['every action of a service', allow('s3:*')],
    ['every action on one bucket', allow('*', on('arn:aws:s3:::bucket'))],
    ['every action but those of IAM', { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }],
    ['every action from one network', allow('*', when({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }))],
    ['every action from networks', allow('*', when({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] } }))],
    [
      'every action on what has the tag of the principal',
      allow('*', when({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })),
    ],
    ['every action on what is named after the user', allow('*', on('arn:aws:s3:::records/${aws:username}/*'))],
    ['a statement of a resource', allow('*', { Principal: '*' })],
    ['a statement with conditions that cannot be read', allow('*', { Condition: 'x' })],
  ])('is not %s', (_, one) => {
    expect(privilegesOf(statementsOf({ Statement: one }).statements).fullAdministrator).toEqual([])
  })

  test('is taken back by a Deny of everything, not by one of a service', () => {
    expect(administers(allow('*'), deny('*'))).toBe(false)
    expect(administers(allow('*'), deny('s3:*'))).toBe(true)
    expect(administers(allow('*'), deny('*', on('arn:aws:s3:::bucket')))).toBe(true)
  })

  test('is limited by a Deny outside a network, and by none that looks at who asks', () => {
    const denied = (condition: ValueMap) => !administers(allow('*'), deny('*', when(condition)))
    expect(denied({ NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })).toBe(true)
    expect(denied({ NotIpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } })).toBe(false)
    expect(denied({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })).toBe(false)
    expect(denied({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })).toBe(false)
    expect(denied({ ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/app' } })).toBe(false)
    expect(denied({ StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } })).toBe(false)
  })

  test('is told with where it stands', () => {
    expect(judged(allow('s3:GetObject'), allow(['s3:*', '*'], { Sid: 'All' })).fullAdministrator).toEqual([
      { statement: 1, sid: 'All', actions: ['*'], resources: ['*'], example: 'iam:AttachRolePolicy' },
    ])
  })
})

describe('An escalation', () => {
  test('is found for each path alone, and for none that lacks an action', () => {
    for (const path of escalationPaths) {
      expect(escalation(allow(path.actions)), path.name).toContain(path.name)
      for (const missing of path.actions) {
        const rest = path.actions.filter((action) => action !== missing)
        expect(escalation(allow(rest)), `${path.name} without ${missing}`).not.toContain(path.name)
      }
    }
  })

  test('is found over several statements', () => {
    expect(escalation(allow('iam:PassRole'), allow('lambda:CreateFunction'), allow('lambda:Invoke*'))).toContain(
      'a function that is invoked',
    )
  })

  test('by a role that is passed needs roles that are not named; the code may be', () => {
    const code = allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], on('arn:aws:lambda:eu-central-1:111122223333:function:job'))
    const found = (...resources: readonly string[]) => escalation(allow('iam:PassRole', on(...resources)), code).length > 0
    expect(found('*')).toBe(true)
    expect(found('arn:aws:iam::111122223333:role/*')).toBe(true)
    expect(found('arn:⟨AWS::Partition⟩:iam::⟨AWS::AccountId⟩:role/*')).toBe(true)
    expect(found('arn:aws:iam::111122223333:role/job')).toBe(false)
    expect(found('arn:aws:iam::111122223333:role/service-role/*')).toBe(false)
    expect(found('⟨Role.Arn⟩')).toBe(false)
  })

  test('by a role that is passed heeds the services to which it may be', () => {
    const found = (service: string) =>
      escalation(
        allow('iam:PassRole', when({ StringLike: { 'iam:PassedToService': service } })),
        allow(['lambda:CreateFunction', 'lambda:InvokeFunction', 'ec2:RunInstances']),
      )
    expect(found('lambda.amazonaws.com')).toEqual(['a function that is invoked'])
    expect(found('ec2.amazonaws.com')).toEqual(['an instance'])
    expect(found('*.amazonaws.com')).toEqual(['a function that is invoked', 'an instance'])
    expect(found('backup.amazonaws.com')).toEqual([])
  })

  test('by code that already runs needs code that is not named', () => {
    const found = (resource: string) => escalation(allow('lambda:UpdateFunctionCode', on(resource))).length > 0
    expect(found('arn:aws:lambda:*:*:function:*')).toBe(true)
    expect(found('arn:aws:lambda:eu-central-1:111122223333:function:*')).toBe(true)
    expect(found('arn:aws:lambda:*:*:function:job')).toBe(false)
  })

  test('by commands counts instances and not documents', () => {
    const found = (...resources: readonly string[]) => escalation(allow('ssm:SendCommand', on(...resources))).length > 0
    expect(found('arn:aws:ec2:*:*:instance/*', 'arn:aws:ssm:*:*:document/AWS-RunShellScript')).toBe(true)
    expect(found('arn:aws:ec2:*:*:instance/i-1', 'arn:aws:ssm:*:*:document/*')).toBe(false)
  })

  test('counts a policy given to oneself, and not a key made for oneself', () => {
    const self = on('arn:aws:iam::*:user/${aws:username}')
    expect(escalation(allow('iam:PutUserPolicy', self))).toEqual(['an inline policy of a user'])
    expect(escalation(allow(['iam:CreateAccessKey', 'iam:UpdateLoginProfile'], self))).toEqual([])
  })

  test.each([
    ['a permissions boundary that is asked for', { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/limit' } }],
    ['a policy that is named', { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::111122223333:policy/reader' } }],
    ['a tag', { StringEquals: { 'aws:ResourceTag/team': 'records' } }],
  ])('is not found with %s', (_, condition) => {
    expect(escalation(allow('iam:AttachRolePolicy', when(condition)))).toEqual([])
  })

  test.each([
    ['a policy of administrators', { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' } }],
    ['any policy', { ArnLike: { 'iam:PolicyARN': 'arn:aws:*' } }],
    ['a tag of the request', { StringEquals: { 'aws:RequestTag/team': 'records' } }],
    ['all tags of none', { 'ForAllValues:StringEquals': { 'aws:ResourceTag/team': 'records' } }],
  ])('is found with %s', (_, condition) => {
    expect(escalation(allow('iam:AttachRolePolicy', when(condition)))).toEqual(['a managed policy attached to a role'])
  })

  test('is taken back by a Deny of one of its actions', () => {
    const both = allow(['iam:PassRole', 'ec2:RunInstances'])
    expect(escalation(both, deny('ec2:*'))).toEqual([])
    expect(escalation(both, deny('iam:PassRole', on('arn:aws:iam::*:role/admin')))).toEqual(['an instance'])
    expect(escalation(both, { Effect: 'Deny', NotAction: ['s3:*'], Resource: '*' })).toEqual([])
  })
})

describe('What is granted everywhere', () => {
  test.each([
    ['writing', 'writeEverywhere', 'dynamodb:PutItem'],
    ['managing permissions', 'permissionsManagementEverywhere', 's3:PutBucketPolicy'],
    ['reading data', 'dataReadEverywhere', 's3:GetObject'],
    ['returning credentials', 'credentialsExposure', 'redshift:GetClusterCredentials'],
  ] as const)('tells %s', (_, list, action) => {
    expect(judged(allow(action))[list].map(({ example }) => example)).toEqual([action])
    expect(judged(allow(action), deny(action))[list]).toEqual([])
    expect(judged(allow(action, when({ StringEquals: { 'aws:ResourceTag/team': 'records' } })))[list]).toEqual([])
    const [service] = action.split(':')
    expect(judged(allow(action, on(`arn:aws:${service}:eu-central-1:111122223333:name`)))[list]).toEqual([])
  })

  test('stays so where those without a second factor are denied it', () => {
    const unlessSignedIn = {
      Effect: 'Deny',
      NotAction: ['iam:EnableMFADevice', 'sts:GetSessionToken'],
      Resource: '*',
      ...when({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
    }
    const { dataReadEverywhere } = judged(allow('secretsmanager:GetSecretValue'), allow('dynamodb:*'), unlessSignedIn)
    expect(dataReadEverywhere.map(({ statement }) => statement)).toEqual([0, 1])
  })

  test('counts an ARN of wildcards as everywhere, and one with an account or a name not', () => {
    const writes = (resource: string) => judged(allow('dynamodb:PutItem', on(resource))).writeEverywhere.length > 0
    expect(writes('arn:aws:dynamodb:*:*:table/*')).toBe(true)
    expect(writes('arn:*:dynamodb:*:*:*')).toBe(true)
    expect(writes('arn:aws:dynamodb:*:111122223333:table/*')).toBe(false)
    expect(writes('arn:aws:dynamodb:*:*:table/records')).toBe(false)
    expect(judged(allow('s3:GetObject', on('arn:aws:s3:::*'))).dataReadEverywhere).toHaveLength(1)
    expect(judged(allow('s3:GetObject', on('arn:aws:s3:::records/*'))).dataReadEverywhere).toEqual([])
  })

  test('leaves out actions that cannot be limited to named resources', () => {
    const { writeEverywhere, credentialsExposure, dataReadEverywhere } = judged(
      allow(['ecr:GetAuthorizationToken', 'logs:DescribeQueries', 'ec2:Describe*']),
    )
    expect([writeEverywhere, credentialsExposure, dataReadEverywhere]).toEqual([[], [], []])
  })

  test('names the words that grant it', () => {
    expect(judged(allow(['sqs:Get*', 'sqs:Send*', 'dynamodb:Put*'])).writeEverywhere[0]?.actions).toEqual(['sqs:Send*', 'dynamodb:Put*'])
  })
})

describe('Other marks of a policy', () => {
  test('are whole services, on whatever resource', () => {
    const { serviceWide } = judged(allow(['s3:*', 'sqs:Get*', 'KMS:**'], on('arn:aws:s3:::records')))
    expect(serviceWide.map(({ actions }) => actions)).toEqual([['s3:*', 'KMS:**']])
    expect(judged(allow('*')).serviceWide).toEqual([])
    expect(judged(allow('s3:*'), deny('s3:*')).serviceWide).toEqual([])
    expect(judged(allow('s3:*'), { Effect: 'Deny', NotAction: 's3:Get*', Resource: '*' }).serviceWide).toHaveLength(1)
  })

  test('are NotAction and NotResource of an Allow', () => {
    expect(judged({ Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:aws:s3:::x' }).notAction[0]?.actions).toEqual(['iam:*'])
    expect(judged({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' }).notResource[0]?.resources).toEqual([
      'arn:aws:s3:::x',
    ])
    const { notAction, notResource } = judged({ Effect: 'Deny', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::x' })
    expect([notAction, notResource]).toEqual([[], []])
  })
})

describe('The judgement of a policy', () => {
  const words = fc.uniqueArray(
    fc.constantFrom('iam:PassRole', 'lambda:*', 'ec2:RunInstances', 's3:Get*', 'iam:Put*', 'sqs:SendMessage', 'dynamodb:PutItem'),
    { minLength: 1, maxLength: 4 },
  )
  const resources = fc.uniqueArray(fc.constantFrom('*', 'arn:aws:iam::*:role/*', 'arn:aws:s3:::records/*', 'arn:aws:sqs:*:*:*'), {
    minLength: 1,
  })
  const condition = fc.constantFrom(
    {},
    when({ Bool: { 'aws:SecureTransport': 'true' } }),
    when({ StringEquals: { 'aws:PrincipalTag/a': 'b' } }),
  )
  const one = fc
    .tuple(fc.constantFrom('Allow', 'Allow', 'Deny'), words, resources, condition)
    .map(([effect, action, resource, rest]): ValueMap => ({ Effect: effect, Action: action, Resource: resource, ...rest }))
  const policy = fc.array(one, { minLength: 1, maxLength: 4 })

  /** What was found, without where it stands. */
  const found = (list: readonly ValueMap[]) => {
    const { escalation: paths, ...lists } = judged(...list)
    const named = Object.entries(lists).map(([name, evidence]) => [name, [...new Set(evidence.flatMap(({ actions }) => actions))].sort()])
    return [paths.map(({ path }) => path.name), named]
  }

  const each = (map: ValueMap, element: string): readonly ValueMap[] => listOf(map[element]).map((word) => ({ ...map, [element]: word }))

  test('does not depend on the order of statements and of words', () => {
    const turned = (map: ValueMap): ValueMap => ({
      ...map,
      Action: listOf(map['Action']).toReversed(),
      Resource: listOf(map['Resource']).toReversed(),
    })
    fc.assert(
      fc.property(policy, (list) => {
        expect(found(list.map(turned).toReversed())).toEqual(found(list))
      }),
    )
  })

  test('does not change where statements are split', () => {
    const split = (list: readonly ValueMap[]) => list.flatMap((map) => each(map, 'Action')).flatMap((map) => each(map, 'Resource'))
    fc.assert(
      fc.property(policy, (list) => {
        expect(found(split(list))).toEqual(found(list))
      }),
    )
  })

  test('does not depend on the case of actions', () => {
    const names = (list: readonly ValueMap[]) => judged(...list).escalation.map(({ path }) => path.name)
    const upper = (map: ValueMap): ValueMap => ({ ...map, Action: listOf(map['Action']).map((word) => String(word).toUpperCase()) })
    fc.assert(
      fc.property(policy, (list) => {
        expect(names(list.map(upper))).toEqual(names(list))
      }),
    )
  })

  test('never throws, whatever the document', () => {
    fc.assert(fc.property(anyValue, (value) => void privilegesOf(statementsOf({ Statement: value }).statements)))
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (action, resource, rest) => {
        privilegesOf(statementsOf({ Statement: { Effect: 'Allow', Action: action, Resource: resource, Condition: rest } }).statements)
      }),
    )
  })

  test('finds nothing in what the template does not tell', () => {
    const read = statementsOf({ Statement: [allow('s3:GetObject', { Action: new Unknown('a parameter') }), new Unknown('a condition')] })
    expect(Object.values(privilegesOf(read.statements)).flat()).toEqual([])
  })
})
