import type { ResourceControl } from '../control.ts'
import { type Expectation, isGiven, isNoneOf, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { holdsNone, isNotScheme } from './holds-none.ts'
import { authentication, hygiene, inTransit, privateNetwork } from './safeguards.ts'

const method = { RestApiId: 'a1b2c3d4e5', ResourceId: 'f6g7h8', HttpMethod: 'GET', AuthorizationType: 'AWS_IAM' }
const proxy = (Uri: string) => ({ ...method, Integration: { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri } })
const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab'
const domain = { DomainName: 'api.example.com', RegionalCertificateArn: certificate, EndpointConfiguration: { Types: ['REGIONAL'] } }
const authorizer = { RestApiId: 'a1b2c3d4e5', Name: 'tokens', Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization' }
const authorizerUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:authorizer/invocations'

// Names of policies tell the lowest version of TLS ("Security policies for REST APIs", API Gateway Developer Guide).
const isModernTls: Expectation = matches(/^(TLS_1_[23]|SecurityPolicy_TLS1[23]_\S+)$/)

const domainMade = (SecurityPolicy: string) => ({ ...domain, SecurityPolicy })

/** Controls on how REST APIs are reached, and how they reach what stands behind them. */
export const apiGatewayAccessControls: readonly ResourceControl[] = propertyControls([
  {
    ...inTransit,
    id: 'apigateway-domain-name-tls',
    title: 'Domain names of REST APIs take TLS 1.2 or newer',
    why: 'TLS 1.0 and 1.1 have known weaknesses by which somebody on the path may read or change what passes.',
    remedy: 'Set SecurityPolicy to TLS_1_2 or to a policy whose name begins with SecurityPolicy_TLS13.',
    type: ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2'],
    path: 'SecurityPolicy',
    expect: isModernTls,
    absent: 'fails',
    passing: domainMade('TLS_1_2'),
    failing: domainMade('TLS_1_0'),
  },
  {
    ...inTransit,
    id: 'apigateway-integration-encrypted',
    title: 'REST APIs call HTTP backends over TLS',
    why: 'A backend at an http address gets the requests, patient data and tokens included, in clear.',
    remedy: 'Write an address that begins with https:// in Integration.Uri.',
    type: 'AWS::ApiGateway::Method',
    path: 'Integration.Uri',
    expect: isNotScheme('http://'),
    absent: 'does not apply',
    when: { path: 'Integration.Type', expect: isOneOf('HTTP', 'HTTP_PROXY') },
    passing: proxy('https://backend.example.com/records'),
    failing: proxy('http://backend.example.com/records'),
  },
  {
    ...privateNetwork,
    severity: 'low',
    id: 'apigateway-rest-api-private',
    title: 'REST APIs are reached from a VPC only',
    why: 'Edge and regional endpoints stand on the internet: everybody may knock, and only the authorizers decide. Where callers are systems of your own, a private endpoint keeps all others away.',
    remedy: 'Set EndpointConfiguration.Types to PRIVATE.',
    type: 'AWS::ApiGateway::RestApi',
    path: 'EndpointConfiguration.Types',
    expect: holdsNone('EDGE', 'REGIONAL'),
    absent: 'fails',
    passing: { Name: 'records', EndpointConfiguration: { Types: ['PRIVATE'] } },
    failing: { Name: 'records', EndpointConfiguration: { Types: ['REGIONAL'] } },
  },
  {
    ...hygiene,
    id: 'apigateway-rest-api-own-domain-only',
    title: 'REST APIs answer under their own domain name only',
    why: 'The address below execute-api stays open beside the domain name, and goes around the firewall, the TLS policy and the client certificates that the domain has.',
    remedy: 'Set DisableExecuteApiEndpoint to true, and map a domain name to the API.',
    type: 'AWS::ApiGateway::RestApi',
    path: 'DisableExecuteApiEndpoint',
    expect: isOn,
    absent: 'fails',
    // Private APIs have no other address that is open to the internet.
    when: { path: 'EndpointConfiguration.Types.0', expect: isNoneOf('PRIVATE'), absent: 'applies' },
    passing: { Name: 'records', DisableExecuteApiEndpoint: true },
    failing: { Name: 'records' },
  },
  {
    ...hygiene,
    id: 'apigateway-usage-plan-throttling',
    title: 'Usage plans limit the rate of requests',
    why: 'A plan without a rate lets one key take the capacity of all others.',
    remedy: 'Set Throttle.RateLimit and Throttle.BurstLimit.',
    type: 'AWS::ApiGateway::UsagePlan',
    path: 'Throttle.RateLimit',
    expect: isGiven,
    absent: 'fails',
    passing: { UsagePlanName: 'partners', Throttle: { RateLimit: 100, BurstLimit: 50 } },
    failing: { UsagePlanName: 'partners' },
  },
  {
    ...hygiene,
    id: 'apigateway-usage-plan-quota',
    title: 'Usage plans limit the number of requests',
    why: 'A stolen key of a plan without a quota can be used to copy all that the API gives out, at leisure.',
    remedy: 'Set Quota.Limit and Quota.Period.',
    type: 'AWS::ApiGateway::UsagePlan',
    path: 'Quota.Limit',
    expect: isGiven,
    absent: 'fails',
    passing: { UsagePlanName: 'partners', Quota: { Limit: 100000, Period: 'MONTH' } },
    failing: { UsagePlanName: 'partners' },
  },
  {
    ...authentication,
    severity: 'low',
    id: 'apigateway-authorizer-identity-source',
    title: 'Authorizers of REST APIs name what tells callers apart',
    why: 'The answer of an authorizer is kept for each identity source; without one, the answer for one caller may serve another.',
    remedy: 'Set IdentitySource to the header or parameter that holds the token.',
    type: 'AWS::ApiGateway::Authorizer',
    path: 'IdentitySource',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'Type', expect: isOneOf('REQUEST', 'TOKEN', 'COGNITO_USER_POOLS') },
    passing: { ...authorizer, AuthorizerUri: authorizerUri },
    failing: { RestApiId: 'a1b2c3d4e5', Name: 'tokens', Type: 'REQUEST', AuthorizerUri: authorizerUri, AuthorizerResultTtlInSeconds: 0 },
  },
  {
    ...hygiene,
    id: 'apigateway-api-key-from-api-gateway',
    title: 'API keys have values that API Gateway makes',
    why: 'A key whose value stands in the template is known to everybody who reads it, and it does not change.',
    topic: 'secrets-in-template',
    severity: 'medium',
    citations: ['164.308(a)(5)(ii)(D)', '164.312(d)'],
    remedy: 'Leave out Value.',
    type: 'AWS::ApiGateway::ApiKey',
    path: 'Value',
    // A text stands in the template for all to read; what is read at deployment does not.
    expect: (value) => typeof value !== 'string',
    absent: 'passes',
    passing: { Name: 'partner' },
    failing: { Name: 'partner', Value: 'an-example-of-a-key-in-clear' },
  },
  {
    ...hygiene,
    id: 'apigateway-vpc-endpoints-named',
    title: 'Private REST APIs name the endpoints that reach them',
    why: 'Without named endpoints the API is reached through any endpoint for execute-api whose account the resource policy lets in.',
    remedy: 'List the endpoints in EndpointConfiguration.VpcEndpointIds.',
    type: 'AWS::ApiGateway::RestApi',
    path: 'EndpointConfiguration.VpcEndpointIds',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'EndpointConfiguration.Types.0', expect: isOneOf('PRIVATE') },
    passing: { Name: 'records', EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-0123456789abcdef0'] } },
    failing: { Name: 'records', EndpointConfiguration: { Types: ['PRIVATE'] } },
  },
])
