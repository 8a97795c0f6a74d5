import { expect, test } from 'vitest'
import { expandLoops } from '../../../lib/gate/template/language-extensions.ts'
import type { Parameter } from '../../../lib/gate/template/template.ts'

const parameter = (type: string, value?: string): Parameter => ({
  type,
  default: value,
  allowed: [],
  pattern: undefined,
  leastLength: 0,
  noEcho: false,
})
const none: ReadonlyMap<string, Parameter> = new Map()

test('a loop over a written list makes a resource for each word, in keys, texts and references', () => {
  const { resources, unseen, places } = expandLoops(
    {
      'Fn::ForEach::Buckets': [
        'Name',
        ['raw.data', 'clean'],
        {
          'Bucket&{Name}': {
            Type: 'AWS::S3::Bucket',
            Properties: { BucketName: { 'Fn::Sub': 'x-${Name}' }, Tags: [{ Key: 'n', Value: { Ref: 'Name' } }] },
          },
        },
      ],
      Other: { Type: 'AWS::SNS::Topic' },
    },
    none,
  )
  expect(Object.keys(resources)).toEqual(['Bucketrawdata', 'Bucketclean', 'Other'])
  expect(resources.Bucketrawdata).toEqual({
    Type: 'AWS::S3::Bucket',
    Properties: { BucketName: { 'Fn::Sub': 'x-raw.data' }, Tags: [{ Key: 'n', Value: 'raw.data' }] },
  })
  expect(unseen).toEqual([])
  expect(places.get('Bucketclean')).toEqual(['Resources', 'Fn::ForEach::Buckets', '2', 'Bucket&{Name}'])
})

test('a list comes from the default of a list parameter', () => {
  const parameters = new Map([['Names', parameter('CommaDelimitedList', 'A, B')]])
  const loop = ['N', { Ref: 'Names' }, { 'T${N}': { Type: 'AWS::SNS::Topic' } }]
  expect(Object.keys(expandLoops({ 'Fn::ForEach::Topics': loop }, parameters).resources)).toEqual(['TA', 'TB'])
})

test('loops in loops, and loops inside of properties, are unrolled', () => {
  const inner = ['Zone', ['1', '2'], { 'Subnet${Layer}${Zone}': { Type: 'AWS::EC2::Subnet' } }]
  const nested = expandLoops({ 'Fn::ForEach::Layers': ['Layer', ['A', 'B'], { 'Fn::ForEach::Zones': inner }] }, none)
  expect(Object.keys(nested.resources)).toEqual(['SubnetA1', 'SubnetA2', 'SubnetB1', 'SubnetB2'])
  expect(nested.places.get('SubnetB2')?.slice(0, 5)).toEqual(['Resources', 'Fn::ForEach::Layers', '2', 'Fn::ForEach::Zones', '2'])
  const inside = expandLoops({ R: { Type: 'T', Properties: { 'Fn::ForEach::P': ['X', ['A', 'B'], { 'Key${X}': { Ref: 'X' } }] } } }, none)
  expect(inside.resources.R).toEqual({ Type: 'T', Properties: { KeyA: 'A', KeyB: 'B' } })
})

test.each([
  ['a parameter without a default', { Ref: 'Given' }],
  ['a parameter that Systems Manager holds', { Ref: 'Stored' }],
  ['a mapping', { 'Fn::FindInMap': ['M', 'a', 'b'] }],
])('a loop over %s is a part that only deployment shows', (_name, list) => {
  const parameters = new Map([
    ['Given', parameter('CommaDelimitedList')],
    ['Stored', parameter('AWS::SSM::Parameter::Value<List<String>>', '/a')],
  ])
  const { resources, unseen } = expandLoops({ 'Fn::ForEach::L': ['N', list, { 'T${N}': { Type: 'AWS::SNS::Topic' } }] }, parameters)
  expect(resources).toEqual({})
  expect(unseen.map(({ path }) => path)).toEqual([['Resources', 'Fn::ForEach::L']])
})

test('loops that make more than five thousand entries end', () => {
  const words = Array.from({ length: 100 }, (_, place) => `w${place}`)
  const inner = ['B', words, { 'T${A}x${B}': { Type: 'AWS::SNS::Topic' } }]
  const { unseen } = expandLoops({ 'Fn::ForEach::A': ['A', words, { 'Fn::ForEach::B': inner }] }, none)
  expect(unseen[0]?.message).toContain('more than 5000')
})

test('a template without loops stays the same object', () => {
  const resources = { T: { Type: 'AWS::SNS::Topic' } }
  expect(expandLoops(resources, none).resources).toBe(resources)
})
