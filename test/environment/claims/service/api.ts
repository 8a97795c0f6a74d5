import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import { requestModels } from '../../../../lambda/service/api/json-schemas.ts'
import { type Route, routes } from '../../../../lambda/service/api/routes.ts'
import { problemResponse } from '../../../../lambda/shared/http/problem.ts'
import { responseHeaders } from '../../../../lambda/shared/http/response-headers.ts'
import { nameOf, policyArn } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import type { Claim } from '../claim.ts'
import { resourcesOf } from '../claim.ts'
import { expectStatements, permission } from '../policies.ts'
import { expectKept, onlyOne, outputOf, resourceWith } from '../resources.ts'
import { attribute, exactly, idOf, ref } from './parts.ts'

const all = Object.entries(routes as Readonly<Record<string, Route>>)
const api = (template: Template) => ref(template, 'AWS::ApiGateway::RestApi')
const functionArn = (template: Template, config: EnvironmentConfig, name: string) =>
  attribute(template, 'Arn', 'AWS::Lambda::Function', 'FunctionName', nameOf(config, name))
const pools = { line: 'Line', patient: 'Patients', provider: 'Providers' } as const

/** Id of the resource that stands for a path, found by walking down from the root. */
function resourceAt(template: Template, path: string): object {
  if (path === '') return attribute(template, 'RootResourceId', 'AWS::ApiGateway::RestApi')
  const end = path.lastIndexOf('/')
  const parent = JSON.stringify(resourceAt(template, path.slice(0, end)))
  const found = Object.entries(resourcesOf(template, 'AWS::ApiGateway::Resource')).filter(
    ([, { Properties }]) => Properties['PathPart'] === path.slice(end + 1) && JSON.stringify(Properties['ParentId']) === parent,
  )
  expect(found, path).toHaveLength(1)
  return { Ref: found[0]?.[0] }
}

const parameters = ({ path, query = {}, writes }: Route): Record<string, true> =>
  Object.fromEntries(
    [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `path.${name}`),
      ...Object.keys(query).map((name) => `querystring.${name}`),
      ...(writes ? ['header.Idempotency-Key'] : []),
    ].map((name) => [`method.request.${name}`, true]),
  )

const settings = { LoggingLevel: 'ERROR', DataTraceEnabled: false, MetricsEnabled: true, CachingEnabled: false }

/** Kind of refusal of a gateway response; the words and the headers are the functions' own. */
const kinds: Readonly<Record<string, Parameters<typeof problemResponse>[0]>> = {
  ACCESS_DENIED: 'not-allowed',
  API_CONFIGURATION_ERROR: 'unavailable',
  AUTHORIZER_CONFIGURATION_ERROR: 'failed',
  AUTHORIZER_FAILURE: 'failed',
  BAD_REQUEST_BODY: 'not-valid',
  BAD_REQUEST_PARAMETERS: 'not-valid',
  DEFAULT_4XX: 'not-valid',
  DEFAULT_5XX: 'unavailable',
  EXPIRED_TOKEN: 'not-signed-in',
  INTEGRATION_FAILURE: 'unavailable',
  INTEGRATION_TIMEOUT: 'unavailable',
  MISSING_AUTHENTICATION_TOKEN: 'not-found',
  QUOTA_EXCEEDED: 'too-many',
  REQUEST_TOO_LARGE: 'too-large',
  RESOURCE_NOT_FOUND: 'not-found',
  THROTTLED: 'too-many',
  UNAUTHORIZED: 'not-signed-in',
  UNSUPPORTED_MEDIA_TYPE: 'not-valid',
  WAF_FILTERED: 'not-allowed',
}

function gatewayResponse(template: Template, type: string, kind: Parameters<typeof problemResponse>[0]): object {
  const { status: usual, body } = problemResponse(kind, '$context.requestId')
  const status = type === 'UNSUPPORTED_MEDIA_TYPE' ? 415 : usual
  const headers = Object.entries(responseHeaders({ status: usual })).map(([name, value]) => [
    `gatewayresponse.header.${name}`,
    `'${value}'`,
  ])
  return {
    RestApiId: api(template),
    ResponseType: type,
    StatusCode: String(status),
    ResponseParameters: Object.fromEntries(headers),
    ResponseTemplates: { 'application/json': JSON.stringify({ ...body, status }) },
  }
}

const logLine = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  refusal: '$context.error.responseType',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integration.latency',
  functionStatus: '$context.integration.status',
  firewall: '$context.waf.status',
  person: '$context.authorizer.claims.sub',
  address: '$context.identity.sourceIp',
  tls: '$context.tlsVersion',
  cipher: '$context.cipherSuite',
}

const methodClaims: readonly Claim[] = [
  exactly(
    'The API takes TLS 1.2 with forward secrecy at least, in its Region, under its own name only',
    'AWS::ApiGateway::RestApi',
    (config) => [
      {
        Name: nameOf(config, 'on-call'),
        Description: 'The on-call line: intake, providers and patients.',
        EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' },
        SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
        EndpointAccessMode: 'STRICT',
      },
    ],
  ),
  exactly('Tokens are judged by the pool of whoever calls, each time anew', 'AWS::ApiGateway::Authorizer', (config, template) =>
    Object.entries(pools).map(([who, pool]) => ({
      RestApiId: api(template),
      Name: nameOf(config, who),
      Type: 'COGNITO_USER_POOLS',
      IdentitySource: 'method.request.header.Authorization',
      ProviderARNs: [outputOf(config, 'people', pool, 'Arn')],
      AuthorizerResultTtlInSeconds: 0,
    })),
  ),
  exactly('Bodies and parameters are validated', 'AWS::ApiGateway::RequestValidator', (_, template) => [
    { RestApiId: api(template), Name: 'body-and-parameters', ValidateRequestBody: true, ValidateRequestParameters: true },
  ]),
  exactly(
    'Every method is a route: a token of its caller, its parameters, its body, and the one function that answers',
    'AWS::ApiGateway::Method',
    (config, template) =>
      all.map(([id, route]) => ({
        RestApiId: api(template),
        ResourceId: resourceAt(template, route.path),
        HttpMethod: route.method,
        OperationName: id,
        AuthorizationType: 'COGNITO_USER_POOLS',
        AuthorizerId: ref(template, 'AWS::ApiGateway::Authorizer', 'Name', nameOf(config, route.caller)),
        ...(route.caller === 'line' && { AuthorizationScopes: ['line/calls.write'] }),
        ApiKeyRequired: false,
        RequestValidatorId: ref(template, 'AWS::ApiGateway::RequestValidator'),
        RequestParameters: parameters(route),
        ...(route.body && { RequestModels: { 'application/json': ref(template, 'AWS::ApiGateway::Model', 'Name', id) } }),
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          PassthroughBehavior: 'NEVER',
          TimeoutInMillis: 20_000,
          Uri: {
            'Fn::Join': [
              '',
              [
                `arn:aws:apigateway:${config.regions.primary}:lambda:path/2015-03-31/functions/`,
                functionArn(template, config, route.function),
                '/invocations',
              ],
            ],
          },
        },
      })),
  ),
  exactly('Every part of a path leads to a route', 'AWS::ApiGateway::Resource', (_, template) => {
    const paths = new Set(
      all.flatMap(([, { path }]) =>
        path
          .split('/')
          .slice(1)
          .map((_, index, parts) => `/${parts.slice(0, index + 1).join('/')}`),
      ),
    )
    return [...paths].map((path) => ({
      RestApiId: api(template),
      ParentId: resourceAt(template, path.slice(0, path.lastIndexOf('/'))),
      PathPart: path.slice(path.lastIndexOf('/') + 1),
    }))
  }),
  exactly('Every body has the schema of its route', 'AWS::ApiGateway::Model', (_, template) =>
    Object.entries(requestModels).map(([Name, Schema]) => ({
      RestApiId: api(template),
      Name,
      Schema,
      ContentType: 'application/json',
      Description: `Body of ${Name}.`,
    })),
  ),
  exactly('Nothing but a method of this stage may invoke a function', 'AWS::Lambda::Permission', (config, template) =>
    all.map(([, { function: fn, method, path }]) => ({
      FunctionName: functionArn(template, config, fn),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: {
        'Fn::Join': [
          '',
          [
            `arn:aws:execute-api:${config.regions.primary}:${config.accounts.workload}:`,
            api(template),
            `/${config.name}/${method}${path.replaceAll(/\{\w+\}/g, '*')}`,
          ],
        ],
      },
    })),
  ),
  exactly('The gateway refuses in the words and with the headers of the functions', 'AWS::ApiGateway::GatewayResponse', (_, template) =>
    Object.entries(kinds).map(([type, kind]) => gatewayResponse(template, type, kind)),
  ),
]

const stageClaims: readonly Claim[] = [
  exactly('A deployment shows the API', 'AWS::ApiGateway::Deployment', (_, template) => [
    { RestApiId: api(template), Description: 'The API as the routes say.' },
  ]),
  {
    stack: 'service',
    says: 'A deployment waits for every method and every refusal, and the stage for its logs and for whoever writes them',
    check: (template) => {
      const ids = (type: string) => Object.keys(resourcesOf(template, type))
      const waits = (type: string) => onlyOne(template, type).DependsOn
      expect(waits('AWS::ApiGateway::Deployment')).toEqual(
        expect.arrayContaining([...ids('AWS::ApiGateway::Method'), ...ids('AWS::ApiGateway::GatewayResponse')]),
      )
      const groups = Object.entries(resourcesOf(template, 'AWS::Logs::LogGroup')).filter(([id]) => id.startsWith('Api'))
      expect(waits('AWS::ApiGateway::Stage')?.toSorted()).toEqual(
        [...ids('AWS::ApiGateway::Account'), ...groups.map(([id]) => id)].toSorted(),
      )
      expect(groups).toHaveLength(2)
    },
  },
  exactly('The stage shows a certificate to backends', 'AWS::ApiGateway::ClientCertificate', () => [
    { Description: 'Shown to backends that ask for one.' },
  ]),
  exactly(
    'The stage logs, traces and throttles every method, caches none and writes no payload',
    'AWS::ApiGateway::Stage',
    (config, template) => [
      {
        RestApiId: api(template),
        DeploymentId: ref(template, 'AWS::ApiGateway::Deployment'),
        StageName: config.name,
        Description: 'The on-call line.',
        CacheClusterEnabled: false,
        ClientCertificateId: ref(template, 'AWS::ApiGateway::ClientCertificate'),
        TracingEnabled: true,
        AccessLogSetting: {
          DestinationArn: `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:/safe-harbor/${config.name}/api-access`,
          Format: JSON.stringify(logLine),
        },
        MethodSettings: [
          { ...settings, HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
          ...all.map(([, { method, path }]) => ({
            ...settings,
            HttpMethod: method,
            ResourcePath: `/${path.replaceAll('/', '~1')}`,
            ThrottlingRateLimit: 20,
            ThrottlingBurstLimit: 40,
          })),
        ],
      },
    ],
  ),
]

const logClaims: readonly Claim[] = [
  {
    stack: 'service',
    says: 'Accesses and errors are logged, encrypted, for as long as the configuration says',
    check: (template, config) => {
      const common = { KmsKeyId: outputOf(config, 'keys', 'AuditKey'), RetentionInDays: config.retention.logDays }
      const named = (name: unknown) => {
        const id = idOf(template, 'AWS::Logs::LogGroup', 'LogGroupName', name)
        const group = resourcesOf(template, 'AWS::Logs::LogGroup')[id]
        expect(group?.Properties).toEqual({ ...common, LogGroupName: name })
        return group as NonNullable<typeof group>
      }
      expectKept(named(`/safe-harbor/${config.name}/api-access`), config, 'audit-trail')
      expectKept(named({ 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', api(template), `/${config.name}`]] }), config, 'operational')
    },
  },
  {
    stack: 'service',
    says: 'API Gateway writes its logs with a role of its own that can do nothing else, unless the account has one already',
    check: (template, config) => {
      if (config.adopted.includes('api-gateway-logging')) return
      const policyId = idOf(template, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', nameOf(config, 'gateway-log'))
      expect(resourceWith(template, 'AWS::IAM::Role', 'RoleName', nameOf(config, 'gateway-log')).Properties).toEqual({
        RoleName: nameOf(config, 'gateway-log'),
        Description: 'Held by API Gateway, to write its logs.',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Sid: 'ApiGateway', Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        ManagedPolicyArns: [{ Ref: policyId }],
        PermissionsBoundary: policyArn(config, 'workload', 'workload-boundary'),
      })
      const { PolicyDocument, ...rest } = resourcesOf(template, 'AWS::IAM::ManagedPolicy')[policyId]?.Properties ?? {}
      expect(rest).toEqual({ ManagedPolicyName: nameOf(config, 'gateway-log'), Path: '/', Description: 'Lets API Gateway write its logs.' })
      const actions = 'CreateLogGroup CreateLogStream DescribeLogGroups DescribeLogStreams FilterLogEvents GetLogEvents PutLogEvents'
      expectStatements(PolicyDocument, [
        permission(
          'WriteGatewayLogs',
          actions.split(' ').map((action) => `logs:${action}`),
          ['*'],
        ),
      ])
      expect(onlyOne(template, 'AWS::ApiGateway::Account').Properties).toEqual({
        CloudWatchRoleArn: attribute(template, 'Arn', 'AWS::IAM::Role', 'RoleName', nameOf(config, 'gateway-log')),
      })
    },
  },
]

/** Promise 1: the one way in. */
export const apiClaims: readonly Claim[] = [...methodClaims, ...stageClaims, ...logClaims]
