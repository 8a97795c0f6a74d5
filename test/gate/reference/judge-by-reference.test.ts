import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ExampleResources } from '../../../lib/gate/checks/control.ts'
import { judgeDeployment } from '../../../lib/gate/checks/findings-of.ts'
import { controlsByReference } from '../../../lib/gate/reference/judge-by-reference.ts'
import { accessOf } from '../../../lib/gate/reference/present-access.ts'
import { accessReferenceText, readAccessReference } from '../../../lib/gate/reference/reference-file.ts'
import { deploymentOf } from '../checks/judge-example.ts'

const folder = mkdtempSync(join(tmpdir(), 'reference-'))
const arn = { 'Fn::GetAtt': ['Records', 'Arn'] }
const allow = (Action: unknown, changes: object = {}) => ({ Sid: 'Read', Effect: 'Allow', Action, Resource: arn, ...changes })
const deny = (changes: object = {}) => ({ Sid: 'OnlyByTls', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: arn, ...changes })
const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement })

const resources = (changes: Record<string, object | undefined> = {}): ExampleResources =>
  Object.fromEntries(
    Object.entries({
      Records: { Type: 'AWS::S3::Bucket' },
      RecordsPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Records' },
          PolicyDocument: document(deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
        },
      },
      Boundary: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
      },
      Reader: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
          PermissionsBoundary: { Ref: 'Boundary' },
        },
      },
      ReaderPolicy: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: document(allow(['s3:GetObject', 's3:ListBucket'])), Roles: [{ Ref: 'Reader' }] },
      },
      Invoke: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: 'reader',
          Action: 'lambda:InvokeFunction',
          Principal: 's3.amazonaws.com',
          SourceArn: arn,
          SourceAccount: '111122223333',
        },
      },
      ...changes,
    }).filter(([, resource]) => resource !== undefined),
  ) as ExampleResources

const file = join(folder, 'reviewed.yaml')
writeFileSync(file, accessReferenceText(accessOf(deploymentOf({ Resources: resources() }))))
const reference = readAccessReference(file)

const findings = (changes: Record<string, object | undefined>, sections: object = {}) =>
  judgeDeployment(deploymentOf({ ...sections, Resources: resources(changes) }), controlsByReference(reference)).findings.map(
    ({ control, status, resource, property, message }) => `${status} ${control} ${resource?.logicalId ?? ''} ${property}: ${message}`,
  )
const readerPolicy = (PolicyDocument: object, changes: object = {}) => ({
  ReaderPolicy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument, Roles: [{ Ref: 'Reader' }], ...changes } },
})
const role = (changes: object) => ({
  Reader: { ...resources()['Reader'], Properties: { ...resources()['Reader']?.Properties, ...changes } },
})

describe('Policies are judged by what was reviewed', () => {
  test('what was reviewed passes, policy by policy', () => {
    const { findings, passes } = judgeDeployment(deploymentOf({ Resources: resources() }), controlsByReference(reference))
    expect(findings).toEqual([])
    expect(passes.map(({ control, resource }) => `${control} ${resource?.logicalId}`).sort()).toMatchInlineSnapshot(`
      [
        "reference-attachments ReaderPolicy",
        "reference-denials-kept Boundary",
        "reference-denials-kept Invoke",
        "reference-denials-kept Reader",
        "reference-denials-kept ReaderPolicy",
        "reference-denials-kept RecordsPolicy",
        "reference-no-new-access Boundary",
        "reference-no-new-access Invoke",
        "reference-no-new-access Reader",
        "reference-no-new-access ReaderPolicy",
        "reference-no-new-access RecordsPolicy",
      ]
    `)
  })

  test.each<[string, Record<string, object | undefined>]>([
    ['grants fewer actions', readerPolicy(document(allow('s3:GetObject')))],
    ['grants the same in two statements', readerPolicy(document(allow('s3:ListBucket'), allow('s3:GetObject')))],
    [
      'grants on a condition more',
      readerPolicy(document(allow('s3:GetObject', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))),
    ],
    ['denies more', readerPolicy(document(allow('s3:GetObject'), { Effect: 'Deny', Action: 'kms:*', Resource: '*' }))],
    ['is gone, and granted only', { ReaderPolicy: undefined }],
  ])('a policy that %s passes', (_, changes) => {
    expect(findings(changes)).toEqual([])
  })

  test.each<[string, Record<string, object | undefined>]>([
    ['grants an action more', readerPolicy(document(allow(['s3:GetObject', 's3:PutObject'])))],
    ['grants on everything', readerPolicy(document(allow('s3:GetObject', { Resource: '*' })))],
    ['is attached to one more', readerPolicy(document(allow('s3:GetObject')), { Users: ['somebody'] })],
    ['is new', { More: { ...resources()['ReaderPolicy'] } }],
    ['is not told', readerPolicy({ 'Fn::ImportValue': 'policy' })],
    [
      'denies less',
      {
        RecordsPolicy: {
          ...resources()['RecordsPolicy'],
          Properties: { Bucket: { Ref: 'Records' }, PolicyDocument: document(deny({ Action: 's3:PutObject' })) },
        },
      },
    ],
    ['denied, and is gone', { RecordsPolicy: undefined }],
    [
      'lets another service in',
      role({
        AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      }),
    ],
    [
      'is a permission for anybody',
      { Invoke: { ...resources()['Invoke'], Properties: { FunctionName: 'reader', Action: 'lambda:InvokeFunction', Principal: '*' } } },
    ],
  ])('a policy that %s fails', (_, changes) => {
    expect(findings(changes)).toMatchSnapshot()
  })

  test('a role without its boundary, or with one more policy, fails', () => {
    expect(
      findings(role({ PermissionsBoundary: undefined, ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] })),
    ).toMatchSnapshot()
  })

  test('a policy is judged in every case that a condition makes', () => {
    const wide = { 'Fn::If': ['Wide', document(allow('s3:*')), document(allow('s3:GetObject'))] }
    const sections = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['dev', 'live'], Default: 'live' } },
      Conditions: { Wide: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] } },
    }
    expect(findings(readerPolicy(wide), sections)).toHaveLength(1)
  })
})

describe('A reference is read as it was written', () => {
  test('statement by statement', () => {
    const { policies, attachments } = reference
    expect(JSON.parse(JSON.stringify({ policies, attachments }))).toEqual(
      JSON.parse(JSON.stringify(accessOf(deploymentOf({ Resources: resources() })))),
    )
  })

  test.each([
    ['schema: safe-harbor-waivers/1\npolicies: []\nattachments: []\n', /:1: schema: /],
    ['schema: safe-harbor-access-reference/1\npolicies: []\nattachments: []\nmore: 1\n', /:4: the key "more" is not known/],
    ['schema: safe-harbor-access-reference/1\npolicies:\n  - file: a\n', /:3: policies\.0\.resource/],
    ['{', /:1: the YAML is broken/],
  ])('and %j is refused with its line', (text, message) => {
    const broken = join(folder, 'broken.yaml')
    writeFileSync(broken, text)
    expect(() => readAccessReference(broken)).toThrow(message)
  })
})
