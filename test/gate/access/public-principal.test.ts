import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exposureOf } from '../../../lib/gate/access/public-principal.ts'
import { statementsOf } from '../../../lib/gate/access/statement.ts'
import { Reference, Unknown, type Value, type ValueMap } from '../../../lib/gate/template/value.ts'
import { anyValue, statement } from './policies.ts'

const own = '111122223333'
const foreign = '444455556666'
const policy = (principal: Value, condition?: ValueMap): ValueMap => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 's3:GetObject',
  Resource: '*',
  ...(condition !== undefined && { Condition: condition }),
})
const reach = (principal: Value, condition?: ValueMap, account: string | undefined = own) =>
  exposureOf(statement(policy(principal, condition)), account).reach

describe('A statement of a resource policy that names', () => {
  test.each<[string, Value, string]>([
    ['everybody', '*', 'everyone'],
    ['every AWS principal', { AWS: '*' }, 'everyone'],
    ['everybody beside the own account', { AWS: [own, '*'] }, 'everyone'],
    ['any account by a wildcard', { AWS: 'arn:aws:iam::*:root' }, 'everyone'],
    ['the own account', { AWS: own }, 'own-account'],
    ['the root of the own account', { AWS: `arn:aws:iam::${own}:root` }, 'own-account'],
    ['the account of the template', { AWS: 'arn:⟨AWS::Partition⟩:iam::⟨AWS::AccountId⟩:root' }, 'own-account'],
    ['a role of the template', { AWS: new Reference('t', 'Role', 'Arn') }, 'own-account'],
    ['a role of the template within a text', { AWS: '⟨Role.Arn⟩' }, 'own-account'],
    ['an origin access identity of the template', { CanonicalUser: new Reference('t', 'Identity', 'S3CanonicalUserId') }, 'own-account'],
    ['an origin access identity', { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }, 'service'],
    ['the account of load balancers', { AWS: 'arn:aws:iam::127311923021:root' }, 'service'],
    ['another account', { AWS: [own, foreign] }, 'named-foreign'],
    ['a role of another account', { AWS: `arn:aws:iam::${foreign}:role/x` }, 'named-foreign'],
    ['a canonical user', { CanonicalUser: 'a'.repeat(64) }, 'named-foreign'],
    ['an account that a parameter tells', { AWS: 'arn:aws:iam::⟨Partner⟩:root' }, 'unknown'],
    ['a principal that is not told', { AWS: new Unknown('a parameter') }, 'unknown'],
    ['a user that was deleted', { AWS: 'AIDAEXAMPLE' }, 'unknown'],
    ['a service', { Service: 'sns.amazonaws.com' }, 'service-unconditioned'],
  ])('%s', (_, principal, expected) => {
    expect(reach(principal)).toBe(expected)
  })

  test('a literal account is foreign where the own one is not known', () => {
    expect(exposureOf(statement(policy({ AWS: own })), undefined).reach).toBe('named-foreign')
  })

  test('all but some lets everybody in', () => {
    expect(exposureOf(statement({ Effect: 'Allow', NotPrincipal: { AWS: own }, Action: 's3:*', Resource: '*' }), own).reach).toBe(
      'everyone',
    )
  })

  test('everybody in a Deny, or nobody, lets nobody in', () => {
    expect(exposureOf(statement({ ...policy('*'), Effect: 'Deny' }), own).reach).toBe('nobody')
    expect(exposureOf(statement({ Effect: 'Allow', Action: 's3:*', Resource: '*' }), own).reach).toBe('nobody')
  })

  test('everybody with an effect that is not told is not known', () => {
    expect(exposureOf(statement({ ...policy('*'), Effect: new Unknown('x') }), own).reach).toBe('unknown')
  })

  test('tells who, and what confines them', () => {
    const condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }
    expect(exposureOf(statement(policy({ AWS: [own, foreign] }, condition)), own)).toEqual({
      reach: 'named-foreign',
      who: [foreign],
      confinedBy: ['aws:principalorgid'],
    })
  })
})

describe('Everybody is confined by', () => {
  test.each<[string, ValueMap, string]>([
    ['an organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'confined'],
    ['an organization that a parameter tells', { StringEquals: { 'aws:PrincipalOrgID': new Unknown('a parameter') } }, 'confined'],
    ['a part of an organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/*' } }, 'confined'],
    ['a VPC', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, 'confined'],
    ['an endpoint of the template', { StringEquals: { 'aws:sourceVpce': '⟨Endpoint⟩' } }, 'confined'],
    ['a range of addresses', { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '10.0.0.0/8', '2001:db8::/32'] } }, 'confined'],
    ['a bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:records' } }, 'confined'],
    ['a topic of the own account', { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:eu-central-1:${own}:t` } }, 'own-account'],
    ['any alarm of the own account', { ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:*:${own}:alarm:*` } }, 'own-account'],
    ['the own account', { StringEquals: { 'aws:SourceAccount': '⟨AWS::AccountId⟩' } }, 'own-account'],
    [
      'the account that calls',
      { StringEquals: { 'kms:CallerAccount': own, 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } },
      'own-account',
    ],
    ['another account', { StringEquals: { 'aws:PrincipalAccount': foreign } }, 'named-foreign'],
    ['a mount target', { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } }, 'confined'],
    [
      'all values of a key that must be there',
      { 'ForAllValues:StringEquals': { 'aws:SourceVpc': 'vpc-1' }, Null: { 'aws:SourceVpc': 'false' } },
      'confined',
    ],
  ])('%s', (_, condition, expected) => {
    expect(reach('*', condition)).toBe(expected)
  })
})

describe('Everybody is not confined by', () => {
  test.each<[string, ValueMap]>([
    ['TLS', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['a referrer', { StringLike: { 'aws:Referer': 'https://example.com/*' } }],
    ['a prefix', { StringEquals: { 's3:prefix': 'public/' } }],
    ['any organization', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }],
    ['a key that may be missing', { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }],
    ['all but one VPC', { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }],
    ['all values of a key that may be missing', { 'ForAllValues:StringEquals': { 'aws:SourceVpc': 'vpc-1' } }],
    ['every address', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }],
    ['half of all addresses beside one', { IpAddress: { 'aws:SourceIp': ['192.0.2.1', '0.0.0.0/1'] } }],
    ['a broad range of IPv6', { IpAddress: { 'aws:SourceIp': '2000::/3' } }],
    ['an address as a text', { StringLike: { 'aws:SourceIp': '*' } }],
    ['any account', { StringLike: { 'aws:SourceAccount': '*' } }],
    ['any topic', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }],
    ['a topic of any account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:alerts' } }],
    ['a session of a role', { StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } }],
    ['a variable', { StringEquals: { 'aws:SourceVpc': '${aws:PrincipalTag/vpc}' } }],
    ['the service that is used', { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } }],
  ])('%s', (_, condition) => {
    expect(reach('*', condition)).toBe('everyone')
  })

  test.each<[string, ValueMap]>([
    ['a pattern that is not told', { StringLike: { 'aws:PrincipalOrgID': new Unknown('a parameter') } }],
    ['addresses that are not told', { IpAddress: { 'aws:SourceIp': new Unknown('a parameter') } }],
    ['conditions that are not told', { StringEquals: new Unknown('a parameter') }],
  ])('%s, as far as is known', (_, condition) => {
    expect(reach('*', condition)).toBe('unknown')
  })
})

describe('A service', () => {
  test.each<[string, ValueMap, string]>([
    ['for an account', { StringEquals: { 'AWS:SourceAccount': own } }, 'service'],
    ['for a resource', { ArnLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::⟨AWS::AccountId⟩:distribution/⟨Site⟩' } }, 'service'],
    ['for an organization', { StringEquals: { 'aws:SourceOrgID': 'o-1' } }, 'service'],
    ['for anything of a kind', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }, 'service-unconditioned'],
    ['over TLS', { Bool: { 'aws:SecureTransport': 'true' } }, 'service-unconditioned'],
    ['for what is not told', { ArnLike: { 'aws:SourceArn': new Unknown('a parameter') } }, 'unknown'],
  ])('%s', (_, condition, expected) => {
    expect(reach({ Service: 'x.amazonaws.com' }, condition)).toBe(expected)
  })
})

test('Judging never throws, whatever the statement', () => {
  fc.assert(
    fc.property(anyValue, anyValue, (principal, condition) => {
      const { statements } = statementsOf({ Statement: { Effect: 'Allow', Principal: principal, Condition: condition } })
      for (const one of statements) exposureOf(one, own)
    }),
  )
})
