import {
  alsoMakes,
  becomes,
  given,
  isCall,
  isRecord,
  listOf,
  plainName,
  recordOf,
  tagsOf,
  taken,
  type Written,
} from './serverless-derived.ts'
import type { WrittenResource } from './template.ts'

/** A serverless REST API: the API, its deployment and stage, its own domain, and a usage plan. */
export function expandRestApi(resource: WrittenResource, properties: Written): WrittenResource[] {
  const { logicalId } = resource
  const RestApiId = { Ref: logicalId }
  const stage = `${logicalId}${plainName(properties.StageName)}Stage`
  return [
    becomes(resource, 'AWS::ApiGateway::RestApi', restApiOf(properties), {
      Body: 'DefinitionBody',
      BodyS3Location: 'DefinitionUri',
      Policy: 'Auth',
    }),
    alsoMakes(resource, `${logicalId}Deployment`, 'AWS::ApiGateway::Deployment', { RestApiId }),
    alsoMakes(resource, stage, 'AWS::ApiGateway::Stage', {
      RestApiId,
      DeploymentId: { Ref: `${logicalId}Deployment` },
      ...taken(properties, ...stageNames),
      Tags: tagsOf(properties.Tags),
    }),
    ...restDomain(resource, properties),
    ...usagePlan(resource, stage, properties),
  ]
}

const stageNames = [
  ...[
    'StageName',
    'AccessLogSetting',
    'CacheClusterEnabled',
    'CacheClusterSize',
    'CanarySetting',
    'MethodSettings',
    'TracingEnabled',
    'Variables',
  ],
  ...['ClientCertificateId'],
]

const restApiOf = (properties: Written): Written => ({
  ...taken(
    properties,
    'Name',
    'Description',
    'BinaryMediaTypes',
    'MinimumCompressionSize',
    'DisableExecuteApiEndpoint',
    'ApiKeySourceType',
    'FailOnWarnings',
    'Mode',
  ),
  ...taken(properties, 'SecurityPolicy', 'EndpointAccessMode'),
  Body: bodyOf(properties),
  BodyS3Location: properties.DefinitionUri,
  EndpointConfiguration: endpointOf(properties.EndpointConfiguration),
  Policy: policyOf(recordOf(recordOf(properties.Auth).ResourcePolicy)),
})

/** The definition; SAM writes the default authorizer to every method that names none. */
function bodyOf({ DefinitionBody: body, Auth }: Written): unknown {
  const authorizer = recordOf(Auth).DefaultAuthorizer
  if (!isRecord(body) || isCall(body) || typeof authorizer !== 'string') return body
  return { ...body, security: [{ [authorizer]: [] }] }
}

function endpointOf(written: unknown): unknown {
  if (typeof written === 'string') return { Types: [written] }
  if (!isRecord(written) || isCall(written)) return written
  const { Type, VPCEndpointIds, IpAddressType } = written
  return given({ Types: Type === undefined ? undefined : listOf(Type), VpcEndpointIds: VPCEndpointIds, IpAddressType })
}

/** Lists of a resource policy: who is let in, or what the call must come from ("ResourcePolicyStatement", AWS SAM Developer Guide). */
function policyOf(policy: Written): Written | undefined {
  if (Object.keys(policy).length === 0) return undefined
  const accounts = (list: unknown): unknown =>
    listOf(list).map((account) => ({ 'Fn::Sub': ['arn:${AWS::Partition}:iam::${Account}:root', { Account: account }] }))
  const allow = (Principal: unknown): Written => ({ Effect: 'Allow', Principal, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' })
  const deny = (Condition: Written): Written => ({ ...allow('*'), Effect: 'Deny', Condition })
  const networks = Object.entries(networkLists).flatMap(([name, [operator, key]]) =>
    policy[name] === undefined ? [] : [deny({ [operator]: { [key]: policy[name] } })],
  )
  const vpcs = [...vpcDenials(policy, 'Whitelist', 'StringNotEquals'), ...vpcDenials(policy, 'Blacklist', 'StringEquals')].map(deny)
  const inside = networks.length + vpcs.length > 0 ? [allow('*'), ...networks, ...vpcs] : []
  const own = policy.AwsAccountWhitelist === undefined ? [] : [allow({ AWS: accounts(policy.AwsAccountWhitelist) })]
  const others =
    policy.AwsAccountBlacklist === undefined ? [] : [{ ...allow({ AWS: accounts(policy.AwsAccountBlacklist) }), Effect: 'Deny' }]
  return { Version: '2012-10-17', Statement: [...own, ...others, ...inside, ...listOf(policy.CustomStatements)] }
}

const networkLists: Readonly<Record<string, readonly [operator: string, key: string]>> = {
  IpRangeWhitelist: ['NotIpAddress', 'aws:SourceIp'],
  IpRangeBlacklist: ['IpAddress', 'aws:SourceIp'],
}

function vpcDenials(policy: Written, kind: 'Whitelist' | 'Blacklist', operator: string): Written[] {
  const named = listOf(policy[`SourceVpc${kind}`])
  const [endpoints, vpcs] = [named.filter((id) => String(id).startsWith('vpce-')), named.filter((id) => !String(id).startsWith('vpce-'))]
  const all = {
    'aws:SourceVpc': [...vpcs, ...listOf(policy[`IntrinsicVpc${kind}`])],
    'aws:SourceVpce': [...endpoints, ...listOf(policy[`IntrinsicVpce${kind}`])],
  }
  const filled = Object.fromEntries(Object.entries(all).filter(([, list]) => list.length > 0))
  return Object.keys(filled).length > 0 ? [{ [operator]: filled }] : []
}

const domainNames = {
  SecurityPolicy: 'Domain',
  EndpointConfiguration: 'Domain',
  DomainName: 'Domain',
  MutualTlsAuthentication: 'Domain',
  DomainNameConfigurations: 'Domain',
} as const

function restDomain(resource: WrittenResource, { Domain }: Written): WrittenResource[] {
  const domain = recordOf(Domain)
  if (domain.DomainName === undefined) return []
  const { EndpointConfiguration: endpoint = 'REGIONAL', CertificateArn } = domain
  const properties = {
    ...taken(domain, 'DomainName', 'SecurityPolicy', 'MutualTlsAuthentication'),
    EndpointConfiguration: { Types: [endpoint] },
    ...(endpoint === 'EDGE' ? { CertificateArn } : { RegionalCertificateArn: CertificateArn }),
  }
  return [alsoMakes(resource, `${resource.logicalId}DomainName`, 'AWS::ApiGateway::DomainName', properties, domainNames)]
}

function usagePlan(resource: WrittenResource, stage: string, { Auth }: Written): WrittenResource[] {
  const plan = recordOf(recordOf(Auth).UsagePlan)
  if (plan.CreateUsagePlan === undefined || plan.CreateUsagePlan === 'NONE') return []
  const ApiStages = [{ ApiId: { Ref: resource.logicalId }, Stage: { Ref: stage } }]
  return [
    alsoMakes(
      resource,
      `${resource.logicalId}UsagePlan`,
      'AWS::ApiGateway::UsagePlan',
      { ApiStages, ...taken(plan, 'Throttle', 'Quota', 'Description', 'UsagePlanName') },
      { Throttle: 'Auth', Quota: 'Auth' },
    ),
  ]
}

/** A serverless HTTP API: the API, its stage, and its own domain. */
export const expandHttpApi = (resource: WrittenResource, properties: Written): WrittenResource[] => [
  becomes(
    resource,
    'AWS::ApiGatewayV2::Api',
    {
      ...taken(properties, 'Name', 'Description', 'CorsConfiguration', 'DisableExecuteApiEndpoint', 'FailOnWarnings'),
      ProtocolType: 'HTTP',
      Body: bodyOf(properties),
      BodyS3Location: properties.DefinitionUri,
      CorsConfiguration: corsOf(properties.CorsConfiguration),
    },
    { Body: 'DefinitionBody', BodyS3Location: 'DefinitionUri' },
  ),
  stageV2(resource, properties, '$default'),
  ...domainV2(resource, properties),
]

/** `true`, or an origin as text, stands for every header and method ("HttpApiCorsConfiguration", AWS SAM Developer Guide). */
const corsOf = (cors: unknown): unknown =>
  cors === true || cors === 'true' ? { AllowOrigins: ['*'] } : cors === false || cors === 'false' ? undefined : cors

/** A serverless WebSocket API: the API, its routes, its stage, and its own domain. */
export const expandWebSocketApi = (resource: WrittenResource, properties: Written): WrittenResource[] => [
  becomes(resource, 'AWS::ApiGatewayV2::Api', {
    ...taken(
      properties,
      'Name',
      'Description',
      'DisableExecuteApiEndpoint',
      'RouteSelectionExpression',
      'ApiKeySelectionExpression',
      'IpAddressType',
    ),
    ProtocolType: 'WEBSOCKET',
  }),
  ...Object.keys(recordOf(properties.Routes)).map((route) => webSocketRoute(resource, route, properties)),
  stageV2(resource, properties, 'default'),
  ...domainV2(resource, properties),
]

// A WebSocket API is authorized when a client connects; the messages after that belong to the connection.
const webSocketRoute = (resource: WrittenResource, RouteKey: string, { Auth, Routes }: Written): WrittenResource =>
  alsoMakes(
    resource,
    `${resource.logicalId}${plainName(RouteKey.replace('$', '')).replace(/^./, (letter) => letter.toUpperCase())}Route`,
    'AWS::ApiGatewayV2::Route',
    {
      ApiId: { Ref: resource.logicalId },
      RouteKey,
      AuthorizationType: recordOf(Auth).AuthType ?? 'NONE',
      ApiKeyRequired: recordOf(recordOf(Routes)[RouteKey]).ApiKeyRequired,
    },
    { AuthorizationType: 'Auth', RouteKey: 'Routes' },
  )

function stageV2(resource: WrittenResource, properties: Written, usual: string): WrittenResource {
  const { StageName = usual } = properties
  const id = StageName === '$default' ? 'ApiGatewayDefault' : StageName === 'default' ? 'Default' : plainName(StageName)
  return alsoMakes(resource, `${resource.logicalId}${id}Stage`, 'AWS::ApiGatewayV2::Stage', {
    ApiId: { Ref: resource.logicalId },
    StageName,
    AutoDeploy: true,
    ...taken(properties, 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings'),
    StageVariables: properties.StageVariables,
  })
}

function domainV2(resource: WrittenResource, { Domain }: Written): WrittenResource[] {
  const domain = recordOf(Domain)
  if (domain.DomainName === undefined) return []
  const DomainNameConfigurations = [
    given({
      CertificateArn: domain.CertificateArn,
      EndpointType: domain.EndpointConfiguration ?? 'REGIONAL',
      SecurityPolicy: domain.SecurityPolicy,
    }),
  ]
  const properties = { ...taken(domain, 'DomainName', 'MutualTlsAuthentication'), DomainNameConfigurations }
  return [alsoMakes(resource, `${resource.logicalId}DomainNameV2`, 'AWS::ApiGatewayV2::DomainName', properties, domainNames)]
}
