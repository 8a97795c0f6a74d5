import { describe, expect, test } from 'vitest'
import { type Mutant, mutantsOf, type PlainResource, type PlainTemplate } from './mutants.ts'

const statement = {
  Sid: 'OnlyUs',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/ours' },
  Action: 's3:GetObject',
  Resource: '*',
  Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
}

const template: PlainTemplate = {
  Resources: {
    Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [statement] } } },
    Store: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: 2192, DeletionProtectionEnabled: true, KmsKeyId: { Ref: 'Key' }, LogGroupClass: 'STANDARD' },
      DeletionPolicy: 'Retain',
      Metadata: { SafeHarborDataClass: 'patient-data', 'aws:cdk:path': 'stack/Store' },
    },
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'nothing in', Tags: ['one', 'two'] } },
  },
}

/** What becomes of a resource by the mutant of this path and change; undefined when the mutant takes it away. */
function mutated(logicalId: string, path: string, change: string, from: PlainTemplate = template): PlainResource | undefined {
  const found = mutantsOf(from).filter((mutant) => mutant.logicalId === logicalId && mutant.path === path && mutant.change === change)
  expect(found).toHaveLength(1)
  return (found[0] as Mutant).apply(from).Resources[logicalId]
}

const changesOf = (logicalId: string, path: string, from: PlainTemplate = template): string[] =>
  mutantsOf(from)
    .filter((mutant) => mutant.logicalId === logicalId && mutant.path === path)
    .map(({ change }) => change)

const statementsAfter = (path: string, change: string): unknown =>
  (mutated('Policy', path, change)?.Properties?.['PolicyDocument'] as { Statement: unknown } | undefined)?.Statement

const withCondition = (Condition: object): PlainTemplate => ({
  Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { Condition } } },
})

test('each mutant differs from the template and from every other, and the template itself stays as it is', () => {
  const before = JSON.stringify(template)
  const mutants = mutantsOf(template).map((mutant) => JSON.stringify(mutant.apply(template)))
  expect(mutants).not.toContain(before)
  expect(new Set(mutants).size).toBe(mutants.length)
  expect(JSON.stringify(template)).toBe(before)
})

test('no two mutants go by the same name', () => {
  const names = mutantsOf(template).map(({ type, logicalId, path, change }) => `${type} ${logicalId} ${path} ${change}`)
  expect(new Set(names).size).toBe(names.length)
})

describe('whole resources', () => {
  test('each is removed, and nothing else with it', () => {
    const remove = mutantsOf(template).find(({ logicalId, path, change }) => logicalId === 'Store' && path === '' && change === 'removed')
    expect(Object.keys(remove?.apply(template).Resources ?? {})).toEqual(['Policy', 'Group'])
  })

  test('each is doubled under another name', () => {
    const double = mutantsOf(template).find(({ logicalId, change }) => logicalId === 'Store' && change === 'doubled')
    expect(double?.apply(template).Resources).toEqual({ ...template.Resources, StoreAgain: template.Resources['Store'] })
  })

  test('a user and a resource of a type of its own are added, once each', () => {
    const added = mutantsOf(template).filter(({ change }) => change === 'added')
    expect(added.map((mutant) => mutant.apply(template).Resources)).toEqual(
      ['AWS::IAM::User', 'AWS::Other::Resource'].map((Type) => ({ ...template.Resources, Added: { Type } })),
    )
  })

  test('each is given a property that it does not have', () => {
    expect(mutated('Group', 'Properties', 'given another property')?.Properties).toEqual({
      ...template.Resources['Group']?.Properties,
      Other: 'other',
    })
  })
})

describe('values', () => {
  const property = (name: string, change: string) => mutated('Store', `Properties.${name}`, change)?.Properties?.[name]

  test('are removed one by one, those only CloudFormation knows included', () => {
    expect(mutated('Store', 'Properties.KmsKeyId', 'removed')?.Properties).not.toHaveProperty('KmsKeyId')
    expect(changesOf('Store', 'Properties.KmsKeyId')).toEqual(['removed', 'pointed elsewhere'])
    expect(changesOf('Store', 'Properties.KmsKeyId.Ref')).toEqual([])
  })

  test('that are numbers become nothing, far too much, and slightly off', () => {
    expect(property('RetentionInDays', 'set to 0')).toBe(0)
    expect(property('RetentionInDays', 'made ten times as large')).toBe(21_920)
    expect(property('RetentionInDays', 'made one less')).toBe(2191)
  })

  test.each([
    [0, ['removed', 'made one less']],
    [1, ['removed', 'set to 0', 'made ten times as large']],
  ])('that are the number %i are not changed twice in the same way', (count, changes) => {
    const small = { Resources: { Plan: { Type: 'AWS::Test', Properties: { count } } } }
    expect(changesOf('Plan', 'Properties.count', small)).toEqual(changes)
  })

  test('that are switches are inverted', () => expect(property('DeletionProtectionEnabled', 'inverted')).toBe(false))

  test('that are words become the opposite where there is one, and another text otherwise', () => {
    expect(mutated('Store', 'DeletionPolicy', 'swapped')?.DeletionPolicy).toBe('Delete')
    expect(property('LogGroupClass', 'set to another text')).toBe('other-STANDARD')
  })

  test('in documents written as text are changed where they stand', () => {
    const target = { Resources: { Rule: { Type: 'AWS::Test', Properties: { Input: '{"kind":["sweep",{"all":true}]}' } } } }
    expect(mutated('Rule', 'Properties.Input', 'with kind.1.all inverted', target)?.Properties).toEqual({
      Input: '{"kind":["sweep",{"all":false}]}',
    })
    expect(mutated('Rule', 'Properties.Input', 'with kind.0 removed', target)?.Properties).toEqual({ Input: '{"kind":[{"all":true}]}' })
  })

  test('keep their place in the resource, and the resource its place among the others', () => {
    const changed = mutantsOf(template).find(({ path }) => path === 'Properties.RetentionInDays') as Mutant
    const { Resources } = changed.apply(template)
    expect(Object.keys(Resources)).toEqual(Object.keys(template.Resources))
    const remaining = Object.keys(template.Resources['Store']?.Properties ?? {}).filter((name) => name !== 'RetentionInDays')
    expect(Object.keys(Resources['Store']?.Properties ?? {})).toEqual(remaining)
  })

  test('that hold others are given one more', () => {
    const nested = { Resources: { Pool: { Type: 'AWS::Test', Properties: { Policies: { Length: 12 } } } } }
    expect(mutated('Pool', 'Properties.Policies', 'given another property', nested)?.Properties).toEqual({
      Policies: { Length: 12, Other: 'other' },
    })
  })

  test('in lists lose an item and get one more', () => {
    expect(mutated('Group', 'Properties.Tags.0', 'removed')?.Properties?.['Tags']).toEqual(['two'])
    expect(mutated('Group', 'Properties.Tags', 'given one more item')?.Properties?.['Tags']).toEqual(['one', 'two', 'other-two'])
  })

  test('in the metadata are changed only where they say what a store holds', () => {
    expect(mutated('Store', 'Metadata.SafeHarborDataClass', 'removed')?.Metadata).toEqual({ 'aws:cdk:path': 'stack/Store' })
    expect(mutantsOf(template).filter(({ path }) => path.startsWith('Metadata') && !path.endsWith('SafeHarborDataClass'))).toEqual([])
  })
})

describe('references', () => {
  const reference = (from: unknown, ...others: unknown[]): PlainTemplate => ({
    Resources: { Rule: { Type: 'AWS::Test', Properties: { from, others } } },
  })
  const pointed = (from: unknown, change: string, ...others: unknown[]) =>
    mutated('Rule', 'Properties.from', change, reference(from, ...others))?.Properties?.['from']
  const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] })
  const output = (OutputName: string) => ({ 'Fn::GetStackOutput': { StackName: 'keys', OutputName } })

  test('are taken for the next one of the template, the last for the first', () => {
    expect(pointed(arnOf('Key'), 'pointed elsewhere', arnOf('Vault'), arnOf('Queue'), { Ref: 'Lock' })).toEqual(arnOf('Queue'))
    expect(pointed(arnOf('Vault'), 'pointed elsewhere', arnOf('Key'), arnOf('Queue'))).toEqual(arnOf('Key'))
  })

  test('that are alone point at nothing there is', () => expect(pointed(arnOf('Key'), 'pointed elsewhere')).toEqual({ Ref: 'Elsewhere' }))

  test('to another stack get another of its outputs', () =>
    expect(pointed(output('Vault'), 'pointed at another output of that stack')).toEqual(
      output('PublishOutputRefElsewhere0123ABCD0123ABCD'),
    ))

  test('inside joined text are changed with the text around them', () => {
    const joined = reference({ 'Fn::Join': ['', ['arn:', { Ref: 'Key' }]] })
    expect(changesOf('Rule', 'Properties.from.Fn::Join.1.0', joined)).toEqual(['removed', 'set to another text'])
    expect(changesOf('Rule', 'Properties.from.Fn::Join.1.1', joined)).toEqual(['removed', 'pointed elsewhere'])
  })
})

test('outputs are pointed at what other outputs say', () => {
  const output = (logicalId: string) => ({ Value: { Ref: logicalId } })
  const published: PlainTemplate = { Resources: {}, Outputs: { Storage: output('StorageKey'), Vault: output('VaultKey') } }
  const pointed = mutantsOf(published).find(({ logicalId, change }) => logicalId === 'Vault' && change === 'pointed elsewhere')
  expect(pointed?.apply(published).Outputs).toEqual({ Storage: output('StorageKey'), Vault: output('StorageKey') })
})

describe('firewall rules', () => {
  const rule = (Properties: object): PlainTemplate => ({
    Resources: { List: { Type: 'AWS::WAFv2::WebACL', Properties: { ...Properties } } },
  })

  test.each([
    ['Action', 'Block', 'Count'],
    ['DefaultAction', 'Allow', 'Block'],
    ['OverrideAction', 'None', 'Count'],
    ['ActionToUse', 'Count', 'None'],
  ])('have their %s %s turned into %s', (property, verdict, other) =>
    expect(mutated('List', `Properties.${property}`, `turned into ${other}`, rule({ [property]: { [verdict]: {} } }))?.Properties).toEqual({
      [property]: { [other]: {} },
    }),
  )
})

describe('policies', () => {
  const at = 'Properties.PolicyDocument.Statement'

  test('are given a statement that allows everybody everything', () =>
    expect(statementsAfter(at, 'given a statement that allows everything')).toEqual([
      statement,
      { Sid: 'Added', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
    ]))

  test('of a principal get no principal and trust policies no resource with it', () => {
    const added = (own: object) => {
      const policy = { Resources: { Policy: { Type: 'AWS::Test', Properties: { Statement: [own] } } } }
      const list = mutated('Policy', 'Properties.Statement', 'given a statement that allows everything', policy)?.Properties?.['Statement']
      return Object.keys((list as object[])[1] ?? {})
    }
    expect(added({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })).toEqual(['Sid', 'Effect', 'Action', 'Resource'])
    expect(added({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' })).toEqual(['Sid', 'Effect', 'Principal', 'Action'])
  })

  test('have effects swapped, and actions and principals widened, but no resource that is everything already', () => {
    expect(statementsAfter(`${at}.0.Effect`, 'swapped')).toEqual([{ ...statement, Effect: 'Deny' }])
    expect(statementsAfter(`${at}.0.Action`, 'widened to *')).toEqual([{ ...statement, Action: '*' }])
    expect(statementsAfter(`${at}.0.Principal`, 'widened to *')).toEqual([{ ...statement, Principal: '*' }])
    expect(changesOf('Policy', `${at}.0.Resource`)).not.toContain('widened to *')
  })

  test('have each action and resource lengthened by a star, but no condition', () => {
    expect(statementsAfter(`${at}.0.Action`, 'lengthened by *')).toEqual([{ ...statement, Action: 's3:GetObject*' }])
    expect(changesOf('Policy', `${at}.0.Resource`)).not.toContain('lengthened by *')
    expect(changesOf('Policy', `${at}.0.Condition.StringEquals.aws:PrincipalAccount`)).toEqual(['removed', 'set to another text'])
  })

  test.each([
    ['StringEquals', 'StringNotEquals', 'StringLike *', 'StringEqualsIfExists'],
    ['ArnNotLike', 'ArnLike', 'ArnNotLike *', 'ArnNotLikeIfExists'],
    ['ArnLike', 'ArnNotLike', 'ArnLike *', 'ArnLikeIfExists'],
    ['StringNotEqualsIfExists', 'StringEqualsIfExists', 'StringNotLikeIfExists *', 'StringNotEquals'],
    ['Bool', undefined, undefined, 'BoolIfExists'],
    ['NumericLessThan', undefined, undefined, 'NumericLessThanIfExists'],
    ['Null', undefined, undefined, undefined],
  ])('have conditions by %s negated, loosened and made to hold with or without the key', (operator, ...others) => {
    expect(changesOf('Role', 'Properties.Condition', withCondition({ [operator]: { key: 'value' } }))).toEqual([
      'removed',
      ...others.filter((other) => other !== undefined).map((other) => `${operator} turned into ${other}`),
    ])
  })

  test('are not loosened where they hold for anything already', () =>
    expect(changesOf('Role', 'Properties.Condition', withCondition({ ArnLike: { key: '*' } }))).not.toContain(
      'ArnLike turned into ArnLike *',
    ))

  test('have quantifiers swapped', () =>
    expect(changesOf('Role', 'Properties.Condition', withCondition({ 'ForAllValues:ArnEquals': { key: ['value'] } }))).toContain(
      'ForAllValues:ArnEquals turned into ForAnyValue:ArnEquals',
    ))

  test('keep the other conditions of the operator that one is turned into', () => {
    const both = withCondition({ StringEquals: { one: 'a' }, StringNotEquals: { other: 'b' } })
    expect(mutated('Role', 'Properties.Condition', 'StringEquals turned into StringNotEquals', both)?.Properties?.['Condition']).toEqual({
      StringNotEquals: { other: 'b', one: 'a' },
    })
  })

  test('have a condition loosened to any value', () =>
    expect(statementsAfter(`${at}.0.Condition`, 'StringEquals turned into StringLike *')).toEqual([
      { ...statement, Condition: { StringLike: { 'aws:PrincipalAccount': '*' } } },
    ]))
})

describe('security groups', () => {
  const everybody = { CidrIp: '0.0.0.0/0', IpProtocol: '-1' }

  test.each(['SecurityGroupIngress', 'SecurityGroupEgress'])('are opened to the internet by %s', (rules) =>
    expect(mutated('Group', `Properties.${rules}`, 'opened to the internet')?.Properties?.[rules]).toEqual([everybody]),
  )

  test('keep the rules they have', () => {
    const rule = { CidrIp: '10.0.0.0/16', IpProtocol: 'tcp' }
    const group = { Resources: { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [rule] } } } }
    const opened = mutated('Group', 'Properties.SecurityGroupIngress', 'opened to the internet', group)
    expect(opened?.Properties?.['SecurityGroupIngress']).toEqual([rule, everybody])
  })
})
