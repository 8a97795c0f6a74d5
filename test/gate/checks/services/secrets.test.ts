import { describe, expect, test } from 'vitest'
import type { ExampleResources } from '../../../../lib/gate/checks/control.ts'
import { judgeResource } from '../../../../lib/gate/checks/judge-resource.ts'
import { identityControls } from '../../../../lib/gate/checks/services/iam-and-secrets.ts'
import { knownSecretIn, masked } from '../../../../lib/gate/checks/services/secrets-formats.ts'
import { namesSecret } from '../../../../lib/gate/checks/services/secrets-names.ts'
import { secretInScript } from '../../../../lib/gate/checks/services/secrets-scripts.ts'
import { secretUnder } from '../../../../lib/gate/checks/services/secrets-shown.ts'
import { parameterControls } from '../../../../lib/gate/checks/template/template-parameters.ts'
import { deploymentOf } from '../judge-example.ts'

const secretControls = identityControls.filter(({ topic }) => topic === 'secrets-in-template')

function failures(sections: { readonly Resources: ExampleResources; readonly [section: string]: unknown }) {
  const deployment = deploymentOf(sections)
  return secretControls.flatMap((control) =>
    [...deployment.all]
      .filter(({ type }) => control.types === 'every' || control.types.includes(type))
      .flatMap((resource) => judgeResource(control, resource, deployment))
      .filter(({ status }) => status === 'fail')
      .map((outcome) => ({ id: control.id, ...outcome })),
  )
}

// Pieces are put together here, so that no scanner takes this file for a leak.
const key = `AKIA${'1234567890ABCDEF'}`
const github = `ghp_${'a1B2c3D4e5'.repeat(4)}`

describe('known forms', () => {
  test.each([
    ['an AWS access key', `id=${key};`, 'an AWS access key'],
    ['a private key', `-----BEGIN RSA ${'PRIVATE KEY'}-----`, 'a private key'],
    ['a token of GitHub', github, 'a token of GitHub'],
    ['an address with a password', 'postgres://app:hunter22@db.example.com/visits', 'a password in an address'],
    ['a connection string', 'Server=db;User Id=app;Password=hunter22;', 'a password in a connection string'],
    ['a secret access key', `aws_secret_access_key = ${'wJalrXUtnFEMI/K7MDENG/bPxRfiCY'}${'EXAMPLEKEY'}`, 'a secret access key of AWS'],
  ])('%s', (_name, text, expected) => expect(knownSecretIn(text)?.name).toBe(expected))

  test.each([
    'postgres://app:⟨Password⟩@db.example.com',
    'postgres://app:${Password}@db.example.com',
    'https://example.com/a:b@c',
    'arn:aws:iam::111122223333:role/app',
    'Password must hold 14 characters; password=',
    'AKIASHORT',
  ])('%s is none', (text) => expect(knownSecretIn(text)).toBeUndefined())

  test('nothing of a secret is shown but four characters', () => {
    expect(masked(key)).toBe('AKIA… (20 characters)')
    expect(masked('hunter2')).toBe('… (7 characters)')
  })
})

describe('names', () => {
  test.each([
    'DB_PASSWORD',
    'dbPassword',
    'MasterUserPassword',
    'API_KEY',
    'apiKey',
    'GithubToken',
    'client-secret',
    'AWS_SECRET_ACCESS_KEY',
    'JWT_SECRET',
    'PGPASSWORD',
    'SLACK_BOT_TOKEN',
    'ENCRYPTION_KEY',
  ])('%s is a secret', (name) => expect(namesSecret(name)).toBe(true))
  test.each([
    'PASSWORD_POLICY',
    'SECRET_ARN',
    'TOKEN_URL',
    'KEY_ID',
    'SECRET_NAME',
    'TABLE_NAME',
    'PasswordLength',
    'TOKEN_TTL',
    'NextToken',
    'UsePassword',
    'PASSTHROUGH',
    'PARTITION_KEY',
    'SORT_KEY',
    'KMS_KEY',
    'TokenExpirationDays',
    'AUTHOR',
    'COMPASS',
  ])('%s is none', (name) => expect(namesSecret(name)).toBe(false))
  test.each(['changeme', 'hunter22', 'P@ssw0rd!', '12345678'])('a password %s is a secret', (value) =>
    expect(secretUnder('DB_PASSWORD', value)).toBeDefined(),
  )
  test.each([
    '',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:x',
    '{{resolve:secretsmanager:x}}',
    '⟨Password⟩',
    'true',
    '30',
    '<your token>',
    'REPLACE_ME',
    '/app/db/password',
    'https://login.example.com/token',
  ])('a password %s is none', (value) => expect(secretUnder('DB_PASSWORD', value)).toBeUndefined())
})

describe('scripts', () => {
  test.each([
    'export DB_PASSWORD=hunter22',
    'password: "hunter22"',
    "mysql --password='hunter22' visits",
    '{"api_key": "abcd1234efgh"}',
    'curl -H token=abcd1234efgh',
  ])('%s', (line) => expect(secretInScript(`#!/bin/bash\n${line}\n`)).toBeDefined())
  test.each([
    'DB_PASSWORD=$(aws secretsmanager get-secret-value)',
    'password=$1',
    'TOKEN=`curl -X PUT http://169.254.169.254/latest/api/token`',
    'password: ${Password}',
    'echo "the password is stored elsewhere"',
    'SECRET_ARN=arn:aws:secretsmanager:x',
  ])('%s is fine', (line) => expect(secretInScript(`#!/bin/bash\n${line}\n`)).toBeUndefined())
})

describe('properties', () => {
  const database = (MasterUserPassword: unknown) => ({
    Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', MasterUserPassword } },
  })
  test.each<[string, unknown, unknown, readonly string[]]>([
    ['a literal', 'hunter22', {}, ['rds-secret-written']],
    ['a parameter with a default', { Ref: 'Password' }, { Password: { Type: 'String', Default: 'hunter22' } }, ['rds-secret-written']],
    ['a hidden parameter', { Ref: 'Password' }, { Password: { Type: 'String', NoEcho: true } }, []],
    ['a secret', { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' }, {}, []],
    ['an encrypted parameter', '{{resolve:ssm-secure:/db/password:1}}', {}, []],
    ['a plain parameter of Systems Manager', '{{resolve:ssm:/db/password:1}}', {}, ['secrets-from-plain-parameter']],
  ])('%s', (_name, value, Parameters, expected) => {
    const Resources = { ...database(value), Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } } }
    expect(failures({ Parameters, Resources }).map(({ id }) => id)).toEqual(expected)
  })

  test('evidence never holds the secret', () => {
    const Resources = {
      ...database('hunter22-hunter22'),
      Function: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { API_TOKEN: 'hunter22-hunter22', KEY: key } } } },
      Instance: {
        Type: 'AWS::EC2::Instance',
        Properties: { UserData: { 'Fn::Base64': `export DB_PASSWORD=hunter22-hunter22\n${github}` } },
      },
    }
    const said = failures({ Resources })
    expect(said.length).toBeGreaterThan(3)
    expect(JSON.stringify(said)).not.toMatch(/hunter22-|1234567890ABCDEF|a1B2c3D4e5a1B2/)
  })
})

describe('the token of a Lambda permission', () => {
  const permission = (EventSourceToken: string) => ({
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'skill', Principal: 'alexa-appkit.amazon.com', EventSourceToken },
    },
  })

  test.each([
    ['is no secret where it is the id of a skill', 'amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef', []],
    ['is a secret otherwise', 'hunter22', ['lambda-permission-token-secret-written']],
  ])('%s', (_name, token, ids) => {
    expect(failures({ Resources: permission(token) }).map(({ id }) => id)).toEqual(ids)
  })
})

describe('parameters, outputs and mappings', () => {
  const remarks = (sections: { readonly [section: string]: unknown }) => {
    const deployment = deploymentOf({ Resources: {}, ...sections })
    const [template] = deployment.templates
    if (template === undefined) throw new Error('expected a template')
    return parameterControls.flatMap(({ id, remarks: of }) =>
      of(template, deployment).map(({ path, message }) => ({ id, path: path.join('.'), message })),
    )
  }
  const ids = (sections: { readonly [section: string]: unknown }) => remarks(sections).map(({ id }) => id)
  test.each<[string, { readonly [section: string]: unknown }, readonly string[]]>([
    [
      'a password with a default',
      { Parameters: { DbPassword: { Type: 'String', Default: 'hunter22', NoEcho: true } } },
      ['template-parameter-secret-default'],
    ],
    [
      'a hidden parameter of another name',
      { Parameters: { Word: { Type: 'String', Default: 'hunter22', NoEcho: true } } },
      ['template-parameter-secret-default'],
    ],
    ['a password that is shown', { Parameters: { DbPassword: { Type: 'String' } } }, ['template-parameter-secret-no-echo']],
    ['a password that is hidden', { Parameters: { DbPassword: { Type: 'String', NoEcho: true } } }, []],
    ['the name of a secret', { Parameters: { SecretName: { Type: 'String', Default: 'app' } } }, []],
    [
      'an output of a hidden parameter',
      { Parameters: { Word: { Type: 'String', NoEcho: true } }, Outputs: { Word: { Value: { Ref: 'Word' } } } },
      ['template-output-secret'],
    ],
    [
      'an output of a secret access key',
      { Outputs: { Key: { Value: { 'Fn::GetAtt': ['AccessKey', 'SecretAccessKey'] } } } },
      ['template-output-secret'],
    ],
    ['an output of an ARN', { Outputs: { SecretArn: { Value: { Ref: 'Secret' } } } }, []],
    ['a mapping with a key', { Mappings: { Stage: { dev: { Key: key } } } }, ['template-mapping-secret']],
  ])('%s', (_name, sections, expected) => expect(ids(sections)).toEqual(expected))

  test('messages never hold the secret', () => {
    expect(JSON.stringify(remarks({ Parameters: { DbPassword: { Type: 'String', Default: 'hunter22-hunter22' } } }))).not.toContain(
      'hunter22-',
    )
  })
})
