import { describe, expect, test } from 'vitest'
import { Deployment } from '../../../lib/gate/template/deployment.ts'
import { readTemplate } from '../../../lib/gate/template/read-template.ts'
import { readSource } from '../../../lib/gate/template/source.ts'
import type { Given } from '../../../lib/gate/template/template.ts'
import { plain, Unknown } from '../../../lib/gate/template/value.ts'

type Sections = Readonly<Record<string, unknown>>

const deployment = (sections: Sections, given: ReadonlyMap<string, Given> = new Map()) =>
  new Deployment(
    'template',
    [readTemplate(readSource(JSON.stringify({ Resources: {}, ...sections }), 'here.json'), { key: 'here', digest: '', given })],
    new Map(),
  )

/** The value of a property, in each case that makes a difference. */
function valuesOf(written: unknown, sections: Sections = {}, given: ReadonlyMap<string, Given> = new Map()): unknown[] {
  const one = deployment(
    { ...sections, Resources: { Key: { Type: 'AWS::KMS::Key' }, Thing: { Type: 'AWS::S3::Bucket', Properties: { At: written } } } },
    given,
  )
  const thing = one.ofType('AWS::S3::Bucket')[0]
  return one.cases.each(() => plain(thing?.get('At'))).results.map(({ result }) => result)
}

const reasonOf = (written: unknown, sections: Sections = {}): string | undefined => {
  const one = deployment({ ...sections, Resources: { Thing: { Type: 'AWS::S3::Bucket', Properties: { At: written } } } })
  const value = one.ofType('AWS::S3::Bucket')[0]?.get('At')
  return value instanceof Unknown ? value.reason : undefined
}

describe('Functions are resolved as CloudFormation does', () => {
  test.each<[string, unknown, unknown, Sections?]>([
    ['a parameter by its default', { Ref: 'Size' }, 'small', { Parameters: { Size: { Type: 'String', Default: 'small' } } }],
    [
      'a list parameter as a list',
      { Ref: 'Zones' },
      ['a', 'b'],
      { Parameters: { Zones: { Type: 'CommaDelimitedList', Default: 'a, b' } } },
    ],
    ['a resource as a reference', { Ref: 'Key' }, '⟨Key⟩'],
    ['an attribute as a reference', { 'Fn::GetAtt': ['Key', 'Arn'] }, '⟨Key.Arn⟩'],
    ['an attribute written in one text', { 'Fn::GetAtt': 'Key.Arn' }, '⟨Key.Arn⟩'],
    ['a join of known parts', { 'Fn::Join': [':', ['arn', 'aws', 's3']] }, 'arn:aws:s3'],
    ['a join with holes', { 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'Key' }, '/*']] }, 'arn:aws:s3:::⟨Key⟩/*'],
    ['a substitution', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }, 'arn:aws:iam::⟨AWS::AccountId⟩:root'],
    ['a substitution with variables', { 'Fn::Sub': ['${Name}-x', { Name: 'log' }] }, 'log-x'],
    ['a policy variable that is no substitution', { 'Fn::Sub': 'home/${!aws:username}' }, 'home/${aws:username}'],
    ['a substitution of an attribute', { 'Fn::Sub': '${Key.Arn}/x' }, '⟨Key.Arn⟩/x'],
    ['a selection', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['a split', { 'Fn::Split': ['|', 'a|b'] }, ['a', 'b']],
    ['a mapping', { 'Fn::FindInMap': ['Sizes', 'prod', 'Retention'] }, 30, { Mappings: { Sizes: { prod: { Retention: 30 } } } }],
    [
      'a mapping whose entries agree, by the Region',
      { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'On'] },
      true,
      { Mappings: { Sizes: { a: { On: true }, b: { On: true } } } },
    ],
    ['no value as nothing', { A: 1, B: { Ref: 'AWS::NoValue' } }, { A: 1 }],
    ['no value in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['encoded text as what is encoded', { 'Fn::Base64': 'echo hello' }, 'echo hello'],
    ['a list as JSON', { 'Fn::ToJsonString': { a: 1 } }, '{"a":1}'],
    ['the length of a list', { 'Fn::Length': ['a', 'b'] }, 2],
  ])('%s', (_says, written, value, sections = {}) => {
    expect(valuesOf(written, sections)).toEqual([value])
  })
})

describe('What cannot be known says why', () => {
  test.each<[string, unknown, RegExp, Sections?]>([
    ['a parameter without a default', { Ref: 'Name' }, /parameter Name has no default/, { Parameters: { Name: { Type: 'String' } } }],
    [
      'a parameter of Systems Manager',
      { Ref: 'Ami' },
      /read from Systems Manager/,
      { Parameters: { Ami: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ami' } } },
    ],
    ['a dynamic reference', '{{resolve:secretsmanager:db:SecretString:password}}', /dynamic reference/],
    ['an import from elsewhere', { 'Fn::ImportValue': 'other-key' }, /export other-key/],
    [
      'a mapping that the Region decides',
      { 'Fn::FindInMap': ['Amis', { Ref: 'AWS::Region' }, 'Id'] },
      /no entry/,
      { Mappings: { Amis: { a: { Id: 1 }, b: { Id: 2 } } } },
    ],
    ['a macro', { 'Fn::Transform': { Name: 'Secret' } }, /macro/],
    ['a function that nobody knows', { 'Fn::Guess': 1 }, /Fn::Guess/],
    ['a stack that is not here', { 'Fn::GetStackOutput': { StackName: 'other', OutputName: 'Key' } }, /Key of other/],
  ])('%s', (_says, written, reason, sections = {}) => {
    expect(reasonOf(written, sections)).toMatch(reason)
  })
})

describe('Conditions are judged both ways', () => {
  const Parameters = { Stage: { Type: 'String', Default: 'dev' }, Other: { Type: 'String', Default: 'x' } }
  const Conditions = {
    IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsNot: { 'Fn::Not': [{ Condition: 'IsProduction' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsProduction' }, { 'Fn::Equals': [{ Ref: 'Other' }, 'y'] }] },
    Never: { 'Fn::Equals': ['a', 'b'] },
    Round: { 'Fn::Not': [{ Condition: 'Round' }] },
  }

  test('the default first, then the value that the condition names', () => {
    expect(valuesOf({ 'Fn::If': ['IsProduction', 'safe', 'unsafe'] }, { Parameters, Conditions })).toEqual(['unsafe', 'safe'])
  })

  test('two conditions about one parameter never contradict each other', () => {
    const written = [{ 'Fn::If': ['IsProduction', 'prod', 'other'] }, { 'Fn::If': ['IsNot', 'other', 'prod'] }]
    expect(valuesOf(written, { Parameters, Conditions })).toEqual([
      ['other', 'other'],
      ['prod', 'prod'],
    ])
  })

  test('a parameter that conditions are about has the value of the case', () => {
    expect(valuesOf([{ 'Fn::If': ['IsProduction', 'p', 'd'] }, { Ref: 'Stage' }], { Parameters, Conditions })).toEqual([
      ['d', 'dev'],
      ['p', 'prod'],
    ])
  })

  test('a comparison of words is decided', () => {
    expect(valuesOf({ 'Fn::If': ['Never', 'a', 'b'] }, { Conditions })).toEqual(['b'])
  })

  test('a parameter that is given decides', () => {
    const given = new Map([['Stage', { written: 'prod', from: undefined }]])
    expect(valuesOf({ 'Fn::If': ['IsProduction', 'safe', 'unsafe'] }, { Parameters, Conditions }, given)).toEqual(['safe'])
  })

  test('a condition that refers to itself, and one that is not there, are open', () => {
    expect(valuesOf({ 'Fn::If': ['Round', 'a', 'b'] }, { Conditions })).toHaveLength(2)
    expect(valuesOf({ 'Fn::If': ['Nowhere', 'a', 'b'] }, { Conditions })).toEqual(['a', 'b'])
  })

  test('values that a parameter does not allow are no case', () => {
    const allowed = { Stage: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'test'] } }
    expect(valuesOf({ 'Fn::If': ['IsProduction', 'safe', 'unsafe'] }, { Parameters: allowed, Conditions })).toEqual(['unsafe'])
  })
})

describe('Templates that are deployed together know each other', () => {
  const template = (key: string, sections: Sections) => readTemplate(readSource(JSON.stringify(sections), key), { key, digest: '' })
  const producer = template('keys', {
    Resources: { Key: { Type: 'AWS::KMS::Key' } },
    Outputs: { KeyArn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'key-arn' } } },
  })

  test.each([
    ['an import', { 'Fn::ImportValue': 'key-arn' }],
    ['an output of another stack', { 'Fn::GetStackOutput': { StackName: 'keys', OutputName: 'KeyArn' } }],
  ])('%s leads to the resource', (_says, written) => {
    const user = template('store', { Resources: { Store: { Type: 'AWS::S3::Bucket', Properties: { Key: written } } } })
    const one = new Deployment('assembly', [user, producer], new Map())
    const [store] = one.ofType('AWS::S3::Bucket')
    expect(one.resourceOf(store?.get('Key'))?.type).toBe('AWS::KMS::Key')
  })

  test('exports that import each other end as unknown', () => {
    const round = (key: string, other: string) =>
      template(key, {
        Resources: { Store: { Type: 'AWS::S3::Bucket', Properties: { Key: { 'Fn::ImportValue': other } } } },
        Outputs: { Out: { Value: { 'Fn::ImportValue': other }, Export: { Name: key } } },
      })
    const [store] = new Deployment('assembly', [round('one', 'two'), round('two', 'one')], new Map()).ofType('AWS::S3::Bucket')
    expect(store?.get('Key')).toBeInstanceOf(Unknown)
  })
})
