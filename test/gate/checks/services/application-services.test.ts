import { describe, expect, test } from 'vitest'
import type { ExampleResources } from '../../../../lib/gate/checks/control.ts'
import { applicationControls } from '../../../../lib/gate/checks/services/application-services.ts'
import { judgeExample } from '../judge-example.ts'

type Properties = Readonly<Record<string, unknown>>

/** What a control says of all resources: its distinct outcomes, in order. */
function outcomes(id: string, Resources: ExampleResources): readonly string[] {
  const control = applicationControls.find((one) => one.id === id)
  return control === undefined ? ['no such control'] : [...new Set(judgeExample(control, Resources).map(({ status }) => status))]
}

const one = (Type: string, properties: Properties): ExampleResources => ({ One: { Type, Properties: properties } })
const lambda = { Code: { ZipFile: 'x' }, Handler: 'index.handler', Role: 'arn:aws:iam::111122223333:role/r', Runtime: 'nodejs24.x' }

describe('Lambda functions', () => {
  test.each([
    ['python3.9', 'fail'],
    ['nodejs22.x', 'pass'],
    ['python9.9', 'pass'],
  ])('on %s: %s', (Runtime, status) => {
    expect(outcomes('lambda-function-runtime-supported', one('AWS::Lambda::Function', { ...lambda, Runtime }))).toEqual([status])
  })

  test('of container images have no runtime to judge', () => {
    const image = { Code: { ImageUri: '111122223333.dkr.ecr.us-east-1.amazonaws.com/a:1' }, PackageType: 'Image', Role: lambda.Role }
    expect(outcomes('lambda-function-runtime-supported', one('AWS::Lambda::Function', image))).toEqual([])
    expect(outcomes('lambda-function-code-signing', one('AWS::Lambda::Function', image))).toEqual([])
  })

  test('keep failed events also by a destination for them', () => {
    const config = {
      FunctionName: { Ref: 'One' },
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:q' } },
    }
    const both = { ...one('AWS::Lambda::Function', lambda), Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: config } }
    expect(outcomes('lambda-function-failed-events-kept', both)).toEqual(['pass'])
  })

  test('without variables need no key for them', () => {
    expect(outcomes('lambda-function-environment-customer-key', one('AWS::Lambda::Function', lambda))).toEqual([])
  })
})

describe('permissions on Lambda functions', () => {
  const api = 'apigateway.amazonaws.com'
  const substituted = (text: string) => ({ 'Fn::Sub': text })
  const permission = (properties: Properties) =>
    one('AWS::Lambda::Permission', { FunctionName: 'f', Action: 'lambda:InvokeFunction', ...properties })
  test.each([
    ['lambda-permission-not-public', { Principal: '*', PrincipalOrgID: 'o-abcde12345' }, ['pass']],
    ['lambda-permission-not-public', { Principal: '*', SourceArn: '*' }, ['fail']],
    ['lambda-permission-not-public', { Principal: '*', FunctionUrlAuthType: 'AWS_IAM' }, ['fail']],
    ['lambda-permission-service-source', { Principal: 'sns.amazonaws.com' }, ['fail']],
    ['lambda-permission-service-source', { Principal: 'alexa-appkit.amazon.com', EventSourceToken: 'skill' }, ['pass']],
    ['lambda-permission-service-source', { Principal: '444455556666' }, []],
    ['lambda-permission-service-source', { Principal: api, SourceArn: 'arn:aws:execute-api:*:*:*' }, ['fail']],
    ['lambda-permission-service-source', { Principal: api, SourceArn: 'arn:aws:execute-api:us-east-1:*:a1b2c3/*/GET/visits' }, ['fail']],
    ['lambda-permission-service-source', { Principal: api, SourceArn: 'arn:aws:execute-api:us-east-1:1111*:a1b2c3/*' }, ['fail']],
    ['lambda-permission-service-source', { Principal: api, SourceArn: 'arn:aws:execute-api:*:111122223333:*' }, ['pass']],
    [
      'lambda-permission-service-source',
      { Principal: api, SourceArn: substituted('arn:aws:execute-api:*:${AWS::AccountId}:${Api}/*') },
      ['pass'],
    ],
    ['lambda-permission-service-source', { Principal: 'events.amazonaws.com', SourceArn: substituted('${Rule.Arn}*') }, ['pass']],
    [
      'lambda-permission-service-source',
      { Principal: api, SourceArn: 'arn:aws:execute-api:*:*:*', SourceAccount: '111122223333' },
      ['pass'],
    ],
    ['lambda-permission-service-source', { Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::uploads' }, ['pass']],
    ['lambda-permission-service-source', { Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::*' }, ['fail']],
    ['lambda-permission-not-public', { Principal: '*', SourceArn: 'arn:aws:execute-api:*:*:*' }, ['fail']],
    ['lambda-permission-not-public', { Principal: '*', SourceArn: 'arn:aws:execute-api:*:111122223333:*' }, ['pass']],
    ['lambda-permission-own-account', { Principal: '444455556666' }, ['undecided']],
    [
      'lambda-permission-own-account',
      { Principal: 'arn:aws:iam::111122223333:root', FunctionName: 'arn:aws:lambda:us-east-1:111122223333:function:f' },
      ['pass'],
    ],
  ])('%s: %j', (id, properties, expected) => {
    expect(outcomes(id, permission(properties))).toEqual(expected)
  })
})

describe('stages of REST APIs', () => {
  const stage = (properties: Properties) =>
    one('AWS::ApiGateway::Stage', { RestApiId: 'a', DeploymentId: 'd', StageName: 'prod', ...properties })
  const setting = (more: Properties, HttpMethod = '*', ResourcePath = '/*') => ({ HttpMethod, ResourcePath, ...more })

  test.each([
    ['a method that turns the log off fails', [setting({ LoggingLevel: 'INFO' }), setting({ LoggingLevel: 'OFF' }, 'GET', '/a')], ['fail']],
    ['settings of single methods leave the others open', [setting({ LoggingLevel: 'INFO' }, 'GET', '/a')], ['undecided']],
    ['settings of another kind are no log', [setting({ MetricsEnabled: true })], ['fail']],
  ])('%s', (_name, MethodSettings, expected) => {
    expect(outcomes('apigateway-execution-logging', stage({ MethodSettings }))).toEqual(expected)
  })

  test('that a deployment makes are judged by its description', () => {
    const deployment = (properties: Properties) => one('AWS::ApiGateway::Deployment', { RestApiId: 'a', ...properties })
    const log = { AccessLogSetting: { DestinationArn: 'arn:aws:logs:us-east-1:111122223333:log-group:l' } }
    expect(outcomes('apigateway-access-logging', deployment({}))).toEqual([])
    expect(outcomes('apigateway-access-logging', deployment({ StageName: 'prod' }))).toEqual(['fail'])
    expect(outcomes('apigateway-access-logging', deployment({ StageName: 'prod', StageDescription: log }))).toEqual(['pass'])
    expect(outcomes('apigateway-execution-logging', deployment({ StageName: 'prod', StageDescription: { LoggingLevel: 'INFO' } }))).toEqual(
      ['pass'],
    )
  })

  test('without a cache have none to encrypt', () => {
    expect(outcomes('apigateway-stage-cache-encrypted', stage({}))).toEqual([])
  })
})

describe('callers of APIs', () => {
  test.each([
    ['OPTIONS', 'NONE', []],
    ['GET', 'CUSTOM', ['pass']],
    ['POST', 'NONE', ['fail']],
  ])('a REST method %s with %s: %j', (HttpMethod, AuthorizationType, expected) => {
    const method = { RestApiId: 'a', ResourceId: 'r', HttpMethod, AuthorizationType }
    expect(outcomes('apigateway-authorization', one('AWS::ApiGateway::Method', method))).toEqual(expected)
  })

  test.each([
    ['$connect', ['fail']],
    ['$disconnect', []],
    ['sendMessage', []],
    ['GET /a', ['fail']],
    ['OPTIONS /{all+}', []],
  ])('the route %s without authorization: %j', (RouteKey, expected) => {
    expect(outcomes('apigateway-authorization', one('AWS::ApiGatewayV2::Route', { ApiId: 'a', RouteKey }))).toEqual(expected)
  })

  test.each([
    ['an operation with an authorizer passes', { security: [{ pool: [] }] }, 'pass'],
    ['an operation with a plain key fails', { security: [{ key: [] }] }, 'fail'],
    ['an empty alternative lets anybody in', { security: [{ pool: [] }, {}] }, 'fail'],
    ['an operation that takes security away fails', { security: [] }, 'fail'],
  ])('in a definition, %s', (_name, operation, status) => {
    const components = {
      securitySchemes: {
        pool: { type: 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt' } },
        key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      },
    }
    const Body = {
      openapi: '3.0.1',
      security: [{ pool: [] }],
      components,
      paths: { '/a': { get: operation, options: {}, parameters: [] } },
    }
    expect(outcomes('apigateway-definition-authorization', one('AWS::ApiGateway::RestApi', { Body }))).toEqual([status])
  })
})

describe('queues', () => {
  const queue = (properties: Properties) => one('AWS::SQS::Queue', properties)
  test.each([
    ['sqs-queue-encrypted', {}, ['pass']],
    ['sqs-queue-encryption-written', {}, ['fail']],
    ['sqs-queue-encrypted', { SqsManagedSseEnabled: 'false', KmsMasterKeyId: 'alias/aws/sqs' }, ['pass']],
    ['sqs-queue-dead-letter-queue', { RedriveAllowPolicy: { redrivePermission: 'allowAll' } }, []],
  ])('%s: %j', (id, properties, expected) => {
    expect(outcomes(id, queue(properties))).toEqual(expected)
  })

  test('that a function sends failed events to need no queue for failures', () => {
    const target = {
      Type: 'AWS::Lambda::Function',
      Properties: { ...lambda, DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['One', 'Arn'] } } },
    }
    expect(outcomes('sqs-queue-dead-letter-queue', { ...queue({}), Function: target })).toEqual([])
  })

  test('refuse plain HTTP by the policy that names them, and no other', () => {
    const deny = (actions: object) => ({
      Effect: 'Deny',
      Principal: '*',
      ...actions,
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': false } },
    })
    const policy = (name: string, actions: object) => ({
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: name }], PolicyDocument: { Version: '2012-10-17', Statement: [deny(actions)] } },
    })
    expect(outcomes('sqs-queue-tls-only', { ...queue({}), Policy: policy('One', { Action: 'sqs:*' }) })).toEqual(['pass'])
    expect(outcomes('sqs-queue-tls-only', { ...queue({}), Policy: policy('One', { Action: 'sqs:DeleteQueue' }) })).toEqual(['fail'])
    expect(outcomes('sqs-queue-tls-only', { ...queue({}), Policy: policy('Another', { Action: 'sqs:*' }) })).toEqual(['fail'])
    expect(outcomes('sqs-queue-tls-only', { ...queue({}), Policy: policy('One', { NotAction: 'sqs:SendMessage' }) })).toEqual(['fail'])
    expect(outcomes('sqs-queue-tls-only', { ...queue({}), Policy: policy('One', { NotAction: 'sns:Publish' }) })).toEqual(['pass'])
  })
})

describe('Cognito', () => {
  test('a pool without a password policy asks for all classes; one with a policy for what it says', () => {
    expect(outcomes('cognito-user-pool-password-symbols', one('AWS::Cognito::UserPool', {}))).toEqual(['pass'])
    const policy = { Policies: { PasswordPolicy: { MinimumLength: 12 } } }
    expect(outcomes('cognito-user-pool-password-symbols', one('AWS::Cognito::UserPool', policy))).toEqual(['fail'])
  })

  test.each([
    ['cognito-client-access-token-short', { AccessTokenValidity: 60, TokenValidityUnits: { AccessToken: 'minutes' } }, ['pass']],
    ['cognito-client-access-token-short', { AccessTokenValidity: 2 }, ['fail']],
    ['cognito-client-access-token-short', {}, ['pass']],
    ['cognito-client-refresh-token-limited', { RefreshTokenValidity: 90 }, ['fail']],
  ])('%s: %j', (id, properties, expected) => {
    expect(outcomes(id, one('AWS::Cognito::UserPoolClient', { UserPoolId: 'p', ...properties }))).toEqual(expected)
  })
})

test('a device policy with NotAction allows too much', () => {
  const PolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', NotAction: 'iot:Publish', Resource: 'arn:aws:iot:us-east-1:111122223333:topic/a' }],
  }
  expect(outcomes('iot-policy-no-all-actions', one('AWS::IoT::Policy', { PolicyDocument }))).toEqual(['fail'])
})

describe('Lambda functions at the edge', () => {
  const version = { Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'One' } } } }
  const distribution = (LambdaFunctionARN: unknown) => ({
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          DefaultCacheBehavior: { LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN }] },
        },
      },
    },
  })
  const role = (...Service: readonly string[]) => ({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] },
      },
    },
  })
  const alone = one('AWS::Lambda::Function', lambda)
  const withRole = one('AWS::Lambda::Function', { ...lambda, Role: { 'Fn::GetAtt': ['Role', 'Arn'] } })
  const unsupported = ['lambda-function-in-vpc', 'lambda-function-tracing', 'lambda-function-failed-events-kept']

  test.each<[string, ExampleResources, readonly string[]]>([
    ['by a version in a distribution', { ...alone, ...version, ...distribution({ Ref: 'Version' }) }, []],
    ['by their number in a distribution', { ...alone, ...distribution({ 'Fn::Sub': '${One.Arn}:1' }) }, []],
    ['by a role that the edge may take', { ...withRole, ...role('lambda.amazonaws.com', 'edgelambda.amazonaws.com') }, []],
    ['or not, by an ordinary role', { ...withRole, ...role('lambda.amazonaws.com') }, ['fail']],
    ['or not, by a version alone', { ...alone, ...version }, ['fail']],
  ])('%s', (_name, resources, statuses) => {
    for (const id of unsupported) expect(outcomes(id, resources)).toEqual(statuses)
    expect(outcomes('lambda-function-reserved-concurrency', resources)).toEqual(['fail'])
  })
})

describe('clients of user pools', () => {
  const app = (properties: Properties) => one('AWS::Cognito::UserPoolClient', { UserPoolId: 'us-east-1_example', ...properties })
  const existence = 'cognito-client-hides-user-existence'

  test.each<[string, string, Properties, readonly string[]]>([
    [
      'that come back to the machine of a test',
      'cognito-client-callbacks-encrypted',
      { CallbackURLs: ['http://localhost:3000/in'] },
      ['pass'],
    ],
    ['that come back by HTTP', 'cognito-client-callbacks-encrypted', { CallbackURLs: ['http://localhost.example.com/'] }, ['fail']],
    ['that act for themselves', existence, { AllowedOAuthFlows: ['client_credentials'] }, []],
    ['that sign users in', existence, { AllowedOAuthFlows: ['code'] }, ['fail']],
    [
      'that act for themselves and sign users in',
      existence,
      { AllowedOAuthFlows: ['client_credentials'], ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
      ['fail'],
    ],
    ['that say nothing of flows', existence, {}, ['fail']],
  ])('%s', (_name, id, properties, statuses) => {
    expect(outcomes(id, app(properties))).toEqual(statuses)
  })
})
