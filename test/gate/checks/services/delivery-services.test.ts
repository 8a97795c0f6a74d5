import { describe, expect, test } from 'vitest'
import { judgeExample } from '../judge-example.ts'
import { controlNamed, statusOf } from './platform-example.ts'

const unknown = { 'Fn::ImportValue': 'elsewhere' }
type Properties = Readonly<Record<string, unknown>>

describe('A project of CodeBuild', () => {
  const Type = 'AWS::CodeBuild::Project'
  const variable = (more: Properties): Properties => ({
    Environment: { EnvironmentVariables: [{ Name: 'AWS_SECRET_ACCESS_KEY', Value: 'not-a-real-one', ...more }] },
  })

  test.each<[string, string, Properties, string]>([
    ['codebuild-project-no-plain-credentials', 'with a plain key', variable({}), 'fail'],
    ['codebuild-project-no-plain-credentials', 'with a key of Secrets Manager', variable({ Type: 'SECRETS_MANAGER' }), 'pass'],
    ['codebuild-project-no-plain-credentials', 'without variables', {}, 'pass'],
    [
      'codebuild-project-no-plain-credentials',
      'with variables that are not known',
      { Environment: { EnvironmentVariables: unknown } },
      'undecided',
    ],
    [
      'codebuild-project-source-without-credentials',
      'with a token in its address',
      { Source: { Location: 'https://abc123@github.com/x/y' } },
      'fail',
    ],
    ['codebuild-project-source-without-credentials', 'with a plain address', { Source: { Location: 'https://github.com/x/y' } }, 'pass'],
    ['codebuild-project-logging', 'without settings', {}, 'pass'],
    [
      'codebuild-project-logging',
      'with logs in S3 only',
      { LogsConfig: { CloudWatchLogs: { Status: 'DISABLED' }, S3Logs: { Status: 'ENABLED' } } },
      'pass',
    ],
    ['codebuild-project-source-connection', 'of CodePipeline', { Source: { Type: 'CODEPIPELINE' } }, 'nothing'],
    [
      'codebuild-project-artifacts-encrypted',
      'with artifacts in the clear',
      { Artifacts: { Type: 'S3', EncryptionDisabled: true } },
      'fail',
    ],
    [
      'codebuild-project-artifacts-encrypted',
      'with artifacts of a pipeline, which encrypts them',
      { Artifacts: { Type: 'CODEPIPELINE', EncryptionDisabled: true } },
      'nothing',
    ],
    [
      'codebuild-project-artifacts-encrypted',
      'without artifacts',
      { Artifacts: { Type: 'NO_ARTIFACTS', EncryptionDisabled: true } },
      'nothing',
    ],
    [
      'codebuild-project-artifacts-encrypted',
      'with a second artifact in the clear',
      { Artifacts: {}, SecondaryArtifacts: [{ EncryptionDisabled: true }] },
      'fail',
    ],
    [
      'codebuild-project-image-current',
      'with an image of its own',
      { Environment: { Image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/build:1' } },
      'pass',
    ],
    [
      'codebuild-project-image-current',
      'with a current image',
      { Environment: { Image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0' } },
      'pass',
    ],
    ['codebuild-project-image-current', 'with an image of an old generation', { Environment: { Image: 'aws/codebuild/nodejs:8' } }, 'fail'],
  ])('%s %s', (id, _name, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })

  test('never shows a key or a token in what it says', () => {
    const secrets = {
      Environment: { EnvironmentVariables: [{ Name: 'AWS_ACCESS_KEY_ID', Value: 'hush' }] },
      Source: { Location: 'https://hush@github.com/x/y' },
    }
    const said = ['codebuild-project-no-plain-credentials', 'codebuild-project-source-without-credentials'].flatMap((id) =>
      judgeExample(controlNamed(id), { Build: { Type, Properties: secrets } }),
    )
    expect(said.map(({ status }) => status)).toEqual(['fail', 'fail'])
    expect(JSON.stringify(said)).not.toContain('hush')
  })
})

describe('The preferences of Session Manager', () => {
  const Type = 'AWS::SSM::Document'
  const document = (inputs: Properties): Properties => ({
    DocumentType: 'Session',
    Content: { schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs },
  })

  test.each<[string, string, Properties, string]>([
    ['ssm-session-logging', 'with a bucket', document({ s3BucketName: 'sessions' }), 'nothing'],
    ['ssm-session-logging', 'with nothing', document({}), 'fail'],
    ['ssm-session-logging', 'of another kind of document', { ...document({}), DocumentType: 'Command' }, 'nothing'],
    ['ssm-session-idle-timeout', 'with nothing', document({}), 'pass'],
    [
      'ssm-session-idle-timeout',
      'as text',
      { DocumentType: 'Session', Content: JSON.stringify(document({ idleSessionTimeout: '60' })['Content']) },
      'fail',
    ],
    [
      'ssm-session-idle-timeout',
      'as text that is not JSON',
      { DocumentType: 'Session', Content: 'inputs:\n  idleSessionTimeout: 60' },
      'undecided',
    ],
    ['ssm-session-customer-key', 'with a key of another stack', document({ kmsKeyId: unknown }), 'undecided'],
  ])('%s %s', (id, _name, properties, status) => {
    expect(statusOf(id, Type, properties)).toBe(status)
  })
})
