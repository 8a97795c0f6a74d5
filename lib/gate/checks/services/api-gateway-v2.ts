import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { numberOf, Unknown } from '../../template/value.ts'
import { fail, pass, type ResourceControl, undecided } from '../control.ts'
import { type Expectation, isGiven, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { whenAbsent } from './absence.ts'
import { holdsNone, isNotScheme } from './holds-none.ts'
import { audit, authentication, hygiene, inTransit, monitoring } from './safeguards.ts'

const api = { Name: 'records', ProtocolType: 'HTTP' }
const webSocket = {
  Type: 'AWS::ApiGatewayV2::Api',
  Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
}
const stage = { ApiId: 'a1b2c3d4e5', StageName: '$default' }
const integration = { ApiId: 'a1b2c3d4e5', IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', PayloadFormatVersion: '1.0' }
const privateIntegration = {
  ...integration,
  ConnectionType: 'VPC_LINK',
  ConnectionId: 'abc123',
  IntegrationUri: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/records/1234567890abcdef/1234567890abcdef',
}
const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab'
const domain = (SecurityPolicy: string) => ({
  DomainName: 'api.example.com',
  DomainNameConfigurations: [{ CertificateArn: certificate, EndpointType: 'REGIONAL', SecurityPolicy }],
})
const logs = { DestinationArn: 'arn:aws:logs:us-east-1:111122223333:log-group:api-access', Format: '$context.requestId' }

const isAboveZero: Expectation = (value) => {
  const number = numberOf(value)
  return number === undefined ? undefined : number > 0
}

const settings = propertyControls([
  {
    ...audit,
    id: 'apigatewayv2-stage-access-logging',
    title: 'Stages of HTTP and WebSocket APIs log every request',
    why: 'Without an access log nobody can tell who asked for which record, neither in an audit nor after a breach.',
    remedy: 'Set AccessLogSettings with a DestinationArn and a Format.',
    type: 'AWS::ApiGatewayV2::Stage',
    path: 'AccessLogSettings.DestinationArn',
    expect: isGiven,
    absent: 'fails',
    passing: { ...stage, AccessLogSettings: logs },
    failing: stage,
  },
  {
    ...hygiene,
    id: 'apigatewayv2-stage-throttling',
    title: 'Stages of HTTP and WebSocket APIs limit the rate of requests',
    why: 'Without a limit of its own the stage may use up the rate of the whole account, and a guess of passwords runs as fast as the network.',
    remedy: 'Set DefaultRouteSettings.ThrottlingRateLimit.',
    type: 'AWS::ApiGatewayV2::Stage',
    path: 'DefaultRouteSettings.ThrottlingRateLimit',
    expect: isAboveZero,
    absent: 'fails',
    passing: { ...stage, DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 } },
    failing: stage,
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'apigatewayv2-stage-metrics',
    title: 'Stages of HTTP and WebSocket APIs give metrics of each route',
    why: 'Without metrics by route a rise of errors or of calls of one route, as an attack makes it, is lost in the sum of all.',
    remedy: 'Set DefaultRouteSettings.DetailedMetricsEnabled to true.',
    type: 'AWS::ApiGatewayV2::Stage',
    path: 'DefaultRouteSettings.DetailedMetricsEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...stage, DefaultRouteSettings: { DetailedMetricsEnabled: true } },
    failing: stage,
  },
  {
    ...audit,
    citations: ['164.312(a)(1)', '164.502(b)'],
    id: 'apigatewayv2-stage-data-trace-off',
    title: 'Stages of WebSocket APIs keep the contents of messages out of the log',
    why: 'Data tracing writes full messages to CloudWatch Logs: patient data then lies where developers and operators read it.',
    remedy: 'Set DefaultRouteSettings.DataTraceEnabled to false, or leave it out.',
    type: 'AWS::ApiGatewayV2::Stage',
    path: 'DefaultRouteSettings.DataTraceEnabled',
    expect: isOff,
    absent: 'passes',
    passing: { ...stage, DefaultRouteSettings: { DataTraceEnabled: false } },
    failing: { ...stage, DefaultRouteSettings: { DataTraceEnabled: true } },
  },
  {
    ...inTransit,
    id: 'apigatewayv2-integration-encrypted',
    title: 'HTTP and WebSocket APIs call HTTP backends over TLS',
    why: 'A backend at an http address gets the requests, patient data and tokens included, in clear.',
    remedy: 'Write an address that begins with https:// in IntegrationUri.',
    type: 'AWS::ApiGatewayV2::Integration',
    path: 'IntegrationUri',
    expect: isNotScheme('http://'),
    absent: 'does not apply',
    when: [
      { path: 'IntegrationType', expect: isOneOf('HTTP', 'HTTP_PROXY') },
      { path: 'ConnectionType', expect: isOneOf('INTERNET'), absent: 'applies' },
    ],
    passing: { ...integration, IntegrationUri: 'https://backend.example.com/records' },
    failing: { ...integration, IntegrationUri: 'http://backend.example.com/records' },
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'apigatewayv2-integration-private-tls',
    title: 'HTTP APIs call backends in a VPC over TLS',
    why: 'Through a VPC link the API speaks plain HTTP to the load balancer unless the integration names the server whose certificate it expects.',
    remedy: 'Set TlsConfig.ServerNameToVerify.',
    type: 'AWS::ApiGatewayV2::Integration',
    path: 'TlsConfig.ServerNameToVerify',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'ConnectionType', expect: isOneOf('VPC_LINK') },
    passing: { ...privateIntegration, TlsConfig: { ServerNameToVerify: 'records.example.com' } },
    failing: privateIntegration,
  },
  {
    ...inTransit,
    id: 'apigatewayv2-domain-name-tls',
    title: 'Domain names of HTTP and WebSocket APIs take TLS 1.2 or newer',
    why: 'TLS 1.0 and 1.1 have known weaknesses by which somebody on the path may read or change what passes.',
    remedy: 'Set SecurityPolicy of each of DomainNameConfigurations to TLS_1_2.',
    type: 'AWS::ApiGatewayV2::DomainName',
    path: 'DomainNameConfigurations.*.SecurityPolicy',
    expect: isOneOf('TLS_1_2', 'TLS_1_3'),
    // These APIs take no other policy ("Security policies for HTTP APIs", API Gateway Developer Guide).
    absent: 'passes',
    passing: domain('TLS_1_2'),
    failing: domain('TLS_1_0'),
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'apigatewayv2-api-cors-origins',
    title: 'HTTP APIs answer only named origins',
    why: 'With the origin * any website that a signed-in person visits can read the answers of the API in their browser.',
    remedy: 'List the origins in CorsConfiguration.AllowOrigins.',
    type: 'AWS::ApiGatewayV2::Api',
    path: 'CorsConfiguration.AllowOrigins',
    expect: holdsNone('*', 'http://*', 'https://*'),
    absent: 'does not apply',
    passing: { ...api, CorsConfiguration: { AllowOrigins: ['https://portal.example.com'] } },
    failing: { ...api, CorsConfiguration: { AllowOrigins: ['*'] } },
  },
  {
    ...hygiene,
    id: 'apigatewayv2-api-own-domain-only',
    title: 'HTTP and WebSocket APIs answer under their own domain name only',
    why: 'The address below execute-api stays open beside the domain name, and goes around the client certificates that the domain asks for.',
    remedy: 'Set DisableExecuteApiEndpoint to true, and map a domain name to the API.',
    type: 'AWS::ApiGatewayV2::Api',
    path: 'DisableExecuteApiEndpoint',
    expect: isOn,
    absent: 'fails',
    passing: { ...api, DisableExecuteApiEndpoint: true },
    failing: api,
  },
  {
    ...authentication,
    id: 'apigatewayv2-api-no-quick-create',
    title: 'HTTP APIs make no open route by Target',
    why: 'Target makes a route that takes every request, and it cannot have an authorizer in the template.',
    remedy: 'Leave out Target, and write routes with an AuthorizationType.',
    type: 'AWS::ApiGatewayV2::Api',
    path: 'Target',
    expect: () => false,
    absent: 'passes',
    when: whenAbsent('Body'),
    passing: api,
    failing: { ...api, Target: 'https://backend.example.com' },
  },
])

/** Routes of a WebSocket API have their authorization when a client connects ("Control access with IAM authorization", API Gateway Developer Guide). */
const routeAuthorization: ResourceControl = {
  ...authentication,
  id: 'apigatewayv2-route-authorization',
  title: 'Routes of HTTP and WebSocket APIs ask callers who they are',
  why: 'With NONE anybody who reaches the API may call the route. An API key does not help: it counts requests and is no proof of who sends them.',
  remedy: 'Set AuthorizationType to AWS_IAM, JWT or CUSTOM.',
  types: ['AWS::ApiGatewayV2::Route'],
  judge: (resource, deployment) => {
    if (!takesAuthorization(resource, deployment)) return undefined
    const value = resource.get('AuthorizationType')
    if (value instanceof Unknown) return undecided('AuthorizationType', value.reason)
    return value === undefined || value === 'NONE' ? fail('AuthorizationType', value) : pass('AuthorizationType', value)
  },
  passing: {
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: { ApiId: 'a1b2c3d4e5', RouteKey: 'GET /records', AuthorizationType: 'AWS_IAM' },
    },
  },
  failing: {
    Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: 'a1b2c3d4e5', RouteKey: 'GET /records', AuthorizationType: 'NONE' } },
  },
}

function takesAuthorization(route: Resource, deployment: Deployment): boolean {
  const key = route.get('RouteKey')
  if (typeof key !== 'string') return true
  if (key === '$connect' || key.includes(' ')) return !key.startsWith('OPTIONS ')
  // $default of an HTTP API takes every request; other keys without a verb are those of messages.
  return key === '$default' && deployment.resourceOf(route.get('ApiId'))?.get('ProtocolType') !== 'WEBSOCKET'
}

const webSocketLogging: ResourceControl = {
  ...monitoring,
  id: 'apigatewayv2-stage-execution-logging',
  title: 'Stages of WebSocket APIs log how messages are carried out',
  why: 'Errors of authorizers and integrations stand in the execution log only; without it, attempts to get in leave no trace of why they failed.',
  remedy: 'Set DefaultRouteSettings.LoggingLevel to ERROR or INFO.',
  types: ['AWS::ApiGatewayV2::Stage'],
  judge: (resource, deployment) => {
    if (deployment.resourceOf(resource.get('ApiId'))?.get('ProtocolType') !== 'WEBSOCKET') return undefined
    const value = resource.get('DefaultRouteSettings.LoggingLevel')
    if (value instanceof Unknown) return undecided('DefaultRouteSettings.LoggingLevel', value.reason)
    return value === 'ERROR' || value === 'INFO'
      ? pass('DefaultRouteSettings.LoggingLevel', value)
      : fail('DefaultRouteSettings.LoggingLevel', value)
  },
  passing: {
    Api: webSocket,
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: 'prod', DefaultRouteSettings: { LoggingLevel: 'ERROR' } },
    },
  },
  failing: { Api: webSocket, Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'prod' } } },
}

/** Controls on HTTP and WebSocket APIs. */
export const apiGatewayV2Controls: readonly ResourceControl[] = [routeAuthorization, ...settings, webSocketLogging]
