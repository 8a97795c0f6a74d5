import { expandHttpApi, expandRestApi } from './serverless-api.ts'
import { alsoMakes, isRecord, listOf, recordOf, refOf, type ServerlessTemplate, type Written } from './serverless-derived.ts'
import { permissionOf, type ServerlessEvent } from './serverless-event.ts'
import { withGlobals } from './serverless-globals.ts'
import type { WrittenResource } from './template.ts'

/** The API that an event belongs to. */
interface EventApi {
  readonly logicalId: string
  readonly properties: Written
  /** Whether the event writes the method: not where the definition stands elsewhere, or describes the path itself. */
  readonly defines: boolean
}

/** An `Api` event: a method of a REST API, the permission for the call, and the API itself where the event names none. */
export function apiEvent(resource: WrittenResource, event: ServerlessEvent, template: ServerlessTemplate): WrittenResource[] {
  const api = apiOf(event, event.properties.RestApiId, { type: 'AWS::Serverless::Api', implicit: 'ServerlessRestApi' }, template)
  const stage =
    api.logicalId === 'ServerlessRestApi' ? 'Prod' : typeof api.properties.StageName === 'string' ? api.properties.StageName : ''
  const permission = permissionOf(
    resource,
    `${resource.logicalId}${event.name}Permission${stage}`,
    'apigateway.amazonaws.com',
    sourceOf(api, event),
  )
  const implicit =
    api.logicalId === 'ServerlessRestApi'
      ? expandRestApi(asApi(resource, api, 'AWS::Serverless::Api'), { StageName: 'Prod', ...api.properties })
      : []
  return [...implicit, ...(api.defines ? [methodOf(resource, event, api)] : []), permission]
}

/** An `HttpApi` event: a route of an HTTP API, the permission for the call, and the API itself where the event names none. */
export function httpApiEvent(resource: WrittenResource, event: ServerlessEvent, template: ServerlessTemplate): WrittenResource[] {
  const api = apiOf(event, event.properties.ApiId, { type: 'AWS::Serverless::HttpApi', implicit: 'ServerlessHttpApi' }, template)
  const permission = permissionOf(
    resource,
    `${resource.logicalId}${event.name}Permission`,
    'apigateway.amazonaws.com',
    sourceOf(api, event),
  )
  const implicit =
    api.logicalId === 'ServerlessHttpApi' ? expandHttpApi(asApi(resource, api, 'AWS::Serverless::HttpApi'), api.properties) : []
  return [...implicit, ...(api.defines ? [routeOf(resource, event, api)] : []), permission]
}

const asApi = (resource: WrittenResource, { logicalId, properties }: EventApi, writtenType: string): WrittenResource => ({
  ...resource,
  logicalId,
  writtenType,
  properties,
})

function apiOf(
  { properties }: ServerlessEvent,
  written: unknown,
  { type, implicit }: { type: string; implicit: string },
  template: ServerlessTemplate,
): EventApi {
  if (written === undefined)
    return {
      logicalId: implicit,
      properties: withGlobals({ writtenType: type, properties: {}, attributes: {} }, template.globals),
      defines: true,
    }
  const logicalId = refOf(written) ?? String(written)
  const api = recordOf(template.resources[logicalId])
  if (api.Type !== type) return { logicalId, properties: {}, defines: false }
  const { Type, Properties, ...attributes } = api
  const own = withGlobals({ writtenType: type, properties: recordOf(Properties), attributes }, template.globals)
  const body = own.DefinitionBody
  const described =
    own.DefinitionUri !== undefined || (isRecord(body) && (body.paths === undefined || String(properties.Path) in recordOf(body.paths)))
  return { logicalId, properties: own, defines: !described }
}

const sourceOf = ({ logicalId }: EventApi, { properties }: ServerlessEvent): Written => ({
  SourceArn: {
    'Fn::Sub': [
      `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*/${verbOf(properties, '*')}${String(properties.Path ?? '')}`,
      { Api: { Ref: logicalId } },
    ],
  },
})

function verbOf({ Method: method }: Written, any: string): string {
  const verb = typeof method === 'string' ? method.toUpperCase() : any
  return verb === 'ANY' || verb === 'X-AMAZON-APIGATEWAY-ANY-METHOD' ? any : verb
}

function methodOf(resource: WrittenResource, event: ServerlessEvent, api: EventApi): WrittenResource {
  const own = recordOf(event.properties.Auth)
  const shared = recordOf(api.properties.Auth)
  const model = recordOf(event.properties.RequestModel)
  const validates = model.ValidateBody === true || model.ValidateParameters === true
  return alsoMakes(resource, `${resource.logicalId}${event.name}Method`, 'AWS::ApiGateway::Method', {
    RestApiId: { Ref: api.logicalId },
    ResourceId: { 'Fn::GetAtt': [api.logicalId, 'RootResourceId'] },
    HttpMethod: verbOf(event.properties, 'ANY'),
    AuthorizationType: authorizationOf(own.Authorizer ?? shared.DefaultAuthorizer, shared, restAuthorization),
    AuthorizationScopes: own.AuthorizationScopes,
    ApiKeyRequired: own.ApiKeyRequired ?? shared.ApiKeyRequired,
    RequestValidatorId: validates ? `${resource.logicalId}${event.name}Validator` : undefined,
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: { 'Fn::GetAtt': [resource.logicalId, 'Arn'] } },
  })
}

function routeOf(resource: WrittenResource, event: ServerlessEvent, api: EventApi): WrittenResource {
  const own = recordOf(event.properties.Auth)
  const shared = recordOf(api.properties.Auth)
  const { Path: path } = event.properties
  return alsoMakes(resource, `${resource.logicalId}${event.name}Route`, 'AWS::ApiGatewayV2::Route', {
    ApiId: { Ref: api.logicalId },
    RouteKey: path === undefined ? '$default' : `${verbOf(event.properties, 'ANY')} ${String(path)}`,
    AuthorizationType: authorizationOf(own.Authorizer ?? shared.DefaultAuthorizer, shared, httpAuthorization),
    AuthorizationScopes: listOf(own.AuthorizationScopes),
  })
}

/** Type of authorization by the name of an authorizer: one of those the API defines, `AWS_IAM`, or `NONE`. */
function authorizationOf(name: unknown, { Authorizers }: Written, typeOf: (authorizer: Written) => string): unknown {
  if (name === undefined || name === 'NONE') return 'NONE'
  if (typeof name !== 'string' || name === 'AWS_IAM') return name
  return typeOf(recordOf(recordOf(Authorizers)[name]))
}

const restAuthorization = ({ UserPoolArn }: Written): string => (UserPoolArn === undefined ? 'CUSTOM' : 'COGNITO_USER_POOLS')

const httpAuthorization = ({ FunctionArn }: Written): string => (FunctionArn === undefined ? 'JWT' : 'CUSTOM')
