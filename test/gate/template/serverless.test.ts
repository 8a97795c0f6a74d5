import { describe, expect, test } from 'vitest'
import { expandServerless, unseenServerless } from '../../../lib/gate/template/serverless.ts'
import type { WrittenResource } from '../../../lib/gate/template/template.ts'

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: object; readonly [attribute: string]: unknown }>>

/** What serverless resources expand to, by logical id. */
function expanded(Resources: Resources, globals: Readonly<Record<string, unknown>> = {}): ReadonlyMap<string, WrittenResource> {
  const all = Object.entries(Resources).flatMap(([logicalId, { Type: type, Properties, ...attributes }]) =>
    expandServerless(
      {
        logicalId,
        writtenId: logicalId,
        type,
        writtenType: type,
        properties: (Properties ?? {}) as Readonly<Record<string, unknown>>,
        attributes,
        condition: undefined,
        path: undefined,
        place: ['Resources', logicalId, 'Properties'],
        writtenAs: {},
      },
      globals,
      Resources,
    ),
  )
  return new Map(all.map((resource) => [resource.logicalId, resource]))
}

const one = (type: string, Properties: object, globals: Readonly<Record<string, unknown>> = {}) =>
  expanded({ R: { Type: `AWS::Serverless::${type}`, Properties } }, globals)

const typesOf = (resources: ReadonlyMap<string, WrittenResource>) => Object.fromEntries([...resources].map(([id, { type }]) => [id, type]))

const withoutEvents = { Handler: 'a.b', Runtime: 'nodejs22.x', Role: 'arn:aws:iam::123456789012:role/r' }

describe('a serverless function', () => {
  test('becomes a Lambda function whose properties have the names of CloudFormation', () => {
    const made = one('Function', {
      ...withoutEvents,
      CodeUri: 's3://bucket/a/key.zip',
      Tracing: 'Active',
      DeadLetterQueue: { Type: 'SQS', TargetArn: 'arn:q' },
      Tags: { owner: 'records' },
    })
    expect(made.get('R')).toMatchObject({
      type: 'AWS::Lambda::Function',
      writtenType: 'AWS::Serverless::Function',
      place: ['Resources', 'R', 'Properties'],
      properties: {
        Code: { S3Bucket: 'bucket', S3Key: 'a/key.zip' },
        TracingConfig: { Mode: 'Active' },
        DeadLetterConfig: { TargetArn: 'arn:q' },
        Tags: [{ Key: 'owner', Value: 'records' }],
      },
      writtenAs: { Code: 'CodeUri', TracingConfig: 'Tracing', DeadLetterConfig: 'DeadLetterQueue' },
    })
    expect(made.size).toBe(1)
  })

  test('gets a role with managed policies, documents and policy templates where it names none', () => {
    const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' }
    const made = one('Function', {
      VpcConfig: { SubnetIds: ['subnet-1'] },
      Policies: ['AmazonS3ReadOnlyAccess', { Ref: 'Managed' }, { Statement: [statement] }, { SQSPollerPolicy: { QueueName: 'q' } }],
      Events: { Q: { Type: 'SQS', Properties: { Queue: 'arn:q' } } },
    })
    const { properties, writtenAs } = made.get('RRole') ?? {}
    expect(properties?.ManagedPolicyArns).toEqual([
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' },
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole' },
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess' },
      { Ref: 'Managed' },
    ])
    expect(properties?.Policies).toMatchObject([
      { PolicyName: 'RRolePolicy2', PolicyDocument: { Statement: [statement] } },
      {
        PolicyDocument: {
          Statement: [
            {
              Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
              Resource: [{ 'Fn::Sub': ['arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${QueueName}', { QueueName: 'q' }] }],
            },
          ],
        },
      },
    ])
    expect(writtenAs?.Policies).toBe('Policies')
    expect(made.get('R')?.properties.Role).toEqual({ 'Fn::GetAtt': ['RRole', 'Arn'] })
  })

  test('with a URL that asks for no authorization lets anybody call it', () => {
    const made = one('Function', { ...withoutEvents, FunctionUrlConfig: { AuthType: 'NONE' } })
    expect(made.get('RUrl')).toMatchObject({
      type: 'AWS::Lambda::Url',
      properties: { AuthType: 'NONE' },
      writtenAs: { AuthType: 'FunctionUrlConfig' },
    })
    expect(made.get('RUrlPublicPermissions')?.properties).toMatchObject({ Principal: '*', FunctionUrlAuthType: 'NONE' })
    expect(one('Function', { ...withoutEvents, FunctionUrlConfig: { AuthType: 'AWS_IAM' } }).has('RUrlPublicPermissions')).toBe(false)
  })

  test('lets the services of its events call it, and makes what reads, starts or subscribes', () => {
    const Events = {
      Daily: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } },
      Timed: { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'rate(1 day)' } },
      Upload: { Type: 'S3', Properties: { Bucket: { Ref: 'B' }, Events: 's3:ObjectCreated:*' } },
      News: { Type: 'SNS', Properties: { Topic: { Ref: 'T' } } },
      Stream: {
        Type: 'Kinesis',
        Properties: {
          Stream: 'arn:s',
          StartingPosition: 'LATEST',
          DestinationConfig: { OnFailure: { Type: 'SQS', Destination: 'arn:q' } },
        },
      },
    }
    const made = one('Function', { ...withoutEvents, Events })
    expect(typesOf(made)).toEqual({
      R: 'AWS::Lambda::Function',
      RDaily: 'AWS::Events::Rule',
      RDailyPermission: 'AWS::Lambda::Permission',
      RTimed: 'AWS::Scheduler::Schedule',
      RTimedRole: 'AWS::IAM::Role',
      RUploadPermission: 'AWS::Lambda::Permission',
      RNews: 'AWS::SNS::Subscription',
      RNewsPermission: 'AWS::Lambda::Permission',
      RStream: 'AWS::Lambda::EventSourceMapping',
    })
    expect(made.get('RUploadPermission')?.properties).toMatchObject({
      Principal: 's3.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    })
    expect(made.get('RStream')?.properties).toMatchObject({
      EventSourceArn: 'arn:s',
      DestinationConfig: { OnFailure: { Destination: 'arn:q' } },
    })
  })

  test('with an alias and settings for failed events makes both', () => {
    const made = one('Function', {
      ...withoutEvents,
      AutoPublishAlias: 'live',
      EventInvokeConfig: { MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Type: 'SQS' } } },
    })
    expect(made.get('RAliaslive')?.properties.Name).toBe('live')
    expect(made.get('REventInvokeConfig')?.properties).toMatchObject({
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: {} } },
    })
  })
})

describe('Globals', () => {
  const globals = { Function: { Runtime: 'nodejs22.x', Layers: ['a'], Environment: { Variables: { A: '1', B: '1' } }, Tracing: 'Active' } }

  test('merge maps, add to lists, and give way to what the function says', () => {
    const made = one('Function', { Runtime: 'python3.13', Layers: ['b'], Environment: { Variables: { B: '2' } } }, globals)
    expect(made.get('R')?.properties).toMatchObject({
      Runtime: 'python3.13',
      Layers: ['a', 'b'],
      Environment: { Variables: { A: '1', B: '2' } },
    })
    expect(made.get('R')?.properties.TracingConfig).toEqual({ Mode: 'Active' })
  })

  test('are not taken where the function ignores them', () => {
    const some = expanded({ R: { Type: 'AWS::Serverless::Function', Properties: {}, IgnoreGlobals: ['Tracing'] } }, globals)
    const none = expanded({ R: { Type: 'AWS::Serverless::Function', Properties: {}, IgnoreGlobals: '*' } }, globals)
    expect([some.get('R')?.properties.TracingConfig, some.get('R')?.properties.Runtime]).toEqual([undefined, 'nodejs22.x'])
    expect(none.get('R')?.properties.Runtime).toBeUndefined()
  })

  test('give way to a function of CloudFormation as a whole', () => {
    const made = one('Function', { Environment: { 'Fn::If': ['C', {}, {}] } }, globals)
    expect(made.get('R')?.properties.Environment).toEqual({ 'Fn::If': ['C', {}, {}] })
  })
})

describe('the authorization of an event', () => {
  const api = (Auth: object, more: object = {}) => ({ Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', Auth, ...more } })
  const called = (Properties: object, type = 'Api') => ({
    Type: 'AWS::Serverless::Function',
    Properties: { ...withoutEvents, Events: { E: { Type: type, Properties } } },
  })
  const pool = { DefaultAuthorizer: 'Pool', Authorizers: { Pool: { UserPoolArn: 'arn:pool' }, Own: { FunctionArn: 'arn:f' } } }
  const named = { Path: '/a', Method: 'get', RestApiId: { Ref: 'A' } }

  test.each([
    ['is none where neither the event nor the API names one', {}, {}, 'NONE'],
    ['is the default of the API', pool, {}, 'COGNITO_USER_POOLS'],
    ['is the one that the event names', pool, { Authorizer: 'Own' }, 'CUSTOM'],
    ['is none where the event says so', pool, { Authorizer: 'NONE' }, 'NONE'],
    ['is IAM by its name', { DefaultAuthorizer: 'AWS_IAM' }, {}, 'AWS_IAM'],
  ])('%s', (_name, auth, own, type) => {
    const made = expanded({ A: api(auth), F: called({ ...named, Auth: own }) })
    expect(made.get('FEMethod')).toMatchObject({
      type: 'AWS::ApiGateway::Method',
      properties: { AuthorizationType: type, HttpMethod: 'GET' },
    })
    expect(made.get('FEPermissionprod')?.properties.Principal).toBe('apigateway.amazonaws.com')
  })

  test('of an event without an API follows Globals, and the API with its stage is made', () => {
    const made = expanded({ F: called({ Path: '/a', Method: 'any' }) }, { Api: { Auth: pool, TracingEnabled: true } })
    expect(made.get('FEMethod')?.properties).toMatchObject({
      HttpMethod: 'ANY',
      AuthorizationType: 'COGNITO_USER_POOLS',
      RestApiId: { Ref: 'ServerlessRestApi' },
    })
    expect(made.get('ServerlessRestApiProdStage')?.properties).toMatchObject({ StageName: 'Prod', TracingEnabled: true })
  })

  test('is left to a definition that describes the path itself', () => {
    const made = expanded({ A: api(pool, { DefinitionBody: { paths: { '/a': {} } } }), F: called(named) })
    expect(made.has('FEMethod')).toBe(false)
    expect(made.get('A')?.properties.Body).toMatchObject({ security: [{ Pool: [] }] })
  })

  test('of an HTTP API is a route', () => {
    const Auth = { DefaultAuthorizer: 'J', Authorizers: { J: { JwtConfiguration: {} } } }
    const made = expanded({
      H: { Type: 'AWS::Serverless::HttpApi', Properties: { Auth } },
      F: called({ ApiId: { Ref: 'H' }, Path: '/h', Method: 'post' }, 'HttpApi'),
    })
    expect(made.get('FERoute')?.properties).toMatchObject({ RouteKey: 'POST /h', AuthorizationType: 'JWT' })
    const open = expanded({ F: called({}, 'HttpApi') })
    expect(open.get('FERoute')?.properties).toMatchObject({ RouteKey: '$default', AuthorizationType: 'NONE' })
    expect(open.has('ServerlessHttpApiApiGatewayDefaultStage')).toBe(true)
  })
})

describe('a serverless API', () => {
  test('becomes a REST API, a stage and a domain, with its resource policy', () => {
    const made = one('Api', {
      StageName: 'prod',
      EndpointConfiguration: { Type: 'PRIVATE', VPCEndpointIds: ['vpce-1'] },
      AccessLogSetting: { DestinationArn: 'arn:l' },
      TracingEnabled: true,
      Domain: { DomainName: 'a.example.com', CertificateArn: 'arn:c', SecurityPolicy: 'TLS_1_2' },
      Auth: {
        ResourcePolicy: { IpRangeWhitelist: ['10.0.0.0/8'], CustomStatements: [{ Effect: 'Allow', Principal: '*' }] },
        UsagePlan: { CreateUsagePlan: 'PER_API' },
      },
    })
    expect(typesOf(made)).toEqual({
      R: 'AWS::ApiGateway::RestApi',
      RDeployment: 'AWS::ApiGateway::Deployment',
      RprodStage: 'AWS::ApiGateway::Stage',
      RDomainName: 'AWS::ApiGateway::DomainName',
      RUsagePlan: 'AWS::ApiGateway::UsagePlan',
    })
    expect(made.get('R')?.properties.EndpointConfiguration).toEqual({ Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1'] })
    expect(made.get('R')?.properties.Policy).toMatchObject({
      Statement: [
        { Effect: 'Allow' },
        { Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } } },
        { Effect: 'Allow' },
      ],
    })
    expect(made.get('RprodStage')?.properties).toMatchObject({ AccessLogSetting: { DestinationArn: 'arn:l' }, TracingEnabled: true })
    expect(made.get('RDomainName')?.properties).toMatchObject({ SecurityPolicy: 'TLS_1_2', RegionalCertificateArn: 'arn:c' })
  })

  test('over WebSocket becomes an API whose routes have its authorization', () => {
    const made = one('WebSocketApi', { Auth: { AuthType: 'AWS_IAM' }, Routes: { $connect: { FunctionArn: 'arn:f' } } })
    expect(made.get('RConnectRoute')?.properties).toMatchObject({ RouteKey: '$connect', AuthorizationType: 'AWS_IAM' })
    expect(made.get('RDefaultStage')?.type).toBe('AWS::ApiGatewayV2::Stage')
  })

  test('for GraphQL writes all fields to the log unless told otherwise', () => {
    const made = one('GraphQLApi', { Auth: { Type: 'AWS_IAM', Additional: [{ Type: 'API_KEY' }] }, ApiKeys: { K: {} } })
    expect(made.get('R')?.properties).toMatchObject({ AuthenticationType: 'AWS_IAM', LogConfig: { FieldLogLevel: 'ALL' } })
    expect(made.get('RK')?.type).toBe('AWS::AppSync::ApiKey')
    expect(one('GraphQLApi', { Logging: false }).get('R')?.properties.LogConfig).toBeUndefined()
  })
})

test('tables, state machines and layers take the types of their services', () => {
  expect(one('SimpleTable', { SSESpecification: { SSEEnabled: true } }).get('R')?.properties).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    SSESpecification: { SSEEnabled: true },
  })
  expect(one('LayerVersion', { ContentUri: { Bucket: 'b', Key: 'k' } }).get('R')).toMatchObject({
    type: 'AWS::Lambda::LayerVersion',
    properties: { Content: { S3Bucket: 'b', S3Key: 'k' } },
  })
  const machine = one('StateMachine', {
    Logging: { Level: 'ALL' },
    Tracing: { Enabled: true },
    Events: { S: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } } },
  })
  expect(machine.get('R')?.properties).toMatchObject({ LoggingConfiguration: { Level: 'ALL' }, TracingConfiguration: { Enabled: true } })
  expect([...machine.keys()]).toEqual(['R', 'RRole', 'RS', 'RSRole'])
})

test('applications and connectors are named as parts that only deployment shows', () => {
  const unseen = unseenServerless({
    A: { Type: 'AWS::Serverless::Application' },
    C: { Type: 'AWS::Serverless::Connector' },
    F: { Type: 'AWS::Serverless::Function', Connectors: { X: {} } },
  })
  expect(unseen.map(({ path }) => path.join('.'))).toEqual(['Resources.A', 'Resources.C', 'Resources.F.Connectors'])
})

test('any other resource stays as it is', () => {
  expect(expanded({ B: { Type: 'AWS::S3::Bucket' } }).get('B')?.type).toBe('AWS::S3::Bucket')
})
