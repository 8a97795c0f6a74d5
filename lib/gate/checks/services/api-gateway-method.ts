import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isList, isMap, isTrue, Unknown, type Value, type ValueMap } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { authentication, hygiene, notPublic } from './safeguards.ts'

const method = { RestApiId: 'a1b2c3d4e5', ResourceId: 'f6g7h8', HttpMethod: 'GET', Integration: { Type: 'MOCK' } }
const methodExample = (more: Readonly<Record<string, unknown>>) => ({
  Method: { Type: 'AWS::ApiGateway::Method', Properties: { ...method, ...more } },
})

// Browsers ask with OPTIONS before they send who the user is ("Enabling CORS for a REST API resource", API Gateway Developer Guide).
const isPreflight = (value: Value | undefined): boolean => typeof value === 'string' && value.toUpperCase() === 'OPTIONS'

const methodAuthorization: ResourceControl = {
  ...authentication,
  id: 'apigateway-method-authorization',
  title: 'Methods of REST APIs ask callers who they are',
  why: 'With NONE anybody who reaches the API may call the method. An API key does not help: it counts requests and is no proof of who sends them.',
  remedy: 'Set AuthorizationType to AWS_IAM, COGNITO_USER_POOLS or CUSTOM.',
  types: ['AWS::ApiGateway::Method'],
  judge: (resource) => {
    if (isPreflight(resource.get('HttpMethod'))) return undefined
    const value = resource.get('AuthorizationType')
    if (value instanceof Unknown) return undecided('AuthorizationType', value.reason)
    return value === undefined || value === 'NONE' ? fail('AuthorizationType', value) : pass('AuthorizationType', value)
  },
  passing: methodExample({ AuthorizationType: 'AWS_IAM' }),
  failing: methodExample({ AuthorizationType: 'NONE', ApiKeyRequired: true }),
}

const notOpen: ResourceControl = {
  ...notPublic,
  severity: 'high',
  id: 'apigateway-method-not-open',
  title: 'Methods of REST APIs on the internet are not open to everybody',
  why: 'With neither an authorizer nor an API key, anybody who finds the address runs what stands behind the method, and nobody can be shut out.',
  remedy: 'Set AuthorizationType to AWS_IAM, COGNITO_USER_POOLS or CUSTOM, or make the endpoint of the API PRIVATE.',
  types: ['AWS::ApiGateway::Method'],
  judge: (resource, deployment) => {
    if (isPreflight(resource.get('HttpMethod'))) return undefined
    const api = deployment.resourceOf(resource.get('RestApiId'))
    const endpoint = api?.get('EndpointConfiguration.Types.0')
    if (endpoint === 'PRIVATE') return pass('RestApiId', endpoint)
    const [type, key] = [resource.get('AuthorizationType'), resource.get('ApiKeyRequired')]
    if (type instanceof Unknown) return undecided('AuthorizationType', type.reason)
    if (type !== undefined && type !== 'NONE') return pass('AuthorizationType', type)
    if (key instanceof Unknown) return undecided('ApiKeyRequired', key.reason)
    return isTrue(key) ? pass('ApiKeyRequired', key) : fail('AuthorizationType', type)
  },
  passing: methodExample({ AuthorizationType: 'AWS_IAM' }),
  failing: methodExample({ AuthorizationType: 'NONE' }),
}

const definition = (operation: Readonly<Record<string, unknown>>) => ({
  openapi: '3.0.1',
  info: { title: 'records', version: '1' },
  paths: { '/records': { get: { responses: {}, ...operation } } },
  components: {
    securitySchemes: { sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' } },
  },
})

/** Authorization as the definition of an API says it, in OpenAPI. */
const definitionAuthorization = (id: string, type: string, noun: string, more: Readonly<Record<string, unknown>>): ResourceControl => ({
  ...authentication,
  id,
  title: `Definitions of ${noun} ask callers of every operation who they are`,
  why: 'An operation without security in the OpenAPI definition becomes a method without authorization, which anybody who reaches the API may call.',
  remedy: 'Give each operation in Body, or Body as a whole, a security requirement with an authorizer or with SigV4.',
  types: [type],
  judge: (resource) => {
    const body = resource.get('Body')
    if (body === undefined) return undefined
    if (!isMap(body)) return undecided('Body', body instanceof Unknown ? body.reason : 'it is computed at deployment')
    return operationsOf(body).map(([path, operation]) => operationOutcome(body, path, operation))
  },
  passing: { Api: { Type: type, Properties: { ...more, Body: definition({ security: [{ sigv4: [] }] }) } } },
  failing: { Api: { Type: type, Properties: { ...more, Body: definition({}) } } },
})

const verbs = ['get', 'put', 'post', 'delete', 'head', 'patch', 'trace', 'x-amazon-apigateway-any-method']

function operationsOf({ paths }: ValueMap): readonly (readonly [string, Value])[] {
  if (!isMap(paths)) return []
  return Object.entries(paths).flatMap(([path, item]) =>
    isMap(item)
      ? Object.entries(item).flatMap(([verb, operation]) =>
          verbs.includes(verb.toLowerCase()) ? [[`Body.paths.${path}.${verb}`, operation] as const] : [],
        )
      : [],
  )
}

function operationOutcome(body: ValueMap, path: string, operation: Value): Outcome {
  if (!isMap(operation)) return undecided(path, operation instanceof Unknown ? operation.reason : 'it is computed at deployment')
  const security = operation['security'] ?? body['security']
  const authorizer = operation['x-amazon-apigateway-auth']
  if (isMap(authorizer) && authorizer['type'] !== undefined && authorizer['type'] !== 'NONE')
    return pass(`${path}.x-amazon-apigateway-auth`, authorizer)
  if (security instanceof Unknown) return undecided(`${path}.security`, security.reason)
  const schemes = isList(security) ? security.filter(isMap) : []
  // Requirements in a list are alternatives: an empty one lets anybody in.
  const asks = schemes.length > 0 && schemes.every((scheme) => Object.keys(scheme).some((name) => !isPlainKey(body, name)))
  return asks ? pass(`${path}.security`, security) : fail(`${path}.security`, security)
}

/** A scheme that only takes an API key. */
function isPlainKey(body: ValueMap, name: string): boolean {
  const { securityDefinitions, components } = body
  const schemes = isMap(components) ? components['securitySchemes'] : securityDefinitions
  const scheme = isMap(schemes) ? schemes[name] : undefined
  if (!isMap(scheme)) return name === 'api_key'
  return (
    scheme['type'] === 'apiKey' &&
    scheme['x-amazon-apigateway-authtype'] === undefined &&
    scheme['x-amazon-apigateway-authorizer'] === undefined
  )
}

const validated: ResourceControl = {
  ...hygiene,
  citations: ['164.312(c)(1)'],
  id: 'apigateway-rest-api-request-validation',
  title: 'REST APIs check requests before they pass them on',
  why: 'Without a validator every malformed request, and many an attempted injection, reaches the code behind the API.',
  remedy: 'Make an AWS::ApiGateway::RequestValidator for the API, and name it in the methods.',
  types: ['AWS::ApiGateway::RestApi'],
  judge: (resource, deployment) => {
    const body = resource.get('Body')
    if (body instanceof Unknown || resource.get('BodyS3Location') !== undefined)
      return undecided('Body', 'the definition is read at deployment')
    if (isMap(body))
      return body['x-amazon-apigateway-request-validator'] === undefined
        ? ofResources(resource, deployment)
        : pass('Body.x-amazon-apigateway-request-validator', undefined)
    return ofResources(resource, deployment)
  },
  passing: {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'records' } },
    Validator: {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestBody: true, ValidateRequestParameters: true },
    },
  },
  failing: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'records' } } },
}

function ofResources(resource: Resource, deployment: Deployment): Outcome {
  const validators = deployment.referring(resource, 'AWS::ApiGateway::RequestValidator', 'RestApiId').certain
  const methods = deployment.referring(resource, 'AWS::ApiGateway::Method', 'RestApiId').certain
  const [found] = [...validators, ...methods.filter((one) => one.get('RequestValidatorId') !== undefined)]
  return found === undefined ? fail('request validator', undefined) : pass('request validator', found.logicalId)
}

const corsHeader = 'method.response.header.Access-Control-Allow-Origin'

const cors: ResourceControl = {
  ...authentication,
  severity: 'low',
  id: 'apigateway-method-cors-origins',
  title: 'Methods of REST APIs answer only named origins',
  why: 'With the origin * any website that a signed-in person visits can read the answers of the API in their browser.',
  remedy: `Name the origin in the response parameter ${corsHeader}.`,
  types: ['AWS::ApiGateway::Method'],
  judge: (resource) => {
    const responses = resource.get('Integration.IntegrationResponses')
    return (isList(responses) ? responses : []).flatMap((response, index): Outcome[] => {
      const parameters = isMap(response) ? response['ResponseParameters'] : undefined
      const value = isMap(parameters) ? parameters[corsHeader] : undefined
      const path = `Integration.IntegrationResponses.${index}.ResponseParameters.${corsHeader}`
      if (typeof value !== 'string') return []
      return [value.replaceAll("'", '').trim() === '*' ? fail(path, value) : pass(path, value)]
    })
  },
  passing: methodExample({
    Integration: {
      Type: 'MOCK',
      IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { [corsHeader]: "'https://portal.example.com'" } }],
    },
  }),
  failing: methodExample({
    Integration: { Type: 'MOCK', IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { [corsHeader]: "'*'" } }] },
  }),
}

/** Controls on methods of REST APIs, and on what definitions say of callers. */
export const apiGatewayMethodControls: readonly ResourceControl[] = [
  methodAuthorization,
  notOpen,
  definitionAuthorization('apigateway-rest-api-definition-authorization', 'AWS::ApiGateway::RestApi', 'REST APIs', { Name: 'records' }),
  definitionAuthorization('apigatewayv2-api-definition-authorization', 'AWS::ApiGatewayV2::Api', 'HTTP APIs', {}),
  validated,
  cors,
]
